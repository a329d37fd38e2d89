import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { defineRoute } from '../foundation/http/route.ts';
import { ApiProblem, call, sessionLost, stream, urlOf } from './api.ts';

const closing: (() => void)[] = [];
afterEach(() => closing.splice(0).forEach((close) => close()));

/** A route whose address is the given server's, as the browser would resolve it. */
async function served(listener: RequestListener) {
  const server = createServer(listener).listen(0);
  closing.push(() => (server.closeAllConnections(), server.close()));
  const { port } = server.address() as AddressInfo;
  return defineRoute({ method: 'POST', path: `http://localhost:${port}/things`, summary: 'x', access: 'public', body: z.object({ a: z.number() }), response: z.object({ b: z.number() }) });
}

const query = defineRoute({
  method: 'GET', path: '/api/v1/things/:id', summary: 'x', access: 'public', params: z.object({ id: z.string() }),
  query: z.object({ tag: z.array(z.string()).optional(), q: z.string().optional() }), response: z.object({}),
});

test('an address holds its parameters escaped, arrays repeated, and no absent value', () => {
  expect(urlOf(query, { params: { id: 'a/b' }, query: { tag: ['x', 'y z'], q: undefined } })).toBe('/api/v1/things/a%2Fb?tag=x&tag=y+z');
});

test('a call sends its body and gives the answer', async () => {
  const route = await served((request, response) => {
    request.toArray().then((chunks) => response.setHeader('content-type', 'application/json').end(JSON.stringify({ b: JSON.parse(Buffer.concat(chunks).toString()).a + 1 })));
  });
  expect(await call(route, { body: { a: 1 } })).toEqual({ b: 2 });
});

test('a refusal becomes a problem with its fields and what else was said', async () => {
  const route = await served((_, response) => {
    response.writeHead(422, { 'content-type': 'application/problem+json' }).end(
      JSON.stringify({ type: 'x', title: 'Règle non respectée', status: 422, code: 'late-reason-required', detail: 'Motif attendu.', errors: [{ path: 'lateReason', message: 'obligatoire' }], possible: ['a'] }),
    );
  });
  const problem = await call(route, { body: { a: 1 } }).catch((error: unknown) => error);
  expect(problem).toBeInstanceOf(ApiProblem);
  expect(problem).toMatchObject({ status: 422, code: 'late-reason-required', message: 'Motif attendu.', fields: [{ path: 'lateReason', message: 'obligatoire' }], extra: { possible: ['a'] } });
});

test("a proxy's page and a dead server are told in French too", async () => {
  const proxy = await served((_, response) => void response.writeHead(502).end('<html>'));
  await expect(call(proxy, { body: { a: 1 } })).rejects.toMatchObject({ status: 502, code: 'unexpected-answer' });
  const dead = await served((request) => void request.socket.destroy());
  await expect(call(dead, { body: { a: 1 } })).rejects.toMatchObject({ status: 0, code: 'unreachable' });
});

test('whoever is no longer signed in is told to the application', async () => {
  let told = 0;
  const listener = () => (told += 1);
  sessionLost.addEventListener('lost', listener);
  const route = await served((_, response) => void response.writeHead(401).end('{}'));
  await call(route, { body: { a: 1 } }).catch(() => undefined);
  sessionLost.removeEventListener('lost', listener);
  expect(told).toBe(1);
});

test('a stream gives its events, and a cut before the end is a problem', async () => {
  const route = await served((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write('event: done\ndata: 1\n\n');
    setTimeout(() => response.destroy(), 20);
  });
  const seen: string[] = [];
  const reading = (async () => {
    for await (const { event } of stream(route, { body: { a: 1 } })) seen.push(event);
  })();
  await expect(reading).rejects.toMatchObject({ code: 'unreachable' });
  expect(seen).toEqual(['done']);
});
