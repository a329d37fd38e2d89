import { readFileSync } from 'node:fs';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/foundation/clock.ts';
import { axeFindings, chromiumPath, openBrowser, openPage, picture, signIn } from '../support/browser.ts';
import { dialog, SOON, tabTo } from '../support/desk.ts';
import { act, askCptsOf, askEnSus, callAs, inboxOf, inOneHour, requestOf } from '../support/en-sus.ts';
import { Installation } from '../support/installation.ts';

const OPERATOR = /Villaligny/;
const LEADER = /Marivion/;
const CPTS_MANAGER = /Valannard/;
const SOS_MANAGER = /Ravevaux/;
const DOCTOR = /Aubezac/;

/** Villages without a doctor, where the CPTS of Poitiers stands first; the first two have doctors further on, the last nobody. */
const CHABOURNAY = '86048';
const AYRON = '86017';
const AMBERRE = '86002';
const AVANTON = '86016';
const CPTS_NAME = 'CPTS fictive de Poitiers';

/** A request en sus as each side lives it, until its end. The steps follow one another. */
describe.skipIf(!chromiumPath).sequential('ask en sus', () => {
  const sas = new Installation('--no-colleagues');
  let browser: Browser;
  let operator: Page;
  let manager: Page;
  let leader: Page;
  let cpts = '';

  beforeAll(async () => {
    await sas.start();
    browser = await openBrowser();
    [operator, manager, leader] = await Promise.all([openPage(browser), openPage(browser, 'phone'), openPage(browser, 'desk', 'dark')]);
    await signIn(operator, sas.url, OPERATOR);
    await signIn(manager, sas.url, CPTS_MANAGER);
    await signIn(leader, sas.url, LEADER);
    cpts = (await inboxOf(manager)).structures[0]!.id;
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await sas.remove();
  }, 60_000);

  const inbox = (page: Page, section: string) => page.getByRole('region', { name: section });
  const chain = () => operator.getByRole('list', { name: 'Personnes sollicitées' });
  const current = (): Locator => chain().locator('[aria-current="step"]');
  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
  const clean = async (page: Page) => expect(await axeFindings(page)).toEqual([]);
  const fits = async (page: Page) => expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  const letters = async (email: string): Promise<string> => {
    const url = /courriels, SMS\s+(\S+)/.exec(sas.output)![1]!;
    return (await fetch(`${url}/messages?to=${encodeURIComponent(email)}`)).text();
  };

  /** Opens the chain of a request from the list that the search keeps at hand. */
  async function openChain(label: RegExp | string): Promise<void> {
    await operator.goto(`${sas.url}/recherche`);
    await operator.getByRole('region', { name: 'Mes demandes en sus' }).getByRole('button', { name: label }).first().click();
    await chain().waitFor();
  }

  async function setDelay(minutes: number): Promise<void> {
    await leader.goto(`${sas.url}/equite`);
    const field = leader.getByRole('textbox', { name: /^CPTS/ });
    await tabTo(leader, field);
    await leader.keyboard.press('Control+a');
    await leader.keyboard.type(String(minutes));
    await tabTo(leader, button(leader, 'Enregistrer les délais'));
    await leader.keyboard.press('Enter');
    await leader.getByText('Enregistré').waitFor();
  }

  test('[AGR-02] a suggestion pressed while the next ones are on their way is taken', { timeout: 60_000 }, async () => {
    await operator.goto(`${sas.url}/recherche`);
    const where = operator.getByRole('combobox', { name: 'Où' });
    await where.fill('Chabourn');
    const village = operator.getByRole('option', { name: /^Chabournay/ });
    await village.waitFor();
    let answer = (): void => undefined;
    const held = new Promise<void>((resolve) => (answer = resolve));
    await operator.route(/\/locations\?/, async (route) => (await held, route.continue()));
    const asked = operator.waitForRequest(/\/locations\?/);
    await operator.keyboard.type('ay');
    await asked;
    await village.click();
    await expect.poll(() => new URL(operator.url()).searchParams.get('insee'), SOON).toBe(CHABOURNAY);
    expect(await where.inputValue()).toContain('Chabournay');
    answer();
    await operator.unrouteAll({ behavior: 'wait' });
  });

  test('[SUR-01] [SUR-02] [SUR-08] [PART-09] with the keyboard alone: no slot, the en-sus search, its first structure asked, a timer on both sides', { timeout: 120_000 }, async () => {
    await manager.goto(`${sas.url}/demandes`);
    await manager.getByText('Aucune demande en attente').waitFor();
    await clean(manager);
    await operator.goto(`${sas.url}/recherche`);
    await tabTo(operator, operator.getByRole('combobox', { name: 'Où' }));
    await operator.keyboard.type('Chabournay');
    await operator.getByRole('option', { name: /^Chabournay/ }).first().waitFor();
    await operator.keyboard.press('Enter');
    await radius('3');
    await operator.getByText('Personne dans ce rayon').waitFor();
    await clean(operator);
    await picture(operator, 'en-sus-aucun-creneau');
    await tabTo(operator, button(operator, 'Chercher en sus des disponibilités'));
    await operator.keyboard.press('Enter');
    await operator.getByRole('heading', { name: CPTS_NAME }).waitFor();
    await radius('12');
    await operator.getByText('participe à titre individuel').first().waitFor();
    await operator.getByText('Répond dans sa messagerie').waitFor();
    await clean(operator);
    await picture(operator, 'en-sus-resultats');
    await tabTo(operator, button(operator, 'Solliciter en sus'));
    await operator.keyboard.press('Enter');
    await dialog(operator).getByText('La structure est sollicitée, jamais ses médecins').waitFor();
    await clean(operator);
    await picture(operator, 'en-sus-demander');
    await tabTo(operator, button(operator, `Solliciter ${CPTS_NAME}`));
    await operator.keyboard.press('Enter');
    await current().getByText('Demande envoyée').waitFor();
    await current().getByRole('timer').waitFor();
    await clean(operator);
    await picture(operator, 'en-sus-chaine');

    const card = inbox(manager, 'À répondre').getByRole('listitem');
    await card.getByText('Médecine générale · Chabournay').waitFor();
    await card.getByRole('timer').waitFor();
    await expect.poll(() => letters('gestionnaire.cpts@demo.example'), SOON).toContain('réponse attendue avant');
    await clean(manager);
    await fits(manager);
    await picture(manager, 'en-sus-telephone-demande');
  });

  async function radius(km: string): Promise<void> {
    const field = operator.getByRole('textbox', { name: /Rayon/ });
    // The first answer writes the radius of the place there.
    await expect.poll(() => field.inputValue(), SOON).not.toBe('');
    await tabTo(operator, field);
    await operator.keyboard.press('Control+a');
    await operator.keyboard.type(km);
    await operator.keyboard.press('Tab');
    await expect.poll(() => new URL(operator.url()).searchParams.get('radius'), SOON).toBe(km);
  }

  test('[SUR-04] [SUR-10] two gestures on the phone accept; the doctor is named later; the operator sees both live and takes the appointment, which the regulation receives', { timeout: 120_000 }, async () => {
    const accept = button(manager, 'Accepter…');
    expect((await accept.boundingBox())!.height).toBeGreaterThanOrEqual(44);
    await accept.click();
    await button(manager, /^Confirmer pour/).waitFor();
    await clean(manager);
    await fits(manager);
    await picture(manager, 'en-sus-telephone-accepter');
    await button(manager, /^Confirmer pour/).click();
    await dialog(operator).getByText(`${CPTS_NAME} accepte`).waitFor();
    await button(manager, 'Nommer le médecin…').click();
    const named = manager.getByRole('combobox', { name: 'Médecin qui reçoit' });
    await named.fill('a');
    const doctor = manager.getByRole('option').filter({ hasNotText: 'Recherche' }).first();
    const name = (await doctor.innerText()).trim();
    await doctor.click();
    expect(await named.inputValue()).toBe(name);
    await picture(manager, 'en-sus-telephone-nommer');
    await button(manager, 'Nommer').click();
    await inbox(manager, 'Dernières heures').getByText('Acceptée, la régulation prévient le patient').waitFor();

    await dialog(operator).getByText(`${name} reçoit`).waitFor();
    await picture(operator, 'en-sus-nomme');
    await button(operator, 'Patient prévenu : prendre le rendez-vous').press('Enter');
    await dialog(operator).getByText(/^Rendez-vous pris,/).waitFor();
    await clean(operator);
    await picture(operator, 'en-sus-pris');
    await inbox(manager, 'Dernières heures').getByText('Rendez-vous pris').waitFor();
    const { orientations } = (await callAs(operator, 'GET', '/api/v1/orientations?limit=1')).body;
    expect(orientations[0]).toMatchObject({ status: 'PRIS', structureId: cpts, nationalId: expect.stringMatching(/^8\d{11}$/), label: name, start: expect.any(String) });
    const received = async () => (await callAs(operator, 'GET', '/api/v1/appointments/unattached')).body.appointments.map(({ start }: { start: string }) => Date.parse(start));
    await expect.poll(received, SOON).toContain(Date.parse(orientations[0].start));
  });

  test('[SUR-08] exhausted: on the phone the only structure refuses with a reason, and the operator is told that nobody is left', { timeout: 90_000 }, async () => {
    await askCptsOf(operator, AMBERRE, cpts);
    await openChain(CPTS_NAME);
    await button(manager, 'Refuser…').click();
    await manager.getByRole('button', { name: /Motif/ }).click();
    await manager.getByRole('option', { name: 'Aucun médecin disponible' }).click();
    await clean(manager);
    await button(manager, 'Confirmer le refus').click();
    await dialog(operator).getByText('Plus personne à solliciter').waitFor();
    await chain().getByText(/aucun médecin disponible/).waitFor();
    await clean(operator);
    await picture(operator, 'en-sus-epuise');
  });

  test('[SUR-08] killed with -9 while a structure is asked, the software keeps its delay; over, the next is asked by itself, and a late answer is told', { timeout: 240_000 }, async () => {
    await setDelay(1);
    await clean(leader);
    const asked = await askCptsOf(operator, AYRON, cpts);
    await setDelay(10);
    const before = await requestOf(operator, asked.requestId);
    await sas.kill();
    await sas.start();
    expect((await requestOf(operator, asked.requestId)).attempts[0]!.deadlineAt).toBe(before.attempts[0]!.deadlineAt);
    await expect.poll(async () => (await requestOf(operator, asked.requestId)).attempts.map(({ status }) => status), { timeout: 120_000, interval: 1_000 }).toEqual(['EXPIRE', 'PROPOSE']);
    const late = await act(manager, asked.id, 'accept');
    expect([late.status, late.body.detail]).toEqual([409, expect.stringContaining('Le délai de réponse était passé')]);
    await manager.goto(`${sas.url}/demandes`);
    await inbox(manager, 'Dernières heures').getByText('Délai passé : quelqu’un d’autre est sollicité').waitFor();
    await clean(manager);
  });

  test('[SUR-03] [RDV-04] beside the orientations the operator phones: no answer, refused, then accepted with who answered and the time given; the structure learns it is closed', { timeout: 120_000 }, async () => {
    const { attempts } = (await callAs(operator, 'GET', '/api/v1/requests?mine=true')).body.requests[0];
    await operator.goto(`${sas.url}/orientations`);
    await operator.getByRole('row', { name: new RegExp(attempts[1].label) }).first().click();
    await current().getByText('À appeler').waitFor();
    await current().getByRole('link', { name: /\d\d( \d\d){4}/ }).waitFor();
    await button(operator, 'J’appelle').click();
    await current().getByText('Au téléphone').waitFor();
    await picture(operator, 'en-sus-appeler');
    await button(operator, 'Sans réponse').click();

    await expect.poll(() => chain().getByRole('listitem').count(), SOON).toBe(3);
    await button(operator, 'J’appelle').click();
    await button(operator, 'Refusé…').click();
    await operator.getByText('Le secrétariat', { exact: true }).click();
    await clean(operator);
    await button(operator, 'Enregistrer le refus').click();

    await expect.poll(() => chain().getByRole('listitem').count(), SOON).toBe(4);
    await button(operator, 'J’appelle').click();
    await button(operator, 'Accepté…').click();
    await operator.getByText('Le médecin', { exact: true }).click();
    await clean(operator);
    await picture(operator, 'en-sus-reponse-telephone');
    await button(operator, 'Enregistrer l’accord').click();
    const of = async () => (await requestOf(operator, (await callAs(operator, 'GET', '/api/v1/requests?mine=true&open=false')).body.requests[0].id)).attempts.map(({ status, answeredBy }) => `${status} ${answeredBy}`);
    await expect.poll(of, SOON).toEqual(['EXPIRE null', 'SANS_REPONSE null', 'REFUSE secretariat', 'PRIS medecin']);
    await expect.poll(() => letters('gestionnaire.cpts@demo.example'), SOON).toContain('Demande en sus close');
  });

  test('[SUR-08] the manager and the operator in the name of the structure accept at once: one wins, the other is told on his screen', { timeout: 120_000 }, async () => {
    const asked = await askCptsOf(operator, CHABOURNAY, cpts);
    await openChain(CPTS_NAME);
    await button(operator, 'Accord reçu par téléphone…').click();
    await button(manager, 'Accepter…').click();
    const both = await Promise.all([
      act(manager, asked.id, 'accept'),
      act(operator, asked.id, 'accept', { answeredBy: 'secretariat', at: inOneHour() }),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 409)!.body.detail).toContain('Quelqu’un a déjà accepté cette demande');
    await inbox(manager, 'Médecin à nommer').getByText(/Chabournay/).waitFor();
    await dialog(operator).getByText(`${CPTS_NAME} accepte`).waitFor();
    expect(await button(manager, 'Accepter…').count()).toBe(0);
    await clean(operator);
  });

  test('[SUR-06] SOS Médecins is phoned, and its manager may answer first, with the name', { timeout: 90_000 }, async () => {
    const second = await openPage(browser, 'desk', 'dark');
    await signIn(second, sas.url, SOS_MANAGER);
    await second.goto(`${sas.url}/demandes`);
    const sos = (await inboxOf(second)).structures[0]!.id;
    const asked = await askEnSus(operator, { structureId: sos, at: inOneHour(), reason: 'doctor-decision' });
    await openChain(/SOS/);
    await button(second, 'Accepter…').press('Enter');
    await second.getByRole('combobox', { name: 'Médecin qui reçoit' }).fill('a');
    await second.getByRole('option').filter({ hasNotText: 'Recherche' }).first().click();
    await clean(second);
    await button(second, /^Confirmer pour/).press('Enter');
    await dialog(operator).getByText(/reçoit/).first().waitFor();
    expect((await requestOf(operator, asked.requestId)).attempts[0]).toMatchObject({ status: 'ACCEPTE_NOMME', answerChannel: 'web', doctor: expect.anything() });
  });

  test('[SUR-03] an individual doctor answers from a phone before the call ends', { timeout: 90_000 }, async () => {
    const doctor = await openPage(browser, 'phone');
    await signIn(doctor, sas.url, DOCTOR);
    await doctor.goto(`${sas.url}/demandes`);
    const { nationalId } = (await callAs(doctor, 'GET', '/api/v1/session')).body.account;
    await askEnSus(operator, { rpps: nationalId.slice(1), at: inOneHour(), reason: 'doctor-decision' });
    await doctor.getByText('La régulation vous appelle').waitFor();
    await clean(doctor);
    await fits(doctor);
    await picture(doctor, 'en-sus-telephone-medecin');
    await button(doctor, 'Accepter…').click();
    await button(doctor, /^Confirmer pour/).click();
    await inbox(doctor, 'Dernières heures').getByText('Acceptée, la régulation prévient le patient').waitFor();
  });

  test('[PART-09] [SUR-01] a doctor who has as many patients as he accepts is not proposed, and the proof of neutrality says why', { timeout: 90_000 }, async () => {
    const at = inOneHour();
    const search = async () => (await callAs(operator, 'GET', `/api/v1/search?insee=${AVANTON}&radiusKm=12&enSus=true&limit=200&from=${encodeURIComponent(at)}`)).body;
    const capped = (await search()).results.find((one: any) => one.professional && one.participation.caps.halfDay === 1);
    const asked = await askEnSus(operator, { rpps: capped.professional.rpps, at, reason: 'doctor-decision' });
    expect((await act(operator, asked.id, 'accept', { answeredBy: 'medecin', at })).status).toBe(200);
    const after = await search();
    expect(after.results.some(({ professional }: any) => professional?.rpps === capped.professional.rpps)).toBe(false);
    await operator.goto(`${sas.url}/recherches/${after.searchId}/preuve`);
    await operator.getByText(`Non proposé : RPPS ${capped.professional.rpps}`).waitFor();
    await operator.getByText('Plafond de la demi-journée atteint').waitFor();
    await clean(operator);
  });

  test('[STR-06] [STR-08] with the keyboard alone the manager sets a médecin du jour and exports his statement', { timeout: 120_000 }, async () => {
    const desk = await openPage(browser);
    await signIn(desk, sas.url, CPTS_MANAGER);
    await desk.goto(`${sas.url}/demandes`);
    await tabTo(desk, desk.getByRole('tab', { name: 'Demandes' }));
    await desk.keyboard.press('ArrowRight');
    await tabTo(desk, button(desk, /Comment la structure répond/));
    await desk.keyboard.press('Enter');
    await desk.getByRole('option', { name: /Médecin du jour/ }).press('Enter');
    const today = systemClock.now().toZonedDateTimeISO('Europe/Paris').toPlainDate().toLocaleString('fr-FR', { weekday: 'long', day: 'numeric' });
    await tabTo(desk, desk.getByLabel(new RegExp(`Ajouter un médecin, ${today}`)));
    await desk.keyboard.press('ArrowDown');
    await button(desk, new RegExp(`^Retirer .*${today}`)).waitFor();
    await clean(desk);
    await picture(desk, 'en-sus-planning');
    await tabTo(desk, button(desk, 'Enregistrer la semaine'));
    await desk.keyboard.press('Enter');
    await desk.getByText('Enregistré').waitFor();

    await desk.getByRole('tab', { name: 'Planning' }).focus();
    await desk.keyboard.press('ArrowRight');
    await desk.getByText('Demandes reçues', { exact: true }).waitFor();
    await clean(desk);
    await picture(desk, 'en-sus-releve');
    const saved = desk.waitForEvent('download');
    await tabTo(desk, button(desk, 'Exporter (CSV)'));
    await desk.keyboard.press('Enter');
    const lines = readFileSync(await (await saved).path(), 'utf8').trim().split('\n');
    expect(lines).toHaveLength(5);
    expect(lines.join('\n')).toContain('Aucun médecin disponible');

    await manager.goto(`${sas.url}/demandes`);
    for (const name of ['Planning', 'Relevé']) {
      await manager.getByRole('tab', { name }).click();
      await manager.getByRole('table').waitFor();
      await fits(manager);
      await clean(manager);
    }
  });

  test('[SUR-09] [SUR-01] the SAS leader reads who was asked, how often, and what was answered', { timeout: 60_000 }, async () => {
    await leader.goto(`${sas.url}/equite`);
    const line = leader.getByRole('row', { name: new RegExp(CPTS_NAME) });
    await line.waitFor();
    expect((await line.getByRole('gridcell').or(line.getByRole('cell')).allInnerTexts()).slice(-6, -2)).toEqual(['4', '2', '1', '1']);
    await clean(leader);
    await picture(leader, 'en-sus-equite');
  });
});
