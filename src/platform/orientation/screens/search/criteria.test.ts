import fc from 'fast-check';
import { expect, test } from 'vitest';
import { searchQuerySchema } from '../../contract.ts';
import { criteriaSchema, toQuery, windowOf } from './criteria.ts';

const zone = 'Europe/Paris';
const at = Temporal.Instant.from('2026-11-21T22:30:00Z');

test('[RDV-05] the window defaults to 48 h, and the server decides its bounds', () => {
  expect(windowOf(criteriaSchema.parse({}).window, at, zone)).toEqual({});
});

test('[NFR-03] today and tomorrow are the days of the SAS, not of the workstation', () => {
  expect(windowOf('today', at, zone)).toEqual({ to: '2026-11-21T23:00:00Z' });
  expect(windowOf('tomorrow', at, zone)).toEqual({ from: '2026-11-21T23:00:00Z', to: '2026-11-22T23:00:00Z' });
  expect(windowOf('tomorrow', at, 'Indian/Reunion')).toEqual({ from: '2026-11-22T20:00:00Z', to: '2026-11-23T20:00:00Z' });
});

test('[NFR-03] tomorrow lasts 23 or 25 hours on the nights when the clock changes', () => {
  const hours = (day: string) => {
    const { from, to } = windowOf('tomorrow', Temporal.Instant.from(day), zone);
    return Temporal.Instant.from(from!).until(to!).total('hours');
  };
  expect([hours('2026-03-28T12:00:00Z'), hours('2026-10-24T12:00:00Z'), hours('2026-06-01T12:00:00Z')]).toEqual([23, 25, 24]);
});

test('a precise point replaces the commune in the question and appears nowhere in the address', () => {
  const criteria = criteriaSchema.parse({ place: 'Poitiers', insee: '86194' });
  const query = toQuery(criteria, { precise: { label: '3 rue des Lilas', lat: 46.5, lon: 0.3 } }, at, zone);
  expect(query).toMatchObject({ lat: 46.5, lon: 0.3 });
  expect(query.insee).toBeUndefined();
  expect(JSON.stringify(criteria)).not.toMatch(/Lilas|46\.5/);
});

test('whatever is typed in the address bar, the screen opens and asks a question that the API accepts', () => {
  const text = fc.oneof(fc.string(), fc.constantFrom('1', 'SM54', '86194', 'AMB', 'today', '-3', '1e9'));
  const value = fc.oneof(text, fc.array(text, { maxLength: 3 }));
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...Object.keys(criteriaSchema.shape)), value), (search) => {
      const criteria = criteriaSchema.parse({ ...search, place: 'Poitiers' });
      const query = Object.fromEntries(Object.entries(toQuery(criteria, {}, at, zone)).filter(([, item]) => item !== undefined && item !== ''));
      expect(searchQuerySchema.safeParse(query).error?.issues ?? []).toEqual([]);
    }),
  );
});
