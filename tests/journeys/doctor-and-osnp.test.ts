import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bookByKeyboard } from '../support/booking.ts';
import { axeFindings, chromiumPath, onPaper, openBrowser, openPage, picture, signIn } from '../support/browser.ts';
import { Installation } from '../support/installation.ts';
import { ring, type Staff, staffOf } from '../support/room.ts';

const MRG = /Maratain/;
const MRU = /Lorannard/;
const OSNP = /Villaligny/;
const SUPERVISOR = /Touromont/;
const place = { address: '3 rue du Commerce', city: 'Civray', insee: '86078' };
const slow = { timeout: 20_000 };

/** A day of the room: doctors, an operator and the supervisor at their screens, their colleagues by the API. The steps follow one another. */
describe.skipIf(!chromiumPath).sequential('the doctor, the OSNP and the supervisor at work', () => {
  const sas = new Installation('--no-colleagues');
  let browser: Browser;
  let mrg: Page;
  let mru: Page;
  let osnp: Page;
  let supervisor: Page;
  let arm: Staff;
  let operator: Staff;
  let manager: Staff;
  /** The dossier that goes from the caller to the appointment. */
  let first: any;
  let callers = 0;

  beforeAll(async () => {
    await sas.start();
    browser = await openBrowser();
    [mrg, osnp, supervisor] = [await openPage(browser), await openPage(browser), await openPage(browser)];
    mru = await openPage(browser, 'desk', 'dark');
    [arm, operator, manager] = [await staffOf(sas, 'arm', 'n1'), await staffOf(sas, 'osnp', 'op'), await staffOf(sas, 'superviseur', 'sv')];
    const { body } = await manager.ask('GET', '/api/v1/telephony/configuration');
    await manager.ask('PUT', '/api/v1/telephony/configuration', { ...body, thresholds: { ...body.thresholds, wrapUpSeconds: 0 } });
    for (const [page, name] of [[mrg, MRG], [mru, MRU], [osnp, OSNP], [supervisor, SUPERVISOR]] as const) await signIn(page, sas.url, name);
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await sas.remove();
  }, 60_000);

  const read = async (id: string) => (await manager.ask('GET', `/api/v1/dossiers/${id}`)).body;
  const takePost = async (page: Page) => {
    await page.getByRole('button', { name: /^Prendre le poste/ }).click();
    await page.getByText(/^Disponible/).first().waitFor();
  };
  const talking = async (who: Staff, callId: string) => {
    const { state, call } = await who.post();
    return state === 'in-call' && call.id === callId;
  };
  const opened = (page: Page, id: string) => page.waitForURL((url) => url.searchParams.get('dossier') === id, slow);

  const appointments = (page: Page) => page.getByRole('region', { name: 'Rendez-vous', exact: true });

  /** A dossier qualified by an assistant; its caller has hung up. */
  async function qualified(fields: Record<string, unknown>): Promise<any> {
    const caller = `06399802${String(++callers).padStart(2, '0')}`;
    const callId = await ring(sas, { caller });
    await expect.poll(() => talking(arm, callId), slow).toBe(true);
    const { body } = await arm.ask('POST', '/api/v1/dossiers', { callId });
    await arm.ask('POST', `/api/v1/calls/${callId}/commands`, { op: 'hang-up' });
    await expect.poll(async () => (await arm.post()).state, slow).toBe('available');
    return arm.act(body.id, 'qualify', { location: place, callback: caller, ...fields });
  }
  /** The same, in an operator's hands. */
  async function withOperator(motive: string): Promise<any> {
    const { id } = await qualified({ motive, priority: 'P2', filiere: 'SNP' });
    await arm.act(id, 'send-to-n2');
    return operator.act(id, 'take');
  }
  /** The same, before a doctor. */
  async function withDoctor(motive: string): Promise<any> {
    return operator.act((await withOperator(motive)).id, 'send-to-doctor');
  }
  async function openFile(page: Page, desk: string, id: string): Promise<void> {
    await page.goto(`${sas.url}/poste/${desk}?dossier=${id}`);
    await page.getByRole('article', { name: /^Dossier/ }).waitFor();
  }

  test('[REG-01] [TEL-13] a caller arrives with his dossier: the file opens at the doctor’s and regulation starts by itself', { timeout: 90_000 }, async () => {
    expect(await axeFindings(mrg)).toEqual([]);
    await arm.take('N1');
    await operator.take('SNP');
    await takePost(mrg);
    const callId = await ring(sas, { caller: '0639980101' });
    await expect.poll(() => talking(arm, callId), slow).toBe(true);
    first = (await arm.ask('POST', '/api/v1/dossiers', { callId })).body;
    await arm.act(first.id, 'qualify', { motive: 'Brûlures urinaires', priority: 'P2', filiere: 'SNP', location: place, callback: '0639980101' });
    const { body } = await arm.ask('GET', `/api/v1/dossiers/${first.id}`);
    await arm.ask('PATCH', `/api/v1/dossiers/${first.id}`, { base: body.version, patient: { lastName: 'Lafontaine', firstName: 'Camille', age: 34, sex: 'F' } });
    await arm.act(first.id, 'send-to-n2');
    await expect.poll(() => talking(operator, callId), slow).toBe(true);
    await operator.act(first.id, 'take');
    await operator.act(first.id, 'send-to-doctor');
    await opened(mrg, first.id);
    await mrg.getByRole('region', { name: 'Décider' }).waitFor();
    await mrg.getByText('LAFONTAINE Camille').first().waitFor();
    expect((await read(first.id)).step).toBe('EN_REGULATION');
    await picture(mrg, 'medecin-dossier');
    expect(await axeFindings(mrg)).toEqual([]);
    await expect.poll(async () => (await operator.ask('PUT', '/api/v1/agents/me', { state: 'offline' })).status, slow).toBe(200);
  });

  test('[REG-19] [REG-10] [REG-16] a prescription is refused on R2 where the level is, signed on R4 with another decision, printed, completed by an addition', { timeout: 90_000 }, async () => {
    await mrg.keyboard.press('2');
    await mrg.keyboard.press('p');
    await mrg.keyboard.press('o');
    await mrg.keyboard.press('Control+Enter');
    const level = mrg.locator('[data-invalid]', { hasText: 'Niveau de soin' });
    await level.getByText('réservée aux niveaux R3 et R4').waitFor();
    await mrg.getByText('l’accord du patient est nécessaire').or(mrg.getByText("l'accord du patient est nécessaire")).first().waitFor();
    await picture(mrg, 'medecin-refus');
    expect(await axeFindings(mrg)).toEqual([]);

    await mrg.keyboard.press('4');
    await mrg.getByLabel('Médicament').fill('Fosfomycine 3 g');
    await mrg.getByLabel('Posologie').fill('un sachet en une prise');
    await mrg.getByRole('textbox', { name: 'Pharmacie' }).fill('Pharmacie du Marché, Civray');
    await mrg.getByText('Le patient est d’accord').click();
    await mrg.getByText('Le patient a compris').click();
    await mrg.getByLabel('Hypothèse').fill('Cystite simple');
    await mrg.getByText(/^DRM\..*l’OSNP organise la suite/).waitFor();
    await picture(mrg, 'medecin-signer');
    await takePost(osnp);
    await mrg.keyboard.press('Control+Enter');
    await mrg.getByRole('region', { name: 'Suite du dossier' }).waitFor();
    expect((await read(first.id)).acts[0]).toMatchObject({ careLevel: 'R4', decisions: [{ type: 'PMT' }, { type: 'CONSULTATION' }] });

    await onPaper(mrg, () => mrg.getByRole('button', { name: 'Imprimer l’ordonnance' }).click(), 'medecin-ordonnance', async () => {
      const words = await mrg.locator('[data-paper]').innerText();
      for (const said of ['Prescription médicale téléphonique', 'LAFONTAINE Camille', 'Fosfomycine 3 g', 'un sachet en une prise', 'Pharmacie du Marché', 'Dr Célestin Maratain', 'Données fictives']) expect(words).toContain(said);
    });

    await mrg.getByRole('button', { name: 'Additif…' }).click();
    await mrg.getByLabel('Complément').fill('Revoir si fièvre');
    await mrg.getByLabel('Raison').fill('oublié');
    await mrg.getByRole('button', { name: 'Signer l’additif' }).click();
    await mrg.getByText('Additif à l’acte de Dr Célestin Maratain').waitFor();
    await picture(mrg, 'medecin-additif');
    expect(await axeFindings(mrg)).toEqual([]);
  });

  test('[INT-01] [RDV-01] [INT-05] [RDV-02] caller and order reach the OSNP; search, booking by keyboard, attachment, then a cancellation', { timeout: 120_000 }, async () => {
    await opened(osnp, first.id);
    await osnp.getByRole('region', { name: 'Prescription à exécuter' }).waitFor();
    await osnp.getByText('En ligne').first().waitFor();
    await picture(osnp, 'osnp-ordre');
    expect(await axeFindings(osnp)).toEqual([]);

    const addresses: string[] = [];
    osnp.context().on('request', (request) => void addresses.push(request.url()));
    const popup = osnp.context().waitForEvent('page');
    await osnp.keyboard.press('F3');
    const search = await popup;
    await search.waitForURL(/\/recherche/, slow);
    expect(await search.getByLabel('Où').inputValue()).toContain('Civray');
    expect(addresses.some((url) => url.includes('/sas/recherche?'))).toBe(true);
    for (const url of [...addresses, search.url()]) expect(url).not.toMatch(/lafontaine|camille|0639980101|Cystite|urinaires/i);
    await search.getByText(/^7 j/).click();
    await search.getByRole('button', { name: /^\d\d:\d\d, .*agenda SAS$/ }).first().waitFor();
    await picture(search, 'osnp-recherche');
    await bookByKeyboard(search);
    await search.close();

    const offered = osnp.getByRole('region', { name: 'Rendez-vous revenu de la plateforme' });
    await offered.waitFor(slow);
    await picture(osnp, 'osnp-rendez-vous-revenu');
    expect(await axeFindings(osnp)).toEqual([]);
    await offered.getByRole('button', { name: 'Rattacher à ce dossier' }).press('Enter');
    await appointments(osnp).getByText('pris').waitFor();
    await appointments(mrg).getByText('pris').waitFor();
    await osnp.getByRole('button', { name: /^C’est fait/ }).click();
    await expect.poll(async () => (await read(first.id)).acts[0].decisions[1].executedAt, slow).not.toBeNull();

    const [{ appointmentId }] = (await read(first.id)).appointments;
    const cancelled = await operator.ask('POST', `/api/v1/orientations/${appointmentId}/cancel`, { by: 'patient' });
    expect(cancelled, JSON.stringify(cancelled.body)).toMatchObject({ status: 200 });
    await appointments(osnp).getByText('annulé').waitFor(slow);
    await appointments(mrg).getByText('annulé').waitFor(slow);
    await picture(osnp, 'osnp-annule');
    await osnp.keyboard.press('F8');
    await osnp.getByText(/^Disponible/).first().waitFor();
  });

  test('[US-OS-06] [ACT-06] an evident emergency leaves for the AMU in one press; [REG-08] the urgentist sends it back, its age kept, with another priority', { timeout: 90_000 }, async () => {
    const { id, openedAt } = await qualified({ motive: 'Mal au dos', priority: 'P2', filiere: 'SNP' });
    await arm.act(id, 'send-to-n2');
    await openFile(osnp, 'osnp', id);
    await osnp.keyboard.press('r');
    await osnp.getByRole('button', { name: /^Passer au médecin/ }).waitFor();
    await picture(osnp, 'osnp-dossier');
    await osnp.keyboard.press('F1');
    await osnp.keyboard.press('Enter');
    await expect.poll(async () => (({ filiere, priority, p0Suspected }) => ({ filiere, priority, p0Suspected }))(await read(id)), slow).toEqual({ filiere: 'AMU', priority: 'P1', p0Suspected: true });
    await osnp.getByText('P0 suspecté par l’OSNP').waitFor();
    await picture(osnp, 'osnp-evidence');
    expect(await axeFindings(osnp)).toEqual([]);

    await arm.act(id, 'take');
    await arm.act(id, 'send-to-doctor');
    await mru.getByRole('list', { name: /MRU|urgentiste/i }).getByText('Mal au dos').click();
    await mru.getByRole('button', { name: /^Prendre en régulation/ }).waitFor();
    await mru.keyboard.press('r');
    await mru.getByRole('region', { name: 'Décider' }).waitFor();
    await picture(mru, 'medecin-urgentiste');
    expect(await axeFindings(mru)).toEqual([]);
    await mru.keyboard.press('y');
    await mru.getByRole('dialog').getByText('P3', { exact: true }).click();
    await mru.getByLabel('Raison de la baisse').fill('Lombalgie simple');
    await mru.keyboard.press('Enter');
    await mru.getByRole('dialog').waitFor({ state: 'detached' });
    await mru.keyboard.press('f');
    await mru.getByLabel(/^Raison \(/).fill('Relève du généraliste');
    await picture(mru, 'medecin-requalifier');
    await mru.keyboard.press('Enter');
    await expect.poll(async () => (({ filiere, priority, openedAt }) => ({ filiere, priority, openedAt }))(await read(id)), slow).toEqual({ filiere: 'SNP', priority: 'P3', openedAt });
  });

  test('[REG-04] a doctor disagrees with an answer given without him, and signs another without a call', { timeout: 90_000 }, async () => {
    const wrong = await withOperator('Otite de l’enfant');
    await operator.act(wrong.id, 'request-validation', { category: 'DR.DREG.DRARM', answer: 'Attendre demain', reason: 'conseil donné' });
    const right = await withOperator('Piqûre de guêpe');
    await operator.act(right.id, 'request-validation', { category: 'DR.DREG.DRARM', answer: 'Froid local, surveiller', reason: 'conseil donné' });
    await mrg.getByRole('tab', { name: /À valider/ }).click();
    await mrg.getByRole('button', { name: /Otite de l’enfant/ }).click();
    await mrg.getByText('Attendre demain').first().waitFor();
    await picture(mrg, 'medecin-valider');
    expect(await axeFindings(mrg)).toEqual([]);
    await mrg.getByRole('button', { name: /pas d’accord/ }).click();
    await mrg.getByLabel('Raison').fill('À examiner aujourd’hui');
    await mrg.keyboard.press('Enter');
    await mrg.getByRole('region', { name: 'Décider' }).waitFor();
    expect(await read(wrong.id)).toMatchObject({ step: 'EN_REGULATION', owner: { name: 'Dr Célestin Maratain' } });

    await mrg.getByRole('button', { name: /Piqûre de guêpe/ }).click();
    await mrg.getByText('Froid local, surveiller').first().waitFor();
    await mrg.keyboard.press('Control+Enter');
    await mrg.getByText('Validation sans appel').waitFor();
    expect((await read(right.id)).acts[0]).toMatchObject({ mode: 'validation' });
  });

  test('[REG-27] two people in one file: seen, marked, both edits kept; a file that moved on at signing loses nothing typed', { timeout: 90_000 }, async () => {
    const { id } = await withDoctor('Toux depuis huit jours');
    await openFile(mrg, 'medecin', id);
    await mrg.keyboard.press('r');
    await mrg.getByRole('region', { name: 'Décider' }).waitFor();
    await openFile(mru, 'medecin', id);
    await mrg.getByRole('list', { name: 'Aussi dans ce dossier' }).getByText('Dr Noémie Lorannard').waitFor();
    await mrg.getByLabel('Antécédents').fill('Asthme');
    await mru.getByText(/✎ Dr Célestin Maratain écrit/).waitFor();
    await mru.getByLabel('Traitements').fill('Salbutamol');
    await mru.keyboard.press('Tab');
    await mrg.keyboard.press('Tab');
    await expect.poll(async () => (({ history, treatments }) => [history, treatments])((await read(id)).patient), slow).toEqual(['Asthme', 'Salbutamol']);

    await mrg.getByLabel('Allergies').fill('Pénicilline');
    await mru.getByLabel('Allergies').fill('Aucune');
    await mru.keyboard.press('Tab');
    await expect.poll(async () => (await read(id)).patient.allergies, slow).toBe('Aucune');
    await mrg.keyboard.press('Tab');
    await mrg.getByText('Dr Noémie Lorannard a écrit entre-temps : « Aucune »').waitFor();
    await picture(mrg, 'medecin-a-deux');
    expect(await axeFindings(mrg)).toEqual([]);
    await mrg.getByRole('button', { name: 'Garder le mien' }).click();
    await expect.poll(async () => (await read(id)).patient.allergies, slow).toBe('Pénicilline');

    await mrg.getByRole('button', { name: /^Conseil médical/ }).click();
    await mrg.getByText('R4', { exact: true }).click();
    await mrg.getByLabel('Conseil donné au patient').fill('Boire, surveiller la fièvre');
    // The doctor signs before what the assistant does has reached his screen.
    const dossierPath = `**/api/v1/dossiers/${id}`;
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await mrg.route(dossierPath, async (route) => (await held, route.continue().catch(() => undefined)));
    await arm.act(id, 'set-priority', { priority: 'P1' });
    const refused = mrg.waitForResponse((response) => response.status() === 412);
    await mrg.keyboard.press('Control+Enter');
    await refused;
    release();
    await mrg.getByText(/Le dossier a changé depuis/).waitFor();
    await mrg.unroute(dossierPath);
    expect(await mrg.getByLabel('Conseil donné au patient').inputValue()).toBe('Boire, surveiller la fièvre');
    await mrg.getByRole('article', { name: /^Dossier/ }).getByText('P1').waitFor();
    await picture(mrg, 'medecin-dossier-change');
    await mrg.keyboard.press('Control+Enter');
    await mrg.getByRole('region', { name: 'Suite du dossier' }).waitFor();
    expect((await read(id)).acts[0].advice).toBe('Boire, surveiller la fièvre');
  });

  test('[DASH-01] [TEL-22] the board lives while calls come; somebody is moved by keyboard with a reason; the wall says the same', { timeout: 90_000 }, async () => {
    await expect.poll(async () => (await arm.ask('PUT', '/api/v1/agents/me', { state: 'pause' })).status, slow).toBe(200);
    const row = (name: RegExp) => supervisor.getByRole('table', { name: 'Niveaux de la salle' }).getByRole('row', { name });
    await row(/Décroché N1/).waitFor();
    for (const caller of ['0639980301', '0639980302']) await ring(sas, { caller });
    await ring(sas, { caller: '0639980303', patienceMs: 1_500 });
    await expect.poll(async () => {
      const { levels } = (await manager.ask('GET', '/api/v1/board')).body;
      const [waiting] = levels.filter(({ level }: any) => level === 'N1').map((level: any) => level.waiting);
      return waiting === 2 && (await row(/Décroché N1/).getByRole('cell').first().innerText()) === '2';
    }, slow).toBe(true);
    await picture(supervisor, 'superviseur-salle');
    expect(await axeFindings(supervisor)).toEqual([]);
    await supervisor.emulateMedia({ colorScheme: 'dark' });
    expect(await axeFindings(supervisor)).toEqual([]);
    await supervisor.emulateMedia({ colorScheme: 'light' });

    await row(/Décroché N1/).getByRole('button').first().press('Enter');
    await supervisor.getByLabel('Motif').fill('Renfort de l’AMU');
    await picture(supervisor, 'superviseur-deplacer');
    await supervisor.keyboard.press('Enter');
    await row(/ARM N2/).getByRole('button').first().waitFor();
    expect((await arm.ask('GET', '/api/v1/agents/me')).body.agent.level).toBe('AMU');

    await supervisor.goto(`${sas.url}/salle/mur`);
    await expect.poll(() => supervisor.getByRole('row', { name: /^N1/ }).getByRole('cell').first().innerText(), slow).toBe('2');
    await picture(supervisor, 'superviseur-mur');
    expect(await axeFindings(supervisor)).toEqual([]);
  });

  test('[TEL-11] an abandoned call is rung back from the list; [SEC-06] a broken glass is told to the supervisor', { timeout: 90_000 }, async () => {
    await osnp.goto(`${sas.url}/salle/rappels`);
    await osnp.getByRole('list', { name: 'Numéros à rappeler' }).getByText('06 39 98 03 03').waitFor(slow);
    await picture(osnp, 'superviseur-rappels');
    expect(await axeFindings(osnp)).toEqual([]);
    await osnp.keyboard.press('/');
    await osnp.keyboard.press('Enter');
    await osnp.getByText(/^Votre téléphone compose/).waitFor();
    await expect.poll(async () => (await manager.ask('GET', '/api/v1/calls')).body.calls.some((call: any) => call.callback), slow).toBe(true);
    await osnp.keyboard.press('j');
    await osnp.getByRole('table', { name: 'Rappels traités' }).getByText('06 39 98 03 03').waitFor();

    await supervisor.goto(`${sas.url}/salle`);
    const specialist = await staffOf(sas, 'medecin-specialise', 'spe');
    expect((await specialist.ask('POST', `/api/v1/dossiers/${first.id}/break-glass`, { reason: 'Le patient appelle sur ma ligne directe' })).status).toBe(200);
    await supervisor.getByText('Le patient appelle sur ma ligne directe').waitFor();
    await picture(supervisor, 'superviseur-bris-de-glace');
  });

  test('[PDSA-05] at the end of his post the doctor signs what he hands over, and the supervisor sees it', { timeout: 60_000 }, async () => {
    await mrg.goto(`${sas.url}/transmission`);
    await mrg.getByLabel(/^À savoir sur/).first().fill('Rappeler la mère avant 20 h');
    await mrg.getByRole('button', { name: /À qui/ }).click();
    await mrg.getByRole('option', { name: /files/i }).click();
    await picture(mrg, 'medecin-transmission');
    expect(await axeFindings(mrg)).toEqual([]);
    await mrg.getByRole('button', { name: 'Signer la transmission' }).click();
    await mrg.getByRole('button', { name: /^Signer au nom/ }).click();
    await mrg.getByText('Rien à transmettre').waitFor();
    await supervisor.goto(`${sas.url}/transmission`);
    await supervisor.getByText('Dr Célestin Maratain').first().waitFor();
    await picture(supervisor, 'superviseur-transmission');
    expect(await axeFindings(supervisor)).toEqual([]);
  });

  test('[PCA-02] the server lost, the call is written down; back, it is entered again with its own hours', { timeout: 120_000 }, async () => {
    await mru.goto(`${sas.url}/degrade`);
    await mru.getByRole('button', { name: /^Nouvelle fiche/ }).waitFor();
    await sas.kill();
    await mru.keyboard.press('n');
    const form = mru.getByRole('form', { name: /^Fiche/ });
    await form.getByLabel('Numéro de rappel').fill('0639980401');
    await form.getByLabel('Commune').fill('Civray');
    await form.getByLabel('Adresse').fill('3 rue du Commerce');
    await form.getByLabel('Nom', { exact: true }).fill('Berthelin');
    await form.getByLabel('Motif').fill('Chute dans l’escalier');
    await form.getByText('P2', { exact: true }).click();
    await form.getByText('AMU', { exact: true }).click();
    await form.getByLabel('Note', { exact: true }).fill('Consciente, douleur au poignet');
    await mru.keyboard.press('Control+Enter');
    await mru.getByText('Serveur injoignable : continuez ici').waitFor(slow);
    await mru.getByRole('status').getByText('Serveur injoignable').waitFor(slow);
    await mru.getByRole('heading', { level: 1 }).scrollIntoViewIfNeeded();
    await picture(mru, 'degrade-sans-serveur');
    expect(await axeFindings(mru)).toEqual([]);
    const hour = await form.getByLabel('Heure de l’appel').inputValue();
    await onPaper(mru, () => mru.getByRole('button', { name: 'Imprimer', exact: true }).last().click(), 'degrade-fiche', async () => {
      const words = await mru.locator('body').innerText();
      for (const said of ['Fiche d’appel, mode dégradé', 'Berthelin', 'Consciente, douleur au poignet']) expect(words).toContain(said);
    });

    await sas.start();
    await mru.getByText('Le serveur répond').waitFor({ timeout: 60_000 });
    await mru.getByRole('button', { name: 'Ressaisir', exact: true }).click();
    const link = mru.getByRole('link', { name: /^dossier/ });
    await link.waitFor(slow);
    await picture(mru, 'degrade-ressaisie');
    expect(await axeFindings(mru)).toEqual([]);
    const entered = await read((await link.getAttribute('href'))!.split('/').at(-1)!);
    expect(entered).toMatchObject({ degraded: true, priority: 'P2', filiere: 'AMU', patient: { lastName: 'Berthelin' }, motive: { label: 'Chute dans l’escalier' } });
    const zoned = (at: string) => Temporal.Instant.from(at).toZonedDateTimeISO('Europe/Paris').toPlainTime().toString().slice(0, 5);
    expect(zoned(entered.openedAt)).toBe(hour);
    expect(entered.notes).toMatchObject([{ text: 'Consciente, douleur au poignet' }]);
    expect(entered.notes[0].writtenAt).not.toBeNull();
  });
});
