import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import type { Actor, Role } from '../../src/identity/contract.ts';
import type { Candidate, Structure } from '../../src/platform/directory/contract.ts';
import type { Availability } from '../../src/platform/availability/server/index.ts';
import type { Territory } from '../../src/territory/contract.ts';
import { notFound } from '../../src/foundation/errors.ts';
import type { TestDatabase } from './database.ts';

/** Fictional people and places around which agenda and booking tests turn. */
export const doctor = '810000000011';
export const otherDoctor = '810000000029';
export const structureId = '1860000001';

export const actorOf = (role: Role, more: Partial<Actor> = {}): Actor => ({
  accountId: randomUUID(), displayName: 'Camille Exemple', email: 'camille@sas.example', roles: [role], territories: ['86'],
  nationalId: null, structureIds: [], delegations: [], editor: null, ...more,
});

const candidate = (nationalId: string, lastName: string, insee = '86194'): Candidate => ({
  nationalId, rpps: nationalId.slice(1), lastName, firstName: 'Ada', profession: 'Médecin',
  specialties: [{ code: 'SM54', label: 'Médecine générale' }], sector: '1', distanceM: null,
  place: {
    id: `place-${nationalId}`, name: `Cabinet ${lastName}`, address: '1 rue du Test', city: 'Poitiers', postcode: '86000', insee,
    lat: 46.58, lon: 0.34, phone: null,
  },
});

const structure: Structure = {
  id: structureId, kind: 'MSP', name: 'Maison de santé du Clain', territory: '86', address: '2 rue du Test', city: 'Poitiers',
  postcode: '86000', insee: '86194', lat: 46.58, lon: 0.34, phone: null, contactChannel: 'web', contact: 'contact@msp.example',
  hours: [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from: '00:00', to: '23:59' })), identifiedAt: '2025-09-01T08:00:00Z', coordinated: true, distanceM: null, places: [{
    id: 'place-msp', name: 'Maison de santé', address: '2 rue du Test', city: 'Poitiers', postcode: '86000', insee: '86194',
    lat: 46.58, lon: 0.34, phone: null, hours: [],
  }],
};

const known = new Map([candidate(doctor, 'Exemple'), candidate(otherDoctor, 'Modèle')].map((one) => [one.nationalId, one]));

/** A directory of two doctors, the first a member of the only structure. */
export const directory = {
  placesOf: async (nationalId: string) => [known.get(nationalId)].filter((one) => one !== undefined),
  structure: async (id: string) => {
    if (id !== structureId) throw notFound('structure-not-found', 'Structure inconnue.');
    return structure;
  },
  membershipsOf: async (ids: string[]) =>
    new Map(ids.filter((id) => id === doctor).map((id) => [id, [{ structureId, kind: structure.kind, name: structure.name }]])),
  membersOf: async (ids: readonly string[]) => new Map(ids.map((id) => [id, id === structureId ? [{ nationalId: doctor, since: '2020-01-01', until: null }] : []])),
  specialtyLabels: async (codes: readonly string[]) => new Map(codes.map((code) => [code, 'Médecine générale'])),
  names: async (ids: string[]) =>
    new Map(ids.flatMap((id) => {
      const found = known.get(id);
      return found ? [[id, { lastName: found.lastName, firstName: found.firstName, professionCode: '10', specialty: 'SM54' }] as const] : [];
    })),
};

const vienne: Territory = {
  code: '86', name: 'Vienne', departments: ['86'], timeZone: 'Europe/Paris', holidaySet: 'metropole', radiusKm: 30, launchedOn: null, status: 'LANCE',
};

export const territories = {
  get: async () => vienne,
  ofCommune: async (insee: string) => (insee.startsWith('86') ? vienne : null),
};

/** Puts a slot in the agenda without going through a declaration; gives its id. */
export async function insertSlot(
  database: TestDatabase,
  slot: { start: string; end?: string; capacity?: number; kind?: 'single' | 'range'; nationalId?: string | null; structureId?: string | null },
): Promise<string> {
  const id = randomUUID();
  const start = Temporal.Instant.from(slot.start);
  const end = slot.end ? Temporal.Instant.from(slot.end) : start.add({ minutes: 20 });
  const capacity = slot.capacity ?? 1;
  const kind = slot.kind ?? (capacity > 1 ? 'range' : 'single');
  const nationalId = slot.nationalId === undefined ? doctor : slot.nationalId;
  await database.for('availability').transaction(async (tx) => {
    await tx.run(sql`
      insert into availability.opening (id, territory, national_id, structure_id, place_id, kind, day, starts, ends, time_zone, modalities,
        capacity, created_by, created_at)
      values (${id}, '86', ${nationalId}, ${slot.structureId ?? null}, ${`place-${doctor}`}, ${kind}, '2026-01-13', '09:00', '09:20',
        'Europe/Paris', '{AMB}', ${capacity}, 'test', ${start})`);
    await tx.run(sql`
      insert into availability.slot (id, opening_id, territory, national_id, structure_id, place_id, kind, start_at, end_at, modalities,
        slot_types, with_appointment, capacity)
      values (${id}, ${id}, '86', ${nationalId}, ${slot.structureId ?? null}, ${`place-${doctor}`}, ${kind}, ${start}, ${end}, '{AMB}',
        '{SNP}', true, ${capacity})`);
  });
  return id;
}

/** Takes a place for a patient on the only slot of an opening, as a booking does. */
export async function bookOpening(database: TestDatabase, agenda: Pick<Availability, 'takeSeat'>, openingId: string, now: Temporal.Instant): Promise<string> {
  const { id: slotId } = await database.for('availability').one<{ id: string }>(sql`select id from availability.slot where opening_id = ${openingId}`);
  const seat = await database.for('orientation').transaction((tx) => agenda.takeSeat(tx, { slotId, actor: randomUUID(), now }));
  return seat.seatId;
}
