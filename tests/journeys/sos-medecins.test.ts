import { Secret, TOTP } from 'otpauth';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/foundation/clock.ts';
import type { SearchAnswer } from '../../src/platform/orientation/contract.ts';
import { holidayName } from '../../src/territory/domain/holidays.ts';
import { choose, linkSentTo, overflow, personWith } from '../support/accounts.ts';
import { axeFindings, chromiumPath, openBrowser, openPage, picture, signIn } from '../support/browser.ts';
import { calm, tabTo, toastSays, withoutToasts } from '../support/desk.ts';
import { Installation } from '../support/installation.ts';

const ASSOCIATION = 'SOS Médecins de Châtellerault (fictif)';
const CHATELLERAULT = '86066';
const ACCEPTANCE = "J'accepte d'être directement contacté par la régulation afin d'être sollicité pour prendre des patients en sus de mes disponibilités";
const STATEMENT = "Je déclare sur l'honneur mettre en visibilité à minima 2 heures de disponibilité par semaine pour chaque médecin généraliste de mon association SOS Médecins sur mon agenda de la plateforme numérique SAS";
const MANAGER_EMAIL = 'jeanne.sauvaget@demo.example';
const PASSWORD = 'trois hérissons traversent la cour';

const today = systemClock.now().toZonedDateTimeISO('Europe/Paris').toPlainDate();
/** The first Monday to come that is worked. */
const monday = [1, 2, 3]
  .map((weeks) => today.subtract({ days: today.dayOfWeek - 1 }).add({ weeks }))
  .find((day) => holidayName(day, 'metropole') === null)!;

/** Seed 004, pages 5 to 8, step by step and word for word, on the demonstration. The steps follow one another. */
describe.skipIf(!chromiumPath).sequential('a doctor of SOS Médecins, then the manager of the association', () => {
  const sas = new Installation('--no-colleagues');
  let browser: Browser;
  let doctor: Page;
  let manager: Page;
  let osnp: string;
  let associationId: string;
  let code: () => string;

  beforeAll(async () => {
    await sas.start();
    browser = await openBrowser();
    doctor = await openPage(browser);
    manager = await openPage(browser);
    osnp = await sas.sas('token', 'issue', '--role', 'osnp', '--territory', '86', '--ttl', '1h');
  }, 200_000);
  afterAll(async () => {
    await browser?.close();
    await sas.remove();
  }, 60_000);

  const physician = () => personWith(sas, new RegExp(`affilié à ${ASSOCIATION.replace(/[()]/g, '\\$&')}`));
  const tick = async (page: Page, label: string) => {
    await tabTo(page, page.getByRole('checkbox', { name: label }));
    await page.keyboard.press('Space');
    expect(await page.getByRole('checkbox', { name: label }).isChecked()).toBe(true);
  };
  const press = async (page: Page, target: Locator) => {
    await tabTo(page, target);
    await page.keyboard.press('Enter');
  };
  /** « Votre compte » then « Mon espace personnel ». */
  const toSpace = async (page: Page) => {
    await page.getByRole('button', { name: /^Votre compte/ }).click();
    await page.getByRole('menuitem', { name: 'Mon espace personnel' }).click();
    await page.getByRole('heading', { name: 'Mon espace personnel' }).waitFor();
  };
  const card = (page: Page) => page.getByRole('article', { name: ASSOCIATION, exact: true });

  const asOsnp = (path: string, init: RequestInit = {}) =>
    fetch(`${sas.url}/api/v1/${path}`, { ...init, headers: { authorization: `Bearer ${osnp}`, accept: 'application/json', 'content-type': 'application/json', ...init.headers } });
  async function search(more: Record<string, string>): Promise<SearchAnswer> {
    const answer = await asOsnp(`search?${new URLSearchParams({ insee: CHATELLERAULT, limit: '200', ...more })}`);
    expect(answer.status).toBe(200);
    return (await answer.json()) as SearchAnswer;
  }

  test('[SEC-01] [PART-14] first connection of an affiliated doctor: Pro Santé Connect, professional address, link received, account opened', { timeout: 120_000 }, async () => {
    await doctor.goto(sas.url);
    await doctor.getByRole('heading', { name: 'Me connecter' }).waitFor();
    await calm(doctor, 'connexion-accueil');
    await doctor.getByRole('link', { name: 'Se connecter par Pro Santé Connect' }).click();
    await doctor.getByRole('button', { name: new RegExp(physician()) }).click();
    await doctor.getByRole('heading', { name: 'Première connexion' }).waitFor();
    await doctor.getByLabel(/Adresse e-mail professionnelle/).fill('medecin.sos@demo.example');
    await choose(doctor, /Votre SAS/, /\(86\)/);
    await calm(doctor, 'connexion-premiere');
    await doctor.getByRole('button', { name: 'Recevoir le lien' }).click();
    await doctor.getByText('Un message vous est envoyé').waitFor();

    await doctor.goto(await linkSentTo(sas, 'medecin.sos@demo.example'));
    await doctor.getByRole('heading', { name: 'Confirmer votre adresse' }).waitFor();
    await doctor.getByText('J’ai lu et j’accepte').click();
    await calm(doctor, 'connexion-confirmer');
    await doctor.getByRole('button', { name: 'Ouvrir mon compte' }).click();
    await doctor.getByText('Votre compte est ouvert').waitFor();
  });

  test('[SEC-01] [PART-14] later connections lead straight to the dashboard', { timeout: 60_000 }, async () => {
    doctor = await openPage(browser);
    await signIn(doctor, sas.url, new RegExp(physician()));
    await doctor.getByRole('heading', { name: 'Mon espace personnel' }).waitFor();
    expect(await axeFindings(doctor)).toEqual([]);
  });

  test('[PART-01] [PART-03] [PART-05] [PART-14] by keyboard: Votre compte, Mon espace personnel, éditer, the acceptance, Sélectionner, via SOS Médecins, the association, Enregistrer', { timeout: 120_000 }, async () => {
    await toSpace(doctor);
    await doctor.getByRole('heading', { name: 'Paramètres de participation au SAS & affichage des créneaux' }).waitFor();
    const settings = doctor.getByRole('article', { name: physician(), exact: true });
    await press(doctor, settings.getByRole('button', { name: 'éditer', exact: true }));
    const popIn = doctor.getByRole('dialog', { name: 'Vos paramètres' });
    await tick(doctor, ACCEPTANCE);
    expect(await popIn.getByRole('checkbox', { name: 'Je participe au SAS' }).isChecked()).toBe(true);
    for (const [list, option] of [[/Sélectionner.*Comment participez-vous/, 'via SOS Médecins'], [/Sélectionner.*Votre association SOS Médecins/, ASSOCIATION]] as const) {
      await press(doctor, popIn.getByRole('button', { name: list }));
      await doctor.getByRole('option', { name: new RegExp(option.replace(/[()]/g, '\\$&')) }).waitFor();
      await doctor.keyboard.type(option);
      await doctor.keyboard.press('Enter');
    }
    await calm(doctor, 'sos-medecin-parametres');
    await press(doctor, popIn.getByRole('button', { name: 'Enregistrer' }));
    await popIn.waitFor({ state: 'detached' });
    await settings.getByText('Oui, par la structure').waitFor();
    await settings.getByText(ASSOCIATION).waitFor();
    await withoutToasts(doctor);
    await calm(doctor, 'sos-medecin-espace');
  });

  test('[PART-05] [STR-01] en sus, the regulation finds the association, never its doctor: to ask him is refused', { timeout: 120_000 }, async () => {
    const { results } = await search({ enSus: 'true' });
    const rpps = await rppsOf(physician());
    expect(results.flatMap(({ professional }) => professional?.rpps ?? [])).not.toContain(rpps);
    const asked = results.flatMap(({ structure }) => structure ?? []);
    associationId = asked.find(({ name }) => name === ASSOCIATION)!.id;
    // Those open at any hour; maisons and centres de santé have theirs.
    expect(asked.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['SOS', 'CPTS']));

    const wanted = systemClock.now().add({ hours: 3 }).toString();
    const refused = await asOsnp('orientations', {
      method: 'POST', headers: { 'idempotency-key': crypto.randomUUID() }, body: JSON.stringify({ enSus: { rpps, at: wanted, reason: 'doctor-decision' } }),
    });
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([422, 'member-of-structure']);
  });

  test('[STR-01] [SEC-01] the manager asks for an account with his address, name, territory and structure; the account manager accepts', { timeout: 120_000 }, async () => {
    const visitor = await openPage(browser, 'phone');
    await visitor.goto(sas.url);
    await visitor.getByRole('link', { name: 'Demander un compte de gestionnaire de structure' }).click();
    await visitor.getByLabel(/Adresse e-mail/).fill(MANAGER_EMAIL);
    await visitor.getByLabel(/^Nom/).fill('Sauvaget');
    await visitor.getByLabel(/Prénom/).fill('Jeanne');
    await choose(visitor, /Territoire/, /\(86\)/);
    await choose(visitor, /Structure/, /SOS Médecins de Châtellerault/);
    await calm(visitor, 'structure-demande-telephone');
    await visitor.getByRole('button', { name: 'Envoyer la demande' }).click();
    await visitor.getByText('Demande reçue').waitFor();

    const accounts = await openPage(browser);
    await signIn(accounts, sas.url, new RegExp(personWith(sas, /ouvre et ferme les comptes/)));
    await accounts.getByText(MANAGER_EMAIL).waitFor();
    await picture(accounts, 'comptes-demande-structure');
    await accounts.getByRole('button', { name: 'Accepter la demande de Jeanne Sauvaget' }).click();
    await toastSays(accounts, /Demande acceptée/);
  });

  test('[SEC-01] the invitation opens the account with a password and a code of the telephone; both are asked at the next connection', { timeout: 120_000 }, async () => {
    await manager.goto(await linkSentTo(sas, MANAGER_EMAIL));
    const key = (await manager.getByLabel('Clé à taper').textContent())!.replaceAll(' ', '');
    const totp = new TOTP({ secret: Secret.fromBase32(key) });
    code = () => totp.generate();
    await calm(manager, 'connexion-invitation');
    await manager.getByLabel(/Mot de passe/).fill(PASSWORD);
    await manager.getByLabel(/Code à six chiffres/).fill(code());
    await manager.getByText('J’ai lu et j’accepte').click();
    await manager.getByRole('button', { name: 'Ouvrir mon compte' }).click();
    await manager.getByRole('list', { name: 'Codes de secours' }).waitFor();
    await calm(manager, 'connexion-codes-de-secours');
    await manager.getByRole('link', { name: 'J’ai noté mes codes : entrer' }).click();
    await manager.getByRole('heading', { name: 'Vos structures liées' }).waitFor();

    const spent = code();
    manager = await openPage(browser);
    await manager.goto(sas.url);
    await manager.getByRole('link', { name: 'Se connecter sans carte' }).click();
    await manager.getByLabel(/Adresse e-mail/).fill(MANAGER_EMAIL);
    await manager.getByLabel(/Mot de passe/).fill(PASSWORD);
    await picture(manager, 'connexion-sans-carte');
    // A code serves once: the next one is waited for, as a person would.
    await expect.poll(code, { timeout: 40_000, interval: 500 }).not.toBe(spent);
    await manager.getByLabel(/^Code/).fill(code());
    await manager.getByRole('button', { name: 'Se connecter' }).click();
    await manager.getByRole('heading', { name: 'Mon espace personnel' }).waitFor();
  });

  test('[STR-03] [PART-06] by keyboard: Vos structures liées, éditer les paramètres, Je participe au SAS, the acceptance, the sworn statement, Enregistrer', { timeout: 120_000 }, async () => {
    await toSpace(manager);
    await card(manager).getByText('Non déclarée').waitFor();
    await calm(manager, 'structure-espace');
    await press(manager, card(manager).getByRole('button', { name: 'éditer les paramètres' }));
    const popIn = manager.getByRole('dialog', { name: 'Vos paramètres' });
    for (const label of ['Je participe au SAS', ACCEPTANCE, STATEMENT]) await tick(manager, label);
    await calm(manager, 'structure-parametres');
    await press(manager, popIn.getByRole('button', { name: 'Enregistrer' }));
    await popIn.waitFor({ state: 'detached' });
    await card(manager).getByText('Déclarée', { exact: true }).waitFor();
    await card(manager).getByRole('button', { name: 'Historique' }).click();
    await card(manager).getByText(/par Jeanne Sauvaget.*déclaration sur l’honneur sos-1/).waitFor();

    const { results } = await search({ enSus: 'true' });
    expect(results.find(({ structure }) => structure?.id === associationId)?.participation).toMatchObject({ via: 'sos', enSus: true });
  });

  test('[STR-02] the equivalents of the doctors who take part say what is owed: 2 h a week for each', { timeout: 60_000 }, async () => {
    await card(manager).getByRole('button', { name: 'Médecins et ETP' }).click();
    await card(manager).getByText('2 h à rendre visibles chaque semaine').waitFor();
    await card(manager).getByRole('button', { name: `Modifier l’ETP de ${physician()}` }).click();
    await manager.getByRole('textbox', { name: 'ETP' }).fill('0,5');
    await manager.getByRole('textbox', { name: 'ETP' }).blur();
    await picture(manager, 'structure-etp');
    await manager.getByRole('dialog').getByRole('button', { name: 'Enregistrer' }).click();
    await card(manager).getByText('1 h à rendre visibles chaque semaine').waitFor();
    await withoutToasts(manager);
    await calm(manager, 'structure-medecins');
  });

  test('[AGR-02] [AGR-07] [AGR-08] [PART-14] éditer vos disponibilités, Créer des disponibilités: date, De, A, X patients, type, Chaque Lundi, Enregistrer; the week shows it', { timeout: 120_000 }, async () => {
    await card(manager).getByRole('link', { name: 'éditer vos disponibilités' }).click();
    await manager.getByRole('heading', { name: 'Ajouter ou modifier vos disponibilités' }).waitFor();
    for (const name of ['Modifier vos disponibilités', 'Supprimer vos disponibilités']) await manager.getByRole('button', { name }).waitFor();
    await manager.getByRole('button', { name: /^Créer des disponibilités/ }).click();
    const popIn = manager.getByRole('dialog', { name: 'Ajouter ou modifier des disponibilités' });
    await popIn.getByText('Vous pouvez superposer vos disponibilités sans rendez-vous, sur rendez-vous, à domicile. Lorsque vous êtes en congés, pensez à supprimer vos disponibilités.').waitFor();
    await popIn.getByText('Je souhaite rendre visible un créneau disponible').waitFor();
    await popIn.getByLabel('Date :').fill(monday.toString());
    await popIn.getByLabel('De :').fill('09:00');
    await popIn.getByLabel('A :').fill('11:00');
    await popIn.getByText('Je peux recevoir X patients sur cette plage horaire').click();
    await popIn.getByRole('textbox', { name: 'Nombre de patients' }).fill('6');
    await popIn.getByLabel('Date :').scrollIntoViewIfNeeded();
    await withoutToasts(manager);
    await picture(manager, 'structure-creer');
    for (const label of ['Consultation en cabinet', 'Téléconsultation', 'Visite à domicile']) await popIn.getByRole('checkbox', { name: label }).waitFor();
    await popIn.getByRole('group', { name: 'Créer une récurrence hebdomadaire :' }).getByText('Chaque Lundi').click();
    await calm(manager, 'structure-recurrence');
    await popIn.getByRole('button', { name: 'Enregistrer' }).click();
    await popIn.waitFor({ state: 'detached' });
    await manager.goto(`${sas.url}/disponibilites?structure=${associationId}&day=${monday}`);
    await manager.getByRole('button', { name: /lundi .*09:00 à 11:00.*chaque semaine/ }).waitFor();
    await calm(manager, 'structure-semaine');
  });

  test('[STR-02] [AGR-02] the regulation finds the range at the fixed point, and the association sees its week planned', { timeout: 120_000 }, async () => {
    const at = (hour: number) => monday.toZonedDateTime({ timeZone: 'Europe/Paris', plainTime: { hour } }).toInstant().toString();
    const { results } = await search({ from: at(8), to: at(12) });
    const found = results.find(({ structure }) => structure?.id === associationId)!;
    expect(found.place.name).toBe('Point fixe de Châtellerault');
    expect(found.slots).toMatchObject([{ start: at(9), end: at(11), source: 'platform', remaining: 6, modalities: ['AMB'] }]);

    await toSpace(manager);
    await card(manager).getByRole('button', { name: 'Semaines' }).click();
    await card(manager).getByText('2 h sur 1 h.').first().waitFor();
    await card(manager).getByText('Prévue', { exact: true }).first().waitFor();
    await calm(manager, 'structure-semaines');
  });

  test('[STR-04] [NFR-01] on a phone, the place of the association gets another address, number and hours; the regulation sees them', { timeout: 120_000 }, async () => {
    const phone = await openPage(browser, 'phone', 'dark');
    await phone.context().addCookies(await manager.context().cookies());
    await phone.goto(`${sas.url}/mon-espace`);
    await card(phone).waitFor();
    expect([await axeFindings(phone), await overflow(phone)]).toEqual([[], 0]);
    await card(phone).getByRole('button', { name: 'éditer le lieu Point fixe de Châtellerault' }).click();
    const popIn = phone.getByRole('dialog', { name: 'Point fixe de Châtellerault' });
    await popIn.getByLabel(/^Adresse/).fill('8 boulevard des Acacias');
    await popIn.getByLabel(/^Téléphone/).fill('05 36 49 77 77');
    await popIn.getByRole('button', { name: 'Ajouter une plage lundi' }).click();
    await popIn.getByLabel(/^Adresse/).scrollIntoViewIfNeeded();
    await picture(phone, 'structure-lieu-telephone');
    await popIn.getByLabel(/^Commune/).fill('Nulle-Part');
    await popIn.getByRole('button', { name: 'Enregistrer' }).click();
    await popIn.getByText(/n’a pas été reconnue/).first().waitFor();
    expect([await axeFindings(phone), await overflow(phone)]).toEqual([[], 0]);
    await popIn.getByLabel(/^Commune/).fill('Châtellerault');
    await popIn.getByRole('button', { name: 'Enregistrer' }).click();
    await popIn.waitFor({ state: 'detached' });
    await card(phone).getByText('Adresse : 8 boulevard des Acacias, 86100 Châtellerault').waitFor();
    await card(phone).getByText('Téléphone : 05 36 49 77 77').waitFor();
    await card(phone).getByText(/lundi jour et nuit/).waitFor();

    const { results } = await search({ enSus: 'true' });
    expect(results.find(({ structure }) => structure?.id === associationId)?.place).toMatchObject({ address: '8 boulevard des Acacias', phone: '+33536497777' });
  });

  test('[STR-01] SOS Médecins de la Vienne, already declared, shows its settings; its manager may not touch the place of another', { timeout: 60_000 }, async () => {
    const other = await openPage(browser);
    await signIn(other, sas.url, new RegExp(personWith(sas, /gère SOS Médecins de la Vienne/)));
    const own = other.getByRole('article', { name: 'SOS Médecins de la Vienne (fictif)', exact: true });
    await own.getByText(/^(Déclarée|Effective)$/).waitFor();
    const { id: placeId } = (await search({ enSus: 'true' })).results.find(({ structure }) => structure?.id === associationId)!.place;
    const body = JSON.stringify({ address: '1 rue du Marché', postcode: '86100', city: 'Châtellerault', phone: null, hours: [] });
    const refused = await other.evaluate(async ([path, content]) => {
      const answer = await fetch(path!, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: content! });
      return [answer.status, (await answer.json()).code];
    }, [`/api/v1/directory/structures/${associationId}/places/${encodeURIComponent(placeId)}`, body]);
    expect(refused).toEqual([403, 'structure-not-yours']);
  });

  async function rppsOf(name: string): Promise<string> {
    const answer = await asOsnp(`directory/professionals?${new URLSearchParams({ q: name })}`);
    return ((await answer.json()) as { professionals: { rpps: string }[] }).professionals[0]!.rpps;
  }
});
