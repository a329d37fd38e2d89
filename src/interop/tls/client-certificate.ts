/** The part of a TLS socket that the verdict looks at. */
export interface CertifiedSocket {
  /** True when the certificate was verified against our authorities and revocation lists. */
  readonly authorized?: boolean;
  readonly authorizationError?: unknown;
  getPeerCertificate?(): { readonly subject?: { readonly CN?: string | string[]; readonly OU?: string | string[] } | undefined };
}

export interface AllowedNames {
  /** Common names accepted; null when any is. */
  readonly allowedCn: readonly string[] | null;
  /** Organizational units accepted, one of the certificate's being enough; null when any is. */
  readonly allowedOu: readonly string[] | null;
}

export type CertificateVerdict =
  | { readonly accepted: true; readonly commonName: string; readonly organizationalUnits: readonly string[] }
  | {
      readonly accepted: false;
      readonly code: 'certificate-missing' | 'certificate-expired' | 'certificate-revoked' | 'certificate-untrusted' | 'certificate-cn' | 'certificate-ou';
      /** A French sentence for the vendor's engineer. */
      readonly reason: string;
    };

const list = (value: string | string[] | undefined): string[] => (value === undefined ? [] : [value].flat());

const refused = (code: Extract<CertificateVerdict, { accepted: false }>['code'], reason: string): CertificateVerdict => ({ accepted: false, code, reason });

/**
 * Whether the certificate of this connection may use the machine interfaces. TLS only asks for the certificate; refusing
 * here lets us answer 403 with a reason, where a refusal of the handshake would tell the vendor nothing (interop-sas 1.1).
 */
export function clientCertificateVerdict(socket: CertifiedSocket, { allowedCn, allowedOu }: AllowedNames): CertificateVerdict {
  const subject = socket.getPeerCertificate?.()?.subject;
  if (!subject) return refused('certificate-missing', "Aucun certificat client n'a été présenté.");
  if (!socket.authorized) return untrusted(socket.authorizationError);
  const [commonName] = list(subject.CN);
  if (!commonName || (allowedCn && !allowedCn.includes(commonName))) {
    return refused('certificate-cn', "Le nom (CN) du certificat client n'est pas sur la liste des noms acceptés.");
  }
  const organizationalUnits = list(subject.OU);
  if (allowedOu && !organizationalUnits.some((unit) => allowedOu.includes(unit))) {
    return refused('certificate-ou', "L'unité (OU) du certificat client n'est pas sur la liste des unités acceptées.");
  }
  return { accepted: true, commonName, organizationalUnits };
}

function untrusted(error: unknown): CertificateVerdict {
  const code = typeof error === 'string' ? error : ((error as { code?: string } | null)?.code ?? String(error));
  if (code === 'CERT_HAS_EXPIRED') return refused('certificate-expired', 'Le certificat client a expiré.');
  if (code === 'CERT_REVOKED') return refused('certificate-revoked', 'Le certificat client a été révoqué.');
  return refused('certificate-untrusted', `Le certificat client n'a pas pu être vérifié (${code}).`);
}
