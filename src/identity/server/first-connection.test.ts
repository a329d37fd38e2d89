import sql from 'sql-template-tag';
import { expect, test } from 'vitest';
import { openIdentity, practising, zoe } from './identity.fixture.ts';
import { FIRST_CONNECTION_PATH, NEWCOMER_COOKIE } from './sign-in.ts';

type World = Awaited<ReturnType<typeof openIdentity>>;

/** Comes back from Pro Santé Connect; gives where the browser is sent and its cookies. */
async function comeBack({ server }: World) {
  const state = (await server.inject('/connexion')).cookies[0]!;
  const back = await server.inject({ url: '/connexion/retour?code=x', cookies: { [state.name]: state.value } });
  return { to: back.headers.location, cookies: Object.fromEntries(back.cookies.filter(({ value }) => value).map(({ name, value }) => [name, value])) };
}

const ask = (world: World, cookies: Record<string, string>, email: string) => world.api(null, 'POST', '/api/v1/first-connection', { email, territory: '86' }, cookies);
const confirm = (world: World, token: string) => world.api(null, 'POST', '/api/v1/first-connection/confirm', { token, termsAccepted: true });
const stateOf = async ({ database }: World, nationalId: string) =>
  (await database.owner.pool.query('select state from identity.account where national_id = $1', [nationalId])).rows[0]?.state;

test('[SEC-01] a professional of the directory opens his account by the link received, on any browser, and is an effecteur at once', async () => {
  const world = await openIdentity();
  world.shows({ nationalId: practising, lastName: 'Cabinet', firstName: 'Alma' });
  const { to, cookies } = await comeBack(world);
  expect(to).toBe(FIRST_CONNECTION_PATH);
  expect((await world.api(null, 'GET', '/api/v1/first-connection', undefined, cookies)).json().person).toEqual({ lastName: 'Cabinet', firstName: 'Alma', nationalId: practising });
  expect((await ask(world, cookies, 'Alma@Cabinet.example')).statusCode).toBe(202);
  expect(await stateOf(world, practising)).toBeUndefined();

  const token = world.token('confirmation');
  expect(world.letters.at(-1)).toMatchObject({ to: 'alma@cabinet.example', path: expect.stringContaining('/lien#') });
  for (const _ of [1, 2]) expect((await world.api(null, 'POST', '/api/v1/links/read', { token })).json()).toMatchObject({ purpose: 'first-connection', existing: null });
  expect(await stateOf(world, practising)).toBeUndefined();
  expect((await world.api(null, 'POST', '/api/v1/first-connection/confirm', { token })).statusCode).toBe(422);

  expect((await confirm(world, token)).json()).toEqual({ outcome: 'opened' });
  expect((await confirm(world, token)).json()).toMatchObject({ code: 'link-used' });
  const account = (await world.accounts.byNationalId(practising))!;
  expect(await world.accounts.actor(account.id)).toMatchObject({ roles: ['effecteur'], territories: ['86'], email: 'alma@cabinet.example' });
  expect((await comeBack(world)).to).toBe('/');
});

test('[SEC-01] whoever is not in the directory waits for an account manager, who alone gives him a role', async () => {
  const world = await openIdentity();
  const { cookies } = await comeBack(world);
  await ask(world, cookies, 'zoe@hopital.example');
  expect((await confirm(world, world.token('confirmation'))).json()).toEqual({ outcome: 'to-validate' });
  expect((await comeBack(world)).to).toBe('/?connexion=pending');

  const manager = await world.person('Gestion', [['gestionnaire-comptes', '86']]);
  const [waiting] = (await world.api(manager, 'GET', '/api/v1/accounts/to-treat')).json().pending;
  expect(waiting).toMatchObject({ lastName: 'Exemple', state: 'pending', nationalId: zoe.nationalId });
  const validate = (grants: object[]) => world.api(manager, 'POST', `/api/v1/accounts/${waiting.id}/validate`, { grants });
  expect((await validate([])).json()).toMatchObject({ code: 'role-needed' });
  expect((await validate([{ role: 'osnp', territory: '86' }])).json()).toMatchObject({ state: 'active' });
  expect((await comeBack(world)).to).toBe('/');
  expect(world.regulators).toContain(waiting.id);
});

test('[SEC-01] an existing account is linked to the card by the same link, unless it has another card or is suspended', async () => {
  const world = await openIdentity();
  const manager = await world.person('Leo', [['osnp', '86']]);
  const { cookies } = await comeBack(world);
  await ask(world, cookies, manager.email!);
  const token = world.token('confirmation');
  expect((await world.api(null, 'POST', '/api/v1/links/read', { token })).json()).toMatchObject({ nationalId: zoe.nationalId, existing: { name: 'Leo', linkable: true } });
  expect((await confirm(world, token)).json()).toEqual({ outcome: 'linked' });
  expect(await world.accounts.byNationalId(zoe.nationalId)).toMatchObject({ id: manager.accountId });
  expect(world.regulators).toEqual([manager.accountId]);

  world.shows({ nationalId: '810000000033' });
  const other = await comeBack(world);
  world.clock.advance({ minutes: 2 });
  await ask(world, other.cookies, manager.email!);
  expect((await confirm(world, world.token('confirmation'))).json()).toMatchObject({ code: 'account-has-other-card' });
  const suspended = await world.person('Ida', [['ioa', '86']]);
  await world.database.for('identity').run(sql`update identity.account set state = 'suspended' where id = ${suspended.accountId}`);
  world.clock.advance({ minutes: 2 });
  await ask(world, other.cookies, suspended.email!);
  expect((await confirm(world, world.token('confirmation'))).json()).toMatchObject({ code: 'account-suspended' });
  expect(await world.accounts.byNationalId('810000000033')).toBeNull();
});

test('[SEC-01] nothing tells whether an address has an account; links are few, last a day, and only the last one works', async () => {
  const world = await openIdentity();
  await world.person('Leo', [['osnp', '86']]);
  const { cookies } = await comeBack(world);
  const known = await ask(world, cookies, 'leo@demo.example');
  expect((await ask(world, cookies, 'inconnu@demo.example')).json()).toMatchObject({ code: 'too-many-attempts', status: 429 });
  const former = world.token('confirmation');
  world.clock.advance({ minutes: 1 });
  const unknown = await ask(world, cookies, 'inconnu@demo.example');
  expect([unknown.statusCode, unknown.body]).toEqual([known.statusCode, known.body]);
  expect((await confirm(world, former)).json()).toMatchObject({ code: 'link-used' });

  for (let sent = 2; sent < 5; sent++) {
    world.clock.advance({ minutes: 2 });
    await ask(world, cookies, 'inconnu@demo.example');
  }
  world.clock.advance({ minutes: 2 });
  expect((await ask(world, cookies, 'inconnu@demo.example')).statusCode).toBe(429);
  expect(world.letters).toHaveLength(5);
  world.clock.advance({ hours: 24 });
  expect((await confirm(world, world.token('confirmation'))).json()).toMatchObject({ code: 'link-expired' });
  expect((await ask(world, { [NEWCOMER_COOKIE]: cookies[NEWCOMER_COOKIE]! }, 'a@demo.example')).json()).toMatchObject({ code: 'first-connection-over' });
});

test('[SEC-01] two links followed at once for one address open one account', async () => {
  const world = await openIdentity();
  const { cookies } = await comeBack(world);
  await ask(world, cookies, 'cabinet@demo.example');
  const first = world.token('confirmation');
  world.shows({ nationalId: '810000000033', lastName: 'Autre' });
  world.clock.advance({ minutes: 2 });
  await ask(world, (await comeBack(world)).cookies, 'cabinet@demo.example');
  const outcomes = await Promise.all([confirm(world, first), confirm(world, world.token('confirmation'))]);
  expect(outcomes.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 409]);
  const { rows } = await world.database.owner.pool.query(`select 1 from identity.account where email = 'cabinet@demo.example'`);
  expect(rows).toHaveLength(1);
});
