import { ApiProblem, problemOf } from './api.ts';
import { readEvents, type ServerEvent } from './sse.ts';

export type LinkLoss = 'unreachable' | 'refused';

export interface LinkOptions {
  readonly url: string;
  readonly fetch: typeof globalThis.fetch;
  /** Waits before a new attempt; resolves early when the browser says it is back online. */
  readonly wait: (ms: number) => Promise<void>;
  readonly signal: AbortSignal;
  readonly onEvent: (event: ServerEvent) => void;
  /** The link is up; `again` when it had been lost: everything on screen may be out of date. */
  readonly onUp: (again: boolean) => void;
  readonly onDown: (loss: LinkLoss) => void;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 10_000;
/** The server says something at least every 15 s; beyond this the link is dead even if nobody said so. */
const SILENCE_MS = 40_000;

/** Listens to the server's changes until `signal` aborts; never stops reconnecting. */
export async function keepListening(options: LinkOptions): Promise<void> {
  let lastEventId: string | null = null as string | null;
  let attempts = 0;
  let lost = false;
  while (!options.signal.aborted) {
    const silence = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const heard = () => {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE_MS);
    };
    let loss: LinkLoss = 'unreachable';
    try {
      heard();
      const response: Response = await options.fetch(options.url, {
        headers: { accept: 'text/event-stream', ...(lastEventId === null ? {} : { 'last-event-id': lastEventId }) },
        signal: AbortSignal.any([options.signal, silence.signal]),
      });
      if (!response.ok) throw await problemOf(response);
      options.onUp(lost);
      lost = false;
      attempts = 0;
      for await (const event of readEvents(response.body!, heard)) {
        lastEventId = event.id ?? lastEventId;
        options.onEvent(event);
      }
    } catch (error) {
      if (error instanceof ApiProblem) loss = 'refused';
    } finally {
      clearTimeout(timer);
    }
    if (options.signal.aborted) return;
    lost = true;
    options.onDown(loss);
    await options.wait(Math.min(FIRST_WAIT_MS * 2 ** attempts, LONGEST_WAIT_MS));
    attempts += 1;
  }
}
