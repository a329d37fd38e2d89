import { readEnvironment } from '../../src/app/config.ts';
import { startServer } from '../../src/app/server/start.ts';
import { ManualClock } from '../../src/foundation/clock.ts';
import type { AnyRoute } from '../../src/foundation/http/route.ts';
import { silentLogger } from '../../src/foundation/log.ts';
import type { DelegationScope, Role } from '../../src/identity/contract.ts';
import { createSessions } from '../../src/identity/server/sessions.ts';
import { issueToken } from '../../src/identity/server/tokens.ts';
import { createTestDatabase } from '../support/database.ts';
import { doctor, fill, structure } from './objects.ts';

export const NOW = '2026-01-13T08:00:00Z';

/** What is asked of a route. */
export interface Question {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Somebody who calls: by the cookie of his session, a bearer token, or nothing. */
export interface Caller {
  readonly name: string;
  readonly territory: string | null;
  readonly accountId: string | null;
  readonly roles: readonly Role[];
  readonly headers: Readonly<Record<string, string>>;
  /** What was delegated to him for the doctor of territory 86, and still is. */
  readonly scopes: readonly DelegationScope[];
}

interface Newcomer {
  readonly name: string;
  readonly role: Role;
  readonly territory: string;
  readonly nationalId?: string;
  readonly structureId?: string;
  readonly state?: 'active' | 'suspended';
  readonly delegation?: { readonly scopes: readonly DelegationScope[]; readonly until: string; readonly revoked?: true };
}

/** The whole server over a database where everything belongs to territory 86. */
export async function openWorld() {
  const database = await createTestDatabase();
  const clock = new ManualClock(NOW);
  const rows = async <T>(text: string, values: unknown[] = []): Promise<T[]> => (await database.owner.pool.query(text, values)).rows as T[];
  await rows(fill(NOW));
  const sessions = createSessions(database, clock);
  const server = await startServer({
    database, clock, log: silentLogger, publicUrl: 'http://localhost', demonstration: false,
    environment: readEnvironment({ PORT: '0', HOST: '127.0.0.1', SAS_ROLE: 'all', SAS_TERRITORY: '86' }),
    signIn: { issuer: 'http://localhost:1', clientId: 'test', clientSecret: 'test' },
  });
  const callerOf = async (accountId: string, { name, role, territory }: Pick<Newcomer, 'name' | 'role' | 'territory'>, scopes: readonly DelegationScope[] = []): Promise<Caller> => ({
    name, territory, accountId, roles: [role], scopes, headers: { cookie: `sas_session=${await sessions.openLocal(accountId)}` },
  });
  return {
    rows,
    stop: () => server.stop(),
    callerOf,
    async person({ name, role, territory, nationalId, structureId, state = 'active', delegation }: Newcomer): Promise<Caller> {
      const [account] = await rows<{ id: string }>(
        `insert into identity.account (display_name, last_name, first_name, national_id, state) values ($1, $1, 'Camille', $2, $3) returning id`, [name, nationalId ?? null, state]);
      await rows('insert into identity.grant (account_id, role, territory, structure_id) values ($1, $2, $3, $4)', [account!.id, role, territory, structureId ?? null]);
      if (delegation) {
        await rows(
          `insert into identity.delegation (account_id, national_id, scopes, valid_from, valid_until, granted_by, territory, revoked_at, revoked_by) values ($1, $2, $3, '2025-01-01', $4, 'x', '86', $5, $6)`,
          [account!.id, doctor, delegation.scopes, delegation.until, delegation.revoked ? NOW : null, delegation.revoked ? 'x' : null]);
      }
      const live = delegation && !delegation.revoked && delegation.until > NOW;
      return callerOf(account!.id, { name, role, territory }, live ? delegation.scopes : []);
    },
    async machine(role: Role, territory: string): Promise<Caller> {
      const token = await issueToken(database, clock, { role, territory, ttl: '1h', ...(role === 'editor' && { editor: 'Autre' }) });
      return { name: `${role} ${territory}`, territory, accountId: null, roles: [role], scopes: [], headers: { authorization: `Bearer ${token}` } };
    },
    /** Calls a route; gives the status and the text of the answer. */
    async ask(caller: Caller, route: AnyRoute, { params = {}, query = {}, body }: Question): Promise<{ status: number; text: string }> {
      const path = route.path.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(params[key] ?? '00000000-0000-4000-8000-00000000ffff'));
      const answer = await fetch(`${server.url}${path}?${new URLSearchParams(query)}`, {
        method: route.method,
        headers: { ...caller.headers, accept: 'application/json', 'if-match': '"1"', 'idempotency-key': 'rights-0001', ...(route.method !== 'GET' && body !== undefined && { 'content-type': 'application/json' }) },
        ...(route.method !== 'GET' && body !== undefined && { body: JSON.stringify(body) }),
      });
      return { status: answer.status, text: await answer.text() };
    },
  };
}

export type World = Awaited<ReturnType<typeof openWorld>>;

/** Everybody who has no business with what belongs to territory 86. */
export async function strangersOf(world: World): Promise<Caller[]> {
  const elsewhere = async (role: Role, index: number) => world.person({
    name: `${role} 79`, role, territory: '79', nationalId: `8790000${String(index).padStart(5, '0')}`, ...(role === 'gestionnaire-structure' && { structureId: structure.elsewhere }),
  });
  const people = (['arm', 'arm-coordonnateur', 'superviseur', 'osnp', 'mru', 'mrg', 'medecin-specialise', 'ioa', 'effecteur', 'delegataire', 'gestionnaire-structure',
    'gestionnaire-comptes', 'responsable-sas', 'referent-territorial', 'ars', 'dgos', 'cpam', 'administrateur'] as const).map(elsewhere);
  return [
    ...(await Promise.all(people)),
    ...(await Promise.all((['editor', 'lrm', 'telephony'] as const).map((role) => world.machine(role, '79')))),
    await world.person({ name: 'effecteur 86', role: 'effecteur', territory: '86', nationalId: '886000000099' }),
    await world.person({ name: 'gestionnaire-structure 86', role: 'gestionnaire-structure', territory: '86', structureId: structure.other }),
    await world.person({ name: 'cpam 86', role: 'cpam', territory: '86' }),
    await world.person({ name: 'delegataire terminé', role: 'delegataire', territory: '86', delegation: { scopes: ['agenda', 'participation', 'requests'], until: '2026-01-12T00:00:00Z' } }),
    await world.person({ name: 'delegataire révoqué', role: 'delegataire', territory: '86', delegation: { scopes: ['agenda', 'participation', 'requests'], until: '2027-01-01T00:00:00Z', revoked: true } }),
    ...(await Promise.all((['agenda', 'participation', 'requests'] as const).map((scope) =>
      world.person({ name: `delegataire pour ${scope}`, role: 'delegataire', territory: '86', delegation: { scopes: [scope], until: '2027-01-01T00:00:00Z' } })))),
  ];
}
