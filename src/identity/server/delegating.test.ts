import Fastify from 'fastify';
import cookie from '@fastify/cookie';
import { z } from 'zod';
import { expect, test } from 'vitest';
import { toProblem } from '../../foundation/http/problem.ts';
import { registerRoutes } from '../../foundation/http/register.ts';
import { defineRoute } from '../../foundation/http/route.ts';
import { actsFor, type Actor } from '../contract.ts';
import { createAuthentication, SESSION_COOKIE } from './authentication.ts';
import { openIdentity, practising, sos } from './identity.fixture.ts';

type World = Awaited<ReturnType<typeof openIdentity>>;
const asked = { email: 'secretaire@demo.example', lastName: 'Secrétaire', firstName: 'Ida', nationalId: practising, scopes: ['agenda'], from: '2026-01-13', until: '2026-03-31' };
const delegate = (world: World, by: Actor, more: object = {}) => world.api(by, 'POST', '/api/v1/delegations', { ...asked, ...more });

async function open() {
  const world = await openIdentity();
  return {
    world, doctor: await world.person('Docteur', [['effecteur', '86']], { nationalId: practising }), secretary: await world.person('Secretaire', []),
    manager: await world.person('Gestion', [['gestionnaire-comptes', '86']]),
  };
}
const again = (world: World, { accountId }: Actor) => world.accounts.actor(accountId);
const mine = { nationalId: practising, structureId: null };

test('[ACT-18] a delegation lets somebody act for its scopes alone, and both see it', async () => {
  const { world, doctor, secretary } = await open();
  const given = (await delegate(world, doctor)).json();
  expect(given).toMatchObject({ state: 'in-force', subject: 'Docteur', revocable: true, delegate: { name: 'Secretaire', invited: false }, validUntil: '2026-03-31T22:00:00Z' });
  const actor = (await again(world, secretary))!;
  expect([actsFor(actor, 'agenda', mine), actsFor(actor, 'participation', mine), actsFor(actor, 'requests', mine)]).toEqual([true, false, false]);
  expect((await world.api(doctor, 'GET', '/api/v1/delegations')).json()).toMatchObject({ given: [{ id: given.id }], received: [], subjects: [{ nationalId: practising, name: 'Docteur' }] });
  expect((await world.api(secretary, 'GET', '/api/v1/delegations')).json()).toMatchObject({ given: [], received: [{ id: given.id, subject: 'Docteur', grantedBy: 'Docteur' }], subjects: [] });
  expect(world.letters.map(({ kind, to }) => `${kind} ${to}`)).toEqual(['delegation secretaire@demo.example']);
  expect(await world.journal('granted')).toMatchObject([{ actor: doctor.accountId, territory: '86' }]);
});

test('[ACT-18] whoever has no account is invited; a structure manager delegates for his structures', async () => {
  const { world } = await open();
  const manager = await world.person('Max', [['gestionnaire-structure', '86', sos.id]]);
  const given = await delegate(world, manager, { nationalId: null, structureId: sos.id, email: 'nouvelle@demo.example', scopes: ['agenda', 'requests'] });
  expect(given.json()).toMatchObject({ subject: sos.name, delegate: { invited: true, name: 'Ida Secrétaire' } });
  expect(world.letters.map(({ kind }) => kind)).toEqual(['invitation', 'delegation']);
});

test('[ACT-18] nobody delegates for somebody else, to himself, without an end, in the past or for more than a year', async () => {
  const { world, doctor, secretary } = await open();
  const code = async (by: Actor, more: object) => (await delegate(world, by, more)).json().code;
  expect(await code(doctor, { nationalId: '810000000099' })).toBe('subject-out-of-reach');
  expect(await code(doctor, { nationalId: null, structureId: sos.id })).toBe('subject-out-of-reach');
  expect(await code(doctor, { email: 'DOCTEUR@demo.example' })).toBe('delegate-self');
  expect(await code(doctor, { until: undefined })).toBe('invalid-input');
  expect(await code(doctor, { scopes: [] })).toBe('invalid-input');
  expect(await code(doctor, { from: '2026-01-12' })).toBe('delegation-dates');
  expect(await code(doctor, { until: '2027-01-14' })).toBe('delegation-dates');
  await delegate(world, doctor);
  expect(await code(doctor, { until: '2026-02-01' })).toBe('already-delegated');
  expect(await code((await again(world, secretary))!, {})).toBe('permission-denied');
  expect((await world.journal('refused')).map(({ payload }) => payload.code ?? 'route')).toEqual(['subject-out-of-reach', 'subject-out-of-reach', 'route']);
});

test('[ACT-18] it is ended at once by whoever gave it, its holder or the account manager of the territory, and by nobody else', async () => {
  const { world, doctor, secretary, manager } = await open();
  const stranger = await world.person('Autre', [['effecteur', '86']], { nationalId: '810000000041' });
  const elsewhere = await world.person('Loin', [['gestionnaire-comptes', '79']]);
  const revoke = (by: Actor, id: string) => world.api(by, 'POST', `/api/v1/delegations/${id}/revoke`);
  for (const by of [doctor, secretary, manager]) {
    const { id } = (await delegate(world, doctor)).json();
    expect((await revoke(stranger, id)).json()).toMatchObject({ code: 'delegation-out-of-reach' });
    expect((await revoke(elsewhere, id)).json()).toMatchObject({ code: 'delegation-out-of-reach' });
    expect((await revoke(by, id)).json()).toMatchObject({ state: 'revoked', revokedBy: by.displayName, revocable: false });
    expect(actsFor((await again(world, secretary))!, 'agenda', mine)).toBe(false);
    expect((await revoke(by, id)).json()).toMatchObject({ code: 'delegation-over' });
  }
});

test('[ACT-18] a delegation that ends in the middle of a session refuses the next request, and says why', async () => {
  const { world, doctor, secretary } = await open();
  await delegate(world, doctor, { until: '2026-01-13' });
  world.clock.set('2026-01-13T20:00:00Z');
  const session = await world.sessions.open(secretary.accountId, null);
  const server = Fastify();
  await server.register(cookie);
  server.setErrorHandler((error, request, reply) => {
    const problem = toProblem(error, request.url, request.id);
    return reply.status(problem.status).send(problem);
  });
  const agenda = defineRoute({ method: 'GET', path: '/agenda', summary: 'Agenda', access: ['effecteur', 'delegataire'], response: z.object({ open: z.boolean() }) });
  registerRoutes(server, { agenda }, { agenda: async () => ({ open: true }) }, createAuthentication(world.database, world.clock, world.accounts, world.sessions));
  const read = () => server.inject({ url: '/agenda', cookies: { [SESSION_COOKIE]: session } });
  expect((await read()).statusCode).toBe(200);
  world.clock.set('2026-01-13T22:59:59Z');
  expect((await read()).statusCode).toBe(200);
  world.clock.advance({ seconds: 1 });
  const refused = await read();
  expect([refused.statusCode, refused.json().code]).toEqual([403, 'delegation-ended']);
  expect(refused.json().detail).toContain('a pris fin');
  expect(await world.journal('refused')).toHaveLength(1);
});

test('[ACT-18] delegations that end within thirty days are told to the account manager of the territory', async () => {
  const { world, doctor, manager } = await open();
  await delegate(world, doctor, { until: '2026-02-10' });
  const ending = async () => (await world.api(manager, 'GET', '/api/v1/accounts/to-treat')).json().endingDelegations;
  expect(await ending()).toMatchObject([{ subject: 'Docteur', revocable: true }]);
  world.clock.set('2026-02-12T00:00:00Z');
  expect(await ending()).toEqual([]);
});
