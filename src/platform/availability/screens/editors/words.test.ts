import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayLabel, isWeekend, slotsChart } from './chart-model.ts';
import { certificateOf, deadlineInWords, readRequest, share, stateOf } from './words.ts';

const now = Temporal.Instant.from('2026-11-21T10:00:00Z');
const healthy = { active: true, circuit: 'closed', calls24h: 100, ok24h: 99, suspendedSince: null } as const;

test('[AGR-14] the state of a vendor is said in words, the most worrying first', () => {
  const states = [
    stateOf({ ...healthy, circuit: 'open', suspendedSince: '2026-11-21T09:46:00Z' }, now),
    stateOf({ ...healthy, ok24h: 0 }, now),
    stateOf({ ...healthy, circuit: 'half-open' }, now),
    stateOf({ ...healthy, ok24h: 94 }, now),
    stateOf({ ...healthy, calls24h: 0, ok24h: 0 }, now),
    stateOf(healthy, now),
    stateOf({ ...healthy, active: false, circuit: 'open' }, now),
  ];
  expect(states.map(({ label }) => label)).toEqual(['Suspendu depuis 14 min', 'Ne répond pas', 'À l’essai', 'Irrégulier', 'Pas encore interrogé', 'Répond', 'Désactivé']);
  expect(states.map(({ order }) => order)).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

test('[AGR-16] a share is never rounded to all or to nothing', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (whole, ratio) => {
      const part = Math.round(whole * ratio);
      expect(share(part, whole) === '100 %').toBe(part === whole);
      expect(share(part, whole) === '0 %').toBe(part === 0);
    }),
  );
  expect(share(0, 0)).toBe('—');
});

test('[INT-11] a certificate near its end is told with the days left', () => {
  const cert = (certificateExpiresAt: string | null, certificateAlert: 'none' | 'soon' | 'urgent' | 'expired') =>
    certificateOf({ certPath: '/c', certificateExpiresAt, certificateAlert }, now);
  expect(cert('2026-12-01T10:00:00Z', 'urgent')).toEqual({ label: 'expire dans 10 j', tone: 'bad' });
  expect(cert('2027-01-10T09:00:00Z', 'soon')).toEqual({ label: 'expire dans 49 j', tone: 'warn' });
  expect(cert('2026-11-20T10:00:00Z', 'expired')).toEqual({ label: 'expiré', tone: 'bad' });
  expect(cert(null, 'none').label).toBe('illisible');
  expect(certificateOf({ certPath: null, certificateExpiresAt: null, certificateAlert: 'none' }, now).label).toBe('sans certificat');
});

test('the question of a call is read for the vendor’s engineer', () => {
  expect(readRequest('cpts ids=810100000342,810100000343 from=2026-11-21T10:00:00Z to=2026-11-23T10:00:00Z')).toEqual({
    flow: 'CPTS', ids: ['810100000342', '810100000343'], from: '2026-11-21T10:00:00Z', to: '2026-11-23T10:00:00Z',
  });
  expect(readRequest('GET /Slot')).toBeNull();
});

test('[AGR-16] slots a day by source share their days and their scale; missing days count zero', () => {
  const { days, series, max } = slotsChart([
    { day: '2026-11-20', source: 'Rapide', slots: 12 }, { day: '2026-11-22', source: 'platform', slots: 3 }, { day: '2026-11-22', source: 'Lent', slots: 40 },
  ]);
  expect(days).toEqual(['2026-11-20', '2026-11-21', '2026-11-22']);
  expect(series.map(({ label, values }) => [label, ...values])).toEqual([['Agenda du SAS', 0, 0, 3], ['Lent', 0, 0, 40], ['Rapide', 12, 0, 0]]);
  expect(max).toBe(40);
  expect(slotsChart([])).toEqual({ days: [], series: [], max: 1 });
  expect([dayLabel('2026-11-22'), isWeekend('2026-11-22'), isWeekend('2026-11-23')]).toEqual(['dim. 22', true, false]);
});

test('[AGR-17] the deadline of a local tool is said in words', () => {
  expect(deadlineInWords({ state: 'soon', days: 47, compliantOn: null })).toBe('reste 47 jours');
  expect(deadlineInWords({ state: 'soon', days: 0, compliantOn: null })).toBe('dernier jour');
  expect(deadlineInWords({ state: 'overdue', days: 1, compliantOn: null })).toBe('en retard de 1 jour');
  expect(deadlineInWords({ state: 'compliant', days: 9, compliantOn: '2026-03-02' })).toBe('interopérable depuis le 2 mars 2026');
});
