import { buffer } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { actorOf, doctor, insertSlot, otherDoctor, structureId } from '../../../../tests/support/agenda.ts';
import { newKey, setUpOrientations } from '../../../../tests/support/orientations.ts';
import { slotView } from '../../availability/server/slots.ts';
import { routes } from '../contract.ts';
import type { ListQuery } from './orientations-list.ts';

const START = '2026-01-13T14:00:00Z';
const query = (more: Record<string, unknown> = {}): ListQuery => routes.orientations.query!.parse(more);

async function setUpBooked() {
  const world = await setUpOrientations();
  const osnp = world.person('osnp');
  const book = async (slot: Partial<Parameters<typeof insertSlot>[1]> = {}) =>
    world.orientations.create(osnp, { slotId: await insertSlot(world.database, { start: START, ...slot }) }, newKey());
  return { ...world, osnp, book };
}

test('[RDV-09] [SEC-05] each one does what the table gives him, on his own orientations only', async () => {
  const { orientations, osnp, book } = await setUpBooked();
  const { id } = await book({ structureId });
  const strangers = [
    actorOf('osnp', { territories: ['79'] }), actorOf('effecteur', { nationalId: otherDoctor }), actorOf('effecteur'),
    actorOf('gestionnaire-structure', { structureIds: ['1999999999'] }), actorOf('administrateur'),
  ];
  for (const stranger of strangers) {
    for (const action of ['cancel', 'honoured', 'no-show'] as const) {
      await expect(orientations.act(stranger, id, action, {})).rejects.toMatchObject({ code: 'transition-forbidden', status: 403 });
    }
  }
  await expect(orientations.act(osnp, id, 'honoured', {})).rejects.toMatchObject({ code: 'transition-forbidden' });
  await expect(orientations.act(osnp, id, 'accept', {})).rejects.toMatchObject({ code: 'transition-impossible', status: 409, extra: { possible: ['cancel', 'move'] } });
  const effecteur = actorOf('effecteur', { nationalId: doctor, territories: [] });
  expect(await orientations.act(effecteur, id, 'honoured', {})).toMatchObject({ status: 'HONORE', possible: ['amend'] });
  await expect(orientations.act(effecteur, id, 'cancel', {})).rejects.toMatchObject({ code: 'transition-impossible', extra: { possible: ['amend'] } });
  const manager = actorOf('gestionnaire-structure', { structureIds: [structureId] });
  expect(await orientations.act(manager, (await book({ structureId })).id, 'no-show', {})).toMatchObject({ status: 'NON_HONORE' });
});

test('[SEC-05] a refused action is journaled', async () => {
  const { orientations, database, book } = await setUpBooked();
  const { id } = await book();
  const stranger = actorOf('effecteur', { nationalId: otherDoctor });
  await expect(orientations.act(stranger, id, 'cancel', {})).rejects.toMatchObject({ code: 'transition-forbidden' });
  const { rows } = await database.owner.pool.query("select actor, object_id, payload from foundation.journal where event = 'transition-refused'");
  expect(rows).toEqual([{ actor: stranger.accountId, object_id: id, payload: { act: 'cancel' } }]);
});

test('[AGR-09] [RDV-09] cancelled by the SAS or for the patient the place is free again; cancelled by the effecteur it is not', async () => {
  const { orientations, osnp, database, clock } = await setUpBooked();
  const effecteur = actorOf('effecteur', { nationalId: doctor });
  const cases = [
    [osnp, {}, 'ANNULE_SAS', true], [osnp, { by: 'patient' }, 'ANNULE_PATIENT', true],
    [effecteur, {}, 'ANNULE_EFFECTEUR', false], [effecteur, { by: 'patient' }, 'ANNULE_PATIENT', true],
  ] as const;
  for (const [actor, body, status, free] of cases) {
    const slotId = await insertSlot(database, { start: START });
    const made = await orientations.create(osnp, { slotId }, newKey());
    expect(await orientations.act(actor, made.id, 'cancel', body)).toMatchObject({ status });
    expect(await slotView(database, slotId, clock.now())).toMatchObject({ available: free });
  }
  const { rows } = await database.owner.pool.query("select payload->>'status' as status, payload->>'method' as method from foundation.outbox order by created_at, payload->>'method'");
  expect(rows.filter((row) => row.status === 'cancelled')).toHaveLength(4);
  expect(rows.every((row) => (row.status === 'cancelled') === (row.method === 'update'))).toBe(true);
});

test('[RDV-09] the history says who did what, when; two rivals move it once', async () => {
  const { orientations, osnp, book, clock } = await setUpBooked();
  const { id } = await book();
  clock.advance({ minutes: 5 });
  const effecteur = actorOf('effecteur', { nationalId: doctor });
  const outcomes = await Promise.allSettled([orientations.act(effecteur, id, 'honoured', {}), orientations.act(effecteur, id, 'cancel', {}), orientations.act(osnp, id, 'cancel', {})]);
  expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
  const { history, status } = await orientations.get(osnp, id);
  expect(history).toHaveLength(2);
  expect(history[0]).toEqual({ at: '2026-01-13T08:00:00Z', by: 'Camille Exemple', event: 'created', from: null, to: 'PRIS', reason: null });
  expect(history[1]).toMatchObject({ at: '2026-01-13T08:05:00Z', from: 'PRIS', to: status });
});

test('[DASH-01] [SEC-05] operators see their territory, effecteurs what is oriented to them, managers their structures', async () => {
  const { orientations, osnp, book } = await setUpBooked();
  const his = await book();
  const structures = await book({ nationalId: null, structureId });
  const seen = async (actor: Parameters<typeof orientations.list>[0]) => (await orientations.list(actor, query({ sort: 'label', descending: 'false' }))).orientations.map((one) => one.id).sort();
  const both = [his.id, structures.id].sort();
  expect(await seen(osnp)).toEqual(both);
  expect(await seen(actorOf('administrateur-national', { territories: ['*'] }))).toEqual(both);
  expect(await seen(actorOf('osnp', { territories: ['79'] }))).toEqual([]);
  expect(await seen(actorOf('effecteur', { nationalId: doctor }))).toEqual([his.id]);
  expect(await seen(actorOf('effecteur', { nationalId: otherDoctor }))).toEqual([]);
  expect(await seen(actorOf('delegataire', { delegations: [{ nationalId: null, structureId, scopes: ['agenda', 'requests'] }] }))).toEqual([structures.id]);
  await expect(seen(actorOf('dgos'))).rejects.toMatchObject({ code: 'permission-denied' });
  await expect(seen(actorOf('effecteur'))).rejects.toMatchObject({ code: 'permission-denied' });
  await expect(orientations.get(actorOf('effecteur', { nationalId: otherDoctor }), his.id)).rejects.toMatchObject({ code: 'orientation-not-found', status: 404 });
  expect(await orientations.get(actorOf('effecteur', { nationalId: doctor }), his.id)).toMatchObject({ possible: ['cancel', 'move', 'honoured', 'no-show'] });
});

test('[RDV-19] [DASH-01] filters narrow, days are those of the territory, the total counts all pages', async () => {
  const { orientations, osnp, book, seal, person } = await setUpBooked();
  const late = await book({ start: '2026-01-13T23:30:00Z' });
  const today = await book();
  const elsewhere = await orientations.create(person('mrg'), { slotId: seal(), lrmReference: 'DRM-86-77' }, newKey());
  const ids = async (filter: object) => (await orientations.list(osnp, query({ sort: 'start', descending: 'false', ...filter }))).orientations.map((one) => one.id);
  expect(await ids({})).toEqual([today.id, elsewhere.id, late.id]);
  expect(await ids({ from: '2026-01-14', to: '2026-01-14' }), '23:30 UTC is the 14th in Poitiers').toEqual([late.id]);
  expect(await ids({ to: '2026-01-13' })).toEqual([today.id, elsewhere.id]);
  expect(await ids({ status: 'RESERVATION' })).toEqual([elsewhere.id]);
  expect(await ids({ editor: 'Rapide' })).toEqual([elsewhere.id]);
  expect(await ids({ mine: 'true' })).toEqual([today.id, late.id]);
  expect(await ids({ q: 'drm-86' })).toEqual([elsewhere.id]);
  expect(await ids({ q: '%' })).toEqual([]);
  expect((await orientations.list(osnp, query({ limit: '1' }))).total).toBe(3);
});

test('[RDV-19] pages show every orientation exactly once, in order, for every sort', async () => {
  const { orientations, osnp, book, clock } = await setUpBooked();
  const made: string[] = [];
  for (let i = 0; i < 12; i++) {
    if (i % 3 === 0) clock.advance({ seconds: 1 });
    made.push((await book({ start: `2026-01-13T${14 + (i % 4)}:00:00Z`, nationalId: i % 2 ? doctor : otherDoctor })).id);
  }
  await fc.assert(
    fc.asyncProperty(fc.constantFrom('created', 'start', 'status', 'label'), fc.boolean(), fc.integer({ min: 1, max: 13 }), async (sort, descending, limit) => {
      const seen: string[] = [];
      const keys: string[] = [];
      let cursor: string | null | undefined;
      do {
        const page = await orientations.list(osnp, query({ sort, descending: String(descending), limit: String(limit), ...(cursor ? { cursor } : {}) }));
        expect(page.total).toBe(12);
        for (const one of page.orientations) {
          seen.push(one.id);
          keys.push({ created: one.createdAt, start: one.start!, status: one.status, label: one.label }[sort]);
        }
        cursor = page.nextCursor;
      } while (cursor);
      expect([...seen].sort()).toEqual([...made].sort());
      const sorted = [...keys].sort();
      expect(keys).toEqual(descending ? sorted.reverse() : sorted);
    }),
    { numRuns: 25 },
  );
  for (const cursor of ['abc', Buffer.from('["label",true,"x","y"]').toString('base64url'), Buffer.from('["created",true,"soon","00000000-0000-0000-0000-000000000000"]').toString('base64url')]) {
    await expect(orientations.list(osnp, query({ cursor }))).rejects.toMatchObject({ code: 'cursor-invalid', status: 400 });
  }
});

test('[RDV-19] the CSV opens in a spreadsheet: BOM, semicolons, local time, formulas made harmless', async () => {
  const { orientations, osnp, seal, database } = await setUpBooked();
  await orientations.create(osnp, { slotId: seal({ place: { id: 'p', name: '=HYPERLINK("http://x")', address: '', postcode: '', city: 'Poi;tiers', phone: null, lat: null, lon: null } }) }, newKey());
  for (let i = 0; i < 3; i++) await orientations.create(osnp, { slotId: await insertSlot(database, { start: START }) }, newKey());
  const file = (await buffer(await orientations.csv(osnp, query({ limit: '1' })))).toString();
  expect(file.startsWith('\uFEFFIdentifiant;Territoire;Statut')).toBe(true);
  const rows = parse(file, { bom: true, delimiter: ';', columns: true }) as Record<string, string>[];
  expect(rows).toHaveLength(4);
  const vendor = rows.find((row) => row['Éditeur'] === 'Rapide')!;
  expect(vendor.Lieu).toBe(`'=HYPERLINK("http://x"), Poi;tiers`);
  expect(vendor['Début']).toBe('2026-01-13 16:00');
  expect(rows.filter((row) => row.Statut === 'Pris')).toHaveLength(3);
  await expect(orientations.csv(actorOf('dgos'), query())).rejects.toMatchObject({ code: 'permission-denied' });
});

test('[RDV-09] a reservation of which nothing came back is shown as such', async () => {
  const { orientations, osnp, seal, clock } = await setUpBooked();
  const { id } = await orientations.create(osnp, { slotId: seal() }, newKey());
  expect((await orientations.get(osnp, id)).flags).toEqual([]);
  clock.advance({ hours: 3 });
  expect((await orientations.get(osnp, id)).flags).toEqual(['sans-retour-editeur']);
});
