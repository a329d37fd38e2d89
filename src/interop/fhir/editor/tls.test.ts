import { copyFileSync, utimesSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TlsOptions } from 'node:tls';
import { afterAll, describe, expect, test } from 'vitest';
import { ManualClock } from '../../../foundation/clock.ts';
import { silentLogger } from '../../../foundation/log.ts';
import type { Editor } from '../../../platform/availability/contract.ts';
import { EditorFailure } from '../../../platform/availability/domain/editor.ts';
import { mutualTlsOptions } from '../../tls/options.ts';
import { createTestAuthority, hasOpenssl } from '../../tls/testing.ts';
import { createFhirEditorClient } from './client.ts';
import { asked, DOCTOR, editor, NOW, slot, soundBundle } from './testing.ts';
import { acceptsOldTls, probeTls } from './tls-probe.ts';

describe.skipIf(!hasOpenssl)('[INT-11] P07: the client and real certificates', () => {
  if (!hasOpenssl) return;
  const authority = createTestAuthority();
  const stranger = createTestAuthority('Autorité inconnue');
  const server = authority.issue('serveur', { cn: 'edt.example', san: 'IP:127.0.0.1' });
  const platform = authority.issue('plateforme', { cn: 'plateforme-sas', ou: 'SAS' });
  const client = createFhirEditorClient({ clock: new ManualClock(NOW.toString()), log: silentLogger });
  const closing: (() => unknown)[] = [() => client.close()];
  afterAll(() => Promise.all(closing.map((close) => close())));

  async function vendor(files: { cert: string; key: string }, options: TlsOptions = {}): Promise<string> {
    const { rejectUnauthorized: _, requestCert: __, ...identity } = mutualTlsOptions({ ...files, ca: authority.ca });
    const https = createServer({ ...identity, ...options }, (__, response) => void response.end(JSON.stringify(soundBundle(slot('s1')))));
    https.on('tlsClientError', () => undefined);
    await new Promise<void>((done) => https.listen(0, '127.0.0.1', done));
    closing.push(() => {
      https.closeAllConnections();
      return new Promise((done) => https.close(done));
    });
    return `https://127.0.0.1:${(https.address() as AddressInfo).port}/fhir`;
  }
  const withFiles = (baseUrl: string, change: Partial<Editor> = {}) =>
    editor(baseUrl, { name: baseUrl, certPath: platform.cert, keyPath: platform.key, caPath: authority.ca, ...change });
  const ask = (one: Editor) => client(one, { flow: 'ps', ids: [DOCTOR], from: asked().from, to: asked().to }, AbortSignal.timeout(5_000));
  const failure = async (one: Editor) => {
    const error = await ask(one).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(EditorFailure);
    return [(error as EditorFailure).kind, (error as EditorFailure).message];
  };
  const mutual: TlsOptions = { requestCert: true, rejectUnauthorized: true };

  test('our certificate is presented and the answer read', async () => {
    expect((await ask(withFiles(await vendor(server, mutual)))).slots).toHaveLength(1);
  });

  test.each([
    ['TLSv1.2', 'tls', "L'éditeur refuse notre certificat client."],
    ['TLSv1.3', 'network', "L'éditeur a coupé la connexion avant d'avoir répondu. Vérifiez avec lui que notre certificat client est accepté."],
  ] as const)('without our certificate, a vendor in %s that wants one refuses us, and the sentence says where to look', async (version, kind, message) => {
    const base = await vendor(server, { ...mutual, minVersion: version, maxVersion: version });
    expect(await failure(withFiles(base, { certPath: null, keyPath: null }))).toEqual([kind, message]);
  });

  test('an unknown authority, a name that is not his, an expired certificate, plain HTTP on the port', async () => {
    const base = await vendor(server);
    expect(await failure(withFiles(base, { caPath: stranger.ca }))).toEqual(['tls', "L'autorité du certificat de l'éditeur n'est pas connue."]);
    const elsewhere = await vendor(authority.issue('ailleurs', { cn: 'ailleurs.example', san: 'DNS:ailleurs.example' }));
    expect(await failure(withFiles(elsewhere))).toEqual(['tls', "Le certificat de l'éditeur n'est pas au nom de son adresse."]);
    const expired = await vendor(authority.issue('vieux', { cn: 'edt.example', san: 'IP:127.0.0.1', expired: true }));
    expect(await failure(withFiles(expired))).toEqual(['tls', "Le certificat de l'éditeur a expiré."]);
    expect((await failure(withFiles(base.replace('https:', 'http:'))))[0]).toBe('network');
  });

  test('a vendor that only speaks TLS 1.1 is refused; the probe tells which versions a vendor takes', async () => {
    const old = await vendor(server, { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' });
    expect(await failure(withFiles(old))).toEqual(['tls', "L'éditeur ne propose pas TLS 1.2 ou plus récent."]);
    expect(await acceptsOldTls(withFiles(old))).toBe(true);
    const recent = withFiles(await vendor(server));
    expect(await acceptsOldTls(recent)).toBe(false);
    expect(await probeTls(recent)).toMatchObject({ version: 'TLSv1.3' });
  });

  test('a renewed certificate is taken without a restart', async () => {
    const base = await vendor(server, mutual);
    const files = { certPath: `${authority.directory}/courant.pem`, keyPath: `${authority.directory}/courant.key` };
    const foreign = stranger.issue('plateforme', { cn: 'plateforme-sas' });
    copyFileSync(foreign.cert, files.certPath);
    copyFileSync(foreign.key, files.keyPath);
    utimesSync(files.certPath, 1, 1);
    expect((await failure(withFiles(base, files)))[1]).toContain('notre certificat client');
    copyFileSync(platform.cert, files.certPath);
    copyFileSync(platform.key, files.keyPath);
    expect((await ask(withFiles(base, files))).slots).toHaveLength(1);
  });
});
