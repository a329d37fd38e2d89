import sql from 'sql-template-tag';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../../../../tests/support/database.ts';
import type { Actor } from '../../../identity/contract.ts';
import type { CharterLevel } from '../contract.ts';
import { doctor, idOf, osnp, ownSlot, POITIERS, worldOf } from './search.fixture.ts';
import { chosen } from './search-log.ts';

const manager: Actor = { ...osnp, accountId: 'manager', displayName: 'Léa Fictive', roles: ['responsable-sas'] };
const LEVELS: CharterLevel[] = [
  { name: 'effecteurs de la CPTS', match: { via: ['cpts'] } }, { name: 'maisons de santé', match: { structureKinds: ['MSP'] } }, { name: 'autres', match: {} },
];
const point = { lat: String(POITIERS.lat), lon: String(POITIERS.lon) };

test('[RDV-06] a new version replaces the one in force, which stays readable; the change is journaled and announced', async () => {
  const database = await createTestDatabase();
  const { search, clock } = worldOf(database);
  expect(await search.charters.list('86')).toEqual({ active: null, versions: [] });
  expect(await search.charters.save('86', LEVELS, manager)).toMatchObject({ territory: '86', version: 1, status: 'ACTIF', author: 'Léa Fictive', levels: LEVELS });
  clock.advance({ hours: 1 });
  await search.charters.save('86', LEVELS.slice(1), manager);
  const { active, versions } = await search.charters.list('86');
  expect(active).toMatchObject({ version: 2, levels: LEVELS.slice(1), activeFrom: '2026-01-13T09:00:00Z' });
  expect(versions.map(({ version, status }) => [version, status])).toEqual([[2, 'ACTIF'], [1, 'REMPLACE']]);

  const journal = await database.for('foundation').query(sql`select actor, event, from_state, to_state, territory from foundation.journal order by seq`);
  expect(journal).toEqual([
    { actor: 'manager', event: 'charter-saved', from_state: null, to_state: '1', territory: '86' },
    { actor: 'manager', event: 'charter-saved', from_state: '1', to_state: '2', territory: '86' },
  ]);
  const events = await database.for('foundation').query(sql`select topic, ids from foundation.event order by id`);
  expect(events).toEqual([{ topic: 'charter', ids: { territory: '86', version: '1' } }, { topic: 'charter', ids: { territory: '86', version: '2' } }]);
});

test('[RDV-06] a charter is changed by those of its territory, and never by one with useless levels', async () => {
  const { search } = worldOf(await createTestDatabase());
  await expect(search.charters.save('86', LEVELS, { ...manager, territories: ['79'] })).rejects.toMatchObject({ code: 'territory-not-covered' });
  await expect(search.charters.save('86', LEVELS.toReversed(), manager)).rejects.toMatchObject({ code: 'charter-level-unreachable', fields: [{ path: 'levels.1' }, { path: 'levels.2' }] });
  await expect(search.charters.list('99')).rejects.toMatchObject({ code: 'territory-not-found' });
  expect((await search.charters.list('86')).versions).toEqual([]);
});

test('[RDV-06] two responsables at once: two versions that follow each other, one in force', async () => {
  const { search } = worldOf(await createTestDatabase());
  const saved = await Promise.all(Array.from({ length: 6 }, () => search.charters.save('86', LEVELS, manager)));
  expect(saved.map(({ version }) => version).toSorted()).toEqual([1, 2, 3, 4, 5, 6]);
  const { versions } = await search.charters.list('86');
  expect(versions.filter(({ status }) => status === 'ACTIF')).toHaveLength(1);
});

/** Doctor 4 is the usual one; 3 takes part through his CPTS; 2 belongs to a MSP; 1, the nearest, does nothing of it. */
async function chartered() {
  const database = await createTestDatabase();
  const setting = worldOf(database, {
    candidates: [1, 2, 3, 4].map((n) => doctor(n)), participations: { [idOf(3)]: { via: 'cpts' } }, memberships: { [idOf(2)]: ['MSP'] },
  });
  setting.world.own = setting.world.candidates.slice(0, 3).map((one) => ownSlot(one));
  await setting.search.charters.save('86', LEVELS, manager);
  const choose = (searchId: string, n: number, placeId: string | null = `adr:${n}`) =>
    database.for('orientation').transaction((tx) =>
      chosen(tx, { searchId, nationalId: idOf(n), structureId: null, placeId, at: setting.clock.now() }));
  return { ...setting, database, choose };
}

test('[RDV-06] [REG-15] results follow the charter: usual doctor, then its levels, each said', async () => {
  const { run } = await chartered();
  const { answer } = await run({ ...point, usualDoctor: idOf(4) });
  expect(answer.results.map(({ professional, level, why }) => [professional!.nationalId, level, why[0]])).toEqual([
    [idOf(4), 0, 'Médecin traitant du patient'], [idOf(3), 1, 'Niveau 1 de la charte : effecteurs de la CPTS'],
    [idOf(2), 2, 'Niveau 2 de la charte : maisons de santé'], [idOf(1), 3, 'Niveau 3 de la charte : autres'],
  ]);
  expect(answer.charter).toEqual({ version: 1, levels: LEVELS.map(({ name }, index) => ({ level: index + 1, name })) });
});

test('[RDV-06] [RDV-08] choosing past a level that still had a slot is known; a level refused, or without slot, is not passed over', async () => {
  const { run, search, choose } = await chartered();
  const { searchId } = (await run({ ...point, usualDoctor: idOf(4) })).answer;
  expect(await choose(searchId, 3)).toEqual({ level: 1, distanceM: 300, skipped: false });
  expect(await choose(searchId, 1)).toEqual({ level: 3, distanceM: 100, skipped: true });
  await search.refuse(searchId, 2, 'no-answer', osnp);
  expect(await choose(searchId, 2)).toEqual({ level: 2, distanceM: 200, skipped: false });
  expect(await choose(searchId, 1, null)).toMatchObject({ level: 3, skipped: true });
  await search.refuse(searchId, 3, 'too-far', osnp);
  expect(await choose(searchId, 1, 'elsewhere')).toEqual({ level: 3, distanceM: 100, skipped: false });
  expect(await choose(searchId, 8)).toEqual({ level: null, distanceM: null, skipped: false });
  await expect(choose('6f1c9a52-0000-4000-8000-000000000000', 1)).rejects.toMatchObject({ code: 'search-not-found' });

  const { events } = await search.proof(searchId, osnp);
  expect(events.map(({ kind }) => kind)).toEqual([
    'source', 'proposed', 'chosen', 'chosen', 'level-skipped', 'refused', 'chosen', 'chosen', 'level-skipped', 'refused', 'chosen', 'chosen',
  ]);
  expect(events[4]!.payload).toEqual({ chosen: 3, levels: [1, 2] });
});

test('[RDV-07] [RDV-08] the proof replays to the order shown, even after the charter changed, and tells an order tampered with', async () => {
  const { run, search, database, world } = await chartered();
  world.candidates = Array.from({ length: 40 }, (_, n) => doctor(n + 1, (n % 7) * 300));
  for (const place of [point, { insee: '86194' }]) {
    const { answer } = await run({ ...place, usualDoctor: idOf(4), limit: '200' });
    await search.charters.save('86', LEVELS.slice(0, 1), manager);
    const proof = await search.proof(answer.searchId, osnp);
    expect(proof.identical).toBe(true);
    expect(proof.shown.map(({ why }) => why)).toEqual(answer.results.map(({ why }) => why));
    expect(proof.replayed.map(({ key }) => key)).toEqual(answer.results.map(({ professional, place: { id } }) => `${professional!.nationalId}@${id}`));

    await database.owner.pool.query(
      `update orientation.search set candidates = (select json_agg(c order by n desc) from json_array_elements(candidates) with ordinality t (c, n)) where id = $1`,
      [answer.searchId],
    );
    expect((await search.proof(answer.searchId, osnp)).identical).toBe(false);
    await search.charters.save('86', LEVELS, manager);
  }
});

test('[ANN-13] searches are counted by commune and specialty, those without any slot apart, by the days of the territory', async () => {
  const { run, search, clock, world } = await chartered();
  await run(point);
  world.own = [];
  await run(point);
  await run({ insee: '86194', specialty: 'SM40' });
  clock.set('2026-01-13T23:30:00Z'); // the 14th in Paris
  await run(point);
  const needs = (from: string, to = from) => search.needs({ territory: '86', from, to }, manager);
  expect((await needs('2026-01-13')).communes).toEqual([
    { insee: '86194', city: 'Poitiers', specialty: 'SM54', searches: 2, empty: 1 }, { insee: '86194', city: 'Poitiers', specialty: 'SM40', searches: 1, empty: 1 },
  ]);
  expect((await needs('2026-01-14')).communes).toMatchObject([{ searches: 1, empty: 1 }]);
  expect((await needs('2026-01-12')).communes).toEqual([]);
  await expect(needs('2026-01-12', '2026-01-11')).rejects.toMatchObject({ code: 'period-empty' });
  await expect(search.needs({ territory: '79', from: '2026-01-12', to: '2026-01-12' }, manager)).rejects.toMatchObject({ code: 'territory-not-covered' });
});
