import { expect, test } from 'vitest';
import { kindInWords, lastedFor, outcomeOf, type DirectoryImport } from './words.ts';

const done: DirectoryImport = {
  id: 'i', kind: 'communes', fileName: 'c.json', startedAt: '2026-11-21T08:00:00Z', finishedAt: '2026-11-21T08:00:12Z', created: 1, updated: 0, ended: 0,
  rejected: 0, rejections: [],
};

test('[ANN-01] how an import went is said: running, finished, finished with lines to read', () => {
  expect(outcomeOf(done).label).toBe('terminé');
  expect(outcomeOf({ ...done, rejected: 3 })).toEqual({ label: 'terminé, à relire', tone: 'warn' });
  expect(outcomeOf({ ...done, finishedAt: null }).label).toBe('en cours');
  expect([lastedFor(done), lastedFor({ ...done, finishedAt: '2026-11-21T08:04:00Z' }), lastedFor({ ...done, finishedAt: null })]).toEqual(['12 s', '4 min', null]);
  expect([kindInWords('communes'), kindInWords('other')]).toEqual(['Communes', 'other']);
});
