import { expect, test } from 'vitest';
import { createTestDatabase } from '../../tests/support/database.ts';
import { ManualClock } from '../../src/foundation/clock.ts';
import type { Actor } from '../../src/identity/contract.ts';
import { questionCounts, treeProblems } from '../../src/regulation/protocol/contract.ts';
import { createProtocols } from '../../src/regulation/protocol/server/index.ts';
import { loadDemoProtocols } from './protocols.ts';
import { chestPain, childFever, elderlyFall } from './protocols-content.ts';
import { demoCommunes, generateWorld } from './world.ts';

const reader: Actor = { accountId: 'a', displayName: 'ARM', email: null, roles: ['arm'], territories: ['86'], nationalId: null, structureIds: [], delegations: [], editor: null };

test('[PROT-02, PROT-05] the demonstration has three fictional trees and the list of P0 in force, loaded once', async () => {
  const database = await createTestDatabase();
  const clock = new ManualClock('2026-01-13T07:00:00Z');
  const world = generateWorld({ seed: 1, communes: demoCommunes() });
  await loadDemoProtocols(database, clock, world);
  await loadDemoProtocols(database, clock, world);
  const protocols = createProtocols({ database, clock, territories: { get: () => Promise.reject(new Error('unused')) }, recordOnDossier: async () => undefined, requalified: async () => new Set() });
  const { protocols: trees, p0List } = await protocols.inForce(reader);
  expect(trees.map(({ title }) => title.split(' (')[0])).toEqual(['Chute de la personne âgée', 'Douleur thoracique de l’adulte', 'Fièvre de l’enfant']);
  expect([...trees, p0List!].every(({ title }) => title.endsWith('(fictif, sans valeur médicale)'))).toBe(true);
  expect(p0List!.entries[0]!.motive.code).toBe('M01.01');
  expect((await protocols.list(reader, { status: 'a-valider' })).versions).toMatchObject([{ version: 2, missing: ['snp', 'gouvernance'] }]);
  expect((await protocols.list(reader, {})).versions).toHaveLength(5);
});

test('[PROT-04] each is whole and asks at most six questions', () => {
  for (const tree of [chestPain, childFever, elderlyFall]) {
    expect(treeProblems(tree)).toEqual([]);
    expect(questionCounts(tree).longest).toBeLessThanOrEqual(6);
  }
});
