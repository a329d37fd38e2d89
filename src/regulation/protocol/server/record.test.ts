import Fastify from 'fastify';
import { beforeAll, expect, test } from 'vitest';
import { registerRoutes } from '../../../foundation/http/register.ts';
import { toProblem } from '../../../foundation/http/problem.ts';
import type { Actor } from '../../../identity/contract.ts';
import { qualification } from '../../dossier/server/room.fixture.ts';
import { type GivenAnswer, routes } from '../contract.ts';
import { outcome } from '../domain/tree.fixture.ts';
import { ProtocolTable } from './protocol.fixture.ts';
import { protocolHandlers } from './routes.ts';

let table: ProtocolTable;
beforeAll(async () => {
  table = await ProtocolTable.open();
});

const given = (...pairs: [string, string][]): GivenAnswer[] => pairs.map(([question, answer]) => ({ question, answer }));
const toAmu = given(['conscient', '1'], ['douleur', 'o'], ['depuis', '1']);
const amu = { priority: 'P1', filiere: 'AMU' } as const;
const snp = { priority: 'P3', filiere: 'SNP' } as const;
const refusal = (work: Promise<unknown>) => work.then(() => null, (error: unknown) => error as { code: string; status: number });

test('[PROT-02, US-N1-02] the path is walked again in its version and kept in the dossier, once', async () => {
  const { protocols, arm, room } = table;
  const { id, version } = await table.inForce();
  const dossier = await room.opened();
  const path = { protocolId: id, version, answers: toAmu, retained: amu };
  expect(await protocols.record(arm, dossier.id, path)).toEqual({ outcome: 'amu', overridden: false });
  expect(await protocols.record(arm, dossier.id, path), 'pressed twice').toEqual({ outcome: 'amu', overridden: false });
  expect((await room.dossiers.get(arm, dossier.id)).protocol).toEqual({ id, version, answers: toAmu, overridden: false });
  expect((await room.events(dossier.id)).filter(({ event }) => event === 'protocol')).toMatchObject([{ actor: arm.accountId, payload: { version, answers: toAmu } }]);
  expect((await room.events(id)).filter(({ event }) => event === 'protocol-used')).toMatchObject([{ actor: arm.accountId, payload: { dossierId: dossier.id, outcome: 'amu', retained: amu } }]);
  expect((await protocols.usage(table.mru, { protocolId: id })).versions).toMatchObject([{ id, version: 1, uses: 1, overridden: 0, title: 'Fièvre (fictif)' }]);
});

test('[PROT-02] what is no path of the version named is refused, and the dossier keeps nothing', async () => {
  const { protocols, arm, room } = table;
  const { id } = await table.inForce(undefined, 'Toux (fictif)');
  const dossier = await room.opened();
  const ask = (more: object) => refusal(protocols.record(arm, dossier.id, { protocolId: id, version: 1, answers: toAmu, retained: amu, ...more }));
  expect(await ask({ answers: given(['douleur', 'o']) })).toMatchObject({ status: 422, code: 'not-a-path' });
  expect(await ask({ answers: given(['conscient', 'z']) })).toMatchObject({ code: 'not-a-path' });
  expect(await ask({ version: 9 })).toMatchObject({ status: 404 });
  const draft = await table.written(undefined, 'Jamais validé (fictif)');
  expect(await ask({ protocolId: draft.id })).toMatchObject({ status: 409, code: 'protocol-not-in-force' });
  expect(await refusal(protocols.record({ ...arm, territories: ['17'] }, dossier.id, { protocolId: id, version: 1, answers: toAmu, retained: amu }))).toMatchObject({ status: 404 });
  expect(await refusal(protocols.record(arm, '00000000-0000-4000-8000-000000000000', { protocolId: id, version: 1, answers: toAmu, retained: amu }))).toMatchObject({ code: 'dossier-not-found' });
  expect((await room.dossiers.get(arm, dossier.id)).protocol).toBeNull();
  expect((await protocols.usage(table.mru, { protocolId: id })).versions).toEqual([]);
});

test('[PROT-07] keeping something else needs a reason, except to go to P0; overrides and later requalifications are counted', async () => {
  const { protocols, arm, room, mru } = table;
  const { id } = await table.inForce(undefined, 'Malaise (fictif)');
  const path = { protocolId: id, version: 1, answers: toAmu };
  const [kept, changed, left] = [await room.opened(), await room.opened(), await room.opened()];
  expect(await refusal(protocols.record(arm, changed.id, { ...path, retained: snp }))).toMatchObject({ status: 422, code: 'override-reason-required' });
  expect(await protocols.record(arm, changed.id, { ...path, retained: snp, reason: 'l’appelant va mieux' })).toEqual({ outcome: 'amu', overridden: true });
  expect(await protocols.record(arm, left.id, { ...path, answers: toAmu.slice(0, 1), retained: { priority: 'P0', filiere: 'AMU' } })).toEqual({ outcome: null, overridden: true });
  await protocols.record(arm, kept.id, { ...path, retained: amu });
  const qualified = await room.play(await room.dossiers.get(arm, kept.id), [arm, qualification({ filiere: 'AMU' })]);
  expect((await protocols.usage(mru, { protocolId: id })).versions).toMatchObject([{ uses: 3, overridden: 2, requalified: 0 }]);
  room.clock.advance({ minutes: 3 });
  await room.play(qualified, [mru, { action: 'requalify', filiere: 'SNP', reason: 'finalement non urgent' }]);
  const usage = await protocols.usage(mru, { protocolId: id });
  expect(usage.versions).toMatchObject([{ uses: 3, overridden: 2, requalified: 1 }]);
  expect(usage.outcomes).toMatchObject([{ outcome: 'amu', priority: 'P1', uses: 2, overridden: 1, requalified: 1 }, { outcome: null, label: 'Quitté avant la fin', uses: 1 }]);
  expect(usage.days).toEqual([{ day: '2026-01-13', uses: 3, overridden: 2 }]);
  expect(usage.overrides.map(({ reason, proposed, retained }) => [reason, proposed, retained])).toEqual(expect.arrayContaining([['l’appelant va mieux', amu, snp], ['', null, { priority: 'P0', filiere: 'AMU' }]]));
  expect((await protocols.usage(mru, { protocolId: id, from: '2026-01-14', to: '2026-01-20' })).versions).toEqual([]);
  expect(await refusal(protocols.usage(mru, { from: '2026-01-01', to: '2026-12-31' }))).toMatchObject({ code: 'period-wrong' });
});

test('[PROT-02] a new version never changes a path recorded with the one before, and a call under way may end with it', async () => {
  const { protocols, arm, room } = table;
  const { id } = await table.inForce(undefined, 'Vertige (fictif)');
  const [before, during] = [await room.opened(), await room.opened()];
  await protocols.record(arm, before.id, { protocolId: id, version: 1, answers: toAmu, retained: amu });
  await table.replaced(id, {
    first: 'seule', questions: [{ id: 'seule', text: 'Une seule question ?', help: '', answers: [{ key: '1', label: 'oui', next: { outcome: 'a' } }, { key: '2', label: 'non', next: { outcome: 'a' } }] }], outcomes: [outcome('a')],
  });
  expect((await room.dossiers.get(arm, before.id)).protocol).toMatchObject({ version: 1, answers: toAmu });
  expect(await protocols.record(arm, during.id, { protocolId: id, version: 1, answers: toAmu, retained: amu })).toMatchObject({ outcome: 'amu' });
  expect(await refusal(protocols.record(arm, during.id, { protocolId: id, version: 2, answers: toAmu, retained: amu }))).toMatchObject({ code: 'not-a-path' });
});

test('[ACT-02, PROT-01] over HTTP: the first level reads and records, doctors and the head write, others are refused', async () => {
  const refused: string[] = [];
  const app = Fastify();
  app.setErrorHandler((error, request, reply) => {
    const problem = toProblem(error, request.url, request.id);
    return reply.status(problem.status).send(problem);
  });
  const { staff } = table.room;
  registerRoutes<typeof routes, Actor>(app, routes, protocolHandlers(table.protocols), {
    actorOf: async (request) => Object.values(staff).find((one) => one.displayName === request.headers['x-who']) ?? null,
    rolesOf: (actor) => actor.roles,
    onRefused: async (actor, request) => void refused.push(`${actor.displayName} ${request.method}`),
  });
  const call = async (who: Actor, method: 'GET' | 'POST', url: string, payload?: object) => {
    const answer = await app.inject({ method, url, headers: { 'x-who': who.displayName }, ...(payload ? { payload } : {}) });
    return { status: answer.statusCode, body: answer.json() };
  };
  const body = { kind: 'arbre', title: 'Brûlure (fictif)' };
  expect((await call(staff.n1, 'GET', '/api/v1/protocols')).status).toBe(200);
  expect((await call(staff.n1, 'POST', '/api/v1/protocols', body)).status).toBe(403);
  expect((await call(staff.ars, 'GET', '/api/v1/protocols')).status).toBe(403);
  expect((await call(staff.n1, 'GET', '/api/v1/protocol-usage')).status).toBe(403);
  const created = await call(staff.mrg, 'POST', '/api/v1/protocols', body);
  expect(created).toMatchObject({ status: 201, body: { status: 'brouillon', title: body.title } });
  expect((await call(staff.n1, 'GET', `/api/v1/protocols/${created.body.id}`)).body.protocol.version).toBe(1);
  expect((await call(staff.mru, 'POST', `/api/v1/protocols/${created.body.id}/submit`, { revision: 1 })).body.errors.length).toBeGreaterThan(5);
  const dossier = await table.room.opened();
  expect((await call(staff.os, 'POST', `/api/v1/dossiers/${dossier.id}/protocol`, { protocolId: created.body.id, version: 1, answers: [], retained: amu })).status).toBe(403);
  expect(refused).toEqual(['Camille N1 POST', 'Agence GET', 'Camille N1 GET', 'Dominique POST']);
});
