import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import { notFound } from '../../src/foundation/errors.ts';
import type { Actor } from '../../src/identity/contract.ts';
import type { Candidate, Structure } from '../../src/platform/directory/contract.ts';
import type { OrientationDependencies } from '../../src/platform/orientation/server/orientations.ts';
import { chosen, recordEvents, recordSearch } from '../../src/platform/orientation/server/search-log.ts';
import { keyOf, type Placed } from '../../src/platform/orientation/domain/session.ts';
import { actorOf } from './agenda.ts';
import type { TestDatabase } from './database.ts';
import { newKey, NOW, setUpOrientations } from './orientations.ts';

/** Whom a test asks en sus: doctors 1 to 9, a CPTS, an MSP and a centre de santé by the web, SOS Médecins by telephone. */
export const doctorOf = (n: number): string => `8100000001${String(n).padStart(2, '0')}`;
export const cpts = '1860000101';
export const msp = '1860000102';
export const sos = '3860000103';
export const cds = '1860000104';
/** Asked for at ten past ten in Poitiers. */
export const WANTED = '2026-01-13T09:10:00Z';

const always = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from: '00:00', to: '23:59' }));
const structures = new Map(([[cpts, 'CPTS', 'web'], [msp, 'MSP', 'web'], [sos, 'SOS', 'phone'], [cds, 'CDS', 'web']] as const).map(([id, kind, contactChannel]): [string, Structure] => [id, {
  id, kind, name: `${kind} fictive`, territory: '86', address: '1 rue du Test', city: 'Poitiers', postcode: '86000', insee: '86194', lat: 46.58, lon: 0.34,
  phone: null, contactChannel, contact: '+33549000000', hours: always, identifiedAt: '2025-09-01T08:00:00Z', coordinated: null, distanceM: null, places: [],
}]));
const professional = (nationalId: string): Candidate => ({
  nationalId, rpps: nationalId.slice(1), lastName: `Nom${nationalId.slice(-2)}`, firstName: 'Ada', profession: 'Médecin',
  specialties: [{ code: 'SM54', label: 'Médecine générale' }], sector: '1', distanceM: null,
  place: { id: `place-${nationalId}`, name: 'Cabinet', address: '1 rue du Test', city: 'Poitiers', postcode: '86000', insee: '86194', lat: 46.58, lon: 0.34, phone: '+33549111111' },
});
const isDoctor = (id: string) => id.startsWith('8100000001');

/** Doctors 1, 2, 3 belong to the CPTS, 4 and 5 to the MSP, 6 to SOS Médecins. */
const membersOf = (id: string): string[] => ({ [cpts]: [1, 2, 3], [msp]: [4, 5], [sos]: [6] })[id]?.map(doctorOf) ?? [];

const directory: OrientationDependencies['directory'] = {
  placesOf: async (id) => (isDoctor(id) ? [professional(id)] : []),
  structure: async (id) => {
    const found = structures.get(id);
    if (!found) throw notFound('structure-not-found', 'Structure inconnue.');
    return found;
  },
  membersOf: async (ids) => new Map(ids.map((id) => [id, membersOf(id).map((nationalId) => ({ nationalId, since: '2020-01-01', until: null }))])),
  membershipsOf: async (ids) => new Map(ids.map((nationalId) => [
    nationalId,
    [...structures.values()].filter(({ id }) => membersOf(id).includes(nationalId)).map(({ id, kind, name }) => ({ structureId: id, kind, name })),
  ])),
  specialtyLabels: async (codes: readonly string[]) => new Map(codes.map((code) => [code, 'Médecine générale'])),
  names: async (ids) => new Map(ids.filter(isDoctor).map((id) => [id, { lastName: `Nom${id.slice(-2)}`, firstName: 'Ada', professionCode: '10', specialty: 'SM54' }])),
};

export const managerOf = (structureId: string): Actor => actorOf('gestionnaire-structure', { structureIds: [structureId] });

/** Orientations where everybody accepts patients en sus, unless the test says otherwise. */
export async function setUpRequests() {
  const world = await setUpOrientations({ directory, chosen });
  const { database, taking, orientations, clock } = world;
  for (const id of [cpts, msp, sos, cds, doctorOf(7), doctorOf(8), doctorOf(9)]) taking.set(id, { via: 'individual', enSus: true });
  const osnp = world.person('osnp');
  /** A slot search that found nothing, then the search en sus whose order is given: subject and level of the charter. */
  async function searched(order: readonly (readonly [subject: string, level: number])[]) {
    const emptySearchId = await insertSearch(database, osnp, { enSus: false, placed: [], slots: 0 });
    const searchId = await insertSearch(database, osnp, { enSus: true, placed: order.map(([subject, level], index) => placedOf(subject, level, index)), slots: 0 });
    return { searchId, emptySearchId };
  }
  return {
    ...world, osnp, searched, requests: orientations.requests,
    /** Asks the first of the order; the others follow. */
    async ask(order: readonly (readonly [subject: string, level: number])[], at = WANTED) {
      const { searchId, emptySearchId } = await searched(order);
      const [subject] = order[0]!;
      const enSus = { ...(subject.startsWith('8') ? { rpps: subject.slice(1) } : { structureId: subject }), at, emptySearchId };
      return orientations.create(osnp, { searchId, enSus }, newKey());
    },
    /** Lets time pass, and the background work run. */
    async pass(duration: Temporal.DurationLike) {
      clock.advance(duration);
      return orientations.requests.expireDue();
    },
    chain: (requestId: string) => orientations.requests.views.get(osnp, requestId),
  };
}

function placedOf(subject: string, level: number, index: number): Placed {
  const nationalId = subject.startsWith('8') ? subject : null;
  const structureId = nationalId ? null : subject;
  const placeId = `place-${subject}`;
  return {
    level,
    input: {
      key: keyOf(nationalId, structureId, placeId), nationalId, structureId, placeId, distanceM: (index + 1) * 100, sameCommune: true, via: 'individual',
      structureKinds: [], usualDoctor: false, lastAskedAt: null,
    },
  };
}

/** A search as it would have been kept; `slots` null when it did not go to its end. */
export async function insertSearch(
  database: TestDatabase, actor: Actor,
  { enSus, placed = [], slots, insee = '86194', specialty = 'SM54', at = NOW, sources = [] }:
  { enSus: boolean; placed?: readonly Placed[]; slots: number | null; insee?: string; specialty?: string; at?: string; sources?: readonly (readonly [name: string, status: string])[] },
): Promise<string> {
  const id = randomUUID();
  const db = database.for('orientation');
  const when = Temporal.Instant.from(at);
  await recordSearch(db, {
    id, at: when, territory: '86', placeTerritory: '86', insee, seed: 's', ranking: 'distance', charterVersion: null, placed,
    criteria: { city: 'Poitiers', lat: 46.58, lon: 0.34, radiusKm: 20, specialty, modalities: null, from: at, to: at, enSus, participating: false, usualDoctor: 'not-given' },
  }, actor, null);
  const events = sources.map(([source, status]) => ({ kind: 'source' as const, payload: { source, status, latencyMs: 10, slots: 0 } }));
  await recordEvents(db, id, when, events, slots === null ? null : { results: 0, slots });
  return id;
}

/** Somebody asked en sus who accepted, long ago or not. */
export async function insertAccepted(database: TestDatabase, nationalId: string, askedAt: string, start: string): Promise<void> {
  const [request, orientation] = [randomUUID(), randomUUID()];
  await database.for('orientation').transaction(async (tx) => {
    await tx.run(sql`
      insert into orientation.request (id, territory, actor, actor_role, opening_reason, wanted_at, candidates, state, created_at, updated_at)
      values (${request}, '86', 'test', 'osnp', 'modality', ${start}, '[]', 'ACCEPTE', ${askedAt}, ${askedAt})`);
    await tx.run(sql`
      insert into orientation.orientation (id, territory, request_id, actor, actor_role, kind, status, category, national_id, label, place_label, start_at,
        created_at, updated_at, idempotency_key, request_hash)
      values (${orientation}, '86', ${request}, 'test', 'osnp', 'surnumeraire', 'PRIS', 'PS', ${nationalId}, 'x', 'x', ${start}, ${askedAt}, ${askedAt}, ${orientation}, '')`);
    await tx.run(sql`
      insert into orientation.attempt (orientation_id, request_id, subject, position, channel, asked_at)
      values (${orientation}, ${request}, ${nationalId}, 0, 'phone', ${askedAt})`);
  });
}
