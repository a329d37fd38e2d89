import { expect, test } from 'vitest';
import { inventoryFigures } from './inventory.ts';

test('[ANN-04] figures: by software, by source, and the share interfaced among those who take part', () => {
  const one = { sources: [], agenda: null, software: null, seen: null, taking: false } as const;
  expect(inventoryFigures([
    { ...one, sources: ['URPS', 'CDOM'], software: 'A', seen: { source: 'A' }, taking: true }, { ...one, software: 'A', sources: ['URPS'] },
    { ...one, agenda: 'papier', taking: true }, { ...one, seen: { source: 'A' } },
  ])).toEqual({
    softwares: [{ label: 'A', count: 2 }, { label: 'agenda papier', count: 1 }, { label: 'non renseigné', count: 1 }],
    sources: [{ label: 'annuaire', count: 2 }, { label: 'URPS', count: 2 }, { label: 'CDOM', count: 1 }],
    taking: 2, interfaced: 1,
  });
});
