import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** True when this machine can make test certificates. */
export const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
if (!hasOpenssl) process.stderr.write("openssl est absent : les essais avec de vrais certificats sont passés. Installez-le avec « apt-get install openssl ».\n");

export interface CertificateFiles {
  readonly cert: string;
  readonly key: string;
}

/** A throw-away authority in a temporary folder that goes with the test file. `crl` lists what was revoked when it was last called. */
export interface TestAuthority {
  readonly directory: string;
  readonly ca: string;
  issue(name: string, subject: { cn: string; ou?: string; san?: string; expired?: boolean }): CertificateFiles;
  revoke(certificate: CertificateFiles): void;
  crl(): string;
}

const CONFIG = `
[ca]
default_ca = test
[test]
dir = .
database = index.txt
serial = serial
new_certs_dir = issued
certificate = ca.pem
private_key = ca.key
default_md = sha256
default_days = 30
default_crl_days = 30
policy = any
copy_extensions = copy
unique_subject = no
[any]
commonName = supplied
organizationalUnitName = optional
organizationName = optional
[req]
distinguished_name = dn
[dn]
`;

export function createTestAuthority(name = 'Autorité de test'): TestAuthority {
  const directory = mkdtempSync(join(tmpdir(), 'sas-ca-'));
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: directory, stdio: 'pipe' });
  const path = (file: string) => join(directory, file);
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  mkdirSync(path('issued'));
  writeFileSync(path('ca.cnf'), CONFIG);
  writeFileSync(path('index.txt'), '');
  writeFileSync(path('serial'), '1000\n');
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl('req', '-x509', ...newKey, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '30', '-subj', `/CN=${name}`, '-utf8');
  return {
    directory,
    ca: path('ca.pem'),
    issue(file, { cn, ou, san, expired }) {
      const subject = `${ou ? `/OU=${ou}` : ''}/CN=${cn}`;
      openssl('req', '-new', ...newKey, '-config', 'ca.cnf', '-keyout', `${file}.key`, '-out', `${file}.csr`, '-subj', subject, ...(san ? ['-addext', `subjectAltName=${san}`] : []));
      const dates = expired ? ['-startdate', '20200101000000Z', '-enddate', '20200201000000Z'] : [];
      openssl('ca', '-batch', '-notext', '-config', 'ca.cnf', '-in', `${file}.csr`, '-out', `${file}.pem`, ...dates);
      return { cert: path(`${file}.pem`), key: path(`${file}.key`) };
    },
    revoke: ({ cert }) => void openssl('ca', '-config', 'ca.cnf', '-revoke', cert),
    crl() {
      openssl('ca', '-config', 'ca.cnf', '-gencrl', '-out', 'crl.pem');
      return path('crl.pem');
    },
  };
}
