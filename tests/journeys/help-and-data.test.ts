import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFindings, chromiumPath, openBrowser, openPage, picture, signIn } from '../support/browser.ts';
import { Installation } from '../support/installation.ts';

const DOCTOR = /Rose Aubezac/;
const ADMINISTRATOR = /Aubabert/;

/** Help, one's own data and their retention on the running demonstration. The steps follow one another. */
describe.skipIf(!chromiumPath).sequential('help, data rights, retention', () => {
  const sas = new Installation('--no-colleagues');
  let browser: Browser;
  let doctor: Page;
  let administrator: Page;

  beforeAll(async () => {
    await sas.start();
    browser = await openBrowser();
    doctor = await openPage(browser, 'phone');
    administrator = await openPage(browser, 'desk', 'dark');
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await sas.remove();
  }, 60_000);

  async function choose(page: Page, field: RegExp, option: string): Promise<void> {
    await page.getByRole('button', { name: field }).click();
    await page.getByRole('option', { name: option }).click();
  }

  test('[FORM-10] the guide of connection is read before signing in; a guide is searched, opened at its section, and read again without the server', { timeout: 120_000 }, async () => {
    await doctor.goto(sas.url);
    await doctor.getByRole('button', { name: 'Aide à la connexion' }).click();
    await doctor.getByRole('heading', { name: 'Avec Pro Santé Connect' }).waitFor();
    expect(await axeFindings(doctor)).toEqual([]);
    await signIn(doctor, sas.url, DOCTOR);
    await doctor.goto(`${sas.url}/orientations`);
    await doctor.getByRole('link', { name: 'Aide de cet écran' }).click();
    await doctor.getByRole('heading', { name: /^\d\. Suivre$/ }).waitFor();
    await doctor.getByRole('link', { name: 'Tous les guides' }).click();
    await doctor.getByLabel('Chercher dans les guides').fill('xylophone');
    await doctor.getByText('Aucun guide ne contient tous ces mots').waitFor();
    await doctor.getByLabel('Chercher dans les guides').fill('CRENEAU EDITEUR');
    expect(await axeFindings(doctor)).toEqual([]);
    await picture(doctor, 'aide');
    await doctor.getByRole('link', { name: /Réserver/ }).first().click();
    await doctor.getByRole('heading', { name: /Réserver/ }).waitFor();
    expect(await axeFindings(doctor)).toEqual([]);
    await doctor.context().setOffline(true);
    await doctor.getByRole('link', { name: 'Tous les guides' }).click();
    await doctor.getByRole('link', { name: 'Questions fréquentes' }).click();
    await doctor.getByRole('heading', { name: 'Où écrire le nom du patient ?' }).waitFor();
    await doctor.context().setOffline(false);
  });

  test('[FORM-10] [SEC-05] help is asked without any patient, answered by the administrator, and closed', { timeout: 120_000 }, async () => {
    await doctor.goto(`${sas.url}/contact`);
    await choose(doctor, /Sujet/, 'Mes disponibilités');
    const text = doctor.getByLabel(/Ce qui vous arrive/);
    await text.fill('Le patient Martin ne trouve pas le cabinet.');
    await doctor.getByRole('button', { name: 'Envoyer la demande' }).click();
    await doctor.getByText(/contient le nom d'un patient/).first().waitFor();
    await text.fill('Comment retirer une plage ?');
    await doctor.getByRole('button', { name: 'Envoyer la demande' }).click();
    await doctor.getByRole('article', { name: /A-000001/ }).waitFor();
    expect(await axeFindings(doctor)).toEqual([]);

    await signIn(administrator, sas.url, ADMINISTRATOR);
    await administrator.goto(`${sas.url}/administration/contacts`);
    await administrator.getByRole('row', { name: /A-000001/ }).click();
    await administrator.getByRole('textbox', { name: /Réponse/ }).fill('Ouvrez la plage, puis « Retirer ».');
    await administrator.getByRole('button', { name: 'Répondre' }).click();
    await administrator.getByText('Répondue').first().waitFor();
    expect(await axeFindings(administrator)).toEqual([]);
    await doctor.getByText('Ouvrez la plage, puis « Retirer ».').waitFor();
    await doctor.getByRole('button', { name: 'C’est réglé' }).click();
    await doctor.getByText('Close', { exact: true }).waitFor();
  });

  test('[SEC-08] somebody reads all that is kept about him, asks for a correction, and gets a reasoned answer', { timeout: 120_000 }, async () => {
    await doctor.goto(`${sas.url}/mes-donnees`);
    await doctor.getByText('Les orientations que vous avez reçues, jamais le patient').waitFor();
    expect(await axeFindings(doctor)).toEqual([]);
    await doctor.getByRole('tab', { name: 'Tout lire, tout emporter' }).click();
    await doctor.getByRole('button', { name: 'Lire mes données' }).click();
    await doctor.getByText('effecteur@demo.example').waitFor();
    const download = doctor.waitForEvent('download');
    await doctor.getByRole('button', { name: /JSON/ }).click();
    expect((await download).suggestedFilename()).toMatch(/^mes-donnees-sas-.*\.json$/);
    expect(await axeFindings(doctor)).toEqual([]);
    await doctor.getByRole('tab', { name: 'Mes demandes' }).click();
    await choose(doctor, /Je veux/, 'Corriger une donnée (art. 16)');
    await choose(doctor, /À propos de/, 'Ce que dit l’annuaire de moi');
    await doctor.getByLabel(/Précisément/).fill('Ma rue a changé de nom.');
    await doctor.getByRole('button', { name: 'Envoyer la demande' }).click();
    await doctor.getByText(/Réponse au plus tard le/).waitFor();

    await administrator.goto(`${sas.url}/administration/droits`);
    await administrator.getByRole('row', { name: /D-000001/ }).click();
    await administrator.getByText('Refuser', { exact: true }).click();
    await choose(administrator, /Motif/, 'La donnée vient de l’Annuaire santé : elle se corrige auprès de l’ordre');
    await administrator.getByRole('button', { name: 'Répondre' }).click();
    await administrator.getByText('Refusée').first().waitFor();
    expect(await axeFindings(administrator)).toEqual([]);
    await doctor.getByText(/elle se corrige auprès de l’ordre/).waitFor();
  });

  test('[SEC-07] the administrator sees durations, what would go, places and lifts a hold, and reads the proofs', { timeout: 120_000 }, async () => {
    await administrator.goto(`${sas.url}/administration/conservation`);
    await administrator.getByRole('row', { name: /Orientations/ }).click();
    await administrator.getByText('de 3 ans à 10 ans').waitFor();
    await administrator.getByText(/terminé avant le/).waitFor();
    expect(await axeFindings(administrator)).toEqual([]);
    await administrator.keyboard.press('Escape');
    await administrator.getByRole('button', { name: 'Geler des données' }).click();
    await administrator.getByRole('dialog').getByRole('button', { name: /Données/ }).click();
    await administrator.getByRole('option', { name: 'Orientations' }).click();
    await administrator.getByText('Toute la catégorie', { exact: true }).click();
    await choose(administrator, /Motif/, 'Litige ou réclamation en cours');
    await administrator.getByRole('button', { name: 'Geler', exact: true }).click();
    await administrator.getByRole('tab', { name: /Gels/ }).click();
    await administrator.getByText('En vigueur').waitFor();
    await administrator.getByRole('button', { name: 'Lever', exact: true }).click();
    await administrator.getByRole('button', { name: 'Lever le gel' }).click();
    await administrator.getByText('Terminé', { exact: true }).waitFor();
    await administrator.getByRole('tab', { name: /Preuves/ }).click();
    await administrator.getByRole('row', { name: /Jetons d’accès/ }).first().waitFor();
    expect(await axeFindings(administrator)).toEqual([]);
    await administrator.goto(`${sas.url}/administration/registre`);
    await administrator.getByRole('heading', { name: 'Recherche et orientation' }).waitFor();
    expect(await axeFindings(administrator)).toEqual([]);
  });
});
