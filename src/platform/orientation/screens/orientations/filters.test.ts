import { expect, test } from 'vitest';
import { orientationStatuses } from '../../contract.ts';
import { boundsOf, families, filterSchema, isUnfiltered, questionOf, statusChoices } from './filters.ts';

const today = Temporal.PlainDate.from('2026-11-21');
const filters = (given: Record<string, string> = {}) => filterSchema.parse(given);

test('[DASH-01] every status a person can meet belongs to one family of the filter', () => {
  const grouped = Object.values(families).flatMap(({ statuses }) => [...statuses]).sort();
  expect(grouped).toEqual(orientationStatuses.filter((status) => status !== 'BROUILLON' && status !== 'PROPOSE').toSorted());
  expect(new Set(statusChoices.map(({ value }) => value)).size).toBe(statusChoices.length);
});

test('[RDV-19] filters become the question to the API', () => {
  expect(questionOf(filters({ status: 'booked', period: 'today', q: 'moreau', mine: '1' }), today)).toEqual({
    status: ['PRIS', 'MODIFIE'], q: 'moreau', mine: 'true', sort: 'created', descending: 'true', from: '2026-11-21', to: '2026-11-21',
  });
  expect(questionOf(filters({ status: 'HONORE', period: 'all', order: 'asc' }), today)).toMatchObject({ status: ['HONORE'], descending: 'false' });
});

test('[RDV-19] periods are whole days, coming appointments included unless the period ends', () => {
  expect(boundsOf(filters({ period: 'tomorrow' }), today)).toEqual({ from: '2026-11-22', to: '2026-11-22' });
  expect(boundsOf(filters(), today)).toEqual({ from: '2026-11-14' });
  expect(boundsOf(filters({ period: 'dates', to: '2026-11-03' }), today)).toEqual({ to: '2026-11-03' });
});

test('a wrong address falls back on the usual list', () => {
  expect(filters({ status: 'x', period: 'y', sort: 'z', open: 'not-an-id', from: 'hier', mine: 'true' })).toEqual(filters());
  expect(isUnfiltered(filters())).toBe(false);
  expect(isUnfiltered(filters({ period: 'all' }))).toBe(true);
});
