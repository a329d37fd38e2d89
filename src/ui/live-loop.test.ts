import { expect, test } from 'vitest';
import { keepListening } from './live-loop.ts';

const body = (...pieces: string[]) =>
  new Response(
    new ReadableStream({
      start(controller) {
        for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
        controller.close();
      },
    }),
  );

test('the link is taken up again after every cut, from the last event heard, waiting longer and never giving up', async () => {
  const stop = new AbortController();
  const log: string[] = [];
  const answers: (() => Response)[] = [
    () => body('id: 7\nevent: slot\ndata: {}\n\n'),
    ...Array.from({ length: 6 }, () => () => { throw new TypeError('network'); }),
    () => new Response('{}', { status: 503 }),
    () => body('event: slot\ndata: {}\n\n'),
  ];
  await keepListening({
    url: '/events',
    signal: stop.signal,
    fetch: (async (_: string, init: RequestInit) => {
      log.push(`from ${(init.headers as Record<string, string>)['last-event-id'] ?? 'start'}`);
      const next = answers.shift();
      if (!next) return stop.abort(), body();
      return next();
    }) as typeof fetch,
    wait: async (ms) => void log.push(`wait ${ms}`),
    onEvent: ({ event }) => log.push(event),
    onUp: (again) => log.push(again ? 'up again' : 'up'),
    onDown: (loss) => log.push(loss),
  });
  expect(log.slice(0, 6)).toEqual(['from start', 'up', 'slot', 'unreachable', 'wait 1000', 'from 7']);
  expect(log.filter((line) => line.startsWith('wait')).map((line) => Number(line.slice(5)))).toEqual([1_000, 2_000, 4_000, 8_000, 10_000, 10_000, 10_000, 10_000, 1_000]);
  expect(log).toContain('refused');
  expect(log.slice(-6)).toEqual(['up again', 'slot', 'unreachable', 'wait 1000', 'from 7', 'up again']);
});
