import { stopwatch } from '../../foundation/clock.ts';
import type { Clock } from '../../foundation/clock.ts';
import type { Capabilities, Command, CommandAck, PortEvent, Snapshot, TelephonyPort } from '../../regulation/telephony/server/index.ts';

/** The link is lost, or was never there. */
export class LinkLost extends Error {
  constructor(what: string, cause?: unknown) {
    super(`phone system away: ${what}`, { cause });
  }
}

const CALL_TIMEOUT_MS = 3_000;
/** The phone system says it is alive every second. */
const SILENCE_MS = 5_000;

/** The port over HTTP: commands posted, events as a stream (SSE), as the simulator of the phone network speaks it. */
export function createPhoneNetworkPort(url: string): TelephonyPort {
  const ask = async <T>(path: string, init: RequestInit = {}): Promise<T> => {
    const response = await fetch(`${url}${path}`, { ...init, signal: AbortSignal.timeout(CALL_TIMEOUT_MS) }).catch((error: unknown) => {
      throw new LinkLost(path, error);
    });
    if (!response.ok) throw new LinkLost(`${path} answered ${response.status}`);
    return (await response.json()) as T;
  };
  return {
    capabilities: () => ask<Capabilities>('/capabilities'),
    execute: (command: Command) =>
      ask<CommandAck>('/commands', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(command) }),
    snapshot: () => ask<Snapshot>('/snapshot'),
    async *events(fromOffset, signal) {
      for await (const block of blocks(`${url}/events?from=${fromOffset}`, signal)) {
        const data = block.split('\n').find((line) => line.startsWith('data: '));
        if (data) yield JSON.parse(data.slice('data: '.length)) as PortEvent;
      }
    },
  };
}

/** The blocks of an SSE stream. Ends when `signal` aborts; throws when the stream ends or keeps silent. */
async function* blocks(address: string, signal: AbortSignal): AsyncGenerator<string> {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), SILENCE_MS);
  try {
    const response = await fetch(address, { signal: AbortSignal.any([signal, silence.signal]) });
    if (!response.ok || !response.body) throw new LinkLost(`events answered ${response.status}`);
    let rest = '';
    for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE_MS);
      const parts = (rest + text).split('\n\n');
      rest = parts.pop()!;
      yield* parts;
    }
  } catch (error) {
    if (signal.aborted) return;
    throw error instanceof LinkLost ? error : new LinkLost('events', error);
  } finally {
    clearTimeout(timer);
  }
  if (!signal.aborted) throw new LinkLost('events ended');
}

/** The phone system's own clock, accelerated perhaps: what a room that rehearses an accelerated day must live by. */
export async function phoneNetworkClock(url: string): Promise<Clock> {
  const elapsed = stopwatch();
  const response = await fetch(`${url}/clock`, { signal: AbortSignal.timeout(CALL_TIMEOUT_MS) });
  const { now, speed } = (await response.json()) as { now: string; speed: number };
  const start = Temporal.Instant.from(now);
  return { now: () => start.add({ milliseconds: Math.round(elapsed() * speed) }) };
}
