import sql from 'sql-template-tag';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../../../../tests/support/database.ts';
import { ManualClock } from '../../../foundation/clock.ts';
import type { Actor, Role } from '../../../identity/contract.ts';
import { createDirectory } from './index.ts';
import { createInventory } from './inventory.ts';
import { readList } from './inventory-list.ts';

const actorOf = (role: Role, change: Partial<Actor> = {}): Actor => ({
  accountId: 'account-1', displayName: 'Test', email: null, roles: [role], territories: ['86'], nationalId: null, structureIds: [], delegations: [], editor: null, ...change,
});
const leader = actorOf('responsable-sas');
const [ada, bob] = ['810000000017', '810000000025'];

async function room() {
  const database = await createTestDatabase();
  const clock = new ManualClock('2026-01-15T08:00:00Z');
  const territories = { communes: async () => [{ insee: '86194', name: 'Poitiers', population: 1, contour: null, lat: 46.58, lon: 0.34 }] };
  const directory = createDirectory({ database, clock, territories: territories as never });
  const db = database.for('directory');
  await db.run(sql`insert into directory.professional (national_id, last_name, first_name, profession_code, profession, search_name, source, updated_at)
    values (${ada}, 'EXEMPLE', 'Ada', '10', 'Médecin', 'exemple ada', 't', now()), (${bob}, 'MODELE', 'Bob', '10', 'Médecin', 'modele bob', 't', now())`);
  await db.run(sql`insert into directory.place (id, name, address, postcode, city, insee, source, updated_at)
    values ('p1', 'Cabinet', '1 rue', '86000', 'Poitiers', '86194', 't', now()), ('p2', 'Cabinet', '1 rue', '79000', 'Niort', '79191', 't', now())`);
  await db.run(sql`insert into directory.activity (id, national_id, place_id, specialty, specialty_label, source, started_at, updated_at)
    values ('a1', ${ada}, 'p1', 'SM54', 'Médecine générale', 't', now(), now()), ('a2', ${bob}, 'p2', 'SM54', 'Médecine générale', 't', now(), now())`);
  await db.run(sql`insert into directory.structure (id, kind, name, search_name, territory, address, postcode, city, insee, source, updated_at)
    values ('1860000001', 'CSNP', 'Centre', 'centre', '86', '', '86000', 'Poitiers', '86194', 't', now()), ('1860000002', 'MSP', 'Maison', 'maison', '86', '', '86000', 'Poitiers', '86194', 't', now())`);
  const inventory = createInventory({
    database, clock, territories, directory,
    participationOf: async () => new Map([[ada, 'via sa CPTS']]),
    lastSeen: async () => new Map([[ada, { source: 'AgendaRapide', at: clock.now() }]]),
    vendorNames: async () => ['AgendaRapide'],
  });
  return { database, inventory, effectors: async () => (await inventory.read('86', leader)).effectors };
}

const list = `RPPS;Nom;Prénom;Ville;Modèle;Logiciel;Convention;Date_convention
10 000 000 017;Exemple;Ada;Poitiers;en-ligne;AgendaRapide;signée;31/01/2026
pas un numéro;X;;;;;;
810000000025;Modèle;Bob;Niort;fax;;;
"10000000009;ouvert
10000000009;Inconnu;Zoé;Poitiers;agenda papier;;à proposer;
10000000009;Inconnu;Zoé;Poitiers;;;;
10000000041;;;;;;;31/02/2026
`;

test('[ANN-04] [ANN-08] a list adds its source and what it says; each bad line is told with its number; twice changes nothing', async () => {
  const { inventory, effectors, database } = await room();
  const result = await inventory.importList({ territory: '86', source: 'URPS', content: list }, leader);
  expect(result).toMatchObject({ lines: 7, created: 2, updated: 0, unchanged: 0 });
  expect(result.rejected.map(({ line, reason }) => [line, reason])).toEqual([
    [3, expect.stringContaining('« pas un numéro »')], [4, expect.stringContaining('« fax »')], [5, 'un guillemet reste ouvert'],
    [7, '810000000009 est déjà à la ligne 6'], [8, expect.stringContaining('« 31/02/2026 »')],
  ]);
  expect(await effectors()).toMatchObject([
    { nationalId: ada, name: 'EXEMPLE Ada', city: 'Poitiers', inDirectory: true, sources: ['URPS'], agenda: 'en-ligne', software: 'AgendaRapide', convention: 'signee', conventionSince: '2026-01-31', participation: 'via sa CPTS', seen: { source: 'AgendaRapide' } },
    { nationalId: '810000000009', name: 'Inconnu Zoé', inDirectory: false, agenda: 'papier', convention: 'a-proposer', participation: null, seen: null },
  ]);
  expect(await inventory.importList({ territory: '86', source: 'URPS', content: list }, leader)).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
  expect(await inventory.importList({ territory: '86', source: 'CDOM', content: 'rpps\n10000000017\n' }, leader)).toMatchObject({ created: 0, updated: 1 });
  expect((await effectors())[0]).toMatchObject({ sources: ['URPS', 'CDOM'], software: 'AgendaRapide' });
  expect(await database.owner.for('foundation').query(sql`select event from foundation.journal`)).toHaveLength(3);
});

test('[ANN-08] what he declares himself wins over the lists, and adds the source « déclaration »', async () => {
  const { inventory, effectors } = await room();
  const himself = actorOf('effecteur', { nationalId: ada });
  await inventory.declare({ agenda: 'lgc-connecte', software: 'MonLogiciel' }, himself);
  await inventory.importList({ territory: '86', source: 'AM', content: 'rpps,modele,logiciel,convention\n10000000017,papier,Autre,signee' }, leader);
  expect((await effectors())[0]).toMatchObject({ sources: ['DECLARATION', 'AM'], agenda: 'lgc-connecte', software: 'MonLogiciel', convention: 'signee' });
  expect(await inventory.own(himself)).toEqual({ agenda: 'lgc-connecte', software: 'MonLogiciel', declaredAt: '2026-01-15T08:00:00Z', known: ['AgendaRapide', 'MonLogiciel'] });
  await expect(inventory.own(actorOf('effecteur'))).rejects.toMatchObject({ code: 'no-national-id' });
});

test('[ANN-04] another territory is refused and the refusal journaled; a file without headings imports nothing', async () => {
  const { inventory, effectors, database } = await room();
  const foreign = actorOf('responsable-sas', { territories: ['79'] });
  const change = { territory: '86', agenda: null, software: null, convention: null, conventionSince: null } as const;
  for (const attempt of [
    () => inventory.read('86', foreign), () => inventory.save(ada, change, foreign), () => inventory.importList({ territory: '86', source: 'ARS', content: list }, foreign),
    () => inventory.saveCentre('1860000001', { sharedAgenda: true, dedicatedSlots: true, opinion: null }, foreign),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ code: 'territory-out-of-reach' });
  }
  expect(await database.owner.for('foundation').query(sql`select 1 from foundation.journal where event = 'inventory-refused'`)).toHaveLength(4);
  await expect(inventory.importList({ territory: '86', source: 'ARS', content: 'nom\nExemple' }, leader)).rejects.toMatchObject({ code: 'list-unreadable' });
  expect((await effectors()).map(({ sources }) => sources)).toEqual([[]]);
});

test('[ANN-12] a centre is coordinated with a shared agenda and dedicated slots, both; its opinions are dated and kept', async () => {
  const { inventory, database } = await room();
  const save = (sharedAgenda: boolean, dedicatedSlots: boolean, opinion: { status: 'favorable' | 'autorisee'; givenOn: string } | null = null) =>
    inventory.saveCentre('1860000001', { sharedAgenda, dedicatedSlots, opinion }, leader);
  const centre = async () => (await inventory.read('86', leader)).centres[0];
  await save(true, false, { status: 'favorable', givenOn: '2025-11-03' });
  expect(await centre()).toMatchObject({ coordinated: false, sharedAgenda: true });
  await save(true, true, { status: 'autorisee', givenOn: '2026-01-12' });
  await save(true, true, { status: 'autorisee', givenOn: '2026-01-12' });
  expect(await centre()).toMatchObject({ coordinated: true, opinions: [{ status: 'autorisee', givenOn: '2026-01-12' }, { status: 'favorable', givenOn: '2025-11-03' }] });
  expect(await database.owner.for('directory').one(sql`select coordinated from directory.structure where id = '1860000001'`)).toEqual({ coordinated: true });
  await expect(inventory.saveCentre('1860000002', { sharedAgenda: true, dedicatedSlots: true, opinion: null }, leader)).rejects.toMatchObject({ code: 'structure-not-found' });
});

test('[ANN-04] a list of 13,000 lines is read in one go', () => {
  const lines = Array.from({ length: 13_000 }, (_, n) => `${String(10_000_000_000 + n)};Nom;Prénom`);
  expect(readList(['rpps;nom;prenom', ...lines].join('\n')).effectors).toHaveLength(13_000);
});
