import { afterAll, beforeAll, expect, test } from 'vitest';
import { routeTables } from '../../src/app/routes.ts';
import type { AnyRoute, Routes } from '../../src/foundation/http/route.ts';
import type { Role } from '../../src/identity/contract.ts';
import { type Case, cases } from './cases.ts';
import { ids, MARK } from './objects.ts';
import { type Caller, openWorld, strangersOf, type World } from './world.ts';

const regulation = ['telephony', 'dossier', 'protocol'];
/** Events and messages of the installation: their own tests follow them. */
const apart = ['operations'];
const allTables: Readonly<Record<string, Routes>> = routeTables;
const townTables = Object.entries(allTables).filter(([table]) => !regulation.includes(table) && !apart.includes(table));
const townRoutes = townTables.flatMap(([table, routes]) => Object.entries(routes).map(([name, route]) => ({ name: `${table}.${name}`, route, asked: cases[table]?.[name] })));
const protectedRoutes = townRoutes.filter(({ route }) => route.access !== 'public') as { name: string; route: AnyRoute; asked: Case }[];
const signedOut: Caller = { name: 'personne', territory: null, accountId: null, roles: [], scopes: [], headers: {} };

let world: World;
let strangers: Caller[];
beforeAll(async () => {
  world = await openWorld();
  strangers = await strangersOf(world);
}, 120_000);
afterAll(() => world?.stop());

/** One who may after all: délégataire for this very thing, or somebody of the territory to whom the route is open. */
const mayAfterAll = (caller: Caller, { scope, within }: Case) =>
  (scope !== undefined && caller.scopes.includes(scope)) || (caller.territory === '86' && caller.roles.some((role) => within?.includes(role)));

/** An error of the server, an object that was to be refused, or something of territory 86 in what is the caller's own. */
const isFault = ({ asked: { expected }, status, text }: { asked: Case; status: number; text: string }) =>
  status >= 500 ||
  (expected === 'refused' && ![401, 403, 404].includes(status)) ||
  (expected.startsWith('own') && status < 300 && text.includes(MARK)) ||
  (expected === 'own' && status < 300 && Object.values(ids).some((id) => text.includes(id)));

/** How many refusals of routes, or of objects through them, the journal tells of somebody. */
const refusalsOf = async (accountId: string) =>
  (await world.rows<{ count: number }>(`select count(*)::int as count from foundation.journal where actor = $1 and object_type = 'route' and event = 'refused'`, [accountId]))[0]!.count;

test('[ACT-02] every route that asks for a session says what it owes to strangers; the public ones are known', () => {
  expect(protectedRoutes.filter(({ asked }) => asked === undefined).map(({ name }) => name)).toEqual([]);
  expect(townRoutes.filter(({ route }) => route.access === 'public').map(({ name }) => name).toSorted()).toEqual([
    'availability.feed', 'help.videos', 'identity.acceptInvitation', 'identity.askConfirmation', 'identity.confirmFirstConnection', 'identity.emergencySignIn',
    'identity.firstConnection', 'identity.forgetPassword', 'identity.localSignIn', 'identity.lock', 'identity.readLink', 'identity.requestAccount', 'identity.requestChoices',
    'identity.resetPassword', 'identity.session', 'identity.signOut',
  ]);
});

test('[ACT-02] [ACT-18] [ACT-19] [SEC-04] nobody of another territory, without a hand in it, or whose delegation is over or for something else, reads or changes what is of territory 86; each refusal leaves one line of the journal under his name', async () => {
  for (const caller of strangers) {
    const asked = protectedRoutes.filter((each) => !mayAfterAll(caller, each.asked));
    const answers = await Promise.all(asked.map(async (each) => ({ ...each, ...(await world.ask(caller, each.route, each.asked)) })));
    expect(answers.filter(isFault).map(({ name, status, text }) => `${caller.name} · ${name} → ${status} ${text.slice(0, 160)}`)).toEqual([]);
    if (caller.accountId) expect([caller.name, await refusalsOf(caller.accountId)]).toEqual([caller.name, answers.filter(({ status }) => status === 403).length]);
  }
}, 180_000);

test('[ACT-02] [ACT-18] a suspended account and whoever is signed out read nothing at all', async () => {
  const suspended = await world.person({ name: 'suspendu', role: 'administrateur', territory: '86', state: 'suspended' });
  for (const caller of [suspended, signedOut]) {
    for (const { name, route, asked } of protectedRoutes) expect([name, (await world.ask(caller, route, asked)).status]).toEqual([name, 401]);
  }
}, 60_000);

test('[ACT-19] [ACT-20] effecteur, structure manager, délégataire, coordination, account manager, ARS, DGOS, CPAM and vendors get nothing of the regulation room', async () => {
  const roles = ['effecteur', 'delegataire', 'gestionnaire-structure', 'gestionnaire-comptes', 'referent-territorial', 'ars', 'dgos', 'cpam'] as const satisfies readonly Role[];
  const callers = [
    ...(await Promise.all(roles.map((role) => world.person({ name: `${role} 86`, role, territory: role === 'dgos' ? '*' : '86' })))), await world.machine('editor', '86'),
  ];
  const rooms = regulation.flatMap((table) => Object.values(allTables[table]!));
  for (const caller of callers) {
    for (const route of rooms) expect([caller.name, route.path, (await world.ask(caller, route, { body: {} })).status]).toEqual([caller.name, route.path, 403]);
  }
}, 60_000);

test('[ACT-02] what is refused to strangers is there: those who hold it are let through', async () => {
  const holders = await Promise.all((
    [['account', 'effecteur'], ['manager', 'gestionnaire-structure'], ['administrator', 'administrateur'], ['leader', 'responsable-sas'], ['accountManager', 'gestionnaire-comptes'], ['operator', 'osnp']] as const
  ).map(([account, role]) => world.callerOf(ids[account], { name: `${role} qui en répond`, role, territory: '86' })));
  const order = ['GET', 'PUT', 'POST', 'DELETE'];
  const shut: string[] = [];
  for (const { name, route, asked } of protectedRoutes.filter((each) => each.asked.expected === 'refused').toSorted((a, b) => order.indexOf(a.route.method) - order.indexOf(b.route.method))) {
    let through = false;
    for (const holder of holders) through ||= ![400, 401, 403, 404, 500].includes((await world.ask(holder, route, asked)).status);
    if (!through) shut.push(name);
  }
  expect(shut).toEqual([]);
}, 60_000);
