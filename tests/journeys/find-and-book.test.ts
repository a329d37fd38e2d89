import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chooseReasons, chooseReasonsIfAsked } from '../support/booking.ts';
import { axeFindings, chromiumPath, openBrowser, openPage, picture, renewPictures, signIn } from '../support/browser.ts';
import { Installation } from '../support/installation.ts';

const OPERATOR = /Villaligny/;
const COLLEAGUE = /Valevelle/;
const ADMINISTRATOR = /Aubabert/;

/** The main job on the running demonstration, four simulated vendors included. The steps follow one another. */
describe.skipIf(!chromiumPath).sequential('find a consultation and book it', () => {
  const sas = new Installation('--no-colleagues');
  let browser: Browser;
  let operator: Page;
  let colleague: Page;

  beforeAll(async () => {
    await sas.start();
    browser = await openBrowser();
    operator = await openPage(browser);
    colleague = await openPage(browser, 'desk', 'dark');
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await sas.remove();
  }, 60_000);

  /** Looks around a small town over seven days: whatever the day of the run, every vendor has slots there. */
  async function search(page: Page, city = 'Civray'): Promise<void> {
    await page.goto(`${sas.url}/recherche`);
    await page.getByText(/^7 j/).click();
    await page.getByLabel('Où').fill(city);
    await page.getByRole('option', { name: new RegExp(`^${city}`) }).first().waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /agenda SAS/ }).first().waitFor();
  }

  /** Every source has said its last word. */
  const allAnswered = (page: Page) => page.getByText(/(, complet|incomplet)/).first().waitFor();

  test('[SEC-01] an operator signs in with a professional card; the page passes axe and says that data are fictional', { timeout: 120_000 }, async () => {
    await operator.goto(sas.url);
    expect(await axeFindings(operator)).toEqual([]);
    await signIn(operator, sas.url, OPERATOR);
    await signIn(colleague, sas.url, COLLEAGUE);
    await expect.poll(() => operator.getByText('Données fictives').count()).toBeGreaterThan(0);
    expect(operator.url()).toContain('/poste/osnp');
  });

  test('[AGR-20] [AGR-14] [NFR-01] slots come source after source, the failing ones are named, and axe finds nothing', { timeout: 120_000 }, async () => {
    await search(operator);
    await allAnswered(operator);
    for (const vendor of ['AgendaRapide', 'DoucLent', 'RdvInstable', 'PlanNegligent']) {
      expect(await operator.getByText(vendor).count()).toBeGreaterThan(0);
    }
    expect(await operator.getByRole('button', { name: /AgendaRapide/ }).count()).toBeGreaterThan(0);
    expect(await axeFindings(operator)).toEqual([]);
    await search(colleague);
    await allAnswered(colleague);
    expect(await axeFindings(colleague)).toEqual([]);
    if (renewPictures) await pictureOfPoitiers();
  });

  test('[RDV-02] [DASH-01] [AGR-09] with the keyboard alone a slot of the agenda is booked; it disappears at the colleague and stands in the dashboard', { timeout: 120_000 }, async () => {
    // A single slot, so that one booking fills it.
    const slot = operator.getByRole('button', { name: /^\d\d:\d\d, .*agenda SAS$/ }).first();
    const id = await slot.getAttribute('data-slot');
    const atColleague = colleague.locator(`[data-slot="${id}"]`);
    await atColleague.waitFor();
    await slot.focus();
    await operator.keyboard.press('Enter');
    const panel = operator.getByRole('dialog');
    await panel.getByRole('button', { name: /^Réserver/ }).waitFor();
    expect(await axeFindings(operator)).toEqual([]);
    await picture(operator, 'reservation');
    await chooseReasons(operator);
    await panel.getByRole('button', { name: /^Réserver/ }).focus();
    await operator.keyboard.press('Enter');
    await chooseReasonsIfAsked(operator);
    await panel.getByText('Rendez-vous pris').first().waitFor();
    await picture(operator, 'reserve');

    await expect.poll(async () => (await atColleague.count()) === 0 || (await atColleague.getAttribute('aria-disabled')) === 'true', { timeout: 10_000 }).toBe(true);
    await operator.goto(`${sas.url}/orientations`);
    await operator.getByRole('table').getByText('Pris', { exact: true }).first().waitFor();
    await picture(operator, 'orientations');
    expect(await axeFindings(operator)).toEqual([]);
  });

  test('[RDV-03] [INT-04] [RDV-09] at a vendor the operator books without signing in again; the appointment comes back and its outcome follows', { timeout: 120_000 }, async () => {
    await search(operator);
    await allAnswered(operator);
    await operator.getByRole('button', { name: /^\d\d:\d\d, .*AgendaRapide$/ }).first().click();
    const panel = operator.getByRole('dialog');
    await chooseReasons(operator);
    const opened = operator.context().waitForEvent('page');
    await panel.getByRole('button', { name: /Continuer chez AgendaRapide/ }).click();
    await chooseReasonsIfAsked(operator);
    const vendor = await opened;
    await vendor.getByRole('button', { name: 'Réserver' }).waitFor();
    await picture(vendor, 'editeur');
    await vendor.getByRole('button', { name: 'Réserver' }).click();
    await vendor.getByRole('heading', { name: /Rendez-vous/ }).waitFor();
    await panel.getByText('Rendez-vous pris').first().waitFor();

    await vendor.goto(`${new URL(vendor.url()).origin}/admin`);
    await vendor.getByRole('button', { name: /^Honoré/i }).first().click();
    await operator.goto(`${sas.url}/orientations`);
    await expect.poll(() => operator.getByRole('table').innerText(), { timeout: 20_000 }).toContain('Honoré');
  });

  test('[RDV-08] [RDV-07] the proof of neutrality replays to the same order', { timeout: 120_000 }, async () => {
    await search(operator);
    const searchId = await lastSearchId();
    await operator.goto(`${sas.url}/recherches/${searchId}/preuve`);
    await operator.getByText(/identique/i).first().waitFor();
    await picture(operator, 'preuve');
    expect(await axeFindings(operator)).toEqual([]);
  });

  test('[AGR-14] [AGR-16] vendors, their health and their conformity problems are readable by whoever is signed in', { timeout: 120_000 }, async () => {
    await operator.goto(`${sas.url}/editeurs`);
    await operator.getByText('PlanNegligent').first().waitFor();
    await picture(operator, 'editeurs');
    expect(await axeFindings(operator)).toEqual([]);
    await operator.goto(`${sas.url}/editeurs/PlanNegligent`);
    await operator.getByText(/Bundle\./).first().waitFor();
    await picture(operator, 'conformite');
    expect(await axeFindings(operator)).toEqual([]);
  });

  test('[ACT-02] an operator has no administration; an administrator does, and every page passes axe', { timeout: 120_000 }, async () => {
    await operator.goto(`${sas.url}/administration/territoires`);
    await operator.getByText(/réservée? à|rôle/i).first().waitFor();
    expect(await axeFindings(operator)).toEqual([]);
    const administrator = await openPage(browser);
    await signIn(administrator, sas.url, ADMINISTRATOR);
    for (const path of ['territoires', 'charte', 'structures', 'imports', 'messages']) {
      await administrator.goto(`${sas.url}/administration/${path}`);
      await administrator.getByRole('heading', { level: 1 }).first().waitFor();
      await picture(administrator, `administration-${path}`);
      expect(await axeFindings(administrator), path).toEqual([]);
    }
  });

  async function pictureOfPoitiers(): Promise<void> {
    for (const [page, name] of [[operator, 'recherche'], [colleague, 'recherche-sombre']] as const) {
      await search(page, 'Poitiers');
      await allAnswered(page);
      await picture(page, name);
    }
    await search(operator);
    await allAnswered(operator);
    await search(colleague);
    await allAnswered(colleague);
  }

  async function lastSearchId(): Promise<string> {
    const token = await sas.sas('token', 'issue', '--role', 'osnp', '--territory', '86', '--rpps', '10999900002');
    const answer = await fetch(`${sas.url}/api/v1/search?insee=86194`, { headers: { authorization: `Bearer ${token}` } });
    return ((await answer.json()) as { searchId: string }).searchId;
  }
});
