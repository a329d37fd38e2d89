import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFindings, chromiumPath, openBrowser, openPage, picture, signIn } from '../support/browser.ts';
import { answer, calm, dialog, focusIn, hangUp, isFocused, place, putAway, shownId, SOON, tabTo, toastSays } from '../support/desk.ts';
import { Installation } from '../support/installation.ts';
import { ring, type Staff, staffOf } from '../support/room.ts';

const ARM = /Céleste Ravovaux/;
const SECOND = /Joséphine Valatain/;
const SPECIALIST = /Valère Chamovion/;
const SUPERVISOR = /Aimé Touromont/;
const STEP = { timeout: 120_000 };

const first = '0639980101';
const civray = { lat: 46.1486, lon: 0.2949, radiusM: 12, source: 'AML' };

interface Answered {
  readonly callId: string;
  readonly id: string;
  readonly focusedAt: number;
}

/** The desk of an assistant, worked with the keyboard alone, from the ring to the end of the means. The steps follow one another. */
describe.skipIf(!chromiumPath).sequential('the desk of an assistant', () => {
  const sas = new Installation('--no-colleagues');
  let browser: Browser;
  let arm: Page;
  let amu: Page;
  let osnp: Staff;
  let mru: Staff;
  let supervisor: Staff;

  beforeAll(async () => {
    await sas.start();
    browser = await openBrowser();
    [arm, amu] = [await openPage(browser), await openPage(browser, 'desk', 'dark')];
    [osnp, mru, supervisor] = [await staffOf(sas, 'osnp', 'snp'), await staffOf(sas, 'mru', 'mru'), await staffOf(sas, 'superviseur', 'sv')];
    const { body } = await supervisor.ask('GET', '/api/v1/telephony/configuration');
    await supervisor.ask('PUT', '/api/v1/telephony/configuration', { ...body, thresholds: { ...body.thresholds, wrapUpSeconds: 0 } });
    await signIn(arm, sas.url, ARM);
    await signIn(amu, sas.url, SECOND);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await sas.remove();
  }, 60_000);

  const dossier = async (id: string) => (await supervisor.ask('GET', `/api/v1/dossiers/${id}`)).body;
  const dossiersOf = async (phone: string): Promise<any[]> => (await supervisor.ask('GET', `/api/v1/dossiers?phone=${phone}`)).body.dossiers;

  /** Somebody calls and is answered on this page: the id of the dossier that opens by itself. */
  async function answered(page: Page, call: Parameters<typeof ring>[1]): Promise<Answered> {
    await page.getByText('Le prochain appel se décroche seul').waitFor();
    const callId = await ring(sas, call);
    const focusedAt = await focusIn(page, 'location');
    await page.waitForURL(/dossier=/);
    return { callId, id: shownId(page)!, focusedAt };
  }

  test('[TEL-07] [SEC-01] the post is taken by keyboard; each page passes axe', STEP, async () => {
    await arm.getByText('Prenez un poste').waitFor();
    await picture(arm, 'arm-hors-poste');
    expect(await axeFindings(arm)).toEqual([]);
    await arm.keyboard.press('F4');
    await arm.getByText('Vous êtes disponible, poste Décroché N1').waitFor();
    await picture(arm, 'arm-disponible');
    expect(await axeFindings(arm)).toEqual([]);
  });

  let child: Answered;

  test('[US-N1-01] [TEL-07] [PROT-02] a call opens its dossier with the cursor in the address; the protocol is answered by digits; F6 passes both on', STEP, async () => {
    await osnp.take('SNP');
    child = await answered(arm, { caller: first, position: civray });
    const { answeredAt } = (await supervisor.ask('GET', `/api/v1/calls/${child.callId}`)).body;
    console.log(`From the answer to the cursor in the address: ${child.focusedAt - Date.parse(answeredAt)} ms`);
    await arm.getByText(/position du téléphone \(AML\)/).first().waitFor();
    await picture(arm, 'arm-appel');
    expect(await axeFindings(arm)).toEqual([]);

    await arm.keyboard.type('12 rue Gambetta Civ');
    await arm.getByRole('option', { name: /Civ/ }).first().waitFor();
    await picture(arm, 'arm-adresse');
    await arm.keyboard.type('ray');
    await place(arm, '');
    await answer(arm, /Fièvre de l’enfant/, /réveillé/, /3 mois ou plus/, /non$/, /oui$/, /boit peu/);
    await arm.getByText('Fièvre, boit peu.').waitFor();
    await picture(arm, 'arm-proposition');
    expect(await axeFindings(arm)).toEqual([]);
    await arm.keyboard.press('F6');
    await toastSays(arm, /passé à l’OSNP/);
    await expect.poll(async () => (await osnp.post()).call?.id, SOON).toBe(child.callId);
    expect((await osnp.post()).state).toBe('in-call');
    const { status, body } = await osnp.ask('GET', `/api/v1/dossiers/${child.id}`);
    expect([status, body.motive.label, body.filiere, body.priority, body.location.city]).toEqual([200, 'Fièvre, problème infectieux', 'SNP', 'P2', 'Civray']);
    expect(body.protocol.overridden).toBe(false);
  });

  test('[REG-18] [US-N1-05] [REG-13] [REG-04] F2 closes a wrong number as D; F3 gives the duty pharmacy without a doctor, and another answer waits for one', STEP, async () => {
    const wrong = await answered(arm, { caller: '0639980102' });
    await arm.keyboard.press('F2');
    await dialog(arm).getByText('Erreur de numéro').waitFor();
    await calm(arm, 'arm-sans-demande');
    await arm.keyboard.press('1');
    await toastSays(arm, /classé sans demande de soins/);
    expect(await dossier(wrong.id)).toMatchObject({ type: 'D', attribution: 'D.D-MALV.ERR' });
    await hangUp(arm);

    const pharmacy = await answered(arm, { caller: '0639980103', position: civray });
    await answerWithoutDoctor('1', 'Pharmacie du Marché, ouverte jusqu’à 22 h', 'arm-pharmacie');
    expect(await dossier(pharmacy.id)).toMatchObject({ type: 'DR', validation: { category: 'DR.DREG.DRPHARMA', whitelisted: true, answer: 'Pharmacie du Marché, ouverte jusqu’à 22 h' } });
    expect((await dossier(pharmacy.id)).step).not.toBe('A_VALIDER_MR');
    await hangUp(arm);

    const asked = await answered(arm, { caller: '0639980104', position: civray });
    await answerWithoutDoctor('5', 'Reprendre le traitement du soir comme d’habitude', 'arm-a-valider');
    expect(await dossier(asked.id)).toMatchObject({ step: 'A_VALIDER_MR', queue: 'VALIDATION' });
    await hangUp(arm);
    const validated = await mru.act(asked.id, 'validate', { careLevel: 'R4', decisions: [{ type: 'CONSEIL' }], substitution: 'INDISPMG', readingConfirmed: true });
    expect(validated.acts).toMatchObject([{ mode: 'validation' }]);
  });

  async function answerWithoutDoctor(digit: string, words: string, name: string): Promise<void> {
    await arm.keyboard.press('F3');
    await dialog(arm).getByLabel('Réponse donnée').waitFor();
    await arm.keyboard.press(digit);
    await arm.keyboard.type(words);
    await calm(arm, name);
    await arm.keyboard.press('Control+Enter');
    await toastSays(arm, /réponse notée/);
  }

  test('[US-N1-04] the second call of a number is attached to its first dossier by keyboard: one dossier of regulation, not two', STEP, async () => {
    const again = await answered(arm, { caller: first });
    await arm.getByRole('button', { name: 'Rattacher mon appel' }).waitFor();
    await arm.keyboard.press('Alt+d');
    await tabTo(arm, arm.getByRole('button', { name: 'Rattacher mon appel' }));
    await calm(arm, 'arm-deja-appele');
    await arm.keyboard.press('Enter');
    await expect.poll(() => shownId(arm), SOON).toBe(child.id);
    expect((await dossier(child.id)).calls).toMatchObject([{ repeated: false }, { id: again.callId, repeated: true }]);
    expect((await dossiersOf(first)).filter(({ type }) => type !== 'D').map(({ id }) => id)).toEqual([child.id]);
    await hangUp(arm);
    await putAway(arm);
  });

  test('[TEL-24] a difficulty of communication is chosen in the national list, and its channel is offered: an interpreter, the 114', STEP, async () => {
    const foreign = await answered(arm, { caller: '0639980105', position: civray });
    await choose('Barrière de la langue');
    await arm.getByRole('button', { name: /Ajouter un interprète/ }).waitFor();
    await calm(arm, 'arm-difficulte');
    await arm.keyboard.press('Alt+i');
    await dialog(arm).getByRole('radio', { name: 'Interprète', checked: true }).waitFor({ state: 'attached' });
    await arm.keyboard.type('0536490777');
    await arm.keyboard.press('Enter');
    await arm.getByRole('button', { name: 'Retirer Interprète' }).waitFor();
    expect((await dossier(foreign.id)).caller.difficulty).toBe('LANGUE');

    await choose('Muet ou malentendant');
    await arm.getByRole('button', { name: /Passer par le 114/ }).waitFor();
    await arm.keyboard.press('Alt+i');
    await dialog(arm).getByText(/par SMS au 114/).waitFor();
    expect(await dialog(arm).getByLabel('Numéro').inputValue()).toBe('114');
    await calm(arm, 'arm-114');
    await arm.keyboard.press('Enter');
    await arm.getByRole('button', { name: 'Retirer Autre' }).waitFor();
    await expect.poll(async () => (await dossier(foreign.id)).caller.difficulty, SOON).toBe('MUET');
    await arm.keyboard.press('F3');
    await dialog(arm).waitFor();
    await arm.keyboard.press('3');
    await arm.keyboard.type('Information donnée');
    await arm.keyboard.press('Control+Enter');
    await toastSays(arm, /réponse notée/);
    await hangUp(arm);
  });

  /** Chooses a difficulty by the first letters of its words, without opening anything with the mouse. */
  async function choose(words: string): Promise<void> {
    await arm.keyboard.press('Alt+l');
    await tabTo(arm, arm.getByRole('button', { name: /Difficulté à communiquer/ }));
    await arm.keyboard.press('ArrowDown');
    await arm.getByRole('option', { name: words }).waitFor();
    await arm.keyboard.type(words.slice(0, 4));
    await expect.poll(() => isFocused(arm.getByRole('option', { name: words })), SOON).toBe(true);
    await arm.keyboard.press('Enter');
  }

  test('[PROT-07] [REG-26] another priority than the protocol’s asks why; a P3 is put off with the caller’s agreement and comes back in the list', STEP, async () => {
    await tabTo(amu, amu.getByRole('button', { name: /Prendre le poste ARM N2/ }));
    await amu.keyboard.press('Enter');
    await amu.getByText('Vous êtes disponible, poste ARM N2 (AMU)').waitFor();
    expect(await axeFindings(amu)).toEqual([]);

    const fall = await answered(arm, { caller: '0639980106', position: civray });
    await place(arm, 'Civray');
    await answer(arm, /Chute de la personne âgée/, /comme d’habitude/, /non, ou très peu/, /oui, sans ce traitement/);
    await tabTo(arm, arm.getByRole('radio', { name: 'P2' }));
    await arm.keyboard.press('ArrowRight');
    await arm.getByLabel('Pourquoi s’écarter du protocole').waitFor();
    await arm.keyboard.press('F5');
    await focusIn(arm, 'reason');
    await calm(arm, 'arm-ecart');
    await arm.keyboard.type('Petite bosse, va bien, sa fille est avec elle');
    await arm.keyboard.press('F5');
    await toastSays(arm, /passé à l’AMU/);
    expect(await dossier(fall.id)).toMatchObject({ priority: 'P3', filiere: 'AMU', protocol: { overridden: true } });

    await expect.poll(() => shownId(amu), SOON).toBe(fall.id);
    await expect.poll(async () => (await dossier(fall.id)).owner?.name, SOON).toMatch(SECOND);
    await amu.getByText('Pour convenir d’un rappel, raccrochez d’abord.').waitFor();
    await calm(amu, 'arm-amu');
    await hangUp(amu);
    await amu.getByRole('button', { name: /Convenir d’un rappel…/ }).waitFor();
    await amu.keyboard.press('Alt+c');
    await dialog(amu).getByLabel('Signes qui doivent faire rappeler avant').waitFor();
    await amu.keyboard.type('Mal de tête qui augmente, vomissements, somnolence');
    await tabTo(amu, dialog(amu).getByRole('checkbox', { name: 'L’appelant est d’accord' }));
    await amu.keyboard.press('Space');
    await calm(amu, 'arm-rappel-convenu');
    await tabTo(amu, dialog(amu).getByRole('button', { name: /Convenir du rappel/ }));
    await amu.keyboard.press('Enter');
    await expect.poll(async () => (await dossier(fall.id)).step, SOON).toBe('REPORTE');
    await amu.getByRole('listbox', { name: 'Rappels convenus' }).getByRole('option').first().waitFor();
    await putAway(amu);
  });

  test('[US-N2-02] [REG-20] the second level completes, passes to the doctor, follows the means step by step; a bilan reopens the dossier', STEP, async () => {
    await mru.take('MRU');
    const broken = await answered(arm, { caller: '0639980107', position: civray });
    await place(arm, '3 rue du Temple, Civray');
    await answer(arm, /Chute de la personne âgée/, /comme d’habitude/, /non, ou très peu/, /non$/, /non, elle a mal/);
    await arm.keyboard.press('F5');
    await toastSays(arm, /passé à l’AMU/);

    await expect.poll(() => shownId(amu), SOON).toBe(broken.id);
    await amu.getByLabel('Nouvelle note').waitFor();
    await expect.poll(async () => (await dossier(broken.id)).step, SOON).toBe('EN_COURS_N2');
    await amu.keyboard.press('n');
    await amu.keyboard.type('Hanche gauche, jambe raccourcie, consciente');
    await amu.keyboard.press('Control+Enter');
    await amu.getByText('Hanche gauche, jambe raccourcie, consciente').last().waitFor();
    await amu.keyboard.press('F5');
    await toastSays(amu, /passé au médecin urgentiste/);
    await expect.poll(async () => (await mru.post()).call?.id, SOON).toBe(broken.callId);
    await mru.act(broken.id, 'start-regulation');
    await mru.act(broken.id, 'decide', { careLevel: 'R2', decisions: [{ type: 'AMBULANCE' }], hypothesis: 'Fracture du col' });
    await mru.ask('POST', `/api/v1/calls/${broken.callId}/commands`, { op: 'hang-up' });

    await amu.getByRole('listbox', { name: 'ARM, filière AMU' }).getByRole('option').first().waitFor();
    await expect.poll(async () => {
      await amu.keyboard.press('Alt+f');
      return isFocused(amu.getByRole('listbox', { name: 'ARM, filière AMU' }).getByRole('option').first());
    }, SOON).toBe(true);
    await amu.keyboard.press('Enter');
    await expect.poll(() => shownId(amu), SOON).toBe(broken.id);
    await step(/Déclencher : Ambulance/);
    await calm(amu, 'arm-moyens');
    for (const name of [/^parti/, /^sur place/, /^bilan passé/]) await step(name);
    await expect.poll(async () => (await dossier(broken.id)).step, SOON).toBe('EN_REGULATION');
    await picture(amu, 'arm-bilan');
    await mru.act(broken.id, 'decide', { careLevel: 'R2', decisions: [{ type: 'SU' }] });
    for (const name of [/^transporte/, /^à destination/, /^fin de prise en charge/]) await step(name);
    await step(/Terminer le dossier/);
    await expect.poll(async () => (await dossier(broken.id)).state, SOON).not.toBe('ACTIF');
  });

  /** Reaches a key of what is to be done, from the first of them, and presses it. */
  async function step(name: RegExp): Promise<void> {
    const button = amu.getByRole('button', { name }).first();
    await button.waitFor();
    await amu.keyboard.press('Alt+e');
    await tabTo(amu, button);
    await amu.keyboard.press('Enter');
    await button.waitFor({ state: 'detached' });
  }

  test('[REG-06] F1 engages a P0 in two keys; the desk says when the doctor has taken it', STEP, async () => {
    const vital = await answered(arm, { caller: '0639980108', position: civray });
    await place(arm, 'Civray, 8 place Leclerc');
    await arm.keyboard.press('F1');
    await arm.getByRole('button', { name: /^Engager/ }).waitFor();
    await calm(arm, 'arm-p0');
    await arm.keyboard.press('Enter');
    await arm.getByText('Aucun médecin ne l’a encore pris').waitFor();
    await expect.poll(async () => (await mru.post()).call?.id, SOON).toBe(vital.callId);
    await mru.act(vital.id, 'start-regulation');
    await arm.getByText(/^Pris par/).first().waitFor();
    await calm(arm, 'arm-p0-pris');
    await mru.act(vital.id, 'decide', { careLevel: 'R1', decisions: [{ type: 'SMUR' }] });
    await mru.ask('POST', `/api/v1/calls/${vital.callId}/commands`, { op: 'hang-up' });
    await putAway(arm);
  });

  test('[US-N1-07] [TEL-11] a caller who gave up is rung back by keyboard, and the outcome takes him off the list', STEP, async () => {
    await arm.keyboard.press('F4');
    await arm.getByText('Vous êtes en pause').waitFor();
    await ring(sas, { caller: '0639980109', patienceMs: 1_500 });
    await arm.getByText('06 39 98 01 09').waitFor();
    await calm(arm, 'arm-a-rappeler');
    await arm.keyboard.press('Alt+b');
    await arm.keyboard.press('Enter');
    await focusIn(arm, 'location');
    await hangUp(arm);
    await putAway(arm);
    const reached = arm.getByRole('button', { name: /^Joint :/ });
    await reached.waitFor();
    await arm.keyboard.press('Alt+b');
    await tabTo(arm, reached);
    await arm.keyboard.press('Enter');
    await arm.getByText('Aucun appel abandonné à rappeler').waitFor();
    const { body } = await supervisor.ask('GET', '/api/v1/callbacks');
    expect(body.callbacks.find(({ number }: { number: string }) => number === '0639980109')).toMatchObject({ outcome: 'reached' });
  });

  test('[NFR-06] [PCA-02] the server dies while one types: since when is said, what was typed stays and leaves when it is back', STEP, async () => {
    await arm.keyboard.press('F4');
    const cut = await answered(arm, { caller: '0639980110' });
    await arm.keyboard.type('4 chemin des Roches');
    await sas.kill();
    await arm.getByText(/Serveur injoignable/).waitFor();
    await arm.keyboard.type(', Savigné');
    await arm.keyboard.press('Tab');
    await calm(arm, 'arm-coupure');
    expect(await arm.getByLabel('Adresse du patient').inputValue()).toBe('4 chemin des Roches, Savigné');
    await sas.start();
    await expect.poll(async () => (await dossier(cut.id)).location?.address, { timeout: 60_000 }).toBe('4 chemin des Roches, Savigné');
    await expect.poll(() => arm.getByText(/Serveur injoignable/).count(), SOON).toBe(0);
  });

  test('[SEC-06] [US-N1-06] dossiers are found and opened by keyboard; out of scope, the glass is broken with a reason that the supervisor sees', STEP, async () => {
    await amu.keyboard.press('Control+k');
    await dialog(amu).waitFor();
    await amu.keyboard.type('Dossiers');
    await amu.keyboard.press('Enter');
    await amu.getByRole('textbox', { name: /Numéro de dossier/ }).waitFor();
    await amu.keyboard.type('06 39 98 01 07');
    await amu.keyboard.press('Enter');
    await amu.getByRole('link', { name: 'Ouvrir sur mon poste' }).waitFor();
    await calm(amu, 'arm-dossier');

    const { number, id } = (await dossiersOf('0639980107'))[0];
    const specialist = await openPage(browser);
    await signIn(specialist, sas.url, SPECIALIST);
    await specialist.goto(`${sas.url}/dossiers/${id}`);
    await specialist.getByLabel('Motif').fill('Rappel du patient pour son suivi, dossier nécessaire');
    await calm(specialist, 'arm-bris-de-glace');
    await specialist.getByRole('button', { name: 'Ouvrir par bris de glace' }).click();
    await specialist.getByText('Hanche gauche, jambe raccourcie, consciente').first().waitFor();
    const { body } = await supervisor.ask('GET', '/api/v1/regulation-alerts');
    expect(body.glass).toMatchObject([{ number, reason: 'Rappel du patient pour son suivi, dossier nécessaire' }]);
    const room = await openPage(browser);
    await signIn(room, sas.url, SUPERVISOR);
    await room.goto(`${sas.url}/salle`);
    await room.getByText('Bris de glace').first().waitFor();
  });
});
