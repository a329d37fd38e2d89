import { expect, test } from 'vitest';
import { actsOf } from './acts.ts';

test('[RDV-10] what became of the patient is told once he was expected, not before', () => {
  const orientation = { possible: ['cancel', 'no-show', 'honoured', 'move'], start: '2026-01-13T09:00:00Z' };
  expect(actsOf(orientation, Temporal.Instant.from('2026-01-13T08:59:00Z'))).toEqual(['move', 'cancel']);
  expect(actsOf(orientation, Temporal.Instant.from('2026-01-13T09:00:00Z'))).toEqual(['honoured', 'no-show', 'move', 'cancel']);
  expect(actsOf({ ...orientation, start: null })).toContain('honoured');
});
