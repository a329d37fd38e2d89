import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type AccountCommand, type AccountIdentifier, afterWriting, commandFor, type Known, pendingAction, type Regulator, retryAfter, type SendOutcome, stateOf, type VendorAccount,
} from './vendor-account.ts';

const here = 'https://vendor.example/fhir';
const regulator: Regulator = { accountId: 'uuid-1', nationalId: null, displayName: 'Zoé Regul', lastName: 'Regul', firstName: 'Zoé', email: 'zoe@samu.example', active: true };
const nothing: Known = { held: null, attempted: null };
const bears = (account: VendorAccount, { kind, value }: AccountIdentifier) => account.identifier.kind === kind && account.identifier.value === value;

/** A vendor as the guide wants it: an id belongs to one active account, an update of nobody creates. */
class Vendor {
  accounts: VendorAccount[] = [];

  write({ target, account }: AccountCommand): SendOutcome {
    const found = target ? this.accounts.filter((one) => bears(one, target)) : [];
    const others = this.accounts.filter((one) => bears(one, account.identifier) && !found.includes(one));
    if (others.some(({ active }) => active)) return { kind: 'refused', status: 422, message: 'déjà pris' };
    this.accounts = [...this.accounts.filter((one) => !found.includes(one) && !others.includes(one)), account];
    return { kind: 'done' };
  }
}

const lost: SendOutcome = { kind: 'unknown', status: null, message: 'pas de réponse' };
const changes = fc.record({
  nationalId: fc.constantFrom(null, '3860000001/1', '810000000017'), email: fc.constantFrom('zoe@samu.example', 'z.regul@samu.example'), active: fc.boolean(),
});
const steps = fc.array(fc.record({ change: changes, fate: fc.constantFrom('answered', 'answer-lost', 'never-arrived', 'process-died-before', 'process-died-after') }), { maxLength: 12 });

test('[INT-03] P17 P18 whatever is lost on the way, the vendor ends with one account of the regulator, as he is now', () => {
  fc.assert(
    fc.property(steps, changes, (story, end) => {
      const vendor = new Vendor();
      let known = nothing;
      const turn = (wanted: Regulator, fate: (typeof story)[number]['fate']): boolean => {
        const action = pendingAction(wanted, known, here);
        if (!action) return false;
        const command = commandFor(action, wanted, known, here)!;
        const outcome = fate === 'never-arrived' || fate === 'process-died-before' ? lost : vendor.write(command);
        if (fate.startsWith('process-died')) known = { held: known.held, attempted: command.account };
        else known = afterWriting(known, command, fate === 'answered' ? outcome : lost).known;
        return true;
      };
      for (const { change, fate } of story) turn({ ...regulator, ...change }, fate);
      const wanted = { ...regulator, ...end };
      let turns = 0;
      while (turn(wanted, 'answered')) expect(turns++).toBeLessThan(6);
      const active = vendor.accounts.filter((account) => account.active);
      if (wanted.active) expect(active).toEqual([{ identifier: commandFor('create', wanted, nothing, here)!.account.identifier, lastName: 'Regul', firstName: 'Zoé', email: wanted.email, active: true, baseUrl: here }]);
      else expect(active).toEqual([]);
      expect(known.attempted).toBeNull();
    }),
    { numRuns: 2_000 },
  );
});

test('[INT-03] P17 a creation is never sent again once it was accepted, and an update follows one whose answer was lost', () => {
  const create = commandFor('create', regulator, nothing, here)!;
  expect(create.target).toBeNull();
  expect(pendingAction(regulator, afterWriting(nothing, create, { kind: 'done' }).known, here)).toBeNull();
  const doubt = afterWriting(nothing, create, lost).known;
  expect(commandFor('create', regulator, doubt, here)!.target).toEqual({ kind: 'technical', value: 'uuid-1' });
  const refused = afterWriting(nothing, create, { kind: 'refused', status: 400, message: 'mal formé' });
  expect(refused).toEqual({ known: nothing, retry: false });
});

test('[INT-03] P18 the national id added later: the update names the technical id and carries the national one', () => {
  const held = commandFor('create', regulator, nothing, here)!.account;
  const wanted = { ...regulator, nationalId: '3860000001/1' };
  const known = { held, attempted: null };
  expect(pendingAction(wanted, known, here)).toBe('update');
  expect(commandFor('update', wanted, known, here)).toMatchObject({ target: { kind: 'technical', value: 'uuid-1' }, account: { identifier: { kind: 'national', value: '3860000001/1' } } });
});

test('[INT-03] P19 a suspended regulator is closed where he has an account, even with an address lost since, and nowhere else', () => {
  const held = commandFor('create', regulator, nothing, here)!.account;
  const suspended = { ...regulator, active: false, email: null };
  expect(pendingAction(suspended, nothing, here)).toBeNull();
  expect(pendingAction(suspended, { held, attempted: null }, here)).toBe('deactivate');
  expect(commandFor('deactivate', suspended, { held, attempted: null }, here)).toEqual({ target: held.identifier, account: { ...held, active: false } });
  expect(commandFor('create', { ...regulator, email: null }, nothing, here)).toBeNull();
});

test('[INT-03] a vendor that moved is told again; waits grow, end for what was refused, and never end for a deactivation', () => {
  const held = commandFor('create', regulator, nothing, here)!.account;
  expect(pendingAction(regulator, { held, attempted: null }, 'https://moved.example/fhir')).toBe('update');
  expect([1, 2, 3, 4, 5, 6].map((attempts) => retryAfter('create', attempts, true))).toEqual([10, 60, 300, 1_800, 3_600, null]);
  expect(retryAfter('update', 1, false)).toBeNull();
  expect([1, 6, 60].map((attempts) => retryAfter('deactivate', attempts, false))).toEqual([10, 3_600, 3_600]);
});

test.each([
  [{ pending: null, active: null, due: false, failed: false }, 'none'],
  [{ pending: null, active: true, due: false, failed: false }, 'ready'],
  [{ pending: null, active: false, due: false, failed: false }, 'deactivated'],
  [{ pending: 'update', active: true, due: false, failed: false }, 'waiting-sign-in'],
  [{ pending: 'create', active: null, due: true, failed: false }, 'sending'],
  [{ pending: 'create', active: null, due: true, failed: true }, 'retrying'],
  [{ pending: 'create', active: null, due: false, failed: true }, 'refused'],
] as const)('[INT-03] %j reads %s', (row, state) => expect(stateOf(row)).toBe(state));
