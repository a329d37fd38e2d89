import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFindings, chromiumPath, openBrowser, openPage, picture, signIn } from '../support/browser.ts';
import { Installation } from '../support/installation.ts';

const EFFECTEUR = /Rose Aubezac/;
const LEADER = /Marivion/;
const AGENCY = /Corarac/;

/** What became of the patients: told on a phone by whoever received them, followed by the SAS. The steps follow one another. */
describe.skipIf(!chromiumPath).sequential('say and follow what became of the patients', () => {
  const sas = new Installation('--no-colleagues');
  let browser: Browser;
  let phone: Page;
  const toTell = () => phone.getByRole('list', { name: 'Rendez-vous dont la suite est à dire' });
  const waiting = () => toTell().getByRole('listitem').count();

  beforeAll(async () => {
    await sas.start();
    browser = await openBrowser();
    phone = await openPage(browser, 'phone');
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await sas.remove();
  }, 60_000);

  test('[RDV-10] [DASH-02] on a phone, one gesture tells and one takes it back; axe finds nothing', { timeout: 120_000 }, async () => {
    await signIn(phone, sas.url, EFFECTEUR);
    await phone.goto(`${sas.url}/mes-patients`);
    await toTell().waitFor();
    expect(await axeFindings(phone)).toEqual([]);
    await picture(phone, 'effecteur-mes-patients');
    const before = await waiting();
    await toTell().getByRole('button', { name: 'Pas venu' }).first().click();
    await phone.getByText('Noté : pas venu.').waitFor();
    await expect.poll(waiting).toBe(before - 1);
    await phone.getByRole('button', { name: 'Annuler' }).click();
    await phone.getByText('Geste repris').waitFor();
    await expect.poll(waiting).toBe(before);
    const box = await toTell().getByRole('button', { name: 'Vu' }).first().boundingBox();
    expect(box!.height).toBeGreaterThanOrEqual(44);
  });

  test('[RDV-10] at a desk, arrows go from one patient to the next and V says seen', { timeout: 120_000 }, async () => {
    const before = await waiting();
    await toTell().getByRole('button', { name: 'Vu' }).first().focus();
    await phone.keyboard.press('ArrowDown');
    await phone.keyboard.press('v');
    await phone.getByText('Noté : vu.').waitFor();
    await expect.poll(waiting).toBe(before - 1);
  });

  test('[RDV-14] [RDV-12] the SAS leader reads figures, absences and the list; the agency reads figures of nobody', { timeout: 120_000 }, async () => {
    const desk = await openPage(browser, 'desk', 'dark');
    await signIn(desk, sas.url, LEADER);
    for (const view of ['figures', 'absence', 'list']) {
      await desk.goto(`${sas.url}/suivi-orientations?view=${view}`);
      await desk.getByText(view === 'list' ? 'depuis la réservation' : /au plus la référence|au-dessus de la référence/).first().waitFor();
      expect(await axeFindings(desk), view).toEqual([]);
      await picture(desk, `suivi-orientations-${view}`);
    }
    const agency = await openPage(browser);
    await signIn(agency, sas.url, AGENCY);
    await agency.goto(`${sas.url}/suivi-orientations?view=absence`);
    await agency.getByRole('tab', { name: 'Par canal' }).waitFor();
    expect(await agency.getByRole('tab', { name: /Liste|Par effecteur/ }).count()).toBe(0);
  });
});
