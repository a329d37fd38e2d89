import { SystemAway, Undeliverable } from '../../foundation/outbox.ts';
import { OutcomeUnknown, type SendSms } from '../../messages/server/index.ts';

const TIMEOUT_MS = 10_000;
/** Failures of the network before anything was sent. */
const NOT_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);

/**
 * Hands SMS to a gateway: `POST url` with `{ id, to, text }`, any 2xx accepts. `Idempotency-Key` is the id, the same at each
 * attempt.
 */
export function createSmsSender(url: string, timeoutMs = TIMEOUT_MS): SendSms {
  return async (sms) => {
    const response = await fetch(url, {
      method: 'POST', headers: { 'content-type': 'application/json', 'idempotency-key': sms.id }, body: JSON.stringify(sms), signal: AbortSignal.timeout(timeoutMs),
    }).catch((error: { cause?: { code?: string } }) => {
      const code = error.cause?.code ?? '';
      throw NOT_CONNECTED.has(code) ? new SystemAway(`La passerelle SMS ne répond pas (${code}).`) : new OutcomeUnknown();
    });
    await response.body?.cancel();
    if (!response.ok) throw whyRefused(response.status);
  };
}

function whyRefused(status: number): Error {
  if (status === 429 || status === 503) return new SystemAway(`La passerelle SMS refuse pour l’instant (${status}).`);
  return status < 500 ? new Undeliverable(`La passerelle SMS refuse ce message (${status}).`) : new OutcomeUnknown();
}
