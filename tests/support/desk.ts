import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { axeFindings, picture } from './browser.ts';

/** How long a step may take on a busy machine before it is said to have failed. */
export const SOON = { timeout: 20_000 };

/** The keyboard is there. */
export const isFocused = (locator: Locator): Promise<boolean> => locator.evaluate((element) => element === document.activeElement).catch(() => false);

/** The dossier on the desk. */
export const shownId = (page: Page): string | null => new URL(page.url()).searchParams.get('dossier');

/** The cursor is in this field of the desk; gives the instant at which it came, on the browser's clock. */
export async function focusIn(page: Page, field: string): Promise<number> {
  const seen = await page.waitForFunction((name) => document.activeElement?.closest(`[data-field="${name}"]`) && Date.now(), field);
  return (await seen.jsonValue()) as number;
}

/** Types where the patient is, takes the first suggestion: the questions then have the focus. */
export async function place(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Alt+l');
  await page.keyboard.type(words);
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(() => isFocused(page.getByRole('group', { name: 'Questions du protocole' })), SOON).toBe(true);
}

/** Presses, one after the other, the key written before each of these answers. */
export async function answer(page: Page, ...labels: readonly RegExp[]): Promise<void> {
  const questions = page.getByRole('group', { name: 'Questions du protocole' });
  for (const label of labels) await page.keyboard.press(await questions.getByRole('button', { name: label }).locator('kbd').innerText());
  await questions.getByText(/retient la proposition|engage les moyens/).first().waitFor();
}

/** What was done is told on the screen. */
export async function toastSays(page: Page, words: RegExp): Promise<void> {
  await page.getByText(words).first().waitFor();
}

/** The messages of what was done are closed: they would cover the next picture. */
export async function withoutToasts(page: Page): Promise<void> {
  const close = page.getByRole('button', { name: 'Fermer le message' });
  while ((await close.count()) > 0) await close.first().click({ timeout: 2_000 }).catch(() => undefined);
}

/** Presses Tab until this has the focus: what a keyboard cannot reach is not found. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.first().waitFor();
  for (let presses = 0; presses < 80 && !(await isFocused(target.first())); presses++) await page.keyboard.press('Tab');
  expect(await isFocused(target.first())).toBe(true);
}

/** Ends the call in hand; the one who called is no longer there. */
export async function hangUp(page: Page): Promise<void> {
  await page.keyboard.press('F8');
  await page.getByRole('button', { name: /^Raccrocher/ }).waitFor({ state: 'detached' });
}

/** Puts the dossier away: the desk waits for the next call. */
export async function putAway(page: Page): Promise<void> {
  await expect.poll(async () => {
    await page.keyboard.press('Alt+w');
    return shownId(page);
  }, SOON).toBeNull();
}

/** The window in front. */
export const dialog = (page: Page): Locator => page.getByRole('dialog').or(page.getByRole('alertdialog'));

/** The page as it stands, for the guide, without anything that axe finds. */
export const calm = async (page: Page, name: string): Promise<void> => {
  await picture(page, name);
  expect(await axeFindings(page), name).toEqual([]);
};
