import sql from 'sql-template-tag';
import { beforeAll, expect, test } from 'vitest';
import { actorOf } from '../../dossier/server/room.fixture.ts';
import type { P0Entry } from '../contract.ts';
import { smallTree } from '../domain/tree.fixture.ts';
import { ProtocolTable, sheet } from './protocol.fixture.ts';

let table: ProtocolTable;
beforeAll(async () => {
  table = await ProtocolTable.open();
});

const refusal = (work: Promise<unknown>) => work.then(() => null, (error: unknown) => error as { code: string; status: number; fields: { path: string }[] });

test('[PROT-01, US-RF-01] a version is in force after both filières and the governance, and not before', async () => {
  const { protocols, mru, mrg, head, room } = table;
  const draft = await table.written();
  expect(draft).toMatchObject({ status: 'brouillon', version: 1, revision: 2, missing: ['amu', 'snp', 'gouvernance'], authors: [{ name: 'Dr Urgence', role: 'mru' }] });
  const { id, version } = await protocols.submit(mrg, draft.id, draft.revision);
  expect((await protocols.approve(mru, id, { version, comment: 'relu' })).missing).toEqual(['snp', 'gouvernance']);
  expect(await refusal(protocols.approve(mru, id, { version, comment: '' }))).toMatchObject({ status: 403, code: 'approval-refused' });
  expect((await protocols.approve(head, id, { version, comment: '' })).status).toBe('a-valider');
  expect((await protocols.inForce(table.arm)).protocols).toEqual([]);
  const done = await protocols.approve(mrg, id, { version, comment: '' });
  expect(done).toMatchObject({ status: 'en-vigueur', missing: [], inForceAt: room.clock.now().toString(), approvals: [{ party: 'amu', name: 'Dr Urgence', comment: 'relu' }, { party: 'gouvernance' }, { party: 'snp' }] });
  expect((await protocols.inForce(table.arm)).protocols).toMatchObject([{ id, version: 1, title: 'Fièvre (fictif)', tree: smallTree }]);
  const events = (await room.events(id)).map(({ event }) => event);
  expect(events).toEqual(['protocol-drafted', 'protocol-saved', 'protocol-submitted', 'protocol-approved', 'refused', 'protocol-approved', 'protocol-approved', 'protocol-in-force']);
  expect((await room.announced('protocol')).at(-1)).toMatchObject({ ids: { protocolId: id }, audience: { territories: ['86'] } });
});

test('[PROT-01] one person with both roles gives one approval; who speaks for nobody gives none', async () => {
  const { protocols, mru } = table;
  const both = actorOf('mru', 'Dr Double', { roles: ['mru', 'mrg', 'responsable-sas'] });
  const draft = await table.written();
  const { id, version } = await protocols.submit(mru, draft.id, draft.revision);
  await protocols.approve(both, id, { version, party: 'snp', comment: '' });
  for (const party of ['amu', 'gouvernance', 'snp'] as const) expect(await refusal(protocols.approve(both, id, { version, party, comment: '' }))).toMatchObject({ code: 'approval-refused' });
  for (const actor of [table.arm, table.room.staff.psy, table.room.staff.sv]) expect(await refusal(protocols.approve(actor, id, { version, comment: '' }))).toMatchObject({ status: 403 });
  expect(await refusal(protocols.approve(table.elsewhere, id, { version, comment: '' }))).toMatchObject({ status: 404 });
  expect(await refusal(protocols.get(table.elsewhere, id))).toMatchObject({ code: 'protocol-not-found' });
  await protocols.retire(mru, id, { version, reason: 'essai terminé' });
});

test('[PROT-03, PROT-04] an incomplete draft is kept, and every point to complete is told', async () => {
  const { protocols, mru } = table;
  const draft = await protocols.create(mru, { kind: 'arbre', title: 'Chute (fictif)' });
  const error = await refusal(protocols.submit(mru, draft.id, draft.revision));
  expect(error).toMatchObject({ status: 422, code: 'protocol-incomplete' });
  expect(error!.fields.map(({ path }) => path)).toEqual([
    'filieres', 'references', 'drafters.amu', 'drafters.snp', 'validation.coherence', 'validation.quality', 'validation.filieres', 'validation.governance', 'content.first',
  ]);
  expect((await protocols.get(mru, draft.id)).protocol).toMatchObject({ status: 'brouillon', revision: 1 });
});

test('[PROT-01] two writers never overwrite each other; what is submitted does not change', async () => {
  const { protocols, mru, mrg } = table;
  const draft = await table.written();
  const body = { ...sheet, revision: draft.revision, content: draft.content };
  const saved = await protocols.save(mrg, draft.id, { ...body, title: 'Fièvre, relue (fictif)' });
  expect(saved.authors.map(({ name }) => name)).toEqual(['Dr Urgence', 'Dr Ville']);
  expect(await refusal(protocols.save(mru, draft.id, body))).toMatchObject({ status: 412, code: 'protocol-moved', extra: { revision: saved.revision } });
  await protocols.submit(mru, draft.id, saved.revision);
  expect(await refusal(protocols.save(mru, draft.id, { ...body, revision: saved.revision + 1 }))).toMatchObject({ status: 409, code: 'no-draft' });
  expect(await refusal(protocols.draft(mru, draft.id))).toMatchObject({ code: 'draft-exists' });
  await expect(table.room.database.owner.for('protocol').run(sql`update protocol.version set content = '{}' where protocol_id = ${draft.id}`)).rejects.toThrow('does not change any more');
  await expect(table.room.database.owner.for('protocol').run(sql`update protocol.version set status = 'en-vigueur', in_force_at = now() where protocol_id = ${draft.id}`)).rejects.toThrow('lacks an approval');
  await expect(table.room.database.owner.for('protocol').run(sql`delete from protocol.version where protocol_id = ${draft.id}`)).rejects.toThrow('refused');
});

test('[PROT-01] sent back to its writers: approvals are void, the reason is told', async () => {
  const { protocols, mru, mrg, head } = table;
  const draft = await table.written();
  const { id, version } = await protocols.submit(mru, draft.id, draft.revision);
  await protocols.approve(mru, id, { version, comment: '' });
  const back = await protocols.sendBack(head, id, { version, reason: 'la question 2 prête à confusion' });
  expect(back).toMatchObject({ status: 'brouillon', approvals: [], reason: 'la question 2 prête à confusion', missing: ['amu', 'snp', 'gouvernance'] });
  expect(await refusal(protocols.sendBack(head, id, { version, reason: 'encore' }))).toMatchObject({ code: 'not-submitted' });
  const again = await protocols.submit(mrg, id, back.revision);
  expect(again).toMatchObject({ status: 'a-valider', approvals: [], reason: null });
  expect((await protocols.approve(mru, id, { version, comment: '' })).missing).toEqual(['snp', 'gouvernance']);
});

test('[PROT-01] a new version replaces the one in force, which stays readable; only the governance withdraws', async () => {
  const { protocols, mru, head } = table;
  const first = await table.inForce(undefined, 'Palpitations (fictif)');
  const second = await table.replaced(first.id, { ...smallTree, questions: smallTree.questions.map((one) => ({ ...one, help: 'demander doucement' })) });
  const { protocol, versions } = await protocols.get(mru, first.id);
  expect(protocol).toMatchObject({ version: 2, status: 'en-vigueur' });
  expect(versions.map(({ version, status }) => [version, status])).toEqual([[2, 'en-vigueur'], [1, 'remplacee']]);
  expect((await protocols.get(mru, first.id, 1)).protocol.content).toEqual(first.content);
  expect(await refusal(protocols.retire(mru, first.id, { version: 2, reason: 'plus utile' }))).toMatchObject({ status: 403, code: 'retire-refused' });
  expect(await protocols.retire(head, first.id, { version: 2, reason: 'remplacé par le guide national' })).toMatchObject({ status: 'retiree', endedAt: expect.any(String) });
  expect((await protocols.inForce(table.arm)).protocols.some(({ id }) => id === second.id)).toBe(false);
});

test('[PROT-05] the list of P0 is a governed protocol, one in a territory', async () => {
  const { protocols, mru, head } = table;
  const entries: P0Entry[] = [{ motive: { code: 'M01.01', label: 'Suspicion d’arrêt cardiaque' }, signs: 'ne répond pas, ne respire pas', means: ['SMUR.VLM', 'SIS.VSAV'], advice: ['Massez.'] }];
  const draft = await protocols.create(head, { kind: 'liste-p0', title: 'P0 de la Vienne (fictif)' });
  expect(await refusal(protocols.create(mru, { kind: 'liste-p0', title: 'Une autre' }))).toMatchObject({ code: 'p0-list-exists' });
  expect(await refusal(protocols.save(mru, draft.id, { ...sheet, revision: 1, content: { kind: 'arbre', tree: smallTree } }))).toMatchObject({ code: 'kind-fixed' });
  const saved = await protocols.save(mru, draft.id, { ...sheet, revision: 1, content: { kind: 'liste-p0', entries } });
  expect((await protocols.inForce(table.arm)).p0List).toBeNull();
  await table.approved(saved);
  expect((await protocols.inForce(table.arm)).p0List).toMatchObject({ id: draft.id, version: 1, entries });
});

test('[PROT-04] the head of the SAS sets from how many questions the writer is warned', async () => {
  const { protocols, head, mru } = table;
  const { id } = await table.written();
  expect(await protocols.get(mru, id)).toMatchObject({ settings: { warnAbove: 5 }, protocol: { questions: { total: 3, longest: 3 } } });
  await protocols.saveSettings(head, 4);
  expect((await protocols.list(mru, { status: 'brouillon' })).settings).toEqual({ warnAbove: 4 });
});
