import Fastify from 'fastify';
import sql from 'sql-template-tag';
import { beforeAll, expect, test } from 'vitest';
import { registerRoutes } from '../../../foundation/http/register.ts';
import { toProblem } from '../../../foundation/http/problem.ts';
import { verifyJournal } from '../../../foundation/journal.ts';
import type { Actor } from '../../../identity/contract.ts';
import { routes } from '../contract.ts';
import { actorOf, location, qualification, RoomTable } from './room.fixture.ts';
import { dossierHandlers } from './routes.ts';

let table: RoomTable;
beforeAll(async () => {
  table = await RoomTable.open();
});

/** The room over HTTP; the caller is named by a header. Refusals by role are noted. */
async function server() {
  const refused: string[] = [];
  const app = Fastify();
  app.setErrorHandler((error, request, reply) => {
    const problem = toProblem(error, request.url, request.id);
    return reply.status(problem.status).type('application/problem+json').send(problem);
  });
  const actors = Object.values(table.staff);
  registerRoutes<typeof routes, Actor>(app, routes, dossierHandlers(table.dossiers, table), {
    actorOf: async (request) => actors.find((one) => one.displayName === request.headers['x-who']) ?? null,
    rolesOf: (actor) => actor.roles,
    onRefused: async (actor, request) => void refused.push(`${actor.displayName} ${request.method} ${request.url}`),
  });
  const call = async (who: Actor, method: 'GET' | 'POST' | 'PATCH' | 'PUT', url: string, payload?: object, headers: Record<string, string> = {}) => {
    const answer = await app.inject({ method, url, headers: { 'x-who': who.displayName, ...headers }, ...(payload ? { payload } : {}) });
    return { status: answer.statusCode, body: answer.json(), etag: answer.headers['etag'] as string };
  };
  return { call, refused };
}

test('[ACT-20] ARS and effecteurs never read a dossier: refused, and the refusal is told to the journal', async () => {
  const { call, refused } = await server();
  const { n1, ars, effecteur } = table.staff;
  const dossier = await table.opened();
  for (const who of [ars, effecteur]) {
    for (const url of [`/api/v1/dossiers/${dossier.id}`, `/api/v1/dossiers/${dossier.id}/journal`, '/api/v1/queues', '/api/v1/dossiers?q=dupont', '/api/v1/handover']) {
      expect((await call(who, 'GET', url)).status, url).toBe(403);
    }
    expect((await call(who, 'POST', `/api/v1/dossiers/${dossier.id}/break-glass`, { reason: 'parce que je le veux' })).status).toBe(403);
    await expect(table.dossiers.get(who, dossier.id)).rejects.toMatchObject({ code: 'dossier-out-of-scope' });
  }
  expect(refused).toHaveLength(12);
  expect((await table.events(dossier.id)).filter((one) => one.event === 'refused').map((one) => one.actor)).toEqual([ars.accountId, effecteur.accountId]);
  expect((await call(n1, 'GET', `/api/v1/dossiers/${dossier.id}`)).status).toBe(200);
});

test('[ACT-02, REG-27] ETag and If-Match: 428 without, 412 when the dossier has moved on, 403 journaled, 409 with what is possible, 422 with every field', async () => {
  const { call } = await server();
  const { n1, os, mru } = table.staff;
  const opened = await call(n1, 'POST', '/api/v1/dossiers', { callId: table.ring(null) });
  expect([opened.status, opened.etag, opened.body.step]).toEqual([201, '"1"', 'OUVERT']);
  const url = `/api/v1/dossiers/${opened.body.id}/actions`;
  const act = (who: Actor, body: object, ifMatch?: string) => call(who, 'POST', url, body, ifMatch ? { 'if-match': ifMatch } : {});
  expect(await act(n1, { action: 'qualify' })).toMatchObject({ status: 428, body: { code: 'if-match-required' } });
  const incomplete = await act(n1, { action: 'qualify', priority: 'P9' }, '"1"');
  expect(incomplete).toMatchObject({ status: 422, body: { code: 'incomplete' } });
  expect(incomplete.body.errors.map((one: { path: string }) => one.path).toSorted()).toEqual(['callback', 'filiere', 'location', 'motive', 'priority']);
  const qualified = await act(n1, qualification(), '"1"');
  expect([qualified.status, qualified.etag, qualified.body.step]).toEqual([200, '"2"', 'QUALIFIE']);
  expect(await act(n1, { action: 'send-to-n2' }, '"1"')).toMatchObject({ status: 412, body: { code: 'dossier-moved-on', version: 2 } });
  const impossible = await act(n1, { action: 'defer', agreed: true }, '"2"');
  expect(impossible).toMatchObject({ status: 409, body: { code: 'transition-impossible', state: 'QUALIFIE' } });
  expect(impossible.body.possible).toContain('send-to-n2');
  expect(await act(n1, { action: 'decide', decisions: [] }, '"2"')).toMatchObject({ status: 403, body: { code: 'transition-forbidden' } });
  expect(await act(n1, { action: 'fly' }, '"2"')).toMatchObject({ status: 422, body: { code: 'unknown-action' } });
  expect(await act(mru, { action: 'start-regulation' }, '"2"')).toMatchObject({ status: 403 });
  expect((await table.events(opened.body.id)).filter((one) => one.event === 'refused').map((one) => one.payload['action'])).toEqual(['decide', 'start-regulation']);
  expect(await call(os, 'POST', '/api/v1/dossiers', { callId: table.ring() })).toMatchObject({ status: 403, body: { code: 'transition-forbidden' } });
  expect(await call(n1, 'POST', '/api/v1/dossiers', {})).toMatchObject({ status: 422 });
  expect(await call(n1, 'GET', '/api/v1/dossiers/unknown')).toMatchObject({ status: 404, body: { code: 'dossier-not-found' } });
});

test('[REG-01, TEL-14] a dossier opens on an answered call, once; another call of it keeps its identity', async () => {
  const { n1 } = table.staff;
  await expect(table.dossiers.open(n1, { callId: table.ring(null, { answered: false }) })).rejects.toMatchObject({ code: 'call-not-answered' });
  const callId = table.ring();
  const both = await Promise.allSettled([table.dossiers.open(n1, { callId }), table.dossiers.open(n1, { callId })]);
  expect(both.map((one) => (one.status === 'fulfilled' ? 'opened' : (one.reason as { code: string }).code)).toSorted()).toEqual(['call-has-dossier', 'opened']);
  const rows = await table.database.for('dossier').query(sql`select 1 as one from dossier.call where call_id = ${callId}`);
  expect(rows).toHaveLength(1);
  await expect(table.dossiers.open(n1, { callId })).rejects.toMatchObject({ code: 'call-has-dossier', extra: { dossierId: table.links.get(callId) } });
});

test('[SEC-03] each read, search and refusal is in the journal with its context', async () => {
  const { n1, mru } = table.staff;
  const dossier = await table.opened(n1, '+33549112233');
  await table.dossiers.get(mru, dossier.id, 'renfort');
  const found = await table.dossiers.search(mru, { phone: '05 49 11 22 33', limit: 10 });
  expect(found.map((line) => line.id)).toEqual([dossier.id]);
  await table.dossiers.similar(n1, dossier.id);
  const entries = await table.events(dossier.id);
  expect(entries.map((one) => [one.event, one.actor, one.reason, one.careContext])).toEqual([
    ['open', n1.accountId, null, null], ['read', mru.accountId, 'renfort', 'soins'], ['similar-search', n1.accountId, null, 'soins'],
  ]);
  expect((await table.events(mru.accountId)).at(-1)).toMatchObject({ event: 'search', payload: { phone: '05 49 11 22 33', found: 1 } });
  const shown = await table.dossiers.journal(n1, dossier.id);
  expect(shown.map((one) => one.event)).toEqual(['open', 'read', 'similar-search']);
  expect((await table.events(dossier.id)).at(-1), 'reading the journal is itself a read').toMatchObject({ event: 'journal-read', actor: n1.accountId });
  expect(shown[0]!.payload).toMatchObject({ by: 'Camille N1', t: 'T01', number: dossier.number });
  expect((await verifyJournal(table.database)).broken).toBeNull();
});

test('[SEC-06] breaking the glass: a doctor, with a reason, for an hour; the supervisor is alerted', async () => {
  const { n1, n2, os, mrg, mru } = table.staff;
  const dossier = await table.play(await table.opened(), [n1, { action: 'close-as-d', code: 'ADMIN' }]);
  table.clock.advance({ hours: 25 });
  await table.dossiers.due();
  await table.dossiers.due();
  expect((await table.dossiers.get(n1, dossier.id)).state, 'those who had a hand in it still read it').toBe('CLOTURE');
  await expect(table.dossiers.get(mrg, dossier.id)).rejects.toMatchObject({ code: 'dossier-out-of-scope' });
  for (const who of [n2, os]) await expect(table.dossiers.breakGlass(who, dossier.id, 'je veux savoir')).rejects.toMatchObject({ code: 'break-glass-refused' });
  expect((await table.dossiers.breakGlass(mrg, dossier.id, 'patient retrouvé inconscient, antécédents')).id).toBe(dossier.id);
  expect((await table.announced('break-glass')).at(-1)).toMatchObject({ ids: { dossierId: dossier.id }, audience: { roles: ['superviseur', 'responsable-sas'] } });
  await table.dossiers.get(mrg, dossier.id);
  await expect(table.dossiers.get(mru, dossier.id)).rejects.toMatchObject({ code: 'dossier-out-of-scope' });
  table.clock.advance({ minutes: 61 });
  await expect(table.dossiers.get(mrg, dossier.id)).rejects.toMatchObject({ code: 'dossier-out-of-scope' });
  const told = (await table.events(dossier.id)).filter((one) => one.actor === mrg.accountId).map((one) => [one.event, one.careContext, one.reason]);
  expect(told).toEqual([
    ['refused', null, null], ['break-glass', 'bris de glace', 'patient retrouvé inconscient, antécédents'], ['read', 'bris de glace', null], ['refused', null, null],
  ]);
});

test('[SEC-06, REG-26] the supervisor hears of broken glass and of the P0 that nobody takes, without opening a dossier', async () => {
  const { n1, mru, sv } = table.staff;
  const calm = await table.opened();
  const dossier = await table.play(await table.opened(), [n1, { action: 'engage-p0', motive: { code: 'M02.01', label: 'Arrêt cardiaque' }, location, callback: '0549000001', reflexMeans: ['SMUR.VLM'] }]);
  const mine = async () => (await table.dossiers.roomAlerts(sv)).p0.find((one) => one.dossierId === dossier.id);
  expect(await mine()).toMatchObject({ number: dossier.number, late: false });
  table.clock.advance({ seconds: 11 });
  await table.dossiers.due();
  expect(await mine()).toMatchObject({ late: true });
  await table.dossiers.breakGlass(mru, calm.id, 'avis demandé par un confrère');
  expect((await table.dossiers.roomAlerts(sv)).glass.find((one) => one.dossierId === calm.id)).toMatchObject({ name: 'Dr Urgence', reason: 'avis demandé par un confrère' });
  await table.play(await table.dossiers.get(mru, dossier.id), [mru, { action: 'start-regulation' }]);
  expect(await mine()).toBeUndefined();
  expect((await table.dossiers.roomAlerts(actorOf('superviseur', 'Ailleurs', { territories: ['79'] }))).p0).toEqual([]);
});

test('[ACT-15] every doctor of the territory is there, recorded or not yet', async () => {
  const { mru, sv } = table.staff;
  await table.dossiers.settings.saveRegulator(sv, '86', { accountId: mru.accountId, status: 'hospitalier', filieres: [] });
  const doctors = await table.dossiers.regulators(sv);
  expect(doctors.map((one) => [one.name, one.status])).toEqual(expect.arrayContaining([['Dr Urgence', 'hospitalier'], ['Dr Ville', null], ['Dr Psy', null]]));
  expect(doctors).toHaveLength(3);
});

test('[ACT-20] an OSNP reads his filière and his orders, not the emergencies; another territory reads nothing', async () => {
  const { os } = table.staff;
  const amu = await table.waiting('AMU');
  const snp = await table.waiting('SNP');
  await expect(table.dossiers.get(os, amu.id)).rejects.toMatchObject({ code: 'dossier-out-of-scope' });
  expect((await table.dossiers.get(os, snp.id)).id).toBe(snp.id);
  expect((await table.dossiers.queues(os)).map((one) => one.code)).toEqual(['SNP', 'SUIVI']);
  const elsewhere = actorOf('mru', 'Dr Ailleurs', { territories: ['79'] });
  await expect(table.dossiers.get(elsewhere, amu.id)).rejects.toMatchObject({ code: 'dossier-not-found' });
  expect(await table.dossiers.search(elsewhere, { phone: '0549000001', limit: 10 })).toEqual([]);
});

test('[REG-16, SEC-03] the database itself refuses to change or delete what was signed', async () => {
  const { mru } = table.staff;
  const done = await table.play(await table.waiting('AMU'), [mru, { action: 'start-regulation' }], [mru, { action: 'decide', decisions: [{ type: 'CONSEIL', careLevel: 'R4' }] }]);
  await table.dossiers.addNote(mru, done.id, { kind: 'medicale', text: 'Rappeler si fièvre' });
  const db = table.database.for('dossier');
  for (const statement of [
    sql`update dossier.act set role = 'mrg'`, sql`delete from dossier.act`, sql`update dossier.decision set type = 'SMUR'`, sql`update dossier.note set text = 'x'`,
    sql`delete from dossier.dossier where id = ${done.id}`, sql`delete from dossier.call`,
  ]) await expect(db.run(statement)).rejects.toThrow('only added to');
  await expect(db.run(sql`
    insert into dossier.decision (territory, dossier_id, act_id, id, at, type, care_level, role)
    values ('86', ${done.id}, ${done.acts[0]!.id}, gen_random_uuid(), now(), 'CONSEIL', 'R4', 'osnp')`)).rejects.toThrow('decision_role_check');
  await expect(db.run(sql`update dossier.dossier set priority = 'P0', step = 'ATTENTE_MR' where id = ${done.id}`), 'I5 in the base too').rejects.toThrow('check constraint');
});

test('[SEC-09] the national health number is refused in every text, and not repeated', async () => {
  const { n1, mru } = table.staff;
  const dossier = await table.play(await table.opened(), [n1, qualification()]);
  const nir = '1860586194012';
  const refusal = { code: 'national-health-number-refused', status: 422 };
  for (const attempt of [
    () => table.dossiers.update(n1, dossier.id, { base: 2, patient: { history: `vu en 2020, ${nir}` } }),
    () => table.dossiers.addNote(n1, dossier.id, { kind: 'medicale', text: `NIR ${nir}` }),
    () => table.dossiers.act(mru, dossier.id, { action: 'requalify', filiere: 'SNP', reason: nir }, '*'),
  ]) {
    const error = await attempt().then(() => null, (failure: unknown) => failure);
    expect(error).toMatchObject(refusal);
    expect(JSON.stringify(error)).not.toContain(nir);
  }
  await expect(table.dossiers.update(n1, dossier.id, { base: 2, patient: { trust: 'qualifiee' } })).rejects.toMatchObject({ code: 'identity-trust' });
});

test('[REG-20] the location told with an action fills the dossier, what it leaves out has a value', async () => {
  const { n1, mrg } = table.staff;
  const dossier = await table.play(await table.opened(), [n1, qualification({ filiere: 'SNP', location: { ...location, lat: 46.58, lon: 0.34 } })]);
  expect((await table.dossiers.get(mrg, dossier.id)).location).toMatchObject({ city: 'Poitiers', lat: 46.58, unknownReason: null });
});

test('[REG-25] N1 sends a listed case straight to an OSNP; nothing ends without a doctor’s act or validation', async () => {
  const { n1, os, mrg } = table.staff;
  const taken = await table.play(await table.opened(), [n1, qualification({ filiere: 'SNP', priority: 'P3' })], [n1, { action: 'send-to-n2' }], [os, { action: 'take' }]);
  for (const action of ['complete', 'decide', 'execute']) expect((await table.refused(os, taken, { action, decisions: [{ type: 'CONSULTATION', careLevel: 'R4' }] })).status, action).toBeGreaterThanOrEqual(403);
  const asked = await table.play(taken, [os, { action: 'request-validation', reason: 'cas du protocole', answer: 'rendez-vous en ville', motive: 'Mal de gorge' }]);
  expect(asked).toMatchObject({ step: 'A_VALIDER_MR', queue: 'VALIDATION' });
  expect((await table.refused(os, asked, { action: 'complete' })).status).toBeGreaterThanOrEqual(403);
  const validated = await table.play(asked, [mrg, { action: 'validate', readingConfirmed: true, careLevel: 'R4', decisions: [{ type: 'CONSULTATION' }] }]);
  expect(validated).toMatchObject({ type: 'DRM', acts: [{ mode: 'validation', role: 'mrg' }] });
});

test('[REG-24] the answer that a protocol gives to the assistant waits for a doctor’s signature; the list that needs none is the approved one', async () => {
  const { n1, mrg, head } = table.staff;
  const answer = { action: 'request-validation', category: 'DR.DREG.DRARM', motive: 'Diarrhée', answer: 'Boire par petites gorgées' };
  const waiting = await table.play(await table.opened(), [n1, answer]);
  expect(waiting).toMatchObject({ step: 'A_VALIDER_MR', validation: { whitelisted: false, category: 'DR.DREG.DRARM' } });
  expect(await table.play(waiting, [mrg, { action: 'validate', readingConfirmed: true }])).toMatchObject({ step: 'DECIDE' });

  const { rules, version } = await table.dossiers.settings.of(table.database.for('dossier'), '86');
  const approved = await table.dossiers.settings.saveRules(head, '86', { ...rules, withoutDoctor: [...rules.withoutDoctor, 'DR.DREG.DRARM'] }, 'CODIR du 12 janvier');
  expect(approved).toBeGreaterThan(version);
  expect(await table.play(await table.opened(), [n1, answer])).toMatchObject({ validation: { whitelisted: true } });
  await table.dossiers.settings.saveRules(head, '86', rules, 'retour à la liste précédente');
});
