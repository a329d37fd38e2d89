import sql from 'sql-template-tag';
import { expect, test } from 'vitest';
import { coversTerritory, subjectsOf } from '../contract.ts';
import { ensureAccount } from './accounts.ts';
import { createAuthentication, SESSION_COOKIE } from './authentication.ts';
import { openIdentity, zoe } from './identity.fixture.ts';
import { type IdentityProvider, safeNext } from './sign-in.ts';
import { actorOfToken, issueToken, parseTtl } from './tokens.ts';

type IdentityServer = Awaited<ReturnType<typeof openIdentity>>;
const setup = (begin?: IdentityProvider['begin'], answers = true) => openIdentity({ ...(begin ? { begin } : {}), answers });

async function signIn(server: IdentityServer['server'], next = '/recherche') {
  const start = await server.inject(`/connexion?next=${encodeURIComponent(next)}`);
  const state = start.cookies[0]!;
  return server.inject({ url: '/connexion/retour?code=x', cookies: { [state.name]: state.value } });
}

test('[SEC-01] a professional known by his national id comes back from the provider with a session, where he wanted to go', async () => {
  const { database, server } = await setup();
  await database.for('identity').transaction((tx) => ensureAccount(tx, zoe));
  const back = await signIn(server);
  expect(back.headers.location).toBe('/recherche');
  const session = back.cookies.find((item) => item.name === SESSION_COOKIE)!;
  expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
  const who = await server.inject({ url: '/api/v1/session', cookies: { [SESSION_COOKIE]: session.value } });
  expect(who.json()).toMatchObject({ account: { displayName: 'Zoé Exemple' }, demonstration: true });

  const out = await server.inject({ method: 'POST', url: '/api/v1/session/sign-out', cookies: { [SESSION_COOKIE]: session.value } });
  expect(out.json()).toEqual({ signedOut: true, providerUrl: 'https://psc.example/logout?hint=opaque' });
  const after = await server.inject({ url: '/api/v1/session', cookies: { [SESSION_COOKIE]: session.value } });
  expect(after.json().account).toBeNull();
});

test('[SEC-01] an unknown professional, a forged return and a suspended account open no session, and it is journaled', async () => {
  const { database, server, shows } = await setup();
  shows({ nationalId: null, email: 'inconnu@demo.example' });
  expect((await signIn(server)).headers.location).toBe('/?connexion=unknown');
  shows({ nationalId: zoe.nationalId, email: null });
  const forged = await server.inject({ url: '/connexion/retour?code=x', cookies: { sas_sign_in: Buffer.from('{"secret":"other","next":"/"}').toString('base64url') } });
  expect(forged.headers.location).toBe('/?connexion=failed');
  expect((await server.inject('/connexion/retour?code=x')).headers.location).toBe('/?connexion=expired');
  await database.for('identity').transaction(async (tx) => {
    const account = await ensureAccount(tx, zoe);
    await tx.run(sql`update identity.account set state = 'suspended' where id = ${account.id}`);
  });
  expect((await signIn(server)).headers.location).toBe('/?connexion=suspended');
  const { rows } = await database.owner.pool.query(`select event from foundation.journal where event = 'sign-in-refused'`);
  expect(rows).toHaveLength(2);
});

test('[SEC-01] while the provider is away the sign-in page says so', async () => {
  const { server } = await setup(async () => {
    throw new Error('connect ECONNREFUSED');
  });
  expect((await server.inject('/connexion')).headers.location).toBe('/?connexion=unavailable');
});

test('[SEC-01] a session ends by itself after a shift; its cookie is stored nowhere', async () => {
  const { database, clock, sessions } = await setup();
  const account = await database.for('identity').transaction((tx) => ensureAccount(tx, zoe));
  const value = await sessions.open(account.id, null);
  expect(await sessions.find(value)).toEqual({ accountId: account.id, locked: false, readOnly: false });
  const { rows } = await database.owner.pool.query('select encode(id_hash, $1) as hash from identity.session', ['base64']);
  expect(rows[0].hash).not.toContain(value);
  clock.advance({ hours: 14 });
  expect(await sessions.find(value)).toBeNull();
});

test('[SEC-10] a locked workstation shows nothing until somebody signs in again, and whoever does takes its place', async () => {
  const asked: unknown[] = [];
  const { database, server } = await setup(async (options) => {
    asked.push(options);
    return { url: 'https://psc.example/authorize', secret: 's3cret' };
  });
  await database.for('identity').transaction((tx) => ensureAccount(tx, zoe));
  const first = (await signIn(server)).cookies.find(({ name }) => name === SESSION_COOKIE)!.value;
  const whoIs = async (cookie: string) => (await server.inject({ url: '/api/v1/session', cookies: { [SESSION_COOKIE]: cookie } })).json();
  await server.inject({ method: 'POST', url: '/api/v1/session/lock', cookies: { [SESSION_COOKIE]: first } });
  expect(await whoIs(first)).toMatchObject({ account: null, locked: { displayName: 'Zoé Exemple' } });

  const start = await server.inject({ url: '/connexion?fresh&next=%2Fposte%2Farm', cookies: { [SESSION_COOKIE]: first } });
  expect(asked.at(-1)).toEqual({ fresh: true });
  const state = start.cookies[0]!;
  const back = await server.inject({ url: '/connexion/retour?code=x', cookies: { [state.name]: state.value, [SESSION_COOKIE]: first } });
  expect(back.headers.location).toBe('/poste/arm');
  const second = back.cookies.find(({ name }) => name === SESSION_COOKIE)!.value;
  expect(await whoIs(second)).toMatchObject({ account: { displayName: 'Zoé Exemple' }, locked: null });
  expect(await whoIs(first)).toMatchObject({ account: null, locked: null });
  const { rows } = await database.owner.pool.query(`select event from foundation.journal where object_type = 'session' order by seq`);
  expect(rows.map(({ event }) => event)).toEqual(['sign-in', 'locked', 'sign-out', 'sign-in']);
});

test('[SEC-10] while the provider is away a code opens a session that reads for an hour and changes nothing; it is journaled', async () => {
  const { database, clock, server } = await setup(undefined, false);
  const code = await issueToken(database, clock, { role: 'arm', territory: '86', email: 'arm@demo.example', ttl: '1d' });
  const wrong = await server.inject({ method: 'POST', url: '/api/v1/session/emergency', payload: { code: 'x'.repeat(43) } });
  expect(wrong.statusCode).toBe(401);
  const machine = await issueToken(database, clock, { role: 'telephony', territory: '86', ttl: '1d' });
  expect((await server.inject({ method: 'POST', url: '/api/v1/session/emergency', payload: { code: machine } })).statusCode).toBe(401);
  const opened = await server.inject({ method: 'POST', url: '/api/v1/session/emergency', payload: { code } });
  const cookies = { [SESSION_COOKIE]: opened.cookies[0]!.value };
  expect((await server.inject({ url: '/api/v1/session', cookies })).json()).toMatchObject({ account: { roles: ['arm'] }, readOnly: true });
  const { rows } = await database.owner.pool.query(`select event from foundation.journal where object_type = 'session'`);
  expect(rows).toEqual([{ event: 'emergency-sign-in' }]);
  clock.advance({ minutes: 61 });
  expect((await server.inject({ url: '/api/v1/session', cookies })).json().account).toBeNull();
});

test('[SEC-10] an emergency session writes nowhere, and none opens while the provider answers', async () => {
  const { database, clock, sessions, accounts, server } = await setup();
  const account = await database.for('identity').transaction((tx) => ensureAccount(tx, zoe));
  const cookie = await sessions.openEmergency(account.id);
  const authentication = createAuthentication(database, clock, accounts, sessions);
  const request = (method: string, url: string) => ({ method, url, headers: {}, cookies: { [SESSION_COOKIE]: cookie } }) as never;
  expect((await authentication.actorOf(request('GET', '/api/v1/dossiers/1')))?.accountId).toBe(account.id);
  await expect(authentication.actorOf(request('POST', '/api/v1/dossiers'))).rejects.toMatchObject({ code: 'emergency-read-only' });
  const code = await issueToken(database, clock, { role: 'arm', territory: '86', email: 'arm@demo.example', ttl: '1d' });
  expect((await server.inject({ method: 'POST', url: '/api/v1/session/emergency', payload: { code } })).json()).toMatchObject({ code: 'provider-answers' });
});

test('[ACT-02] rights hold on the territories granted, and fall when the grant is revoked', async () => {
  const { database, accounts } = await setup();
  const account = await database.for('identity').transaction((tx) => ensureAccount(tx, zoe));
  await database.for('identity').run(sql`insert into identity.grant (account_id, role, territory) values (${account.id}, 'osnp', '86')`);
  const actor = (await accounts.actor(account.id))!;
  expect(actor.roles).toEqual(['osnp']);
  expect([coversTerritory(actor, '86'), coversTerritory(actor, '79')]).toEqual([true, false]);
  await database.for('identity').run(sql`update identity.grant set revoked_at = now()`);
  expect((await accounts.actor(account.id))!.roles).toEqual([]);
});

test('[ACT-15] those who hold a role in a territory are found by name; revoked grants and closed accounts are not', async () => {
  const { database, accounts } = await setup();
  const grant = (id: string, role: string, territory: string, revoked = false) => sql`
    insert into identity.grant (account_id, role, territory, revoked_at) values (${id}, ${role}, ${territory}, ${revoked ? '2026-01-01T00:00:00Z' : null}::timestamptz)`;
  await database.for('identity').transaction(async (tx) => {
    const person = async (lastName: string) => (await ensureAccount(tx, { ...zoe, nationalId: null, email: `${lastName}@demo.example`, lastName, displayName: lastName })).id;
    await tx.run(grant(await person('Zed'), 'mrg', '86'));
    await tx.run(grant(await person('Alba'), 'mru', '*'));
    await tx.run(grant(await person('Loin'), 'mru', '79'));
    await tx.run(grant(await person('Parti'), 'mru', '86', true));
    await tx.run(grant(await person('Arm'), 'arm', '86'));
  });
  const names = async (territories: string[]) => (await accounts.holders(['mru', 'mrg'], territories)).map(({ displayName, roles }) => `${displayName} ${roles.join()}`);
  expect(await names(['86'])).toEqual(['Alba mru', 'Zed mrg']);
  expect(await names(['*'])).toEqual(['Alba mru', 'Loin mru', 'Zed mrg']);
});

test('[SEC-01] a token gives one role on one territory until it expires; a copy of the table gives nothing', async () => {
  const { database, clock } = await setup();
  const token = await issueToken(database, clock, { role: 'osnp', territory: '86', rpps: '10000000017', ttl: '1h' });
  expect(await actorOfToken(database, clock, token)).toMatchObject({ roles: ['osnp'], territories: ['86'], nationalId: '810000000017' });
  const { rows } = await database.owner.pool.query('select hash from identity.token');
  expect(await actorOfToken(database, clock, rows[0].hash.toString('base64url'))).toBeNull();
  clock.advance({ minutes: 61 });
  expect(await actorOfToken(database, clock, token)).toBeNull();
});

test('durations are read or refused with what to write', () => {
  expect(parseTtl('90s').total('seconds')).toBe(90);
  for (const wrong of ['', '1', 'h', '0h', '-1h', '1y']) expect(() => parseTtl(wrong)).toThrow('écrivez par exemple');
});

test('[SEC-01] after sign-in, nobody is sent to another site', () => {
  expect(['/a?b=1', '//evil.example', 'https://evil.example', '/\\evil', undefined].map((next) => safeNext(next))).toEqual(['/a?b=1', '/', '/', '/', '/']);
});

test('[SEC-01] another site cannot act with the user cookie', async () => {
  const { server } = await setup();
  const answer = await server.inject({
    method: 'POST', url: '/api/v1/session/sign-out', cookies: { [SESSION_COOKIE]: 'x' }, headers: { 'sec-fetch-site': 'cross-site' },
  });
  expect(answer.statusCode).toBe(403);
});

test('[ACT-18] a delegation gives its scopes between its two dates, until it is revoked', async () => {
  const { database, clock, accounts } = await setup();
  const db = database.for('identity');
  const { id } = await db.transaction((tx) => ensureAccount(tx, zoe));
  await db.run(sql`insert into identity.grant (account_id, role, territory) values (${id}, 'delegataire', '86')`);
  await db.run(sql`
    insert into identity.delegation (account_id, structure_id, scopes, valid_from, valid_until, granted_by)
    values (${id}, '1860000001', array['agenda'], '2026-01-13T09:00:00Z', '2026-01-13T17:00:00Z', 'a')`);
  const mine = async () => subjectsOf((await accounts.actor(id))!, 'agenda').structures;
  expect(await mine(), 'not yet').toEqual([]);
  clock.advance({ hours: 1 });
  expect(await mine()).toEqual(['1860000001']);
  expect(subjectsOf((await accounts.actor(id))!, 'requests').structures, 'another scope').toEqual([]);
  clock.advance({ hours: 8 });
  expect(await mine(), 'over').toEqual([]);
  clock.advance({ hours: -4 });
  await db.run(sql`update identity.delegation set revoked_at = ${clock.now()}, revoked_by = 'a'`);
  expect(await mine(), 'revoked').toEqual([]);
});
