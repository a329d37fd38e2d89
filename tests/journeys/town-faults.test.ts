import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EditorSimulator, startEditorSimulator } from '../../simulators/editors/server.ts';
import { testCatalog } from '../../simulators/testing/catalog.ts';
import { axeFindings, chromiumPath, openBrowser, openPage, picture, signIn } from '../support/browser.ts';
import { Installation } from '../support/installation.ts';

const NEWCOMER = 'lea.guichet@demo.example';

/** What breaks around the town side, and what people see of it. The steps follow one another. */
describe.skipIf(!chromiumPath).sequential('faults around the town side', () => {
  const sas = new Installation('--no-colleagues');
  let browser: Browser;
  let vendor: EditorSimulator;
  let manager: Page;
  let administrator: Page;

  beforeAll(async () => {
    vendor = await startEditorSimulator({ name: 'AgendaTombe', behaviour: 'rapide', catalog: testCatalog });
    await sas.start();
    await sas.sas('editor', 'add', '--name', 'AgendaTombe', '--base-url', vendor.baseUrl);
    browser = await openBrowser();
    manager = await openPage(browser);
    administrator = await openPage(browser, 'desk', 'dark');
    await signIn(manager, sas.url, namedIn(/gestionnaire de comptes/i));
    await signIn(administrator, sas.url, namedIn(/Administrateur du territoire/));
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await vendor?.close();
    await sas.remove();
  }, 60_000);

  /** Somebody named in what the console says. */
  const namedIn = (words: RegExp): RegExp => new RegExp(sas.output.split('\n').find((line) => words.test(line))!.trim().split(/ {2,}/)[0]!.replace(/^Dr /, ''));
  const mailUrl = (): string => /courriels, SMS\s+(\S+)/.exec(sas.output)![1]!;
  const breakMail = (fault: 'refused' | 'none') => fetch(`${mailUrl()}/panne`, { method: 'POST', body: new URLSearchParams({ fault }) });
  const lettersTo = async (email: string): Promise<number> =>
    ((await (await fetch(`${mailUrl()}/messages?to=${encodeURIComponent(email)}`)).json()) as { messages: unknown[] }).messages.length;
  const letters = async (): Promise<{ to: string[]; subject: string }[]> => ((await (await fetch(`${mailUrl()}/messages`)).json()) as { messages: { to: string[]; subject: string }[] }).messages;

  /** Calls the API as an operator of the SAS. */
  async function operator(path: string, body?: object): Promise<Response> {
    const token = await sas.sas('token', 'issue', '--role', 'osnp', '--territory', '86', '--rpps', '10999900001');
    return fetch(`${sas.url}${path}`, {
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': randomUUID() }, ...(body && { method: 'POST', body: JSON.stringify(body) }),
    });
  }

  async function choose(page: Page, field: string, option: RegExp): Promise<void> {
    await page.getByRole('dialog').getByRole('button', { name: new RegExp(field) }).first().click();
    await page.getByRole('option', { name: option }).first().click();
  }

  const waitingMessages = () => administrator.getByRole('row').filter({ hasText: 'à envoyer' });

  test('[INT-08] [ACT-17] with the mail server down an account is opened and a request en sus is sent: nothing is lost, the messages page says that both letters wait', { timeout: 180_000 }, async () => {
    await breakMail('refused');
    await manager.goto(`${sas.url}/comptes`);
    await manager.getByRole('button', { name: 'Nouveau compte' }).click();
    await manager.getByLabel(/^Nom/).fill('Guichet');
    await manager.getByLabel(/Prénom/).fill('Léa');
    await manager.getByLabel('Contact mail').fill(NEWCOMER);
    await choose(manager, 'Territoire', /86/);
    await choose(manager, 'Rôle', /Opérateur de soins/);
    expect(await axeFindings(manager)).toEqual([]);
    await picture(manager, 'gestionnaire-nouveau-compte');
    await manager.getByRole('button', { name: 'Ouvrir et inviter' }).click();
    await manager.getByText(/Compte de .*Guichet.* ouvert/).first().waitFor();

    const { structures } = (await (await operator('/api/v1/directory/structures?territory=86&q=CPTS%20Poitiers')).json()) as { structures: { id: string }[] };
    const at = Temporal.Now.instant().add({ hours: 3 }).toString();
    expect((await operator('/api/v1/orientations', { enSus: { structureId: structures[0]!.id, at, reason: 'doctor-decision' } })).status).toBe(201);

    await administrator.goto(`${sas.url}/administration/messages?state=pending`);
    await expect.poll(() => waitingMessages().count(), { timeout: 30_000 }).toBeGreaterThanOrEqual(2);
    await waitingMessages().filter({ hasText: /Invitation/ }).first().waitFor();
    expect(await axeFindings(administrator)).toEqual([]);
    await administrator.emulateMedia({ colorScheme: 'light' });
    await picture(administrator, 'administration-messages-panne');
    expect(await lettersTo(NEWCOMER)).toBe(0);
  });

  test('[INT-08] killed with -9 while both wait, it sends each of them once when it is back', { timeout: 240_000 }, async () => {
    await sas.kill();
    await sas.start();
    await breakMail('none');
    await expect.poll(() => lettersTo(NEWCOMER), { timeout: 90_000, interval: 1_000 }).toBe(1);
    const requests = async () => (await letters()).filter(({ subject }) => /demande/i.test(subject)).length;
    await expect.poll(requests, { timeout: 60_000, interval: 1_000 }).toBe(1);
    await administrator.goto(`${sas.url}/administration/messages?state=pending`);
    await administrator.getByText('Aucun message dans cet état').waitFor({ timeout: 60_000 });
    expect([await lettersTo(NEWCOMER), await requests()]).toEqual([1, 1]);
  });

  test('[ACT-02] [ACT-17] an account manager who edits the address to reach another territory is refused in words, and the journal says so', { timeout: 120_000 }, async () => {
    const token = await sas.sas('token', 'issue', '--role', 'osnp', '--territory', '79', '--email', 'voisin79@demo.example');
    const { id } = (await (await fetch(`${sas.url}/api/v1/my-account`, { headers: { authorization: `Bearer ${token}` } })).json()) as { id: string };
    await manager.goto(`${sas.url}/comptes?tab=all&territory=79`);
    await manager.getByText(/refusé et journalisé|Vous ne tenez pas les comptes du territoire 79/).first().waitFor();
    expect(await axeFindings(manager)).toEqual([]);
    await picture(manager, 'gestionnaire-refus');
    const answers = await manager.evaluate(async (account) => {
      const read = await fetch(`/api/v1/accounts/${account}`);
      const suspend = await fetch(`/api/v1/accounts/${account}/suspend`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
      return { statuses: [read.status, suspend.status], mine: await (await fetch('/api/v1/privacy/my-data')).text() };
    }, id);
    expect(answers.statuses).toEqual([403, 403]);
    for (const tried of ['GET /api/v1/accounts', 'GET /api/v1/accounts/:id', 'POST /api/v1/accounts/:id/:event']) expect(answers.mine).toContain(`"${tried}"`);
    expect((await fetch(`${sas.url}/api/v1/my-account`, { headers: { authorization: `Bearer ${token}` } })).status, 'the neighbour’s account is untouched').toBe(200);
  });

  test('[INT-03] a vendor down when a regulator signs in: the page says it, the button sends the account again once the vendor is back', { timeout: 180_000 }, async () => {
    vendor.setFault('http-500');
    const name = namedIn(/Opérateur de soins non programmés/);
    await signIn(await openPage(browser), sas.url, name);
    await manager.goto(`${sas.url}/comptes-editeurs`);
    const row = manager.getByRole('row', { name });
    await row.getByText(/nouvel essai prévu|refusée/).first().waitFor({ timeout: 60_000 });
    expect(await axeFindings(manager)).toEqual([]);
    await row.click();
    const panel = manager.getByRole('dialog');
    const fallen = panel.locator('section').filter({ hasText: 'AgendaTombe' });
    await fallen.getByRole('button', { name: 'Renvoyer maintenant' }).waitFor();
    await picture(manager, 'gestionnaire-editeur-en-panne');
    vendor.setFault('none');
    await fallen.getByRole('button', { name: 'Renvoyer maintenant' }).click();
    await fallen.getByText('prêt').waitFor({ timeout: 60_000 });
    expect(vendor.accounts().filter(({ active }) => active)).toHaveLength(1);
  });
});
