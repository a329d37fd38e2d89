import fc from 'fast-check';
import { expect, test } from 'vitest';
import { orientationStatuses } from '../contract.ts';
import { MIN_SAMPLE, noShowRate } from './no-show.ts';
import { askedAt, askedUpTo, closedAt, closedUpTo, undone } from './outcome.ts';
import { isInExcess, mayBeSnp, quarterOf, readQuarter, tierOf, weekOf } from './outcome-acts.ts';
import { concernsReceiver, type Known, noticeFor } from './outcome-notice.ts';

const at = (text: string) => Temporal.Instant.from(text);
const zones = fc.constantFrom('Europe/Paris', 'Indian/Reunion', 'America/Cayenne', 'America/Martinique', 'Pacific/Noumea', 'America/Miquelon');
// Around both nights of the change of hour of 2026 as well as anywhere in the year.
const instants = fc.oneof(
  fc.integer({ min: 0, max: 365 * 24 * 60 }).map((minutes) => at('2026-01-01T00:00:00Z').add({ minutes })),
  fc.integer({ min: 0, max: 3 * 24 * 60 }).map((minutes) => at('2026-03-28T00:00:00Z').add({ minutes })),
  fc.integer({ min: 0, max: 3 * 24 * 60 }).map((minutes) => at('2026-10-24T00:00:00Z').add({ minutes })),
);

test('[RDV-10] what is asked now is exactly what its own hour says: the day after at 08:00 there, on any night, in any zone', () => {
  fc.assert(fc.property(instants, instants, zones, (start, now, zone) => {
    const due = Temporal.Instant.compare(askedAt(start, zone), now) <= 0;
    expect(Temporal.Instant.compare(start, askedUpTo(now, zone)) < 0).toBe(due);
    const local = askedAt(start, zone).toZonedDateTimeISO(zone);
    expect([local.hour, local.minute]).toEqual([8, 0]);
    expect(local.toPlainDate().since(start.toZonedDateTimeISO(zone).toPlainDate()).days).toBe(1);
  }));
  expect(askedAt(at('2026-03-28T22:30:00Z'), 'Europe/Paris').toString(), 'the short night').toBe('2026-03-29T06:00:00Z');
  expect(askedAt(at('2026-10-24T21:30:00Z'), 'Europe/Paris').toString(), 'the long night').toBe('2026-10-25T07:00:00Z');
  expect(askedAt(at('2026-01-13T20:30:00Z'), 'Indian/Reunion').toString(), 'already the next day there').toBe('2026-01-15T04:00:00Z');
});

test('[RDV-10] an appointment is closed untold after whole local days, never before it was asked about', () => {
  fc.assert(fc.property(instants, instants, zones, fc.integer({ min: 1, max: 30 }), (start, now, zone, days) => {
    const due = Temporal.Instant.compare(closedAt(start, zone, days), now) <= 0;
    expect(Temporal.Instant.compare(start, closedUpTo(now, zone, days)) < 0).toBe(due);
    expect(Temporal.Instant.compare(askedAt(start, zone), closedAt(start, zone, days))).toBe(-1);
  }));
  expect(closedAt(at('2026-03-27T09:00:00Z'), 'Europe/Paris', 7).toString()).toBe('2026-04-03T22:00:00Z');
});

test('[RDV-10] a gesture is taken back by its author alone, for some seconds', () => {
  const last = { at: at('2026-01-13T08:00:00Z'), actor: 'me', event: 'no-show', from: 'MODIFIE' } as const;
  const after = (seconds: number) => last.at.add({ seconds });
  expect(undone(last, 'me', after(10))).toBe('MODIFIE');
  expect(undone(last, 'me', after(16))).toBeNull();
  expect(undone(last, 'other', after(1))).toBeNull();
  expect(undone({ ...last, event: 'amend' }, 'me', after(1))).toBeNull();
});

const known = fc.option(fc.record({ told: fc.constantFrom('booked' as const, 'cancelled' as const), start: fc.constantFrom(at('2026-01-13T09:00:00Z'), at('2026-01-13T10:00:00Z')) }));

test('[RDV-12] told what he must know, the receiver has nothing more to be told; nothing is told of what does not concern him', () => {
  fc.assert(fc.property(known, fc.constantFrom(...orientationStatuses), (before: Known | null, status) => {
    const present = { status, start: at('2026-01-13T09:00:00Z') };
    const notice = noticeFor(before, present);
    if (!concernsReceiver(status)) expect(notice).toBeNull();
    if (notice === null) return;
    const after: Known = { told: notice === 'appointment-cancelled' ? 'cancelled' : 'booked', start: present.start };
    expect(noticeFor(after, present)).toBeNull();
  }));
  expect(noticeFor(null, { status: 'ANNULE_SAS', start: at('2026-01-13T09:00:00Z') }), 'never told of: nothing to cancel').toBeNull();
  expect(noticeFor({ told: 'booked', start: at('2026-01-13T09:00:00Z') }, { status: 'ANNULE_EFFECTEUR', start: at('2026-01-13T09:00:00Z') }), 'his own doing').toBeNull();
});

test('[RDV-12] the rate counts what was notified and told; under the smallest sample there is none', () => {
  expect(noShowRate({ honoured: 60, noShow: 6, untold: 2, unnotified: 4 })).toMatchObject({ denominator: 66, rate: 6 / 66, untold: 2 });
  expect(noShowRate({ honoured: MIN_SAMPLE - 1, noShow: 0, untold: 900, unnotified: 900 }).rate).toBeNull();
  expect(noShowRate({ honoured: 0, noShow: MIN_SAMPLE, untold: 0, unnotified: 0 }).rate).toBe(1);
});

test('[DASH-02] [REM-05] steps of indicator 9: 4 acts reach none, 5 and 15 the first, 16 and 25 the second, 26 and 35 the third', () => {
  expect([4, 5, 15, 16, 25, 26, 35].map((acts) => tierOf(acts).reached)).toEqual([null, 1, 1, 2, 2, 3, 3]);
  fc.assert(fc.property(fc.integer({ min: 0, max: 60 }), (acts) => {
    const { missing, reached } = tierOf(acts);
    if (missing !== null) expect(tierOf(acts + missing).reached).toBe((reached ?? 0) + 1);
  }));
  expect(isInExcess({ kind: 'slot', status: 'HONORE' }), 'REM-06: a place of the agenda is never in excess').toBe(false);
  expect(isInExcess({ kind: 'surnumeraire', status: 'REFUSE' })).toBe(false);
  expect(isInExcess({ kind: 'surnumeraire', status: 'PRIS' })).toBe(true);
});

test('[DASH-02] an act of unscheduled care: 48 hours to the second, SAS hours, another doctor than the usual one', () => {
  const act = { kind: 'slot', status: 'HONORE', start: at('2026-01-15T08:00:00Z'), regulatedAt: at('2026-01-13T08:00:00Z'), hours: 'SAS', charterLevel: 1, specialty: 'SM54' } as const;
  expect(mayBeSnp(act)).toBe(true);
  expect(mayBeSnp({ ...act, start: at('2026-01-15T08:00:01Z') })).toBe(false);
  expect(mayBeSnp({ ...act, hours: 'PDSA' })).toBe(false);
  expect(mayBeSnp({ ...act, charterLevel: 0 })).toBe(false);
  expect(mayBeSnp({ ...act, specialty: 'SM42' })).toBe(false);
});

test('[DASH-02] weeks and quarters of the calendar: ISO weeks across the new year, quarters read back', () => {
  expect(weekOf(Temporal.PlainDate.from('2027-01-01'))).toBe('2026-W53');
  fc.assert(fc.property(fc.integer({ min: 0, max: 3_000 }), (days) => {
    const day = Temporal.PlainDate.from('2024-01-01').add({ days });
    const quarter = quarterOf(day);
    expect(Temporal.PlainDate.compare(quarter.from, day) <= 0 && Temporal.PlainDate.compare(day, quarter.until) < 0).toBe(true);
    expect(readQuarter(quarter.name)).toEqual(quarter);
  }));
});
