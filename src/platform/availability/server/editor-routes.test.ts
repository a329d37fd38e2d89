import fastify from 'fastify';
import sql from 'sql-template-tag';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../../../../tests/support/database.ts';
import { registerRoutes } from '../../../foundation/http/register.ts';
import { toProblem } from '../../../foundation/http/problem.ts';
import { silentLogger } from '../../../foundation/log.ts';
import type { Actor, Role } from '../../../identity/contract.ts';
import { routes } from '../contract.ts';
import { doctor, editorSlot } from '../domain/editor.fixture.ts';
import { EditorFailure, type AskEditor } from '../domain/editor.ts';
import { aggregationOf, editorNamed, fullAnswer } from './aggregation.fixture.ts';
import { editorHandlers } from './editor-routes.ts';

const actorOf = (role: Role): Actor => ({
  accountId: 'account-1', displayName: 'Test', email: null, roles: [role], territories: ['86'], nationalId: null, structureIds: [], delegations: [], editor: null,
});

async function serve(ask: AskEditor, role: Role = 'administrateur') {
  const database = await createTestDatabase();
  const { aggregation, clock, search } = await aggregationOf(database, [editorNamed('A', { certPath: '/c.pem', keyPath: '/k.pem' })], ask, {
    checkEditor: async function* () {
      yield { id: 'P01', title: 'Requête', status: 'passed', detail: 'bien formée' };
      yield { id: 'P02', title: 'Lots', status: 'failed', detail: '26 identifiants' };
    },
  });
  const handlers = editorHandlers({
    database, clock, log: silentLogger, aggregation,
    certificateExpiry: async (path) => (path === '/c.pem' ? clock.now().add({ hours: 24 * 10 }) : null),
    participants: async () => [doctor(1), doctor(2), doctor(3), doctor(4)],
  });
  const server = fastify();
  const { editors, saveEditor, removeEditor, editorProblems, testEditor } = routes;
  server.setErrorHandler((error, request, reply) => {
    const problem = toProblem(error, request.url, 'r');
    return reply.status(problem.status).send(problem);
  });
  registerRoutes(server, { editors, saveEditor, removeEditor, editorProblems, testEditor }, handlers, {
    actorOf: async () => actorOf(role), rolesOf: (actor) => actor.roles, onRefused: async () => undefined,
  });
  const get = async (url: string) => (await server.inject(url)).json();
  return { database, aggregation, clock, search, server, get };
}

test('[AGR-16] health of an editor over 24 h: calls, latencies, professionals known, circuit, certificate; share interfaced, slots a day', async () => {
  let mood: 'good' | 'bad' = 'good';
  const { database, aggregation, clock, search, get } = await serve(async (_, question) => {
    if (mood === 'bad') throw new EditorFailure('late', 'Pas de réponse.');
    return { ...fullAnswer(question), problems: [
      { rule: 'phone-format', element: 'Bundle.entry[2].resource.telecom[0].value', severity: 'warning', message: 'numéro non normalisé', sample: '05 49 00 00 01' },
      { rule: 'phone-format', element: 'Bundle.entry[9].resource.telecom[0].value', severity: 'warning', message: 'numéro non normalisé', sample: '05 49 00 00 02' },
    ] };
  });
  await database.for('availability').run(sql`insert into availability.editor_call (editor, flow, at, status, latency_ms, asked, slots)
    select 'A', 'ps', ${clock.now()}::timestamptz - interval '1 hour', 'ok', n, 1, 0 from generate_series(1, 100) n`);
  await database.for('availability').run(sql`insert into availability.editor_call (editor, flow, at, status, latency_ms, asked, slots)
    values ('A', 'ps', ${clock.now()}::timestamptz - interval '25 hours', 'ok', 5000, 1, 900)`);
  await search([doctor(1), doctor(2)]);
  mood = 'bad';
  for (let n = 10; n < 15; n++) await search([doctor(n)]);
  await aggregation.flush();

  const body = routes.editors.response.parse(await get('/api/v1/editors'));
  expect(body.editors).toHaveLength(1);
  expect(body.editors[0]).toMatchObject({
    name: 'A', calls24h: 106, ok24h: 101, late24h: 5, error24h: 0, slots24h: 2, knownProfessionals: 2, problemCount: 1,
    circuit: 'open', suspendedSince: '2026-01-13T08:00:00Z', certificateAlert: 'urgent', certificateExpiresAt: '2026-01-23T08:00:00Z',
    stage: 'PRODUCTION', stageSince: '2026-01-13', lastAnswerAt: '2026-01-13T08:00:00Z',
  });
  expect(body.editors[0]!.latencyMs.p50).toBeCloseTo(50, -1);
  expect(body.editors[0]!.latencyMs.p99).toBeCloseTo(99, -1);
  expect(body.interfaced).toEqual({ participants: 4, interfaced: 2 });
  expect(body.slotsPerDay).toEqual([{ day: '2026-01-13', source: 'A', slots: 2 }]);
});

test('[AGR-16] a slot that comes back in every search counts once a day, across processes', async () => {
  const ask: AskEditor = async (_, question) => ({
    ...fullAnswer(question),
    slots: question.ids.flatMap((nationalId) => [10, 11].map((hour) => editorSlot({
      nationalId, start: Temporal.Instant.from(`2026-01-14T${hour}:00:00Z`), end: Temporal.Instant.from(`2026-01-14T${hour}:15:00Z`) }))),
  });
  const { database, aggregation, clock, search, get } = await serve(ask);
  const other = await aggregationOf(database, [], ask);
  for (let turn = 0; turn < 3; turn++) {
    await search([doctor(1), doctor(2), doctor(3)]);
    await other.search([doctor(2), doctor(3), doctor(4)]);
    clock.advance({ seconds: 30 });
    other.clock.advance({ seconds: 30 });
    await Promise.all([aggregation.flush(), other.aggregation.flush()]);
  }
  expect((await get('/api/v1/editors')).slotsPerDay).toEqual([{ day: '2026-01-14', source: 'A', slots: 8 }]);
});

test('[INT-02] what is wrong at an editor: one line a rule and place, counted, with an example; its last calls with what was asked', async () => {
  const { aggregation, clock, search, server, get } = await serve(async (_, question) => ({
    ...fullAnswer(question),
    problems: question.ids.map((id, n) => ({ rule: 'id-prefix', element: `Bundle.entry[${n}].resource.identifier[0].value`, severity: 'error' as const, message: 'préfixe manquant', sample: id.slice(1) })),
  }));
  await search([doctor(1), doctor(2)]);
  await aggregation.flush();
  clock.advance({ minutes: 1 });
  await search([doctor(1)]);
  await aggregation.flush();
  const body = routes.editorProblems.response.parse(await get('/api/v1/editors/A/problems'));
  expect(body.problems).toEqual([{
    rule: 'id-prefix', element: 'Bundle.entry[*].resource.identifier[*].value', severity: 'error', message: 'préfixe manquant', sample: '10000000001',
    count: 3, firstSeen: '2026-01-13T08:00:00Z', lastSeen: '2026-01-13T08:01:00Z',
  }]);
  expect(body.calls.map(({ at, asked, status }) => [at, asked, status])).toEqual([['2026-01-13T08:01:00Z', 1, 'ok'], ['2026-01-13T08:00:00Z', 2, 'ok']]);
  expect(body.calls[0]!.request).toBe(`ps ids=${doctor(1)} from=2026-01-13T08:01:00Z to=2026-01-15T08:01:00Z`);
  expect((await server.inject('/api/v1/editors/Z/problems')).statusCode).toBe(404);
});

test('[AGR-10] an administrator adds, modifies and removes an editor; an operator may not', async () => {
  const ask: AskEditor = async (_, question) => fullAnswer(question);
  const { server, get } = await serve(ask);
  const saved = await server.inject({ method: 'PUT', url: '/api/v1/editors/Agenda B', payload: { baseUrl: 'https://b.example/fhir', flows: ['cpts'] } });
  expect(saved.json()).toMatchObject({ name: 'Agenda B', origin: 'sas', concurrency: 4, active: true });
  expect((await get('/api/v1/editors')).editors.map(({ name }: { name: string }) => name)).toEqual(['A', 'Agenda B']);
  expect((await server.inject({ method: 'DELETE', url: '/api/v1/editors/Agenda B' })).json()).toEqual({ removed: true });
  expect((await server.inject({ method: 'DELETE', url: '/api/v1/editors/Agenda B' })).json()).toMatchObject({ status: 404, code: 'editor-not-found' });

  const operator = await serve(ask, 'osnp');
  expect((await operator.server.inject({ method: 'DELETE', url: '/api/v1/editors/A' })).statusCode).toBe(403);
});

test('[INT-02] the test of an editor streams its steps then ends', async () => {
  const { server } = await serve(async (_, question) => fullAnswer(question));
  const response = await server.inject({ method: 'POST', url: '/api/v1/editors/A/test' });
  expect(response.headers['content-type']).toContain('text/event-stream');
  expect(response.body.trim().split('\n\n').map((event) => event.split('\n')[0])).toEqual(['event: step', 'event: step', 'event: done']);
  expect((await server.inject({ method: 'POST', url: '/api/v1/editors/Z/test' })).statusCode).toBe(404);
});
