import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, expect, test } from 'vitest';
import { testCatalog } from '../testing/catalog.ts';

const folder = mkdtempSync(join(tmpdir(), 'simulators-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, content: unknown): string => {
  writeFileSync(join(folder, name), JSON.stringify(content));
  return join(folder, name);
};

let child: ChildProcess;
afterEach(() => void child.kill('SIGKILL'));

async function launch(program: string, args: readonly string[]): Promise<{ ready: boolean; url: string }> {
  const script = fileURLToPath(new URL(`../${program}/main.ts`, import.meta.url));
  child = spawn(process.execPath, [script, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  const [line] = (await once(createInterface(child.stdout!), 'line')) as [string];
  return JSON.parse(line);
}
const editorArgs = () => ['--name', 'Éditeur Rapide', '--behaviour', 'rapide', '--seed', '3', '--catalog', file('catalog.json', testCatalog), '--platform', 'http://localhost:9', '--token-file', join(folder, 'absent')];

test('[AGR-15] a vendor runs as its own process and stops on SIGTERM', async () => {
  const { ready, url } = await launch('editors', editorArgs());
  expect(ready).toBe(true);
  expect((await fetch(`${url}/fhir/metadata`)).status).toBe(200);
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('[AGR-15] it does not outlive its parent', async () => {
  await launch('editors', editorArgs());
  child.stdin!.end();
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('[SEC-01] the stand-in of Pro Santé Connect runs as its own process', async () => {
  const accounts = file('accounts.json', [{ id: 'a', nationalId: '899700000017', lastName: 'Durand', firstName: 'Zoé', email: null, roleLabel: 'OSNP', territory: '86' }]);
  const clients = file('clients.json', [{ clientId: 'c', clientSecret: 's', redirectUris: ['http://localhost:9/retour'] }]);
  const { url } = await launch('pro-sante-connect', ['--accounts', accounts, '--clients', clients, '--port', '0']);
  expect(await (await fetch(`${url}/.well-known/openid-configuration`)).json()).toMatchObject({ issuer: url, scopes_supported: ['openid', 'scope_all'] });
});

test('[AGR-15] what is missing is said in one sentence, with a failure', async () => {
  child = spawn(process.execPath, [fileURLToPath(new URL('../editors/main.ts', import.meta.url)), '--name', 'X'], { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  child.stderr!.on('data', (chunk: Buffer) => (said += chunk));
  expect(await once(child, 'exit')).toEqual([1, null]);
  expect(said).toContain('--catalog FILE');
});
