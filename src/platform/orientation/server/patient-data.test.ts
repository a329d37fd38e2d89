import { Writable } from 'node:stream';
import Fastify, { type FastifyBaseLogger } from 'fastify';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { actorOf, doctor, insertSlot, structureId } from '../../../../tests/support/agenda.ts';
import type { TestDatabase } from '../../../../tests/support/database.ts';
import { newKey, setUpOrientations } from '../../../../tests/support/orientations.ts';
import { toProblem } from '../../../foundation/http/problem.ts';
import { registerRoutes } from '../../../foundation/http/register.ts';
import { createLogger } from '../../../foundation/log.ts';
import type { Actor } from '../../../identity/contract.ts';
import { createOrientationSchema, orientationActions, routes } from '../contract.ts';
import { orientationHandlers } from './orientation-routes.ts';

const START = '2026-01-13T14:00:00Z';

/** Fictional identities and sentences, each with a mark that nothing else in the database holds. */
const secret = fc.oneof(
  fc.constantFrom('Zoltanovski', 'ZOLTANOVSKI', 'Zoltanovski-Marie', 'zoltanovski.marie', 'ZOLTANOVSKI1947'),
  fc.constantFrom('Marie Zoltanovski', 'M. ZOLTANOVSKI né le 03/02/1947', 'zoltanovski@example.test'),
  fc.constantFrom('247028619412345', '2 47 02 86 194 123 45', '247-02-86-194-123-45', '2470286194123'),
  fc.constantFrom('0649412345', '06 49 41 23 45', '+33649412345', '0033649412345', '06.49.41.23.45'),
  fc.constantFrom('03/02/1947', '1947-02-03', '19470203', '03-02-1947'),
  fc.constantFrom('douleur thoracique depuis ce matin', 'douleur_thoracique', 'dyspnee', 'allergie:penicilline'),
);
const MARKS = ['zoltanovski', '247028619412', '47 02 86', '247-02-86', '649412345', '06 49 41', '06.49.41', '03/02/1947', '1947-02-03', '19470203', '03-02-1947', 'thoracique', 'dyspnee', 'penicilline'];

const fields = [...Object.keys(createOrientationSchema.shape), 'enSus.rpps', 'enSus.structureId', 'enSus.at', 'enSus.emptySearchId', 'enSus.reason'];
const foreignKeys = ['nom', 'patient', 'prenom', 'birthDate', 'NIR', 'telephone', 'motif', 'commentaire', 'x'];

type Smuggle = (body: Record<string, any>, value: string) => unknown;
const ways: Record<string, Smuggle> = {
  ...Object.fromEntries(fields.map((field) => [`in ${field}`, (body: Record<string, any>, value: string) => {
    const [outer, inner] = field.split('.') as [string, string?];
    if (!inner) return { ...body, [outer]: value };
    const { slotId: _slot, ...rest } = body;
    return { ...rest, enSus: { structureId, at: START, ...(inner === 'rpps' ? { structureId: undefined } : {}), [inner]: value } };
  }])),
  ...Object.fromEntries(foreignKeys.map((key) => [`as ${key}`, (body: Record<string, any>, value: string) => ({ ...body, [key]: value })])),
  'as a key': (body, value) => ({ ...body, [value]: 1 }),
  'as a nested key': (body, value) => ({ ...body, enSus: { [value]: true } }),
  'inside a field': (body, value) => ({ ...body, lrmReference: { id: value } }),
  'inside a list': (body, value) => ({ ...body, lrmReference: [value] }),
  'deep inside': (body, value) => ({ ...body, searchId: { a: { b: { c: { d: { e: { f: { g: value } } } } } } } }),
  'as the body': (_body, value) => value,
  'as a list': (_body, value) => [value],
};

/** Every text of every table, as one string. */
async function everything(database: TestDatabase): Promise<string> {
  const { rows: tables } = await database.owner.pool.query(`
    select format('%I.%I', table_schema, table_name) as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema in ('foundation', 'identity', 'territory', 'directory', 'participation', 'availability', 'orientation')`);
  const texts = await Promise.all(tables.map(async ({ name }) => (await database.owner.pool.query(`select coalesce(string_agg(t::text, ' '), '') as all from ${name} t`)).rows[0].all));
  return texts.join('\n').toLowerCase();
}

/** The routes behind a real HTTP server, with its log kept as text. */
async function serve(world: Awaited<ReturnType<typeof setUpOrientations>>) {
  let log = '';
  const sink = new Writable({ write: (chunk, _encoding, done) => { log += chunk; done(); } });
  const server = Fastify({ loggerInstance: createLogger('trace', sink) as FastifyBaseLogger });
  server.setErrorHandler((error, request, reply) => {
    request.log.warn({ err: error }, 'refused');
    const problem = toProblem(error, request.url, request.id);
    return reply.status(problem.status).send(problem);
  });
  const actors: Record<string, Actor> = { osnp: world.person('osnp'), effecteur: world.person('effecteur', { nationalId: doctor }) };
  const { createOrientation, orientations, orientation, actOnOrientation } = routes;
  registerRoutes(server, { createOrientation, orientations, orientation, actOnOrientation }, orientationHandlers(world.orientations), {
    actorOf: async (request) => actors[String(request.headers['x-test-actor'])] ?? null,
    rolesOf: (actor) => actor.roles,
    onRefused: async () => undefined,
  });
  const call = (url: string, body: unknown, headers: Record<string, string> = {}, actor = 'osnp') =>
    server.inject({ method: 'POST', url, headers: { 'content-type': 'application/json', 'x-test-actor': actor, 'idempotency-key': newKey(), ...headers }, payload: JSON.stringify(body) });
  return { call, server, log: () => log.toLowerCase() };
}

const holdsMark = (text: string) => MARKS.filter((mark) => text.toLowerCase().includes(mark));

test('[SEC-05] [RDV-21] a name, a NIR, a phone, a medical sentence smuggled through any field of any body is refused, echoed nowhere, kept nowhere', async () => {
  const world = await setUpOrientations();
  const { call, log, server } = await serve(world);
  const slotId = await insertSlot(world.database, { start: START, capacity: 5 });
  const made = (await call('/api/v1/orientations', { slotId, lrmReference: 'DRM-86-1' })).json();
  expect(made.status).toBe('PRIS');

  const bodies = fc.tuple(fc.constantFrom(...Object.keys(ways)), secret, fc.constantFrom<'create' | (typeof orientationActions)[number]>('create', ...orientationActions));
  const codes = new Map<string, number>();
  await fc.assert(fc.asyncProperty(bodies, async ([way, value, target]) => {
    const create = target === 'create';
    const body = ways[way]!(create ? { slotId } : {}, value);
    const answer = await call(create ? '/api/v1/orientations' : `/api/v1/orientations/${made.id}/${target}`, body, {}, create ? 'osnp' : 'effecteur');
    expect([way, answer.statusCode]).toEqual([way, 422]);
    codes.set(answer.json().code, (codes.get(answer.json().code) ?? 0) + 1);
    expect(holdsMark(answer.body)).toEqual([]);
  }), { numRuns: 400 });
  expect(codes.get('patient-data-refused')).toBeGreaterThan(300);

  await call('/api/v1/orientations', { slotId }, { 'idempotency-key': 'Marie Zoltanovski 0649412345' });
  await call('/api/v1/orientations/not-an-id/cancel', { nom: 'Zoltanovski' });
  expect(holdsMark(await everything(world.database))).toEqual([]);
  expect(holdsMark(log())).toEqual([]);
  const { history } = await world.orientations.get(world.person('osnp'), made.id);
  expect(history, 'no smuggling moved the orientation').toHaveLength(1);
  await server.close();
}, 120_000);

test('[RDV-21] the refusal names the field, with words of ours only', async () => {
  const world = await setUpOrientations();
  const osnp = actorOf('osnp');
  const refusal = (body: unknown) => world.orientations.create(osnp, body, newKey()).then(() => null, (error) => `${error.code} ${error.fields[0].path}`);
  expect(await refusal({ patient: { nom: 'Zoltanovski' } })).toBe('patient-data-refused patient');
  expect(await refusal({ 'Marie Zoltanovski': 1 })).toBe('patient-data-refused (champ inconnu)');
  expect(await refusal({ enSus: { Prénom: 'Marie' } })).toBe('patient-data-refused enSus.prenom');
  expect(await refusal({ lrmReference: 'ZOLTANOVSKI' })).toBe('patient-data-refused lrmReference');
  expect(await refusal({ lrmReference: 247028619412345 })).toBe('patient-data-refused lrmReference');
  expect(await refusal('Marie Zoltanovski')).toBe('patient-data-refused (corps)');
});

test('[RDV-21] [SUR-06] an association known by its SIRET is asked, although fifteen digits look like a NIR', async () => {
  const world = await setUpOrientations();
  const refusal = (id: string) => world.orientations.create(actorOf('osnp'), { enSus: { structureId: id, at: START, reason: 'doctor-decision' } }, newKey()).then(() => null, ({ code, message }) => `${code} ${message}`);
  expect(await refusal('399900000300015')).toBe(await refusal('1860000999'));
  expect(await refusal('399900000300016')).toContain('patient-data-refused');
  expect(await refusal('247028619412345')).toContain('patient-data-refused');
});

test('[RDV-02] references of regulation files are accepted in the forms that LRMs use', async () => {
  const world = await setUpOrientations();
  const slotId = await insertSlot(world.database, { start: START, capacity: 20 });
  const references = [
    'DRFR158600A2601300001', 'fr.health.samu860.DRFR158600A2601300001', 'DRM-2026-01-13-0042', 'DRM-20260113-42', '2026011300042', '42', 'dossier/86-17',
    '0c6f2a1e-5b0d-4d6e-9a51-0612345678aa', 'urn:oid:1.2.250.1|86:42',
  ];
  for (const lrmReference of references) {
    expect(await world.orientations.create(actorOf('osnp'), { slotId, lrmReference }, newKey())).toMatchObject({ lrmReference });
  }
});
