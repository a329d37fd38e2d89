import { expect, test } from 'vitest';
import type { Actor } from '../contract.ts';
import { openIdentity, sos, zoe } from './identity.fixture.ts';

type World = Awaited<ReturnType<typeof openIdentity>>;
const valdor = { lastName: 'Valdor', firstName: 'Inès', email: 'ines@demo.example', phone: '+33199000001', department: '86', team: 'mg', available: { amount: 60, unit: 'percent' } };
const create = (world: World, by: Actor, more: object = {}) => world.api(by, 'POST', '/api/v1/accounts', { ...valdor, grants: [{ role: 'osnp', territory: '86' }], ...more });

async function open() {
  const world = await openIdentity();
  return { world, manager: await world.person('Gestion', [['gestionnaire-comptes', '86']]) };
}

test('[ACT-01] [ACT-13] an account manager opens an account with its card of the map of actors; an invitation leaves; nothing is opened twice', async () => {
  const { world, manager } = await open();
  const account = (await create(world, manager)).json();
  expect(account).toMatchObject({ ...valdor, state: 'invited', possible: ['invite', 'suspend'] });
  expect(world.letters).toMatchObject([{ kind: 'invitation', to: 'ines@demo.example' }]);
  expect((await create(world, manager, { email: 'INES@demo.example' })).json()).toMatchObject({ code: 'email-taken' });
  expect((await create(world, manager, { email: 'b@demo.example', grants: [] })).statusCode).toBe(422);
  expect((await create(world, manager, { email: 'b@demo.example', grants: [{ role: 'effecteur', territory: '86' }] })).json()).toMatchObject({ code: 'national-id-needed' });
  expect((await create(world, manager, { email: 'b@demo.example', grants: [{ role: 'gestionnaire-structure', territory: '86', structureId: 'autre' }] })).json()).toMatchObject({ code: 'structure-needed' });
  expect((await world.database.owner.pool.query('select count(*)::int as n from identity.account')).rows).toEqual([{ n: 2 }]);
});

test('[ACT-02] [ACT-17] another territory by editing the address is refused and journaled, whether the list, an account, a role or a request', async () => {
  const { world, manager } = await open();
  const elsewhere = await world.person('Loin', [['osnp', '79']]);
  const id = elsewhere.accountId;
  const refused = [
    await world.api(manager, 'GET', '/api/v1/accounts?territory=79'),
    await world.api(manager, 'GET', `/api/v1/accounts/${id}`),
    await world.api(manager, 'PUT', `/api/v1/accounts/${id}`, valdor),
    await world.api(manager, 'POST', `/api/v1/accounts/${id}/suspend`, {}),
    await world.api(manager, 'POST', `/api/v1/accounts/${id}/grants`, { role: 'osnp', territory: '86' }),
    await create(world, manager, { grants: [{ role: 'osnp', territory: '79' }] }),
    await create(world, manager, { grants: [{ role: 'administrateur', territory: '86' }] }),
  ];
  expect(refused.map(({ statusCode }) => statusCode)).toEqual(refused.map(() => 403));
  expect((await world.journal('refused')).map(({ payload }) => payload.code)).toEqual([
    'territory-out-of-reach', 'account-out-of-reach', 'account-out-of-reach', 'account-out-of-reach', 'account-out-of-reach', 'role-out-of-reach', 'role-out-of-reach',
  ]);
  expect((await world.api(manager, 'GET', '/api/v1/accounts')).json().accounts.map((one: { id: string }) => one.id)).toEqual([manager.accountId]);
  expect(await world.accounts.actor(id)).toMatchObject({ roles: ['osnp'], territories: ['79'] });
});

test('[ACT-02] a right held elsewhere by the same person lends nothing: role and territory go together', async () => {
  const { world } = await open();
  const both = await world.person('Double', [['gestionnaire-comptes', '86'], ['effecteur', '79']]);
  expect((await world.api(both, 'GET', '/api/v1/accounts?territory=79')).statusCode).toBe(403);
  expect((await create(world, both, { grants: [{ role: 'osnp', territory: '79' }] })).statusCode).toBe(403);
});

test('[ACT-17] nobody changes his own rights, nor an account above his own or with rights out of his reach', async () => {
  const { world, manager } = await open();
  const head = await world.person('Chef', [['administrateur', '86']]);
  const shared = await world.person('Partage', [['osnp', '86'], ['mrg', '79']]);
  const codes = [
    await world.api(manager, 'POST', `/api/v1/accounts/${manager.accountId}/grants`, { role: 'osnp', territory: '86' }),
    await world.api(manager, 'POST', `/api/v1/accounts/${head.accountId}/suspend`, {}),
    await world.api(manager, 'PUT', `/api/v1/accounts/${shared.accountId}`, valdor),
  ].map((answer) => answer.json().code);
  expect(codes).toEqual(['own-account', 'account-above', 'account-above']);
  expect((await world.api(head, 'POST', `/api/v1/accounts/${manager.accountId}/suspend`, {})).json()).toMatchObject({ state: 'suspended' });
});

test('[ACT-01] suspended, one is out at once; reopened, one comes back; vendors are told each time', async () => {
  const { world, manager } = await open();
  const osnp = await world.person('Osnp', [['osnp', '86']]);
  const session = await world.sessions.open(osnp.accountId, null);
  const act = (event: string) => world.api(manager, 'POST', `/api/v1/accounts/${osnp.accountId}/${event}`, {});
  expect((await act('suspend')).json()).toMatchObject({ state: 'suspended', possible: ['reopen'] });
  expect(await world.sessions.find(session)).toBeNull();
  expect(await world.accounts.actor(osnp.accountId)).toBeNull();
  expect((await act('suspend')).json()).toMatchObject({ code: 'account-state' });
  expect((await act('reopen')).json()).toMatchObject({ state: 'active' });
  expect(await world.accounts.actor(osnp.accountId)).toMatchObject({ roles: ['osnp'] });
  expect(world.regulators).toEqual([osnp.accountId, osnp.accountId]);
  const { history } = (await world.api(manager, 'GET', `/api/v1/accounts/${osnp.accountId}`)).json();
  expect(history.map(({ event, by }: { event: string; by: string }) => `${by} ${event}`)).toEqual(['Gestion reopen', 'Gestion suspend']);
});

test('[ACT-01] roles are given until a day and taken back; vendors hear of a change of name, of address, of regulator role, and of nothing else', async () => {
  const { world, manager } = await open();
  const person = await world.person('Ana', [['effecteur', '86']], { nationalId: zoe.nationalId });
  const path = `/api/v1/accounts/${person.accountId}`;
  await world.api(manager, 'POST', `${path}/grants`, { role: 'superviseur', territory: '86' });
  expect(world.regulators).toHaveLength(0);
  const { grants } = (await world.api(manager, 'POST', `${path}/grants`, { role: 'mrg', territory: '86', validUntil: '2026-01-20' })).json();
  expect(world.regulators).toHaveLength(1);
  expect((await world.accounts.actor(person.accountId))!.roles.toSorted()).toEqual(['effecteur', 'mrg', 'superviseur']);
  world.clock.set('2026-01-20T23:00:00Z');
  expect((await world.accounts.actor(person.accountId))!.roles.toSorted()).toEqual(['effecteur', 'superviseur']);
  world.clock.set('2026-01-14T08:00:00Z');
  const mrg = grants.find((grant: { role: string }) => grant.role === 'mrg').id;
  expect((await world.api(manager, 'DELETE', `${path}/grants/${mrg}`)).statusCode).toBe(200);
  expect((await world.api(manager, 'DELETE', `${path}/grants/${mrg}`)).json()).toMatchObject({ code: 'grant-not-found' });
  expect(world.regulators).toHaveLength(2);
  const details = { ...valdor, lastName: 'Ana', firstName: 'Prénom', email: 'ana@demo.example' };
  await world.api(manager, 'PUT', path, { ...details, phone: '+33199000009' });
  expect(world.regulators).toHaveLength(2);
  await world.api(manager, 'PUT', path, { ...details, email: 'ana.nouvelle@demo.example' });
  expect(world.regulators).toHaveLength(3);
});

test('[STR-01] a structure manager asks for an account; the managers of the territory alone see it; accepted, an invitation leaves; refused, the reason is told', async () => {
  const { world, manager } = await open();
  const other = await world.person('Ailleurs', [['gestionnaire-comptes', '79']]);
  const request = (email: string, more: object = {}) => world.api(null, 'POST', '/api/v1/account-requests', { email, lastName: 'Sos', firstName: 'Max', territory: '86', structureId: sos.id, ...more });
  expect((await world.api(null, 'GET', '/api/v1/account-requests/choices?territory=86')).json().structures).toEqual([{ id: sos.id, name: sos.name, city: 'Poitiers' }]);
  expect((await request('max@sos.example', { territory: '79' })).json()).toMatchObject({ code: 'structure-unknown' });
  world.clock.advance({ minutes: 1 });
  expect((await request('max@sos.example')).statusCode).toBe(202);
  world.clock.advance({ minutes: 1 });
  expect((await request('ana@sos.example')).statusCode).toBe(202);
  expect((await world.api(other, 'GET', '/api/v1/accounts/to-treat')).json().requests).toEqual([]);
  const [first, second] = (await world.api(manager, 'GET', '/api/v1/accounts/to-treat')).json().requests;
  expect(first).toMatchObject({ email: 'max@sos.example', structureName: sos.name });
  expect((await world.api(other, 'POST', `/api/v1/account-requests/${first.id}/accept`)).json()).toMatchObject({ code: 'territory-out-of-reach' });
  const opened = (await world.api(manager, 'POST', `/api/v1/account-requests/${first.id}/accept`)).json();
  expect(opened).toMatchObject({ state: 'invited', grants: [{ role: 'gestionnaire-structure', structureId: sos.id, structureName: sos.name }] });
  expect((await world.api(manager, 'POST', `/api/v1/account-requests/${first.id}/refuse`, { reason: 'incomplete' })).json()).toMatchObject({ code: 'request-decided' });
  expect((await world.api(manager, 'POST', `/api/v1/account-requests/${second.id}/refuse`, { reason: 'already-managed' })).statusCode).toBe(200);
  expect(world.letters.map(({ kind, to }) => `${kind} ${to}`)).toEqual(['invitation max@sos.example', 'refusal ana@sos.example']);
});

test('[STR-01] requests are few from one address', async () => {
  const { world } = await open();
  const answers = [];
  for (let asked = 0; asked < 12; asked++) {
    answers.push((await world.api(null, 'POST', '/api/v1/account-requests', { email: `${asked}@sos.example`, lastName: 'S', firstName: 'M', territory: '86', structureId: sos.id })).statusCode);
  }
  expect(answers).toEqual([...Array(10).fill(202), 429, 429]);
});

test('[ACT-13] [ACT-14] [ACT-19] the actors of the SAS are those of the team of my territories, by level; my own account says my rights and sign-ins', async () => {
  const { world, manager } = await open();
  const osnp = await world.person('Osnp', [['osnp', '86']]);
  await world.person('Mru', [['mru', '86']]);
  await world.person('Effecteur', [['effecteur', '86']]);
  await world.person('Loin', [['arm', '79']]);
  const actors = async (by: Actor) => (await world.api(by, 'GET', '/api/v1/actors')).json().actors.map((one: { lastName: string; level: string; editable: boolean }) => `${one.lastName} ${one.level} ${one.editable}`);
  expect(await actors(manager)).toEqual(['Gestion secretariat false', 'Mru amu true', 'Osnp mg true']);
  expect(await actors(osnp)).toEqual(['Gestion secretariat false', 'Mru amu false', 'Osnp mg false']);
  expect((await world.api(osnp, 'PUT', '/api/v1/my-account', { phone: '+33199000002', available: { amount: 5, unit: 'half-days' } })).statusCode).toBe(200);
  await world.api(osnp, 'POST', '/api/v1/my-account/terms', { version: '2026-01' });
  expect((await world.api(osnp, 'GET', '/api/v1/my-account')).json()).toMatchObject({
    phone: '+33199000002', available: { amount: 5, unit: 'half-days' }, grants: [{ role: 'osnp', territory: '86', validUntil: null }],
    methods: { card: false, password: null }, terms: { version: '2026-01' }, signIns: [{ event: 'sign-in' }, { event: 'sign-in' }, { event: 'sign-in' }, { event: 'sign-in' }],
  });
});
