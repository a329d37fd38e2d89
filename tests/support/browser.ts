import { existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, chromium, type Page } from 'playwright-core';

const PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/** Where Chromium is, or null: the journeys are then skipped, saying so. */
export const chromiumPath = PATHS.find((path) => existsSync(path)) ?? null;
if (!chromiumPath) console.warn('Chromium is absent: browser journeys are skipped. To run them: apt-get install chromium');

const PICTURES = fileURLToPath(new URL('../../docs/guides/images/', import.meta.url));
/** `SAS_PICTURES=1 npm test` renews the pictures of the guides. */
export const renewPictures = process.env.SAS_PICTURES === '1';

export const openBrowser = (): Promise<Browser> => chromium.launch({ executablePath: chromiumPath!, args: ['--no-sandbox', '--disable-dev-shm-usage', '--lang=fr-FR'] });

export type Size = 'desk' | 'phone';
const sizes = { desk: { width: 1280, height: 720 }, phone: { width: 390, height: 844 } };

/** A page of somebody's own browser: its cookies are nobody else's. */
export async function openPage(browser: Browser, size: Size = 'desk', colorScheme: 'light' | 'dark' = 'light'): Promise<Page> {
  const context = await browser.newContext({ viewport: sizes[size], locale: 'fr-FR', timezoneId: 'Europe/Paris', colorScheme, reducedMotion: 'reduce' });
  // @axe-core/playwright wants a page that comes from a context.
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  return page;
}

/** Signs in as the person of this name through the identity provider's page. */
export async function signIn(page: Page, url: string, name: RegExp): Promise<void> {
  await page.goto(url);
  await page.getByRole('link', { name: /Se connecter/ }).or(page.getByRole('button', { name: /Se connecter/ })).first().click();
  await page.getByRole('button', { name }).first().click();
  await page.waitForURL((address) => address.href.startsWith(url));
}

/** What axe finds on the page, one line each. */
export async function axeFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`));
}

/** A picture for the guides, when they are being renewed. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!renewPictures) return;
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: `${PICTURES}${name}.png` });
}

/** Looks at what a print button prints, without the browser's own window. */
export async function onPaper(page: Page, press: () => Promise<void>, name: string, check: () => Promise<void>): Promise<void> {
  await page.evaluate(() => void (window.print = () => undefined));
  await press();
  await page.emulateMedia({ media: 'print' });
  await check();
  await picture(page, name);
  await page.emulateMedia({ media: 'screen' });
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
}
