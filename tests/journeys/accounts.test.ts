import { Secret, TOTP } from 'otpauth';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { choose, linkSentTo, personWith } from '../support/accounts.ts';
import { axeFindings, chromiumPath, openBrowser, openPage, signIn, type Size } from '../support/browser.ts';
import { Installation } from '../support/installation.ts';

const MANAGER = /gestionnaire de comptes/i;

/** Accounts on the running demonstration, letters included. The steps follow one another. */
describe.skipIf(!chromiumPath).sequential('accounts, from the first connection to the delegation', () => {
  const sas = new Installation('--no-colleagues');
  let browser: Browser;
  const open = (size: Size = 'desk', scheme: 'light' | 'dark' = 'light') => openPage(browser, size, scheme);

  beforeAll(async () => {
    await sas.start();
    browser = await openBrowser();
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await sas.remove();
  }, 60_000);

  const namedIn = (words: RegExp): RegExp => new RegExp(personWith(sas, words));
  const linkFor = (email: string) => linkSentTo(sas, email);

  test('[SEC-01] [NFR-01] a doctor of the directory without account opens his on a phone by the link received, then arrives in his space', { timeout: 120_000 }, async () => {
    const page = await open('phone');
    await page.goto(sas.url);
    await page.getByRole('link', { name: /Pro Santé Connect/ }).click();
    await page.getByRole('button', { name: namedIn(/de l'annuaire, sans compte/) }).click();
    await page.getByRole('heading', { name: 'Première connexion' }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByLabel(/Adresse e-mail professionnelle/).fill('nouveau.medecin@demo.example');
    await choose(page, /Votre SAS/, /\(86\)/);
    await page.getByRole('button', { name: 'Recevoir le lien' }).click();
    await page.getByText('Un message vous est envoyé').waitFor();

    const elsewhere = await open('phone', 'dark');
    await elsewhere.goto(await linkFor('nouveau.medecin@demo.example'));
    await elsewhere.getByRole('heading', { name: 'Confirmer votre adresse' }).waitFor();
    expect(await axeFindings(elsewhere)).toEqual([]);
    await elsewhere.getByText('J’ai lu et j’accepte').click();
    await elsewhere.getByRole('button', { name: 'Ouvrir mon compte' }).click();
    await elsewhere.getByText('Votre compte est ouvert').waitFor();
    await page.goto(`${sas.url}/connexion`);
    await page.goto(`${sas.url}/mon-compte`);
    await page.getByText('Effecteur').first().waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });

  test('[STR-01] [ACT-17] [NFR-01] a structure manager asks for an account, the account manager accepts, the invitation opens it with a password and a telephone', { timeout: 180_000 }, async () => {
    const visitor = await open('phone');
    await visitor.goto(`${sas.url}/demande-de-compte`);
    await visitor.getByLabel(/Adresse e-mail/).fill('nina.martel@demo.example');
    await visitor.getByLabel(/^Nom/).fill('Martel');
    await visitor.getByLabel(/Prénom/).fill('Nina');
    await choose(visitor, /Territoire/, /\(86\)/);
    await choose(visitor, /Structure/, /SOS/);
    expect(await axeFindings(visitor)).toEqual([]);
    await visitor.getByRole('button', { name: 'Envoyer la demande' }).click();
    await visitor.getByText('Demande reçue').waitFor();

    const manager = await open();
    await signIn(manager, sas.url, namedIn(MANAGER));
    await manager.goto(`${sas.url}/comptes`);
    await manager.getByText('nina.martel@demo.example').waitFor();
    expect(await axeFindings(manager)).toEqual([]);
    await manager.getByRole('button', { name: 'Accepter la demande de Nina Martel' }).click();
    await manager.getByText(/Demande acceptée/).first().waitFor();
    await manager.getByRole('tab', { name: 'Tous les comptes' }).click();
    await manager.getByRole('row', { name: /Nina Martel/ }).click();
    await manager.getByRole('dialog').getByText('Gestionnaire de structure').first().waitFor();
    expect(await axeFindings(manager)).toEqual([]);

    await visitor.goto(await linkFor('nina.martel@demo.example'));
    const key = (await visitor.getByLabel('Clé à taper').textContent())!.replaceAll(' ', '');
    expect(await axeFindings(visitor)).toEqual([]);
    const code = () => new TOTP({ secret: Secret.fromBase32(key) }).generate();
    await visitor.getByLabel(/Mot de passe/).fill('quatre chats dorment au soleil');
    await visitor.getByLabel(/Code à six chiffres/).fill(code());
    await visitor.getByText('J’ai lu et j’accepte').click();
    await visitor.getByRole('button', { name: 'Ouvrir mon compte' }).click();
    const recovery = await visitor.getByRole('list', { name: 'Codes de secours' }).getByRole('listitem').first().textContent();

    const again = await open('phone', 'dark');
    await again.goto(`${sas.url}/connexion-sans-carte`);
    expect(await axeFindings(again)).toEqual([]);
    await again.getByLabel(/Adresse e-mail/).fill('nina.martel@demo.example');
    await again.getByLabel(/Mot de passe/).fill('quatre chats dorment au soleil');
    await again.getByLabel(/^Code/).fill(recovery!);
    await again.getByRole('button', { name: 'Se connecter' }).click();
    await again.getByRole('button', { name: /Nina Martel/ }).waitFor();
  });

  test('[ACT-18] [NFR-01] an effecteur delegates on a phone, then ends it; the delegate sees both', { timeout: 120_000 }, async () => {
    const doctor = await open('phone');
    await signIn(doctor, sas.url, namedIn(/à titre individuel, sur l'agenda de la plateforme/));
    await doctor.goto(`${sas.url}/delegations`);
    await doctor.getByRole('heading', { name: 'Nouvelle délégation' }).waitFor();
    expect(await axeFindings(doctor)).toEqual([]);
    await doctor.getByLabel(/Adresse e-mail de la personne/).fill('osnp3@demo.example');
    await doctor.getByLabel(/^Nom/).fill('Orlinard');
    await doctor.getByLabel(/Prénom/).fill('Salomé');
    await doctor.getByRole('button', { name: 'Déléguer' }).click();
    const end = doctor.getByRole('button', { name: /^Mettre fin à la délégation : .*(?:Orlinard)/ });
    await end.waitFor();
    await end.click();
    await doctor.getByRole('alertdialog').getByRole('button', { name: 'Mettre fin à la délégation' }).click();
    await end.waitFor({ state: 'detached' });
  });

  test('[ACT-13] [ACT-14] [NFR-01] the map of actors and the organigramme come from the accounts', { timeout: 60_000 }, async () => {
    const manager = await open('desk', 'dark');
    await signIn(manager, sas.url, namedIn(MANAGER));
    await manager.goto(`${sas.url}/acteurs`);
    await manager.getByRole('row', { name: /FRONT OFFICE/ }).first().waitFor();
    expect(await axeFindings(manager)).toEqual([]);
    await manager.getByRole('tab', { name: 'Organigramme' }).click();
    await manager.getByRole('heading', { name: /FILIERE AMU/ }).waitFor();
    expect(await axeFindings(manager)).toEqual([]);
  });
});
