import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { Appointment } from './appointments.ts';
import type { Now } from './dates.ts';
import { appointmentResource } from './fhir/appointment.ts';

export interface PlatformSettings {
  /** Address of the platform, without `/fhir`. */
  readonly url: string;
  /** File that holds the bearer token, read at each call: it may be written or renewed later. */
  readonly tokenFile?: string;
  readonly token?: string;
  readonly identifierSystem: string;
  readonly now: Now;
  /** First pause before trying again; doubles up to a hundred times that. */
  readonly retryMs: number;
}

/** One call to the platform and what it answered; `status` is null when nothing came. */
export interface Delivery {
  readonly method: 'POST' | 'PUT';
  readonly url: string;
  readonly body: unknown;
  readonly status: number | null;
  readonly at: Temporal.Instant;
}

/** Where the transmission of one appointment stands. */
export interface Transmission {
  readonly attempts: number;
  /** True when the platform has accepted the last state. */
  readonly accepted: boolean;
  readonly lastError: string | null;
  readonly at: Temporal.Instant | null;
}

export interface Platform {
  /** Sends the present state; later states wait their turn and only the last one is sent. Tries until it is accepted. */
  send(appointment: Appointment): void;
  /** Sends again a booking of a former run: the platform may have it already, or not. */
  resume(appointment: Appointment): void;
  transmission(id: string): Transmission;
  readonly deliveries: readonly Delivery[];
  close(): void;
}

interface Pending { attempts: number; wanted: Appointment; acceptedState: Appointment | null; lastError: string | null; at: Temporal.Instant | null; running: boolean }

/** The vendor's side of INT_R03. */
export function platformClient(settings: PlatformSettings): Platform {
  const stopping = new AbortController();
  const pending = new Map<string, Pending>();
  const deliveries: Delivery[] = [];

  /** The first call creates; all others are conditional updates, which create too when the first one was lost. */
  async function call(state: Pending): Promise<void> {
    const appointment = state.wanted;
    const body = appointmentResource(appointment, settings.identifierSystem);
    const method = state.attempts++ === 0 ? 'POST' : 'PUT';
    const key = encodeURIComponent(`${settings.identifierSystem}|${appointment.id}`);
    const url = `${settings.url}/fhir/Appointment${method === 'PUT' ? `?identifier=${key}` : ''}`;
    let status: number | null = null;
    try {
      const response = await fetch(url, {
        method, body: JSON.stringify(body), redirect: 'error', signal: AbortSignal.any([stopping.signal, AbortSignal.timeout(10_000)]),
        headers: { authorization: `Bearer ${token(settings)}`, 'content-type': 'application/fhir+json', accept: 'application/fhir+json' },
      });
      status = response.status;
      const answer = await response.text();
      state.lastError = response.ok ? null : `La plateforme a répondu ${status}. ${diagnostics(answer)}`.trim();
      if (response.ok) state.acceptedState = appointment;
    } catch (error) {
      state.lastError = `La plateforme n'a pas répondu (${error instanceof Error ? error.message : String(error)}).`;
    }
    state.at = settings.now();
    deliveries.push({ method, url, body, status, at: state.at });
    if (deliveries.length > 1_000) deliveries.shift();
  }

  async function run(state: Pending): Promise<void> {
    if (state.running) return;
    state.running = true;
    for (let pause = settings.retryMs; !stopping.signal.aborted; pause = Math.min(pause * 2, settings.retryMs * 100)) {
      await call(state);
      if (state.acceptedState === state.wanted) break;
      if (state.lastError) await wait(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
    state.running = false;
  }

  function send(appointment: Appointment, attempts: number): void {
    const state = pending.get(appointment.id) ?? { attempts, wanted: appointment, acceptedState: null, lastError: null, at: null, running: false };
    state.wanted = appointment;
    pending.set(appointment.id, state);
    void run(state);
  }

  return {
    deliveries,
    send: (appointment) => send(appointment, 0),
    resume: (appointment) => send(appointment, 1),
    transmission(id) {
      const state = pending.get(id);
      if (!state) return { attempts: 0, accepted: false, lastError: null, at: null };
      return { attempts: state.attempts, accepted: state.acceptedState === state.wanted, lastError: state.lastError, at: state.at };
    },
    close: () => stopping.abort(),
  };
}

const token = ({ token, tokenFile }: PlatformSettings): string => token ?? (tokenFile ? readFileSync(tokenFile, 'utf8').trim() : '');

function diagnostics(answer: string): string {
  try {
    const { issue } = JSON.parse(answer) as { issue?: { diagnostics?: string; details?: { text?: string } }[] };
    return (issue ?? []).map(({ diagnostics, details }) => diagnostics ?? details?.text ?? '').join(' ');
  } catch {
    return '';
  }
}
