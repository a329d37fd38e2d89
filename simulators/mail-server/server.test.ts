import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { CookieBrowser } from '../testing/browser.ts';
import { startMailServer } from './server.ts';

const folder = mkdtempSync(join(tmpdir(), 'mail-'));
afterAll(() => rmSync(folder, { recursive: true }));
const post = (url: string, body: object) => fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

test('[INT-08] what arrives is read on a page, links included, and is still there after a restart', async () => {
  const state = join(folder, 'state.jsonl');
  const first = await startMailServer({ state });
  expect((await post(first.smsUrl, { id: 'a', to: '+33612345612', text: 'Voir https://sas86.example/demandes <b>' })).status).toBe(202);
  expect((await post(first.smsUrl, { id: 'a', to: '+33612345612', text: 'Voir https://sas86.example/demandes <b>' })).status, 'the same id again').toBe(202);
  await first.close();

  const again = await startMailServer({ state });
  const browser = new CookieBrowser();
  expect((await browser.get(`${again.url}/?to=%2B33%206%2012%2034%2056%2012`)).body).toContain('1 message<');
  const { body } = await browser.get(`${again.url}/courriers/1`);
  expect(body).toContain('<a href="https://sas86.example/demandes">');
  expect(body).toContain('&lt;b&gt;');
  expect((await browser.get(`${again.url}/courriers/2`)).status).toBe(404);
  expect(await (await fetch(`${again.url}/messages?to=personne@example.fr`)).json()).toEqual({ messages: [] });
  await again.close();
});

test('[INT-08] a failure is ordered from the page and ends there too', async () => {
  const server = await startMailServer();
  const browser = new CookieBrowser();
  expect((await browser.post(`${server.url}/panne`, { fault: 'temporary' })).body).toContain('<option value="temporary" selected>');
  expect((await post(server.smsUrl, { id: 'a', to: '1', text: 'x' })).status).toBe(503);
  await browser.post(`${server.url}/panne`, { fault: 'cut' });
  await expect(post(server.smsUrl, { id: 'a', to: '1', text: 'x' })).rejects.toThrow();
  await browser.post(`${server.url}/panne`, { fault: 'none' });
  expect((await post(server.smsUrl, { id: 'a', to: '1', text: 'x' })).status).toBe(202);
  expect(server.mailbox.list()).toHaveLength(1);
  expect((await post(`${server.url}/admin/panne`, { fault: 'fire' })).status).toBe(400);
  await server.close();
});
