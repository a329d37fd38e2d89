import sql from 'sql-template-tag';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../../../../tests/support/database.ts';
import type { Actor } from '../../../identity/contract.ts';
import { doctor } from '../domain/editor.fixture.ts';
import { aggregationOf, editorNamed, fullAnswer, tester } from './aggregation.fixture.ts';
import { createInterfacing } from './interfacing.ts';

const administrator: Actor = {
  accountId: 'account-1', displayName: 'Test', email: null, roles: ['administrateur'], territories: ['86'], nationalId: null, structureIds: [], delegations: [], editor: null,
};

async function room() {
  const database = await createTestDatabase();
  const rest = await aggregationOf(database, [editorNamed('A', { stage: 'CADRAGE' })], async (_, question) => fullAnswer(question));
  return { database, ...rest, interfacing: createInterfacing({ database, clock: rest.clock }) };
}

test('[AGR-11] each stage of a project is kept with its dates; an impossible move and an impossible date are refused and change nothing', async () => {
  const { interfacing, clock, aggregation, database } = await room();
  clock.advance({ hours: 24 * 10 });
  expect(await interfacing.move('A', { stage: 'DEVELOPPEMENT', on: '2026-01-20' }, administrator)).toEqual([
    { stage: 'CADRAGE', startedOn: '2026-01-13', endedOn: '2026-01-20' }, { stage: 'DEVELOPPEMENT', startedOn: '2026-01-20', endedOn: null }]);
  await expect(interfacing.move('A', { stage: 'EXPLOITATION', on: '2026-01-23' }, administrator)).rejects.toMatchObject({ code: 'stage-impossible', extra: { possible: ['RECETTE_PROV', 'CADRAGE'] } });
  for (const on of ['2026-01-19', '2026-01-24']) {
    await expect(interfacing.move('A', { stage: 'RECETTE_PROV', on }, administrator)).rejects.toMatchObject({ code: 'stage-date', fields: [{ path: 'on' }] });
  }
  await interfacing.move('A', { stage: 'RECETTE_PROV', on: '2026-01-21' }, administrator);
  await interfacing.move('A', { stage: 'DEVELOPPEMENT', on: '2026-01-22' }, administrator);
  expect((await interfacing.stages('A')).map(({ stage }) => stage)).toEqual(['CADRAGE', 'DEVELOPPEMENT', 'RECETTE_PROV', 'DEVELOPPEMENT']);
  // What the command line or the demonstration says is kept too.
  await aggregation.editors.save(editorNamed('A', { stage: 'EXPLOITATION' }), tester);
  expect((await interfacing.stages('A')).at(-1)).toEqual({ stage: 'EXPLOITATION', startedOn: '2026-01-23', endedOn: null });
  expect(await database.for('availability').one(sql`select stage from availability.editor where name = 'A'`)).toEqual({ stage: 'EXPLOITATION' });
  await expect(interfacing.stages('Z')).rejects.toMatchObject({ code: 'editor-not-found' });
});

test('[AGR-19] the kit of a flow reaches those whose agenda that vendor holds, while the flow is active', async () => {
  const { interfacing, aggregation, search } = await room();
  const links = { tutorialUrl: 'https://a.example/tutoriel', faqUrl: null, sheetUrl: 'https://a.example/fiche.pdf', mails: { LANCE: 'https://a.example/courriel-lance.html' } };
  await interfacing.saveKit('A', 'ps', links, tester);
  await interfacing.saveKit('A', 'sos', { ...links, mails: {} }, tester);
  expect(await interfacing.kitsOf([doctor(1)])).toEqual([]);
  await search([doctor(1)]);
  await aggregation.flush();
  expect(await interfacing.kitsOf([doctor(1), doctor(2)])).toEqual([{ editor: 'A', flow: 'ps', ...links }]);
  await aggregation.editors.save(editorNamed('A', { active: false }), tester);
  expect(await interfacing.kitsOf([doctor(1)])).toEqual([]);
  expect(await interfacing.kits('A')).toHaveLength(2);
});

test('[AGR-17] a local tool has 24 months from its registration; other territories are refused and the refusal journaled', async () => {
  const { interfacing, clock, database } = await room();
  await interfacing.registerTool({ territory: '86', name: 'PlanningGarde', usedBy: 'médecins de garde', registeredOn: '2024-03-01' }, administrator);
  const tool = async () => (await interfacing.tools('86', administrator))[0]!;
  expect(await tool()).toMatchObject({ dueOn: '2026-03-01', state: 'soon', days: 47 });
  clock.advance({ hours: 24 * 50 });
  expect(await tool()).toMatchObject({ state: 'overdue', days: 3 });
  const foreign = { ...administrator, territories: ['79'] };
  const { id } = await tool();
  await expect(interfacing.tools('86', foreign)).rejects.toMatchObject({ code: 'territory-out-of-reach' });
  await expect(interfacing.removeTool(id, foreign)).rejects.toMatchObject({ code: 'territory-out-of-reach' });
  expect(await database.owner.for('foundation').query(sql`select 1 from foundation.journal where event = 'local-tool-refused'`)).toHaveLength(2);
  await interfacing.complyTool(id, '2026-03-02', administrator);
  expect(await tool()).toMatchObject({ state: 'compliant', compliantOn: '2026-03-02' });
  await interfacing.removeTool(id, administrator);
  expect(await interfacing.tools('86', administrator)).toEqual([]);
  await expect(interfacing.removeTool(id, administrator)).rejects.toMatchObject({ code: 'tool-not-found' });
  await expect(interfacing.registerTool({ territory: '86', name: 'X', usedBy: 'Y', registeredOn: '2099-01-01' }, administrator)).rejects.toMatchObject({ code: 'tool-date' });
});
