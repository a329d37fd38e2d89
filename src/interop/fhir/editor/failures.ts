import { EditorFailure } from '../../../platform/availability/domain/editor.ts';

/** Sentences for what TLS says of the vendor's certificate, or of ours. */
const tlsSentences: Record<string, string> = {
  CERT_HAS_EXPIRED: "Le certificat de l'éditeur a expiré.",
  CERT_NOT_YET_VALID: "Le certificat de l'éditeur n'est pas encore valable.",
  CERT_REVOKED: "Le certificat de l'éditeur a été révoqué.",
  ERR_TLS_CERT_ALTNAME_INVALID: "Le certificat de l'éditeur n'est pas au nom de son adresse.",
  DEPTH_ZERO_SELF_SIGNED_CERT: "Le certificat de l'éditeur est auto-signé : son autorité n'est pas connue.",
  SELF_SIGNED_CERT_IN_CHAIN: "L'autorité du certificat de l'éditeur n'est pas connue.",
  UNABLE_TO_GET_ISSUER_CERT: "L'autorité du certificat de l'éditeur n'est pas connue.",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "L'autorité du certificat de l'éditeur n'est pas connue.",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "L'autorité du certificat de l'éditeur n'est pas connue.",
};

const networkSentences: Record<string, string> = {
  ECONNREFUSED: "L'éditeur refuse la connexion : son serveur est arrêté ou l'adresse est fausse.",
  ENOTFOUND: "Le nom du serveur de l'éditeur est introuvable.",
  EAI_AGAIN: "Le nom du serveur de l'éditeur n'a pas pu être résolu pour l'instant.",
  EHOSTUNREACH: "Le serveur de l'éditeur est injoignable.",
  ENETUNREACH: "Le serveur de l'éditeur est injoignable.",
  ETIMEDOUT: "Le serveur de l'éditeur n'accepte pas la connexion.",
  UND_ERR_CONNECT_TIMEOUT: "Le serveur de l'éditeur n'accepte pas la connexion.",
  ECONNRESET: "L'éditeur a coupé la connexion avant d'avoir répondu.",
  EPIPE: "L'éditeur a coupé la connexion avant d'avoir répondu.",
  UND_ERR_SOCKET: "L'éditeur a coupé la connexion avant d'avoir répondu.",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "L'éditeur a coupé la connexion avant la fin de sa réponse.",
};

const TOO_LATE = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

const CUT = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

/** What happened to a call, as people read it. An error that is already one passes through. */
export function explainFailure(error: unknown, signal: AbortSignal, secure = false): EditorFailure {
  if (error instanceof EditorFailure) return error;
  const codes = codesOf(error);
  if (signal.aborted) {
    const deadline = (signal.reason as { name?: string } | undefined)?.name === 'TimeoutError';
    return new EditorFailure('late', deadline ? "L'éditeur n'a pas répondu dans le délai." : "L'appel a été abandonné avant la réponse de l'éditeur.");
  }
  if (codes.some((code) => TOO_LATE.has(code))) return new EditorFailure('late', "L'éditeur n'a pas répondu dans le délai.");
  const tls = codes.find((code) => code in tlsSentences);
  if (tls) return new EditorFailure('tls', tlsSentences[tls]!);
  const refusal = codes.find((code) => code.startsWith('ERR_SSL') || code === 'EPROTO');
  if (refusal) return new EditorFailure('tls', explainHandshake(refusal, error));
  const network = codes.find((code) => code in networkSentences);
  // In TLS 1.3 a server that refuses our certificate may just hang up.
  const advice = secure && network && CUT.has(network) ? ' Vérifiez avec lui que notre certificat client est accepté.' : '';
  if (network) return new EditorFailure('network', networkSentences[network]! + advice);
  if ((error as Error).name === 'HTTPParserError') return new EditorFailure('format', "La réponse de l'éditeur n'est pas du HTTP valide.");
  return new EditorFailure('network', `L'appel à l'éditeur a échoué (${codes[0] ?? (error as Error)?.name ?? 'cause inconnue'}).`);
}

function explainHandshake(code: string, error: unknown): string {
  const words = `${code} ${(error as Error).message}`.toLowerCase().replaceAll('_', ' ');
  if (words.includes('alert') && /certificate|handshake failure|unknown ca|access denied/.test(words)) {
    return "L'éditeur refuse notre certificat client.";
  }
  if (words.includes('wrong version number') || words.includes('packet length')) return "Le serveur de l'éditeur ne parle pas TLS à cette adresse.";
  if (words.includes('protocol')) return "L'éditeur ne propose pas TLS 1.2 ou plus récent.";
  return `La négociation TLS avec l'éditeur a échoué (${code}).`;
}

function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  for (let current: unknown = error, depth = 0; current && depth < 5; current = (current as { cause?: unknown }).cause, depth += 1) {
    const { code, errors } = current as { code?: unknown; errors?: unknown };
    if (typeof code === 'string') codes.push(code);
    if (Array.isArray(errors)) codes.push(...errors.flatMap(codesOf));
  }
  return codes;
}
