import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';

export interface MutualTlsFiles {
  readonly cert: string;
  readonly key: string;
  /** Authorities that client certificates are checked against. */
  readonly ca: string;
  /** Revocation lists of these authorities (PEM). A list that has expired refuses every certificate. */
  readonly crl?: string;
}

/**
 * HTTPS server options for mutual TLS: the client certificate is requested and verified, never required by TLS itself;
 * the application decides with `clientCertificateVerdict`. TLS 1.2 and 1.3 only. Paths in, file contents out.
 */
export const mutualTlsOptions = ({ cert, key, ca, crl }: MutualTlsFiles) => ({
  cert: readFileSync(cert),
  key: readFileSync(key),
  ca: readFileSync(ca),
  ...(crl ? { crl: readFileSync(crl) } : {}),
  requestCert: true,
  rejectUnauthorized: false,
  minVersion: 'TLSv1.2' as const,
});

/** Until when a certificate file (PEM) is valid; throws when the file holds none. */
export const certificateExpiry = (path: string): Temporal.Instant =>
  Temporal.Instant.fromEpochMilliseconds(new X509Certificate(readFileSync(path)).validToDate.getTime());
