import { delegationScopes } from '../../src/identity/contract.ts';
import { teams } from '../../src/identity/domain/team.ts';
import type { DemoAccount } from './accounts.ts';
import { phone } from './identifiers.ts';
import type { World } from './model.ts';
import { createNames } from './names.ts';
import { createRandom, uuidOf } from './random.ts';

/** Numbers below are those of structures and offices. */
const FIRST_PHONE = 9_000;
const HALF_DAYS = [10, 8, 5, 2] as const;

/** The card of somebody in the map of actors: telephone, time, group. */
export function actorCard({ role }: DemoAccount, rank: number) {
  const group = { arm: teams[0], mru: teams[1], mrg: teams[2], osnp: teams[2] }[role as string] ?? null;
  return { phone: phone(FIRST_PHONE + rank), department: '86', team: group, available: HALF_DAYS[rank % HALF_DAYS.length]!, availableUnit: 'half-days' };
}

/** What waits for the account manager: accounts to validate, without an answer or without an address; requests; a delegation that ends soon. */
export function accountLife(world: World, accounts: readonly DemoAccount[], now: Temporal.Instant) {
  const name = createNames(createRandom(world.seed, 'account-life'));
  const days = (count: number) => now.add({ hours: 24 * count }).toString();
  const person = (login: string, state: string, email: string | null, since: number) => ({
    ...name(), id: uuidOf(world.seed, `account/${login}`), email, state, askedTerritory: '86', createdAt: days(-since),
  });
  const people = [person('a-valider', 'pending', 'a.valider@demo.example', 2), person('invite', 'invited', 'invite@demo.example', 12), person('sans-adresse', 'active', null, 200)];
  const structures = world.structures.filter(({ kind }) => kind === 'SOS' || kind === 'MSP').slice(0, 2);
  const doctor = accounts.find(({ role }) => role === 'effecteur')!;
  const delegate = accounts.find(({ role }) => role === 'delegataire')!;
  return {
    accounts: people.map((one) => ({ ...one, displayName: `${one.firstName} ${one.lastName}` })),
    grants: [people[1]!, people[2]!].map(({ id }) => ({ accountId: id, role: 'osnp', territory: '86', structureId: null, grantedAt: days(-12) })),
    requests: structures.map(({ id }, rank) => ({
      ...name(), id: uuidOf(world.seed, `account-request/${id}`), email: `demande${rank + 1}@demo.example`, territory: '86', structureId: id, askedAt: days(-rank - 1),
    })),
    delegations: [{
      id: uuidOf(world.seed, `delegation/${doctor.id}`), accountId: delegate.id, nationalId: doctor.nationalId, scopes: delegationScopes, territory: '86',
      validFrom: days(-100), validUntil: days(20), grantedBy: doctor.id, grantedAt: days(-100),
    }],
  };
}
