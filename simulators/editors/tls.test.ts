import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testCatalog, testEnd, testNow } from '../testing/catalog.ts';
import { practitionerSearch } from '../testing/fhir.ts';
import { type EditorSimulator, startEditorSimulator } from './server.ts';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

describe.skipIf(!hasOpenssl)('mutual TLS (certificates made by the openssl command)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'editor-tls-'));
  const path = (name: string): string => join(folder, name);
  const openssl = (...args: string[]): void => void execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  let editor: EditorSimulator;

  function certificate(name: string, subject: string, authority = 'ca'): void {
    openssl('req', '-newkey', 'rsa:2048', '-nodes', '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', subject);
    openssl('ca', '-batch', '-config', `${authority}.cnf`, '-in', `${name}.csr`, '-out', `${name}.pem`, '-notext');
  }

  function authority(name: string): void {
    writeFileSync(path(`${name}.cnf`), `[ca]\ndefault_ca=it\n[it]\ndir=${folder}\ndatabase=${folder}/${name}.db\nserial=${folder}/${name}.serial\nnew_certs_dir=${folder}\ncertificate=${folder}/${name}.pem\nprivate_key=${folder}/${name}.key\ndefault_md=sha256\ndefault_days=2\ndefault_crl_days=2\npolicy=any\nunique_subject=no\nx509_extensions=san\n[any]\ncommonName=supplied\norganizationalUnitName=optional\n[san]\nsubjectAltName=DNS:localhost\n`);
    writeFileSync(path(`${name}.db`), '');
    writeFileSync(path(`${name}.serial`), name === 'ca' ? '1000' : '2000');
    openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', `${name}.key`, '-out', `${name}.pem`, '-days', '2', '-subj', `/CN=${name}`);
  }

  beforeAll(async () => {
    authority('ca');
    authority('stranger');
    certificate('server', '/CN=localhost');
    certificate('good', '/CN=ptf-sas/OU=ANS');
    certificate('bad-cn', '/CN=autre/OU=ANS');
    certificate('bad-ou', '/CN=ptf-sas/OU=AUTRE');
    certificate('revoked', '/CN=ptf-sas/OU=ANS');
    certificate('foreign', '/CN=ptf-sas/OU=ANS', 'stranger');
    openssl('ca', '-config', 'ca.cnf', '-revoke', 'revoked.pem');
    openssl('ca', '-config', 'ca.cnf', '-gencrl', '-out', 'ca.crl');
    editor = await startEditorSimulator({
      name: 'Rapide', behaviour: 'rapide', catalog: testCatalog, now: () => Temporal.Instant.from(testNow),
      tls: { cert: path('server.pem'), key: path('server.key'), ca: path('ca.pem'), crl: path('ca.crl'), allowedCn: 'ptf-sas', allowedOu: 'ANS' },
    });
  });
  afterAll(async () => {
    await editor.close();
    rmSync(folder, { recursive: true });
  });

  const search = (client: string | null, maxVersion?: 'TLSv1.1' | 'TLSv1.2') =>
    new Promise<{ status: number; body: string }>((resolve, reject) => {
      const identity = client && { cert: readFileSync(path(`${client}.pem`)), key: readFileSync(path(`${client}.key`)) };
      const old = maxVersion === 'TLSv1.1' ? { minVersion: 'TLSv1' as const, ciphers: 'DEFAULT@SECLEVEL=0' } : {};
      const url = `${editor.baseUrl}/Slot?${practitionerSearch(['810000000011'], testNow, testEnd)}`;
      request(url, { ca: readFileSync(path('ca.pem')), agent: false, ...identity, ...old, ...(maxVersion && { maxVersion }) }, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk)).on('end', () => resolve({ status: response.statusCode!, body }));
      }).on('error', reject).end();
    });

  test('[AGR-15] E41 the platform\'s certificate is served', async () => {
    const { status, body } = await search('good');
    expect([status, JSON.parse(body).total]).toEqual([200, 3]);
    expect((await search('good', 'TLSv1.2')).status).toBe(200);
  });

  test.each(['bad-cn', 'bad-ou', 'revoked', 'foreign', null])('[AGR-15] E41 certificate %s: 403 with an OperationOutcome', async (client) => {
    const { status, body } = await search(client);
    expect([status, JSON.parse(body).resourceType]).toEqual([403, 'OperationOutcome']);
  });

  test('[AGR-15] E41 TLS 1.1 is refused', async () => {
    await expect(search('good', 'TLSv1.1')).rejects.toThrow();
  });
});
