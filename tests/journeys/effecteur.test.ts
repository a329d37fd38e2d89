import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/foundation/clock.ts';
import { weekName } from '../../src/platform/participation/screens/words.ts';
import { chooseReasons, chooseReasonsIfAsked } from '../support/booking.ts';
import { axeFindings, chromiumPath, openBrowser, openPage, picture, signIn } from '../support/browser.ts';
import { dialog, SOON, tabTo, toastSays } from '../support/desk.ts';
import { Installation } from '../support/installation.ts';
import { lettersTo } from '../support/mail.ts';

const DOCTOR = /Rose Aubezac/i;
const OPERATOR = /Villaligny/;
const SECRETARY = /Yvelibreuil/;
const ENDS = /^Mettre fin à la délégation : .*Yvelibreuil/;
const MANAGER = /Ravevaux/;
/** His slots come from a vendor. */
const WITH_VENDOR = /Galovion/i;

const today = systemClock.now().toZonedDateTimeISO('Europe/Paris').toPlainDate();
const tomorrow = today.add({ days: 1 });
/** A week for which the demonstration declares nothing. */
const laterMonday = today.subtract({ days: today.dayOfWeek - 1 }).add({ weeks: 2 });
const spoken = (day: Temporal.PlainDate) => day.toLocaleString('fr-FR', { weekday: 'long', day: 'numeric', month: 'long' });

/** An effecteur on a phone, the same at a desk, his secretary, and the SAS that addresses patients to him. The steps follow one another. */
describe.skipIf(!chromiumPath).sequential('the life of an effecteur with the SAS', () => {
  const sas = new Installation('--no-colleagues');
  let browser: Browser;
  let phone: Page;
  let desk: Page;
  let operator: Page;
  let secretary: Page;

  beforeAll(async () => {
    await sas.start();
    browser = await openBrowser();
    [phone, desk, operator, secretary] = await Promise.all([openPage(browser, 'phone'), openPage(browser, 'desk', 'dark'), openPage(browser), openPage(browser)]);
    await signIn(phone, sas.url, DOCTOR);
    await signIn(desk, sas.url, DOCTOR);
    await signIn(operator, sas.url, OPERATOR);
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await sas.remove();
  }, 60_000);

  const open = async (page: Page, path: string) => {
    await page.goto(`${sas.url}${path}`);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
  };
  /** Nothing for axe, and on a phone nothing to scroll sideways. */
  const sound = async (page: Page, where: string) => {
    expect(await axeFindings(page), where).toEqual([]);
    if (page.viewportSize()!.width < 400) expect(await page.evaluate(() => document.documentElement.scrollWidth), where).toBeLessThanOrEqual(390);
  };
  /** Asks the server as the person of this page. */
  const ask = (page: Page, path: string, init: { method?: string; body?: unknown } = {}) =>
    page.evaluate(async ([address, { method = 'GET', body }]) => {
      const answer = await fetch(address, { method, ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}) });
      return { status: answer.status, body: (await answer.json()) as never };
    }, [`/api/v1${path}`, init] as const);

  const idOf = async (page: Page) => ((await ask(page, '/session')).body as { account: { nationalId: string } }).account.nationalId;
  const search = async (city: string) => {
    await open(operator, '/recherche');
    await operator.getByText(/^7 j/).click();
    await operator.getByLabel('Où').fill(city);
    await operator.getByRole('option', { name: new RegExp(`^${city}`) }).first().waitFor();
    await operator.keyboard.press('Enter');
    await operator.getByText(/(, complet|incomplet)/).first().waitFor();
  };
  const card = (name: RegExp): Locator => operator.getByRole('listitem').filter({ has: operator.getByRole('heading', { name }) }).first();
  const slotAt = (hour: string) => card(/Aubezac/i).getByRole('group', { name: /demain/i }).getByRole('button', { name: new RegExp(`^${hour}, `) });
  const week = (page: Page, monday: Temporal.PlainDate) => page.getByText(weekName(monday.toString()), { exact: true }).locator('..');

  test('[DASH-02] on a phone the day comes first: today, what to tell (the latest only), the week, the participation, the acts', { timeout: 120_000 }, async () => {
    await open(phone, '/mon-espace');
    await phone.getByText('patients pris en sus').first().waitFor();
    await phone.getByText('Aucune demande en sus n’attend de réponse.').waitFor();
    const headings = await phone.getByRole('heading', { level: 2 }).allInnerTexts();
    expect(headings.slice(0, 5)).toEqual(['Aujourd’hui', 'À dire', 'Ma semaine', 'Paramètres de participation au SAS & affichage des créneaux', 'Mes actes pour le SAS']);
    expect(await phone.getByRole('list', { name: 'Rendez-vous dont la suite est à dire' }).getByRole('listitem').count()).toBeLessThanOrEqual(3);
    await phone.getByRole('list', { name: 'Paliers de l’indicateur 9' }).waitFor();
    await phone.getByText(/actes? faits? sur 20/).waitFor();
    await sound(phone, 'phone');
    await picture(phone, 'effecteur-mon-espace');
    await open(desk, '/mon-espace');
    await desk.getByText('patients pris en sus').first().waitFor();
    await sound(desk, 'dark desk');
  });

  test('[RDV-10] [DASH-02] said in one gesture from the space: the dashboard counts it', { timeout: 60_000 }, async () => {
    const untold = async () => ((await ask(phone, '/my-appointments')).body as { toTell: { total: number } }).toTell.total;
    const before = await untold();
    await phone.getByRole('button', { name: 'Vu' }).first().click();
    await toastSays(phone, /Noté : vu/);
    await expect.poll(untold, SOON).toBe(before - 1);
    await phone.getByText(`${before - 1} sans suite`).waitFor();
  });

  test('[PART-10] [PART-11] [AGR-02] 2 h added from the phone: the week that lacked them is planned at once on the other screen', { timeout: 120_000 }, async () => {
    expect(await week(desk, laterMonday).innerText()).toContain('À prévoir');
    await desk.getByText('0 h une semaine puis 4 h la suivante, la première reste manquante').waitFor();
    await phone.getByRole('link', { name: 'Ajouter des disponibilités' }).click();
    await phone.getByRole('heading', { name: /^Semaine du/ }).waitFor();
    for (const _ of [1, 2]) await phone.getByRole('button', { name: 'Semaine suivante' }).click();
    await phone.getByRole('button', { name: new RegExp(`^${spoken(laterMonday.add({ days: 1 }))}, rien`) }).click();
    await phone.getByRole('button', { name: 'Créer des disponibilités' }).click();
    await phone.getByLabel('A :').fill('11:00');
    await sound(phone, 'availability form');
    await picture(phone, 'effecteur-ajouter');
    await phone.getByRole('button', { name: 'Enregistrer' }).click();
    await phone.getByRole('button', { name: /09:00 à 11:00/ }).waitFor();
    await expect.poll(() => week(desk, laterMonday).innerText(), SOON).toMatch(/Prévue[\s\S]*2 h sur 2 h/);
    await open(phone, '/mon-espace');
    await week(phone, laterMonday).waitFor();
    await week(phone, laterMonday).scrollIntoViewIfNeeded();
    await sound(phone, 'weeks');
    await picture(phone, 'effecteur-semaine');
  });

  test('[AGR-02] [AGR-09] [RDV-02] the SAS books one of his slots: the e-mail says the hour and the place and nothing of the patient, the phone shows it', { timeout: 180_000 }, async () => {
    await open(phone, `/disponibilites?day=${tomorrow}`);
    await phone.getByRole('button', { name: 'Créer des disponibilités' }).click();
    await phone.getByLabel('De :').fill('06:00');
    await phone.getByLabel('A :').fill('06:40');
    await phone.getByRole('button', { name: /Cette période/ }).click();
    await phone.getByRole('option', { name: 'en créneaux de 20 min' }).click();
    await phone.getByRole('button', { name: 'Enregistrer' }).click();
    await phone.getByRole('button', { name: /06:20 à 06:40/ }).waitFor();
    await open(phone, '/mes-patients');

    await search('Chauvigny');
    await slotAt('06:00').click();
    const panel = operator.getByRole('dialog');
    await panel.getByRole('button', { name: /^Réserver/ }).waitFor();
    await chooseReasons(operator);
    await panel.getByRole('button', { name: /^Réserver/ }).click();
    await chooseReasonsIfAsked(operator);
    await panel.getByText('Rendez-vous pris').first().waitFor();

    await phone.getByRole('list', { name: 'Rendez-vous à venir' }).getByRole('listitem').filter({ hasText: '06:00' }).waitFor();
    await sound(phone, 'patients');
    const letter = async () => (await lettersTo(sas, 'effecteur@demo.example')).find(({ subject }) => subject.startsWith('Rendez-vous pris par le SAS'));
    await expect.poll(letter, SOON).toBeTruthy();
    const { text } = (await letter())!;
    expect(text).toContain(tomorrow.toLocaleString('fr-FR', { day: 'numeric', month: 'long' }));
    expect(text).toMatch(/6 h|06:00/);
    expect(text).toContain('Chauvigny');
    expect(text.replace(/http\S+/, '')).not.toMatch(/patient|né\(?e?\)? le|\b0[67]\d{8}\b/i);
  });

  test('[AGR-08] a leave over the booked slot: the appointment is listed and kept, the free slot leaves the search', { timeout: 120_000 }, async () => {
    await open(phone, `/disponibilites?day=${tomorrow}`);
    await phone.getByRole('button', { name: 'Déclarer une indisponibilité' }).click();
    await phone.getByText('Heures', { exact: true }).click();
    await dialog(phone).getByLabel(/^De /).fill('06:00');
    await dialog(phone).getByLabel(/^A /).fill('07:00');
    await phone.getByRole('button', { name: 'Voir ce que cela change' }).click();
    await phone.getByText('1 rendez-vous est concerné').waitFor();
    await sound(phone, 'leave');
    await phone.getByRole('button', { name: 'Enregistrer' }).click();
    await phone.getByText('Indisponibilité enregistrée').waitFor();
    await phone.getByText(/Ils ne sont pas annulés/).waitFor();
    await picture(phone, 'effecteur-indisponibilite');
    await search('Chauvigny');
    await card(/Aubezac/i).waitFor();
    expect(await slotAt('06:20').count()).toBe(0);
    const kept = (await ask(phone, '/my-appointments')).body as { upcoming: { appointments: { status: string; start: string }[] } };
    expect(kept.upcoming.appointments.filter(({ start, status }) => status === 'PRIS' && start.startsWith(utcOf('06:00')))).toHaveLength(1);
  });

  test('[RDV-04] [AGR-08] he cancels the appointment from the leave: the SAS reads it at once; the leave removed gives the free slot back, not the one he cancelled', { timeout: 120_000 }, async () => {
    await open(operator, '/orientations');
    await operator.getByRole('table').getByText('Pris', { exact: true }).first().waitFor();
    await dialog(phone).getByRole('link', { name: 'Ouvrir' }).click();
    await phone.getByRole('button', { name: 'Annuler', exact: true }).click();
    await phone.getByText('Moi, qui reçois').waitFor();
    await sound(phone, 'cancel');
    await picture(phone, 'effecteur-annuler');
    await phone.getByRole('button', { name: 'Annuler l’orientation' }).click();
    await toastSays(phone, /Orientation annulée/);
    await operator.getByRole('table').getByText("Annulé par l'effecteur").first().waitFor();

    await open(phone, `/disponibilites?day=${tomorrow}`);
    await phone.getByRole('button', { name: 'Retirer' }).click();
    await phone.getByText('Rendez-vous concernés').waitFor({ state: 'detached' });
    await search('Chauvigny');
    await slotAt('06:20').waitFor();
    expect(await slotAt('06:00').count()).toBe(0);
  });

  test('[PART-13] [PART-07] a note that looks like a patient is refused and kept; the telephone and the note are for the regulation alone', { timeout: 120_000 }, async () => {
    await open(phone, '/mon-espace');
    await phone.getByRole('button', { name: 'éditer', exact: true }).click();
    const note = phone.getByLabel('Précisions d’accès');
    await note.fill('Patiente Madame Durand, née le 03/04/1950');
    await phone.getByRole('textbox', { name: 'En sus par demi-journée' }).fill('2');
    await phone.getByRole('textbox', { name: 'En sus par semaine' }).fill('8');
    await sound(phone, 'settings');
    await dialog(phone).getByRole('button', { name: 'Enregistrer' }).click();
    await phone.getByText(/Corrigez-la/).first().waitFor();
    expect(await note.inputValue()).toBe('Patiente Madame Durand, née le 03/04/1950');
    await picture(phone, 'effecteur-note-refusee');
    await note.fill('Sonnez à l’interphone, 2e étage');
    await dialog(phone).getByRole('button', { name: 'Enregistrer' }).click();
    await toastSays(phone, /Enregistré/);
    await phone.getByText('2 par demi-journée, 8 par semaine').waitFor();
    await phone.getByRole('button', { name: 'Historique' }).click();
    await phone.getByRole('list', { name: 'Historique de la participation' }).getByText('Modification').first().waitFor();
    await sound(phone, 'history');

    await search('Chauvigny');
    await card(/Aubezac/i).getByText('Sonnez à l’interphone, 2e étage').waitFor();
    const nationalId = await idOf(phone);
    for (const who of [WITH_VENDOR, MANAGER]) {
      const other = await openPage(browser);
      await signIn(other, sas.url, who);
      expect((await ask(other, `/participation?nationalId=${nationalId}`)).status, String(who)).toBe(403);
      expect((await ask(other, '/search?insee=86070')).status, String(who)).toBe(403);
    }
  });

  test('[AGR-04] [PART-02] a doctor refuses that his vendor’s slots are shown: they leave the search; accepted again, they come back', { timeout: 180_000 }, async () => {
    const doctor = await openPage(browser, 'phone', 'dark');
    await signIn(doctor, sas.url, WITH_VENDOR);
    const vendorSlots = async () => {
      await search('Châtellerault');
      await card(WITH_VENDOR).waitFor();
      return card(WITH_VENDOR).getByRole('button', { name: /AgendaRapide/ }).count();
    };
    expect(await vendorSlots()).toBeGreaterThan(0);
    for (const shown of [false, true]) {
      await open(doctor, '/mon-espace');
      await doctor.getByRole('button', { name: 'éditer', exact: true }).click();
      await doctor.getByText('J’accepte que ses créneaux disponibles s’affichent').click();
      if (!shown) {
        await doctor.getByText(/^Je déclare sur l'honneur/).last().click();
        await sound(doctor, 'refused upload');
        await picture(doctor, 'effecteur-remontee');
      }
      await dialog(doctor).getByRole('button', { name: 'Enregistrer' }).click();
      await toastSays(doctor, /Enregistré/);
      await expect.poll(vendorSlots, { timeout: 60_000 })[shown ? 'toBeGreaterThan' : 'toBe'](0);
    }
  });

  test('[ACT-18] [ACT-02] by keyboard alone he ends a delegation of everything, then gives the agenda only: his secretary keeps it, and cannot answer for him', { timeout: 180_000 }, async () => {
    await open(desk, '/delegations');
    const end = desk.getByRole('button', { name: ENDS });
    await tabTo(desk, end);
    await desk.keyboard.press('Enter');
    await desk.getByRole('alertdialog').waitFor();
    await tabTo(desk, desk.getByRole('alertdialog').getByRole('button', { name: 'Mettre fin à la délégation' }));
    await desk.keyboard.press('Enter');
    await end.waitFor({ state: 'detached' });
    const type = async (label: RegExp, words: string) => {
      await tabTo(desk, desk.getByLabel(label));
      await desk.keyboard.type(words);
    };
    await type(/Adresse e-mail de la personne/, 'delegataire@demo.example');
    await type(/^Nom/, 'Yvelibreuil');
    await type(/Prénom/, 'Alix');
    await tabTo(desk, desk.getByRole('button', { name: 'Déléguer' }));
    await desk.keyboard.press('Enter');
    await end.waitFor();
    await sound(desk, 'delegations');
    await picture(desk, 'effecteur-delegation');

    await signIn(secretary, sas.url, SECRETARY);
    await openAgenda();
    await create('07:00', '07:20');
    await secretary.getByRole('button', { name: /07:00 à 07:20, libre/ }).waitFor();
    await sound(secretary, 'agenda kept by delegation');

    const told = (await ask(phone, '/my-appointments')).body as { toTell: { appointments: { id: string; kind: string }[] } };
    const { id } = told.toTell.appointments.find(({ kind }) => kind !== 'editor')!;
    const refusal = await ask(secretary, `/orientations/${id}/honoured`, { method: 'POST', body: {} });
    expect(refusal.status).toBe(403);
    await open(secretary, '/mes-patients');
    expect(await secretary.getByText(DOCTOR).count()).toBe(0);
  });

  test('[ACT-19] the delegation ends while the secretary works: her next act is refused in words, what she typed stays', { timeout: 120_000 }, async () => {
    await openAgenda();
    await secretary.keyboard.press('c');
    await secretary.getByLabel('De :').fill('07:20');
    await secretary.getByLabel('A :').fill('07:40');

    await open(phone, '/delegations');
    await phone.getByRole('button', { name: ENDS }).click();
    await phone.getByRole('alertdialog').getByRole('button', { name: 'Mettre fin à la délégation' }).click();
    await phone.getByText(/retirée le/).waitFor();
    await sound(phone, 'delegations');

    await secretary.getByRole('button', { name: 'Enregistrer' }).click();
    await secretary.getByText(/Rien n'a été modifié/).first().waitFor();
    expect(await secretary.getByLabel('De :').inputValue()).toBe('07:20');
    await sound(secretary, 'refused');
  });

  test('[DASH-03] the manager reads in brief the week, the requests and the doctors of the structure', { timeout: 120_000 }, async () => {
    const manager = await openPage(browser, 'phone');
    await signIn(manager, sas.url, MANAGER);
    await open(manager, '/mon-espace');
    const board = manager.getByRole('article', { name: /SOS Médecins.*, en bref/ });
    await board.getByRole('region', { name: 'Disponibilités, cette semaine' }).getByText(/sur \d+ h( \d+)? dues/).waitFor();
    await board.getByRole('region', { name: 'Demandes en sus' }).getByText(/Ce mois-ci : \d+ reçue/).waitFor();
    await board.getByRole('region', { name: 'Médecins' }).getByText(/aux conditions de l’année/).waitFor();
    await sound(manager, 'manager');
    await picture(manager, 'gestionnaire-mon-espace');
  });

  test('[PART-08] the territory not launched: no week counts, and the space says why', { timeout: 120_000 }, async () => {
    const authorization = `Bearer ${await sas.sas('token', 'issue', '--role', 'administrateur', '--territory', '86')}`;
    const api = `${sas.url}/api/v1/territories`;
    const { territories } = (await (await fetch(api, { headers: { authorization } })).json()) as { territories: { code: string }[] };
    const { code, ...vienne } = territories.find((one) => one.code === '86')!;
    const saved = await fetch(`${api}/${code}`, {
      method: 'PUT', headers: { authorization, 'content-type': 'application/json' }, body: JSON.stringify({ ...vienne, launchedOn: today.add({ years: 1 }).toString() }),
    });
    expect(saved.status).toBe(200);
    await open(phone, '/mon-espace');
    await phone.getByText('Ne compte pas (avant le lancement du SAS)').first().waitFor();
    await phone.getByText('SAS lancé : pas encore').waitFor();
  });

  /** The week of tomorrow in the doctor's agenda, at the secretary's desk. */
  async function openAgenda(): Promise<void> {
    const nationalId = await idOf(phone);
    await open(secretary, `/disponibilites?day=${tomorrow}&professionnel=${nationalId}`);
    await secretary.getByRole('heading', { name: /^Semaine du/ }).waitFor();
  }

  async function create(from: string, to: string): Promise<void> {
    await secretary.keyboard.press('c');
    await secretary.getByLabel('Date :').fill(tomorrow.toString());
    await secretary.getByLabel('De :').fill(from);
    await secretary.getByLabel('A :').fill(to);
    await secretary.getByRole('button', { name: 'Enregistrer' }).click();
  }
});

/** An hour of tomorrow as the API writes it, to the minute. */
const utcOf = (hour: string): string => tomorrow.toZonedDateTime({ timeZone: 'Europe/Paris', plainTime: hour }).toInstant().toString().slice(0, 16);
