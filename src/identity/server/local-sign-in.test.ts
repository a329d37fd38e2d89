import { expect, test } from 'vitest';
import type { Actor, Role } from '../contract.ts';
import { SESSION_COOKIE } from './authentication.ts';
import { codeOf, openIdentity } from './identity.fixture.ts';
import { decrypt, encrypt, hashPassword, nobodysPassword, PASSWORD_COST, passwordMatches } from './secrets.ts';

type World = Awaited<ReturnType<typeof openIdentity>>;
const PASSWORD = 'un velo sur la plage';
const EMAIL = 'ines@structure.example';
const healthRoles: readonly Role[] = ['arm', 'arm-coordonnateur', 'osnp', 'mru', 'mrg', 'medecin-specialise', 'ioa', 'superviseur'];

async function invite(world: World, manager: Actor, role: Role, email = EMAIL) {
  const created = await world.api(manager, 'POST', '/api/v1/accounts', {
    lastName: 'Valdor', firstName: 'Inès', email, phone: null, department: null, team: null, available: null, grants: [{ role, territory: '86' }],
  });
  return { account: created.json(), token: world.token('invitation') };
}

async function invited(role: Role = 'osnp') {
  const world = await openIdentity();
  const manager = await world.person('Gestion', [['gestionnaire-comptes', '86']]);
  return { world, ...(await invite(world, manager, role)) };
}

const keyOf = async (world: World, token: string): Promise<string> => (await world.api(null, 'POST', '/api/v1/links/read', { token })).json().codes.key;
const accept = async (world: World, token: string, password = PASSWORD) => {
  const key = await keyOf(world, token);
  return { key, answer: await world.api(null, 'POST', '/api/v1/invitations/accept', { token, password, code: codeOf(key, world.clock.now()), termsAccepted: true }) };
};
const signIn = (world: World, code: string, password = PASSWORD, email = EMAIL) => world.api(null, 'POST', '/api/v1/session/local', { email, password, code });
const sessionOf = (answer: Awaited<ReturnType<typeof signIn>>) => answer.cookies.find(({ name }) => name === SESSION_COOKIE)?.value;

test('[SEC-01] invited, one chooses a password and enrols a telephone at once, then signs in with both', async () => {
  const { world, account, token } = await invited();
  expect(account).toMatchObject({ state: 'invited', grants: [{ role: 'osnp', territory: '86' }] });
  expect(await keyOf(world, token)).toBe(await keyOf(world, token));
  const { key, answer } = await accept(world, token);
  expect(answer.json().recoveryCodes).toHaveLength(8);
  expect(sessionOf(answer)).toBeTruthy();
  expect((await world.api(null, 'POST', '/api/v1/invitations/accept', { token, password: PASSWORD, code: codeOf(key, world.clock.now()), termsAccepted: true })).json()).toMatchObject({ code: 'link-used' });
  world.clock.advance({ minutes: 2 });
  const session = sessionOf(await signIn(world, codeOf(key, world.clock.now())))!;
  expect((await world.api(null, 'GET', '/api/v1/session', undefined, { [SESSION_COOKIE]: session })).json().account).toMatchObject({ roles: ['osnp'], email: EMAIL });
  expect(world.signedIn).toEqual([account.id, account.id]);
  expect(world.regulators).toContain(account.id);
});

test('[SEC-02] no role that sees health data has a session with one factor: without the code, without the password, before enrolment', async () => {
  const world = await openIdentity();
  const manager = await world.person('Gestion', [['gestionnaire-comptes', '86']]);
  for (const role of healthRoles) {
    const email = `${role}@demo.example`;
    const { token } = await invite(world, manager, role, email);
    const code = codeOf(await keyOf(world, token), world.clock.now());
    expect(sessionOf(await signIn(world, code, PASSWORD, email))).toBeUndefined();
    const halfway = await world.api(null, 'POST', '/api/v1/invitations/accept', { token, password: PASSWORD, code: '000000', termsAccepted: true });
    expect([halfway.json().code, sessionOf(halfway)]).toEqual(['code-wrong', undefined]);
    expect((await world.database.owner.pool.query('select 1 from identity.credential')).rows).toEqual([]);
  }
});

test('[SEC-02] once enrolled the password alone and the code alone open nothing, and neither does a code that has served', async () => {
  const { world, token } = await invited('mrg');
  const { key } = await accept(world, token);
  const code = () => codeOf(key, world.clock.now());
  expect((await signIn(world, code())).json()).toMatchObject({ code: 'sign-in-refused' });
  world.clock.advance({ minutes: 1 });
  expect(sessionOf(await signIn(world, '000000'))).toBeUndefined();
  expect(sessionOf(await signIn(world, code(), 'un autre mot de passe'))).toBeUndefined();
  expect(sessionOf(await signIn(world, code()))).toBeTruthy();
  expect(sessionOf(await signIn(world, code()))).toBeUndefined();
  expect((await world.journal('sign-in-refused')).length).toBe(4);
  expect((await world.database.owner.pool.query(`select distinct method from identity.session where account_id <> (select account_id from identity.grant where role = 'gestionnaire-comptes')`)).rows).toEqual([{ method: 'password-and-code' }]);
});

test('[SEC-01] a recovery code replaces the telephone, once', async () => {
  const { world, token } = await invited();
  const { answer } = await accept(world, token);
  const [code] = answer.json().recoveryCodes as string[];
  expect(sessionOf(await signIn(world, code!.toLowerCase()))).toBeTruthy();
  expect(sessionOf(await signIn(world, code!))).toBeUndefined();
  expect((await world.database.owner.pool.query(`select encode(hash, 'escape') as hash from identity.recovery_code`)).rows.some(({ hash }) => hash.includes(code))).toBe(false);
});

test('[SEC-01] whoever guesses waits longer each time; whether the address has an account is not told', async () => {
  const { world, token } = await invited();
  await accept(world, token);
  const refusals = [];
  for (let tried = 0; tried < 4; tried++) refusals.push(await signIn(world, '111111', 'rien de bon', 'personne@demo.example'));
  world.clock.advance({ minutes: 1 });
  const known = await signIn(world, '111111', 'rien de bon');
  expect(known.json().detail).toBe(refusals[0]!.json().detail);
  expect((await signIn(world, '111111', 'rien de bon', 'personne@demo.example')).json()).toMatchObject({ code: 'sign-in-refused' });
  const next = await signIn(world, '111111', 'rien de bon', 'personne@demo.example');
  expect(next.json()).toMatchObject({ status: 429, code: 'too-many-attempts', retryAfter: 4 });
  world.clock.advance({ seconds: 4 });
  expect((await signIn(world, '111111', 'rien de bon', 'personne@demo.example')).statusCode).toBe(403);
});

test('[SEC-01] guesses made at once all count', async () => {
  const { world } = await invited();
  const answers = await Promise.all(Array.from({ length: 12 }, () => signIn(world, '111111', 'rien de bon')));
  expect(answers.filter(({ statusCode }) => statusCode === 403)).toHaveLength(4);
}, 20_000);

test('[SEC-01] a forgotten password is changed by a link that lasts an hour; sessions close and the code stays asked', async () => {
  const { world, token } = await invited();
  const { key, answer } = await accept(world, token);
  const forget = (email: string) => world.api(null, 'POST', '/api/v1/password-resets', { email });
  const [known, unknown] = [await forget(EMAIL), await forget('personne@demo.example')];
  expect([unknown.statusCode, unknown.body]).toEqual([known.statusCode, known.body]);
  expect(world.letters.filter(({ kind }) => kind === 'password')).toHaveLength(1);
  const reset = (password: string) => world.api(null, 'POST', '/api/v1/password-resets/accept', { token: world.token('password'), password });
  expect((await reset('Valdor pour toujours')).json()).toMatchObject({ code: 'password-weak' });
  expect((await reset('une autre phrase longue')).statusCode).toBe(200);
  expect(await world.sessions.find(sessionOf(answer)!)).toBeNull();
  world.clock.advance({ minutes: 2 });
  expect(sessionOf(await signIn(world, codeOf(key, world.clock.now())))).toBeUndefined();
  world.clock.advance({ minutes: 1 });
  expect(sessionOf(await signIn(world, codeOf(key, world.clock.now()), 'une autre phrase longue'))).toBeTruthy();

  await forget(EMAIL);
  world.clock.advance({ hours: 1 });
  expect((await reset('encore une phrase longue')).json()).toMatchObject({ code: 'link-expired' });
});

test('[SEC-01] the secret of the codes cannot be read in the database, nor altered; a password is kept as its derived key', async () => {
  const key = Buffer.alloc(32, 7);
  const sealed = encrypt(key, Buffer.from('secret du telephone'));
  expect(sealed.includes('secret')).toBe(false);
  expect(decrypt(key, sealed).toString()).toBe('secret du telephone');
  sealed[sealed.length - 1]! ^= 1;
  expect(() => decrypt(key, sealed)).toThrow();
  const kept = await hashPassword(PASSWORD, PASSWORD_COST);
  expect(await Promise.all([passwordMatches(PASSWORD, kept), passwordMatches('autre chose ici', kept), passwordMatches('', nobodysPassword(PASSWORD_COST))])).toEqual([true, false, false]);
  expect(await hashPassword(PASSWORD, PASSWORD_COST)).not.toBe(kept);
});
