import sql from 'sql-template-tag';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../../../../tests/support/database.ts';
import type { CheckStep } from '../contract.ts';
import { doctor } from '../domain/editor.fixture.ts';
import { aggregationOf, editorNamed, emptyAnswer, fullAnswer, tester } from './aggregation.fixture.ts';

const administrator = { actor: 'account-1', role: 'administrateur' };
const answers = async () => emptyAnswer;

test('[AGR-12] the reference editors are listed inactive, cannot be activated without their address, and can once it is given', async () => {
  const database = await createTestDatabase();
  const { aggregation } = await aggregationOf(database, [], answers);
  const names = ['Clickdoc', 'Doctolib', 'KelDoc', 'Maiia', 'Maincare', 'Medunion urgences', 'Monmedecin.org'];
  expect(await aggregation.editors.addReferences(tester)).toEqual(names);
  expect(await aggregation.editors.addReferences(tester)).toEqual([]);
  expect((await aggregation.editors.list()).map(({ name, active }) => [name, active])).toEqual(names.map((name) => [name, false]));
  expect(await aggregation.vendorNames()).toEqual([]);

  const maiia = await aggregation.editors.get('Maiia');
  await expect(aggregation.editors.save({ ...maiia, active: true }, tester)).rejects.toMatchObject({ code: 'editor-invalid', fields: [{ path: 'baseUrl' }] });
  await aggregation.editors.save({ ...maiia, active: true, baseUrl: 'https://fhir.example/sas' }, tester);
  expect(await aggregation.vendorNames()).toEqual(['Maiia']);
});

test('[AGR-12] an editor removed is not put back by the reference list, and can be added again by hand', async () => {
  const database = await createTestDatabase();
  const { aggregation } = await aggregationOf(database, [], answers);
  await aggregation.editors.addReferences(tester);
  await aggregation.editors.remove('KelDoc', tester);
  expect(await aggregation.editors.addReferences(tester)).toEqual([]);
  await expect(aggregation.editors.get('KelDoc')).rejects.toMatchObject({ code: 'editor-not-found' });
  await expect(aggregation.editors.remove('KelDoc', tester)).rejects.toMatchObject({ code: 'editor-not-found' });
  await aggregation.editors.save(editorNamed('KelDoc'), tester);
  expect(await aggregation.vendorNames()).toEqual(['KelDoc']);
});

test('[AGR-10] adding, modifying and removing an editor is journaled with its author and announced to open screens', async () => {
  const database = await createTestDatabase();
  const { aggregation, clock } = await aggregationOf(database, [], answers);
  await aggregation.editors.save(editorNamed('Agenda A', { stage: 'CADRAGE' }), administrator);
  clock.advance({ hours: 48 });
  await aggregation.editors.save(editorNamed('Agenda A', { stage: 'RECETTE_PROV' }), administrator);
  await aggregation.editors.remove('Agenda A', administrator);
  const db = database.for('foundation');
  expect(await db.query(sql`select actor, role, object_id as name, event from foundation.journal order by seq`)).toEqual(
    ['editor-added', 'editor-modified', 'editor-removed'].map((event) => ({ actor: 'account-1', role: 'administrateur', name: 'Agenda A', event })));
  expect(await db.query(sql`select topic, ids from foundation.event`)).toEqual(Array(3).fill({ topic: 'editor', ids: { name: 'Agenda A' } }));
  expect(await database.for('availability').query(sql`select stage, stage_since as since from availability.editor`)).toEqual([
    { stage: 'RECETTE_PROV', since: '2026-01-15' }]);
});

test('[INT-11] a certificate without its key, an address that is not one, a strange name are refused and nothing is kept', async () => {
  const database = await createTestDatabase();
  const { aggregation } = await aggregationOf(database, [], answers);
  for (const wrong of [{ certPath: '/a.pem' }, { baseUrl: 'ftp://x.example' }, { name: 'a|b' }, { flows: [] }, { concurrency: 0 }]) {
    await expect(aggregation.editors.save({ ...editorNamed('A'), ...wrong }, tester)).rejects.toMatchObject({ code: 'editor-invalid' });
  }
  expect(await aggregation.editors.list()).toEqual([]);
});

test('[AGR-20] an editor that moves to another address is asked again about everyone', async () => {
  const database = await createTestDatabase();
  let calls = 0;
  const { aggregation, clock, search } = await aggregationOf(database, [editorNamed('A')], async () => {
    calls++;
    return emptyAnswer;
  });
  await search([doctor(1)]);
  await aggregation.flush();
  clock.advance({ minutes: 1 });
  await search([doctor(1)]);
  expect(calls).toBe(1);
  await aggregation.editors.save(editorNamed('A', { baseUrl: 'https://moved.example/fhir' }), tester);
  await search([doctor(1)]);
  expect(calls).toBe(2);
});

test('[INT-02] the conformity test runs on professionals that the editor is known to have', async () => {
  const database = await createTestDatabase();
  const step: CheckStep = { id: 'P01', title: 'Requête', status: 'passed', detail: '' };
  let tested: readonly string[] = [];
  const { aggregation, search } = await aggregationOf(database, [editorNamed('A')], async (_, question) => fullAnswer(question), {
    checkEditor: async function* (_, ids) {
      tested = ids;
      yield step;
    },
  });
  await search([doctor(1), doctor(2)]);
  await aggregation.flush();
  expect(await Array.fromAsync(aggregation.editors.test('A'))).toEqual([step]);
  expect(tested).toEqual([doctor(1), doctor(2)]);
  await expect(Array.fromAsync(aggregation.editors.test('Z'))).rejects.toMatchObject({ code: 'editor-not-found' });
});
