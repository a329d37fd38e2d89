import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { chromiumPath, openBrowser, openPage, signIn } from '../support/browser.ts';
import { calm, dialog } from '../support/desk.ts';
import { Installation } from '../support/installation.ts';

const DOCTOR = /Noémie Lorannard/;

describe.skipIf(!chromiumPath).sequential('the editor of protocols', () => {
  const sas = new Installation('--no-colleagues');
  let browser: Browser;

  beforeAll(async () => {
    await sas.start();
    browser = await openBrowser();
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await sas.remove();
  }, 60_000);

  test('[PROT-01] [PROT-03] a doctor prepares a version: what misses is said beside its place; saved, submitted, approved', { timeout: 120_000 }, async () => {
    const doctor = await openPage(browser);
    await signIn(doctor, sas.url, DOCTOR);
    await doctor.goto(`${sas.url}/protocoles`);
    await doctor.getByRole('row', { name: /Fièvre de l’enfant.*en vigueur/ }).click();
    await doctor.getByRole('button', { name: 'Préparer une nouvelle version' }).click();
    await doctor.getByLabel('Suite de la réponse 1 à Q1').selectOption('new-question');
    const added = doctor.getByRole('listitem', { name: 'Question Q2' });
    await added.getByText('question à écrire').waitFor();
    await added.getByText('suite à choisir').first().waitFor();
    await calm(doctor, 'protocole-a-completer');
    await added.getByLabel('Question, telle qu’elle sera dite').fill('Est-il vacciné ?');
    const age = await doctor.getByLabel('Suite de la réponse 1 à Q2').locator('option', { hasText: 'Quel âge a-t-il' }).getAttribute('value');
    for (const rank of [1, 2]) await doctor.getByLabel(`Suite de la réponse ${rank} à Q2`).selectOption(age);
    await doctor.getByRole('tab', { name: 'Fiche et validation' }).click();
    for (const question of [/^Cohérence/, /^Qualité/, /^Adaptation/, /^Impact/]) await doctor.getByLabel(question).fill('Relu avec le rédacteur de l’autre filière.');
    await doctor.getByText('Rien ne manque').waitFor();
    await doctor.getByRole('button', { name: /^Enregistrer/ }).click();
    await doctor.getByRole('button', { name: 'Soumettre…', disabled: false }).click();
    await dialog(doctor).getByRole('button', { name: 'Soumettre', exact: true }).click();
    await doctor.getByRole('button', { name: 'Valider pour la filière AMU' }).click();
    await dialog(doctor).getByRole('button', { name: 'Valider', exact: true }).click();
    await doctor.getByText(/validé par/).first().waitFor();
    await calm(doctor, 'protocole-valide');
  });
});
