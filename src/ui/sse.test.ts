import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createParser, readEvents } from './sse.ts';

const parseWhole = (text: string) => createParser()(text);

test('events, their names, ids and several lines of data are read; comments are not events', () => {
  expect(parseWhole(': alive\n\nid: 7\nevent: slot\ndata: {"a":1}\n\ndata: one\ndata: two\n\nevent: nothing\n\n')).toEqual([
    { id: '7', event: 'slot', data: '{"a":1}' },
    { id: null, event: 'message', data: 'one\ntwo' },
  ]);
});

test('wherever the network cuts, the same events come out', () => {
  const line = fc.constantFrom('data: été', 'data', 'event: slot', 'id: 3', ': alive', '', '');
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), fc.constantFrom('\n', '\r\n', '\r'), fc.array(fc.nat(200), { maxLength: 10 }), (lines, end, cuts) => {
      const text = lines.map((item) => item + end).join('') + end + end;
      const bounds = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length];
      const parse = createParser();
      const pieces = bounds.slice(1).flatMap((to, at) => parse(text.slice(bounds[at], to)));
      // A lone final CR waits for its LF; one more character settles it.
      expect([...pieces, ...parse('\n')]).toEqual([...parseWhole(`${text}\n`)]);
    }),
  );
});

test('a body is read as it comes, accents cut in two included', async () => {
  const bytes = new TextEncoder().encode('data: état\n\n');
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(bytes.slice(0, 7));
      controller.enqueue(bytes.slice(7));
      controller.close();
    },
  });
  const events = [];
  for await (const event of readEvents(body)) events.push(event.data);
  expect(events).toEqual(['état']);
});
