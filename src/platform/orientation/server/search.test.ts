import sql from 'sql-template-tag';
import { expect, test } from 'vitest';
import { insertAccepted } from '../../../../tests/support/requests.ts';
import { createTestDatabase } from '../../../../tests/support/database.ts';
import type { Actor } from '../../../identity/contract.ts';
import { doctor, idOf, osnp, ownSlot, POITIERS, query, stateOf, structure, vendorPlace, vendorSlot, worldOf } from './search.fixture.ts';

const point = { lat: String(POITIERS.lat), lon: String(POITIERS.lon) };
const identified = {
  identifiedAt: '2026-01-01T00:00:00Z', contactChannel: 'web', contact: '+33511111111',
  hours: [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from: '00:00', to: '23:59' })),
};
const rpps = (results: { professional: { nationalId: string } | null }[]) => results.map(({ professional }) => professional?.nationalId);

test('[RDV-07] [ANN-02] a precise place ranks by distance, a commune by a neutral draw that the seed fixes', async () => {
  const { run } = worldOf(await createTestDatabase(), { candidates: Array.from({ length: 20 }, (_, n) => doctor(n + 1)).toReversed() });
  const byPoint = (await run(point)).answer;
  expect(byPoint).toMatchObject({ ranking: 'distance', territory: '86', total: 20, location: { precise: true, radiusKm: 10 } });
  expect(rpps(byPoint.results)).toEqual(Array.from({ length: 20 }, (_, n) => idOf(n + 1)));
  expect(byPoint.results[0]).toMatchObject({ rank: 1, distanceM: 100, why: ['À 100 m'], level: null });

  expect((await run({ address: '12 rue de la Marne, Poitiers' })).answer.ranking).toBe('distance');
  const byCommune = (await run({ insee: '86194', seed: 'abc' })).answer;
  expect(byCommune).toMatchObject({ ranking: 'neutral', seed: 'abc', location: { label: 'Poitiers', precise: false } });
  expect(rpps(byCommune.results)).not.toEqual(rpps(byPoint.results));
  expect(rpps((await run({ address: 'Poitiers', seed: 'abc' })).answer.results)).toEqual(rpps(byCommune.results));
  expect(rpps((await run({ insee: '86194', seed: 'other' })).answer.results)).not.toEqual(rpps(byCommune.results));
});

test('[RDV-07] pages of one session show everybody eligible exactly once, with ranks that follow each other', async () => {
  const database = await createTestDatabase();
  const { run, world } = worldOf(database, { candidates: Array.from({ length: 57 }, (_, n) => doctor(n + 1, n * 170)) });
  world.own = world.candidates.map((one) => ownSlot(one));
  for (const place of [{ insee: '86194' }, point]) {
    const seen: string[] = [];
    let page = (await run({ ...place, limit: '10' })).answer;
    for (;;) {
      expect(page.results.map(({ rank }) => rank)).toEqual(page.results.map((_, i) => seen.length + i + 1));
      expect(page.results.every(({ slots }) => slots.length === 1)).toBe(true);
      seen.push(...page.results.map((result) => result.professional!.nationalId));
      if (page.nextCursor === null) break;
      const next = (await run({ cursor: page.nextCursor, limit: '10' })).answer;
      expect(next).toMatchObject({ searchId: page.searchId, seed: page.seed, ranking: page.ranking, total: 57 });
      page = next;
    }
    expect(seen).toHaveLength(57);
    expect(new Set(seen).size).toBe(57);
  }
  const { rows } = await database.owner.pool.query('select count(*)::int as n from orientation.search');
  expect(rows).toEqual([{ n: 2 }]);
});

test('[AGR-20] candidates come first, then the platform\'s own slots, then each vendor as it answers', async () => {
  const answer: Record<string, () => void> = {};
  const vendor = (name: string) => ({
    name,
    answer: () => new Promise<ReturnType<typeof answered>>((resolve) => (answer[name] = () => resolve(answered(name)))),
  });
  const answered = (name: string) => ({ state: stateOf(name), slots: [vendorSlot(name, idOf(1), vendorPlace('1 rue de la Marne'))] });
  const { search, world } = worldOf(await createTestDatabase(), { candidates: [doctor(1)], vendors: [vendor('Lent'), vendor('Vif')] });
  world.own = [ownSlot(world.candidates[0]!)];
  const seen: string[] = [];
  const found = search.find(query(point), osnp, {
    candidates: ({ complete, pending, results }) => seen.push(`candidates ${complete} ${pending.join('+')} ${results[0]!.slots.length}`),
    slots: ({ source, additions }) => {
      seen.push(`slots ${source} ${JSON.stringify(additions.map(({ rank, slots }) => [rank, slots.length]))}`);
      if (source === 'platform') setTimeout(() => answer['Vif']!());
      if (source === 'Vif') setTimeout(() => answer['Lent']!());
    },
    editor: ({ name }) => seen.push(`editor ${name}`),
  }, new AbortController().signal);
  const whole = await found;
  expect(seen).toEqual([
    'candidates false Lent+Vif 0', 'slots platform [[1,1]]', 'slots Vif [[1,1]]', 'editor Vif', 'slots Lent [[1,1]]', 'editor Lent',
  ]);
  expect(whole).toMatchObject({ complete: true, pending: [], editors: [{ name: 'Vif' }, { name: 'Lent' }] });
  expect(whole.results[0]!.slots.map(({ source }) => source).toSorted()).toEqual(['Lent', 'Vif', 'platform']);
});

test('[AGR-20] a vendor that answers at once never goes before the platform; one that fails makes the answer incomplete', async () => {
  const { run } = worldOf(await createTestDatabase(), {
    candidates: [doctor(1)],
    vendors: [{ name: 'Vif', answer: () => ({ state: stateOf('Vif'), slots: [] }) }, { name: 'En panne', answer: () => ({ state: stateOf('En panne', 'error'), slots: [] }) }],
  });
  const { answer, events } = await run(point);
  expect(events.map(({ kind, data }) => (kind === 'slots' ? data.source : kind))).toEqual(['candidates', 'platform', 'Vif', 'editor', 'En panne', 'editor']);
  expect(answer.complete).toBe(false);
  expect(answer.editors.map(({ name, status }) => [name, status])).toEqual([['Vif', 'ok'], ['En panne', 'error']]);
});

test('[REG-15] the usual doctor is proposed first wherever he practises, even when he takes no part', async () => {
  const far = doctor(9, 60_000);
  const { run } = worldOf(await createTestDatabase(), { candidates: [doctor(1), doctor(2), far], participations: { [idOf(1)]: {} } });
  const { answer } = await run({ ...point, usualDoctor: far.rpps!, participating: 'true' });
  expect(rpps(answer.results)).toEqual([idOf(9), idOf(1)]);
  expect(answer.results[0]).toMatchObject({ level: 0, why: ['Médecin traitant du patient', 'À 60,0 km'] });
  expect(answer.usualDoctor).toEqual({ status: 'found', message: 'Médecin traitant : Prenom9 Nom9, proposé en premier.' });
  expect((await run({ ...point, usualDoctor: '10000000077' })).answer.usualDoctor.status).toBe('not-found');
  expect((await run(point)).answer.usualDoctor.status).toBe('not-given');
});

test('[ANN-02] [ANN-11] [PART-09] [SUR-01] filters: those who take part; en sus, structures identified and open, never their members', async () => {
  const { run } = worldOf(await createTestDatabase(), {
    candidates: [doctor(1), doctor(2), doctor(3), doctor(4)],
    structures: [
      structure('1860', 'CPTS', identified), structure('1861', 'CPTS'), structure('1862', 'CDS'),
      structure('1863', 'SOS', { ...identified, hours: [{ day: 2, from: '20:00', to: '23:59' }] }),
    ],
    participations: {
      [idOf(4)]: { enSus: true }, 1863: { via: 'sos', enSus: true }, [idOf(2)]: { via: 'cpts', viaStructureId: '1860', enSus: true }, [idOf(3)]: { via: 'msp', viaStructureId: 'gone' }, 1860: { via: 'cpts', enSus: true }, 1861: { via: 'cpts', enSus: true }, 1862: { via: 'cds' },
    },
  });
  const shown = async (asked: Record<string, string>) =>
    (await run({ ...point, ...asked })).answer.results.map(({ professional, structure: of }) => professional?.nationalId ?? of!.id).toSorted();
  expect(await shown({})).toEqual(['1862', '1863', idOf(1), idOf(2), idOf(3), idOf(4)]);
  expect(await shown({ participating: 'true' })).toEqual(['1862', '1863', idOf(2), idOf(3), idOf(4)]);
  expect(await shown({ enSus: 'true' })).toEqual(['1860', idOf(4)]);
  expect(await shown({ specialty: 'SM40' })).toEqual([idOf(1), idOf(2), idOf(3), idOf(4)]);
  const member = (await run(point)).answer.results.find(({ professional }) => professional?.nationalId === idOf(2));
  expect(member!.participation).toMatchObject({ via: 'cpts', viaStructureId: '1860', enSus: true, contact: '+33511111111' });
});

test('[SUR-01] en sus, the one asked least recently comes first; who has reached his cap is not proposed; the proof says both', async () => {
  const database = await createTestDatabase();
  const { run, search } = worldOf(database, {
    candidates: [doctor(1), doctor(2), doctor(3), doctor(4)],
    participations: Object.fromEntries([1, 2, 3, 4].map((n) => [idOf(n), { enSus: true, caps: { halfDay: n === 3 ? 1 : null, week: 5 } }])),
  });
  await insertAccepted(database, idOf(1), '2026-01-10T08:00:00Z', '2026-01-10T09:00:00Z');
  await insertAccepted(database, idOf(2), '2026-01-08T08:00:00Z', '2026-01-08T09:00:00Z');
  await insertAccepted(database, idOf(3), '2026-01-13T06:00:00Z', '2026-01-13T09:00:00Z');
  const { answer } = await run({ ...point, enSus: 'true' });
  expect(rpps(answer.results)).toEqual([idOf(4), idOf(2), idOf(1)]);
  expect(answer.results.map(({ why }) => why.find((one) => /ollicité/.test(one)))).toEqual(['Jamais sollicité en sus', 'Sollicité en sus il y a 5 j', 'Sollicité en sus il y a 3 j']);
  const proof = await search.proof(answer.searchId, osnp);
  expect(proof).toMatchObject({ identical: true });
  expect(proof.events.find(({ kind }) => kind === 'not-proposed')!.payload).toEqual({ nationalId: idOf(3), structureId: null, why: 'half-day' });
  expect(answer.notices.map(({ code }) => code)).toContain('not-proposed');
});

test('[RDV-18] the modality filter keeps the slots that allow it', async () => {
  const { run, world } = worldOf(await createTestDatabase(), { candidates: [doctor(1)] });
  world.own = [ownSlot(world.candidates[0]!), ownSlot(world.candidates[0]!, '2026-01-13T11:00:00Z', { modalities: ['AMB', 'VR'] })];
  expect((await run({ ...point, modality: 'VR' })).answer.results[0]!.slots.map(({ start }) => start)).toEqual(['2026-01-13T11:00:00Z']);
  expect((await run({ ...point, modality: ['VR', 'AMB'] })).answer.results[0]!.slots).toHaveLength(2);
  const none = (await run({ ...point, modality: 'HH' })).answer;
  expect(none.results[0]!.slots).toEqual([]);
  expect(none.notices.map(({ code }) => code)).toContain('no-slot');
});

test('[AGR-03] the sources are asked for 48 hours, for the page alone, structures included', async () => {
  const { run, world } = worldOf(await createTestDatabase(), {
    candidates: [doctor(1), doctor(2)], structures: [structure('3111', 'SOS', { distanceM: 0 })],
  });
  await run({ ...point, limit: '2' });
  const [question] = world.questions;
  expect(question).toMatchObject({ professionals: [idOf(1)], structures: ['3111'] });
  expect([question!.from.toString(), question!.to.toString()]).toEqual(['2026-01-13T08:00:00Z', '2026-01-15T08:00:00Z']);
});

test('[AGR-05] a vendor\'s place absent from the directory becomes a result of that professional, once, inside the area', async () => {
  const unknown = (change = {}) => vendorPlace('99 rue Neuve', { city: 'Buxerolles', postcode: '86180', lat: POITIERS.lat + 0.02, lon: POITIERS.lon, ...change });
  const vendor = (name: string, slots: () => ReturnType<typeof vendorSlot>[]) => ({ name, answer: () => ({ state: stateOf(name), slots: slots() }) });
  const { run } = worldOf(await createTestDatabase(), {
    candidates: [doctor(1), doctor(2)],
    vendors: [
      vendor('Alpha', () => [vendorSlot('Alpha', idOf(2), unknown()), vendorSlot('Alpha', idOf(2), unknown()), vendorSlot('Alpha', idOf(2), unknown({ lat: 48, address: '5 rue du Port', city: 'Le Mans', postcode: '72000' })), vendorSlot('Alpha', idOf(7), unknown())]),
      vendor('Beta', () => [vendorSlot('Beta', idOf(2), unknown())]),
    ],
  });
  const { answer, events } = await run(point);
  expect(answer.results.map(({ rank, slots }) => [rank, slots.length])).toEqual([[1, 0], [2, 0], [3, 3]]);
  expect(answer.results[2]).toMatchObject({
    professional: { nationalId: idOf(2) }, place: { city: 'Buxerolles' }, distanceM: 2_224,
    why: ['À 2,2 km', "Lieu donné par Alpha, absent de l'annuaire : après les lieux classés"],
  });
  const slots = events.flatMap(({ kind, data }) => (kind === 'slots' ? [data] : []));
  expect(slots.map(({ results, additions }) => [results.length, additions.map(({ rank }) => rank)])).toEqual([[0, []], [1, []], [0, [3]]]);
  // On the next page the same professional is asked again: his place is not shown a second time.
  const both = await run({ ...point, limit: '1' });
  const second = await run({ cursor: both.answer.nextCursor!, limit: '1' });
  expect([both, second].map(({ answer: { results } }) => results.map(({ rank }) => rank))).toEqual([[1], [2, 3]]);
});

test('[ANN-13] SOS Médecins shows its places, the doctor not being known yet', async () => {
  const places = ['Ouest', 'Est'].map((name, n) => ({ ...doctor(n).place, id: `31-${name}`, name, address: `${n + 3} avenue de Nantes`, hours: [], ...POITIERS }));
  const { run } = worldOf(await createTestDatabase(), {
    structures: [structure('3111', 'SOS', { places })],
    vendors: [{ name: 'SOS', answer: () => ({ state: stateOf('SOS'), slots: [vendorSlot('SOS', null, vendorPlace('4 av. de Nantes'), { structureId: '3111' })] }) }],
  });
  const { answer } = await run(point);
  expect(answer.results.map(({ professional, structure: of, place, slots }) => [professional, of!.kind, place.name, slots.length]).toSorted()).toEqual([
    [null, 'SOS', 'Est', 1], [null, 'SOS', 'Ouest', 0],
  ]);
});

test('[ANN-02] bad input is told clearly, and a place outside every territory has no charter', async () => {
  const { run } = worldOf(await createTestDatabase(), { candidates: [doctor(1)] });
  const refusal = (asked: Record<string, string>) => run(asked).then(() => 'accepted', ({ code }: { code: string }) => code);
  expect(await refusal({})).toBe('place-missing');
  expect(await refusal({ lat: '46' })).toBe('place-incomplete');
  expect(await refusal({ insee: '99999' })).toBe('place-not-found');
  expect(await refusal({ address: 'nulle part' })).toBe('place-not-found');
  expect(await refusal({ ...point, to: '2026-01-13T07:00:00Z' })).toBe('window-over');
  expect(await refusal({ ...point, to: '2026-03-13T07:00:00Z' })).toBe('window-too-far');
  expect(await refusal({ ...point, from: '2026-01-14T07:00:00Z', to: '2026-01-14T06:00:00Z' })).toBe('window-empty');
  expect(await refusal({ cursor: 'x' })).toBe('cursor-invalid');
  expect(await refusal({ cursor: '6f1c9a52-0000-4000-8000-000000000000.0' })).toBe('search-not-found');
  expect(await refusal({ insee: '17300' })).toBe('accepted');
  const outside = (await run({ insee: '17300', from: '2026-01-12T08:00:00Z' })).answer;
  expect(outside).toMatchObject({ territory: null, charter: null });
  expect(outside.notices.map(({ code }) => code)).toEqual(['outside-territory', 'window-clamped', 'few-professionals', 'no-slot']);
  expect((await run({ lat: '44', lon: '0' })).answer).toMatchObject({ territory: null, total: 0, location: { insee: null, radiusKm: 20 } });
  expect((await run({ address: 'Poitiers' })).answer.notices[0]).toEqual({ code: 'geocoder-degraded', text: "Le service d'adresses ne répond pas." });
});

test('[ANN-13] a street and a patient\'s point never reach the database', async () => {
  const database = await createTestDatabase();
  const { run } = worldOf(database, { candidates: [doctor(1)] });
  await run({ lat: '46.583217', lon: '0.341234', address: '12 rue de la Marne, Poitiers' });
  const { rows } = await database.owner.pool.query('select s::text as text, e::text as event from orientation.search s left join orientation.search_event e on e.search_id = s.id');
  expect(rows.length).toBeGreaterThan(0);
  expect(JSON.stringify(rows)).not.toMatch(/Marne|46\.58[0-9]|0\.341/);
  expect(JSON.stringify(rows)).toMatch(/46\.58\b/);
});

test('[RDV-08] the database away: the search says so, nothing is shown, and a vendor under way is told to stop', async () => {
  const database = await createTestDatabase();
  let stopped = false;
  const { search, deps } = worldOf(database, { candidates: [doctor(1)] });
  deps.availability.askVendors = async (_, __, signal) => {
    signal!.addEventListener('abort', () => (stopped = true));
  };
  deps.availability.ownSlots = async () => {
    throw new Error('agenda unreachable');
  };
  await expect(search.find(query(point), osnp, { candidates: () => undefined, slots: () => undefined, editor: () => undefined }, new AbortController().signal)).rejects.toThrow('agenda unreachable');
  expect(stopped).toBe(true);
});

test('[ANN-13] a session belongs to its author\'s territory, even for a place elsewhere', async () => {
  const database = await createTestDatabase();
  const { run } = worldOf(database, { candidates: Array.from({ length: 3 }, (_, n) => doctor(n + 1)) });
  const stranger: Actor = { ...osnp, accountId: 'osnp-2', territories: ['79'] };
  const { answer } = await run({ ...point, limit: '1' }, stranger);
  expect(answer.territory).toBe('86');
  await expect(run({ cursor: answer.nextCursor!, limit: '1' }, osnp)).rejects.toMatchObject({ code: 'territory-not-covered' });
  expect((await run({ cursor: answer.nextCursor!, limit: '1' }, stranger)).answer.results[0]!.rank).toBe(2);
  const rows = await database.for('orientation').query(sql`select territory, place_territory from orientation.search`);
  expect(rows).toEqual([{ territory: '79', place_territory: '86' }]);
});
