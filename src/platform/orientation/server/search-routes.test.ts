import Fastify, { type FastifyInstance } from 'fastify';
import sql from 'sql-template-tag';
import { afterEach, expect, test } from 'vitest';
import { createTestDatabase } from '../../../../tests/support/database.ts';
import { toProblem } from '../../../foundation/http/problem.ts';
import { registerRoutes } from '../../../foundation/http/register.ts';
import { silentLogger } from '../../../foundation/log.ts';
import type { Actor } from '../../../identity/contract.ts';
import { routes } from '../contract.ts';
import { doctor, idOf, osnp, ownSlot, POITIERS, stateOf, vendorPlace, vendorSlot, type World, worldOf } from './search.fixture.ts';
import { searchHandlers } from './search-routes.ts';

const servers: FastifyInstance[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const { search, searchEvent, proof, unmetNeeds, charter, saveCharter } = routes;

async function serve(change: Partial<World>, actor: Actor = osnp) {
  const world = worldOf(await createTestDatabase(), change);
  const server = Fastify({ forceCloseConnections: true });
  servers.push(server);
  server.setErrorHandler((error, request, reply) => {
    const problem = toProblem(error, request.url.split('?')[0]!, request.id);
    return reply.status(problem.status).type('application/problem+json').send(problem);
  });
  registerRoutes(server, { search, searchEvent, proof, unmetNeeds, charter, saveCharter }, searchHandlers(world.search, silentLogger), {
    actorOf: async () => actor, rolesOf: ({ roles }) => roles, onRefused: async () => undefined,
  });
  return { ...world, server, url: await server.listen({ port: 0, host: '127.0.0.1' }) };
}

const path = `/api/v1/search?lat=${POITIERS.lat}&lon=${POITIERS.lon}`;
const stream = { accept: 'text/event-stream' };
const eventsOf = (text: string) =>
  text.trim().split('\n\n').map((block) => {
    const [event, data] = block.split('\n');
    return [event!.slice('event: '.length), JSON.parse(data!.slice('data: '.length))] as const;
  });

test('[AGR-20] one request gives one answer, or a stream of events as the sources answer', async () => {
  const vendors = [{ name: 'Alpha', answer: () => ({ state: stateOf('Alpha'), slots: [vendorSlot('Alpha', idOf(1), vendorPlace('1 rue de la Marne'))] }) }];
  const { url, world } = await serve({ candidates: [doctor(1), doctor(2)], vendors });
  world.own = [ownSlot(world.candidates[1]!)];
  const json = await (await fetch(url + path)).json();
  expect(routes.search.response.parse(json)).toEqual(json);
  expect(json.results.map(({ slots }: { slots: unknown[] }) => slots.length)).toEqual([1, 1]);

  const response = await fetch(url + path, { headers: stream });
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  const events = eventsOf(await response.text());
  expect(events.map(([name]) => name)).toEqual(['candidates', 'slots', 'slots', 'editor', 'done']);
  expect(events[1]![1]).toMatchObject({ source: 'platform', additions: [{ rank: 2 }], results: [] });
  expect(events[2]![1]).toMatchObject({ source: 'Alpha', additions: [{ rank: 1 }] });
  expect(events[4]![1]).toMatchObject({ complete: true, results: [], total: 2 });
});

test('[ANN-02] a stream that cannot begin is refused like any other request', async () => {
  const { url } = await serve({});
  const refused = await fetch(`${url}/api/v1/search?insee=99999`, { headers: stream });
  expect([refused.status, refused.headers.get('content-type')]).toEqual([404, expect.stringContaining('application/problem+json')]);
  expect(await refused.json()).toMatchObject({ code: 'place-not-found', detail: expect.stringContaining('99999') });
  expect((await fetch(`${url}/api/v1/search`)).status).toBe(400);
  expect((await fetch(`${url}/api/v1/search?lat=200&lon=1`)).status).toBe(400);
});

test('[AGR-20] a stream that fails on the way ends with the problem, what was shown before stays', async () => {
  const { url, deps } = await serve({ candidates: [doctor(1)] });
  deps.availability.ownSlots = () => new Promise((_, reject) => setTimeout(() => reject(new Error('away')), 50));
  const events = eventsOf(await (await fetch(url + path, { headers: stream })).text());
  expect(events.map(([name]) => name)).toEqual(['candidates', 'error']);
  expect(events[1]![1]).toMatchObject({ status: 500, code: 'internal-error', instance: '/api/v1/search' });
});

test.each([['a stream', stream], ['one answer', {}]])(
  '[AGR-20] when the operator leaves %s, the vendors are told to stop, and the search never passes for an unmet need',
  async (_, headers) => {
    const { url, deps, search: service } = await serve({ candidates: [doctor(1)], vendors: [{ name: 'Lent', answer: () => new Promise(() => undefined) }] });
    const asked = Promise.withResolvers<void>();
    const stopped = Promise.withResolvers<void>();
    deps.availability.askVendors = (_question, _onAnswer, signal) => {
      asked.resolve();
      return new Promise((resolve) => signal!.addEventListener('abort', () => (stopped.resolve(), resolve())));
    };
    const leaving = new AbortController();
    const answer = fetch(url + path, { headers, signal: leaving.signal }).then((response) => response.text());
    await asked.promise;
    leaving.abort();
    await expect(answer).rejects.toThrow();
    await stopped.promise;
    const kept = () => deps.database.for('orientation').query(sql`select kind from orientation.search_event where kind = 'source'`);
    await expect.poll(kept).toEqual([{ kind: 'source' }]);
    const manager: Actor = { ...osnp, roles: ['responsable-sas'] };
    expect(await service.needs({ territory: '86', from: '2026-01-13', to: '2026-01-13' }, manager)).toEqual({ communes: [] });
  },
);

test('[RDV-08] a refusal is noted over HTTP; the proof is closed to other territories', async () => {
  const { url, search: service } = await serve({ candidates: [doctor(1)] });
  const { searchId } = await (await fetch(url + path)).json();
  const send = (body: unknown) =>
    fetch(`${url}/api/v1/search/${searchId}/events`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  expect((await send({ kind: 'refused', rank: 1, reason: 'no-answer' })).status).toBe(201);
  expect((await send({ kind: 'refused', rank: 9, reason: 'no-answer' })).status).toBe(422);
  expect((await send({ kind: 'refused', rank: 1, reason: 'Madame X est souffrante' })).status).toBe(422);
  const read = await (await fetch(`${url}/api/v1/search/${searchId}/proof`)).json();
  expect(routes.proof.response.parse(read)).toMatchObject({ identical: true });
  expect(read.events.at(-1)).toMatchObject({ kind: 'refused', payload: { rank: 1, key: `${idOf(1)}@adr:1`, reason: 'no-answer', by: 'osnp-1' } });
  await expect(service.proof(searchId, { ...osnp, territories: ['79'] })).rejects.toMatchObject({ code: 'territory-not-covered', status: 403 });
});
