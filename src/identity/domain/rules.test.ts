import fc from 'fast-check';
import { expect, test } from 'vitest';
import { roles } from '../contract.ts';
import { accountEvents, accountStates, nextState } from './account-state.ts';
import { secondsToWait } from './delay.ts';
import { delegationDateProblems, delegationSpan, delegationState } from './delegation.ts';
import { grantable, grantorRoles, type HeldRole, mayGrant, mayKeep } from './granting.ts';
import { passwordProblem } from './password.ts';
import { levelOf } from './team.ts';

const day = fc.date({ min: new Date('2024-01-01T00:00:00Z'), max: new Date('2030-12-31T00:00:00Z'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10));
const zone = fc.constantFrom('Europe/Paris', 'America/Cayenne', 'Indian/Reunion', 'Pacific/Noumea');

test('[SEC-01] the wait never shortens as failures go on, and never exceeds a quarter of an hour', () => {
  fc.assert(fc.property(fc.nat(500), fc.nat(100), (failures, free) => {
    const wait = secondsToWait(failures, free);
    expect(secondsToWait(failures + 1, free)).toBeGreaterThanOrEqual(wait);
    expect(wait).toBeLessThanOrEqual(900);
    expect(wait > 0).toBe(failures > free);
  }));
});

test('[SEC-01] a long phrase is accepted, whatever its characters; short, monotonous or personal ones are refused', () => {
  const person = { lastName: 'Lefèvre', firstName: 'Zoé', email: 'zoe.lefevre@demo.example' };
  expect(passwordProblem('quatre chats dorment', person)).toBeNull();
  expect(['trop court', 'aaaaaaaaaaaaaaaa', 'vive LEFEVRE à jamais', 'x'.repeat(201)].map((one) => passwordProblem(one, person) === null)).toEqual([false, false, false, false]);
});

test('[ACT-18] a delegation accepted by the rules ends, lasts a year at most, and holds from its first to its last day', () => {
  fc.assert(fc.property(day, day, day, zone, (from, until, today, where) => {
    const problems = delegationDateProblems({ from, until, today });
    const { from: start, until: end } = delegationSpan({ from, until, zone: where });
    if (problems.length > 0) return;
    expect(from >= today && until >= from).toBe(true);
    expect(end.since(start).total('hours')).toBeLessThanOrEqual(24 * 367 + 1);
    const at = (instant: Temporal.Instant) => delegationState({ validFrom: start, validUntil: end, revokedAt: null }, instant);
    expect([at(start.subtract({ seconds: 1 })), at(start), at(end.subtract({ seconds: 1 })), at(end)]).toEqual(['coming', 'in-force', 'in-force', 'ended']);
    expect(end.subtract({ seconds: 1 }).toZonedDateTimeISO(where).toPlainDate().toString()).toBe(until);
  }));
  expect(delegationDateProblems({ from: '2026-01-13', until: '2027-01-13', today: '2026-01-13' })).toEqual([]);
  expect(delegationDateProblems({ from: '2026-01-13', until: '2027-01-14', today: '2026-01-13' }).map(({ path }) => path)).toEqual(['until']);
});

const held = fc.array(fc.record({ role: fc.constantFrom(...roles), territory: fc.constantFrom('86', '79', '*') }), { maxLength: 4 });
test('[ACT-02] [ACT-17] nobody gives a role beyond his territories, nor one that his own roles do not let him give', () => {
  fc.assert(fc.property(held, fc.constantFrom(...roles), fc.constantFrom('86', '79', '*'), (mine: HeldRole[], role, territory) => {
    const expected = mine.some((one) => (one.territory === '*' || one.territory === territory) && (grantable as Record<string, readonly string[]>)[one.role]?.includes(role));
    expect(mayGrant(mine, { role, territory })).toBe(expected);
    if (mayKeep(mine, [{ role, territory }]) && role !== 'delegataire') expect(expected).toBe(true);
  }));
  const machines = ['editor', 'lrm', 'telephony', 'delegataire'] as const;
  for (const role of machines) expect(mayGrant(grantorRoles.map((mine) => ({ role: mine, territory: '*' })), { role, territory: '86' })).toBe(false);
  expect(mayGrant([{ role: 'gestionnaire-comptes', territory: '86' }], { role: 'administrateur', territory: '86' })).toBe(false);
});

test('[ACT-01] an account opens by a validation or by its own invitation, and from nowhere else', () => {
  const opening = accountStates.flatMap((state) => accountEvents.filter((event) => state !== 'active' && nextState(state, event) === 'active').map((event) => `${state} ${event}`));
  expect(opening).toEqual(['pending validate', 'invited follow-invitation', 'suspended reopen']);
});

test('[ACT-14] [ACT-19] each role of the team has its level; those of the town are not counted in the regulation', () => {
  expect(levelOf({ team: null, roles: ['osnp'] })).toBe('mg');
  expect(levelOf({ team: 'secretariat', roles: ['osnp'] })).toBe('secretariat');
  expect(levelOf({ team: null, roles: ['medecin-specialise'] })).toBe('specialised');
  for (const role of ['effecteur', 'delegataire', 'gestionnaire-structure', 'editor'] as const) expect(levelOf({ team: 'mg', roles: [role] })).toBeNull();
});
