import fc from 'fast-check';
import { expect, test } from 'vitest';
import { orientationStatuses } from '../contract.ts';
import { UNTOLD } from './outcome.ts';
import { isBeyond48h, isStale, matchReservation } from './booking.ts';
import { type Act, appointmentStatus, decide, type Kind, moves, type Party, possibleActs } from './states.ts';
import { effectOf, effects } from './states-appointment.ts';

const at = (text: string) => Temporal.Instant.from(text);
const statuses = fc.constantFrom(...orientationStatuses);
const acts = fc.constantFrom<Act>(
  'ask-doctor', 'ask-structure', 'accept', 'refuse', 'decline', 'no-answer', 'expire', 'name', 'cancel', 'cancel-for-patient', 'honoured', 'no-show', 'amend', 'move',
);
const kinds = fc.constantFrom<Kind>('slot', 'editor', 'phone', 'surnumeraire');
const parties = fc.subarray<Party>(['sas', 'effecteur', 'structure']);

test('[RDV-09] what is possible is exactly what is decided, and nobody can do what nobody may', () => {
  fc.assert(fc.property(statuses, kinds, parties, acts, (status, kind, who, act) => {
    const verdict = decide(status, kind, who, act);
    expect('move' in verdict).toBe(possibleActs(status, kind, who).includes(act));
    if (who.length === 0) expect(verdict).toEqual({ refusal: 'forbidden' });
    if ('move' in verdict && act !== 'move') expect(verdict.move.to).not.toBe(status);
  }));
});

test('[RDV-09] a past HONORE and every cancellation are final; a role never gains what the table does not give it', () => {
  expect(moves.HONORE.map(({ act }) => act), 'only by an amendment').toEqual(['amend']);
  for (const status of ['ANNULE_SAS', 'ANNULE_PATIENT', 'ANNULE_EFFECTEUR', 'REFUSE', 'EXPIRE'] as const) expect(moves[status]).toEqual([]);
  expect(decide('PRIS', 'slot', ['sas'], 'honoured')).toEqual({ refusal: 'forbidden' });
  expect(decide('PRIS', 'slot', ['effecteur'], 'accept')).toEqual({ refusal: 'impossible' });
  expect(decide('HONORE', 'slot', ['sas'], 'cancel')).toEqual({ refusal: 'impossible' });
  expect(decide('PRIS', 'slot', ['sas'], 'cancel')).toMatchObject({ move: { to: 'ANNULE_SAS', seat: 'released' } });
  expect(decide('PRIS', 'slot', ['effecteur'], 'cancel')).toMatchObject({ move: { to: 'ANNULE_EFFECTEUR', seat: 'withdrawn' } });
  expect(decide('PRIS', 'editor', ['sas'], 'cancel'), "a vendor's appointment is cancelled there").toEqual({ refusal: 'impossible' });
  expect(decide('PRIS', 'editor', ['effecteur'], 'honoured'), 'and so is its outcome').toEqual({ refusal: 'impossible' });
  expect(decide('RESERVATION', 'editor', ['sas'], 'cancel')).toMatchObject({ move: { to: 'ANNULE_SAS' } });
});

test('[RDV-09] every status is reached by a move, a booking or a message, and those kept for later issues are named', () => {
  const reached = new Set([
    'RESERVATION', 'PRIS', 'PROPOSE', 'SOLLICITE', 'DEMANDE', UNTOLD,
    ...Object.values(moves).flat().map((move) => move.to), ...Object.values(effects).flatMap((effect) => Object.values(effect)),
  ]);
  expect(orientationStatuses.filter((status) => !reached.has(status))).toEqual([
    'BROUILLON', 'ECHEC_CRENEAU_PRIS',
  ]);
});

test('[RDV-05] 48 hours to the second', () => {
  const now = at('2026-01-13T08:00:00Z');
  expect(isBeyond48h(at('2026-01-15T08:00:00Z'), now)).toBe(false);
  expect(isBeyond48h(at('2026-01-15T08:00:01Z'), now)).toBe(true);
  expect(isStale('RESERVATION', now, at('2026-01-13T10:00:00Z'))).toBe(false);
  expect(isStale('RESERVATION', now, at('2026-01-13T10:00:01Z'))).toBe(true);
  expect(isStale('PRIS', now, at('2026-01-20T10:00:00Z'))).toBe(false);
});

const pendingAt = (id: string, start: string, createdAt: string, nationalId: string | null = 'doc') => ({ id, nationalId, start: at(start), createdAt: at(createdAt) });

test('[INT-04] an appointment finds the click it comes from: same start first, else the last click of two hours', () => {
  const now = at('2026-01-13T09:00:00Z');
  const early = pendingAt('early', '2026-01-13T15:00:00Z', '2026-01-13T08:10:00Z');
  const last = pendingAt('last', '2026-01-13T16:00:00Z', '2026-01-13T08:50:00Z');
  const find = (start: string, practitionerId: string | null = 'doc', pending = [early, last]) => matchReservation(pending, { start: at(start), practitionerId }, now)?.id ?? null;
  expect(find('2026-01-13T15:02:00Z')).toBe('early');
  expect(find('2026-01-13T18:00:00Z')).toBe('last');
  expect(find('2026-01-13T15:00:00Z', 'other')).toBeNull();
  const old = pendingAt('old', '2026-01-13T15:00:00Z', '2026-01-12T08:00:00Z');
  expect(find('2026-01-13T15:00:00Z', 'doc', [old])).toBe('old');
  expect(find('2026-01-13T15:30:00Z', 'doc', [old])).toBeNull();
  expect(find('2026-01-13T15:00:00Z', 'anyone', [pendingAt('sos', '2026-01-13T15:00:00Z', '2026-01-13T08:50:00Z', null)])).toBe('sos');
});

const told = fc.constantFrom('pending' as const, 'booked' as const, 'fulfilled' as const, 'noshow' as const, 'cancelled' as const);
const hour = fc.integer({ min: 9, max: 11 }).map((value) => at(`2026-01-13T${String(value).padStart(2, '0')}:00:00Z`));
const message = fc.record({ status: told, start: hour, practitionerId: fc.constantFrom(null, 'doc', 'other') }).map((one) => ({
  ...one, key: 's|1', end: one.start.add({ minutes: 20 }), created: null, operator: { kind: 'technical' as const, value: 'x' },
}));

test('[INT-04] any order of messages: a repeated one changes nothing, a final status is never undone', () => {
  fc.assert(fc.property(fc.array(message, { minLength: 1, maxLength: 8 }), (messages) => {
    let known = { status: 'RESERVATION' as (typeof orientationStatuses)[number], start: null as Temporal.Instant | null, end: null as Temporal.Instant | null, nationalId: null as string | null };
    for (const one of messages) {
      const before = known;
      const effect = effectOf(known, one);
      if (effect.kind === 'changed') known = effect;
      expect(['unchanged', 'late']).toContain(effectOf(known, one).kind);
      if (before.status === 'HONORE' || before.status.startsWith('ANNULE')) expect(known).toEqual(before);
      if (before.nationalId !== null) expect(known.nationalId).not.toBeNull();
    }
  }));
});

test('[INT-04] statuses of INT_R03 and of the message to the LRM', () => {
  const base = { status: 'PRIS' as const, start: at('2026-01-13T10:00:00Z'), end: at('2026-01-13T10:20:00Z'), nationalId: 'doc' };
  const tell = { key: 'k', created: null, operator: { kind: 'technical' as const, value: 'x' }, practitionerId: 'doc' as string | null, start: base.start, end: base.end };
  expect(effectOf(base, { ...tell, status: 'booked' })).toEqual({ kind: 'unchanged' });
  expect(effectOf(base, { ...tell, status: 'booked', start: at('2026-01-13T11:00:00Z'), end: at('2026-01-13T11:20:00Z') })).toMatchObject({ status: 'MODIFIE', event: 'appointment-moved' });
  expect(effectOf(base, { ...tell, status: 'booked', practitionerId: 'other' })).toMatchObject({ status: 'MODIFIE', event: 'practitioner-replaced' });
  expect(effectOf({ ...base, nationalId: null }, { ...tell, status: 'booked' })).toMatchObject({ status: 'PRIS', event: 'practitioner-named', nationalId: 'doc' });
  expect(effectOf({ ...base, status: 'RESERVATION', nationalId: null }, { ...tell, status: 'pending', practitionerId: null })).toMatchObject({ status: 'ACCEPTE_SANS_NOM' });
  expect(effectOf({ ...base, status: 'ACCEPTE_SANS_NOM', nationalId: null }, { ...tell, status: 'booked' })).toMatchObject({ status: 'PRIS', nationalId: 'doc' });
  expect(effectOf({ ...base, status: 'ANNULE_EFFECTEUR' }, { ...tell, status: 'booked' })).toEqual({ kind: 'late' });
  expect(appointmentStatus.MODIFIE).toBe('booked');
});
