import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Installation } from './installation.ts';
import { lettersTo } from './mail.ts';

/** Somebody named in what the console says, by the words beside the name. */
export const personWith = (sas: Installation, words: RegExp): string =>
  sas.output.split('\n').find((line) => words.test(line))!.trim().split(/ {2,}/)[0]!.replace(/^Dr /, '');

/** The link of the last letter received at this address. */
export async function linkSentTo(sas: Installation, address: string): Promise<string> {
  const read = async () => (await lettersTo(sas, address)).map(({ text }) => text.match(/http:\/\/localhost:\d+\/lien#[\w-]+/)?.[0]).find(Boolean) ?? null;
  await expect.poll(read, { timeout: 15_000 }).not.toBeNull();
  return (await read())!;
}

/** Chooses in a list that a button opens. */
export async function choose(page: Page, label: RegExp, option: RegExp): Promise<void> {
  await page.getByRole('button', { name: label }).first().click();
  await page.getByRole('option', { name: option }).first().click();
}

/** Nothing overflows sideways: a phone would scroll. */
export const overflow = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
