import { ManualClock } from '../../../foundation/clock.ts';
import type { Database } from '../../../foundation/db/database.ts';
import { notFound } from '../../../foundation/errors.ts';
import { silentLogger } from '../../../foundation/log.ts';
import type { Actor } from '../../../identity/contract.ts';
import type { Location, Territory } from '../../../territory/contract.ts';
import type { Territories } from '../../../territory/server/index.ts';
import type { EditorState, SlotView } from '../../availability/contract.ts';
import type { EditorPlace } from '../../availability/domain/editor.ts';
import type { Availability, FoundSlot, SlotQuestion, SourceAnswer } from '../../availability/server/index.ts';
import type { Candidate, Structure } from '../../directory/contract.ts';
import type { Directory } from '../../directory/server/index.ts';
import { noParticipation, type Participation } from '../../participation/contract.ts';
import type { Participations } from '../../participation/server/index.ts';
import { type SearchQuery, searchQuerySchema, type SlotsEvent, type SearchAnswer } from '../contract.ts';
import { distanceBetween } from '../domain/matching.ts';
import { createSearch, type SearchDependencies, type SearchListener } from './search.ts';

export const NOW = '2026-01-13T08:00:00Z';
export const POITIERS = { lat: 46.58, lon: 0.34 };

export const osnp: Actor = {
  accountId: 'osnp-1', displayName: 'Ana Fictive', email: null, roles: ['osnp'], territories: ['86'], nationalId: null, structureIds: [], delegations: [], editor: null,
};
export const query = (asked: Record<string, string | string[]>): SearchQuery => searchQuerySchema.parse(asked);

/** A fictional doctor `n`, `metres` north of the centre of Poitiers. */
export function doctor(n: number, metres = n * 100, change: Partial<Candidate['place']> = {}): Candidate {
  const place = {
    id: `adr:${n}`, name: `Cabinet ${n}`, address: `${n} rue de la Marne`, city: 'Poitiers', postcode: '86000', insee: '86194',
    lat: POITIERS.lat + metres / 111_195, lon: POITIERS.lon, phone: '+33500000000', ...change,
  };
  return {
    nationalId: idOf(n), rpps: idOf(n).slice(1), lastName: `Nom${n}`, firstName: `Prenom${n}`, profession: 'Médecin',
    specialties: [{ code: 'SM54', label: 'Médecine générale' }], sector: '1', place, distanceM: null,
  };
}
export const idOf = (n: number): string => `8${String(10_000_000_000 + n)}`;

export function structure(id: string, kind: Structure['kind'], change: Partial<Structure> = {}): Structure {
  return {
    id, kind, name: `${kind} ${id}`, territory: '86', address: '1 place du Marché', city: 'Poitiers', postcode: '86000', insee: '86194',
    ...POITIERS, phone: null, contactChannel: null, contact: null, hours: [], identifiedAt: null, coordinated: null, distanceM: 0, places: [], ...change,
  };
}

let slotNumber = 0;
export const slotView = (source: string, start = '2026-01-13T10:00:00Z', change: Partial<SlotView> = {}): SlotView => ({
  id: `slot-${++slotNumber}`, start, end: Temporal.Instant.from(start).add({ minutes: 15 }).toString(), modalities: ['AMB'], types: ['SNP'],
  withAppointment: true, source, remaining: source === 'platform' ? 1 : null, bookingUrl: null, ...change,
});

export const ownSlot = (candidate: Candidate, start?: string, change?: Partial<SlotView>): FoundSlot => ({
  slot: slotView('platform', start, change), nationalId: candidate.nationalId, structureId: null, placeId: candidate.place.id, place: null,
  specialties: [], cptsIds: [],
});

export const vendorPlace = (address: string, change: Partial<EditorPlace> = {}): EditorPlace => ({
  id: null, name: null, address, postcode: '86000', city: 'POITIERS', phone: null, lat: null, lon: null, ...change,
});

export const vendorSlot = (editor: string, nationalId: string | null, place: EditorPlace, change: Partial<FoundSlot> = {}): FoundSlot => ({
  slot: slotView(editor), nationalId, structureId: null, placeId: null, place, specialties: [], cptsIds: [], ...change,
});

export const stateOf = (name: string, status: EditorState['status'] = 'ok'): EditorState => ({
  name, status, latencyMs: 12, slotCount: 0, ageMs: 0, detail: status === 'ok' ? null : 'panne', problems: [],
});

/** A vendor of the tests: answers when told to, or as soon as asked. */
export interface FakeVendor {
  readonly name: string;
  readonly answer: (question: SlotQuestion) => Promise<SourceAnswer> | SourceAnswer;
}

export interface World {
  candidates: Candidate[];
  structures: Structure[];
  participations: Record<string, Partial<Participation>>;
  memberships: Record<string, Structure['kind'][]>;
  own: FoundSlot[];
  vendors: FakeVendor[];
  questions: SlotQuestion[];
}

/** A search over a small fictional Poitiers; everything outside the context is played. */
export function worldOf(database: Database, change: Partial<World> = {}) {
  const world: World = { candidates: [], structures: [], participations: {}, memberships: {}, own: [], vendors: [], questions: [], ...change };
  const clock = new ManualClock(NOW);
  const deps: SearchDependencies = {
    database, clock, log: silentLogger, territories, directory: directoryOf(world), availability: availabilityOf(world),
    participations: {
      of: async (ids) => new Map(ids.flatMap((id) => {
        const known = world.participations[id];
        return known ? [[id, { ...noParticipation, via: 'individual', ...known } satisfies Participation]] : [];
      })),
      enSusThrough: async (ids) => new Set(Object.values(world.participations).flatMap(({ viaStructureId, enSus }) => (enSus && viaStructureId && ids.includes(viaStructureId) ? [viaStructureId] : []))),
    } as Partial<Participations> as Participations,
  };
  const search = createSearch(deps);
  /** The whole answer, and the events on the way. */
  async function run(asked: Record<string, string | string[]>, actor: Actor = osnp) {
    const events: ({ kind: 'candidates'; data: SearchAnswer } | { kind: 'slots'; data: SlotsEvent } | { kind: 'editor'; data: EditorState })[] = [];
    const listener: SearchListener = {
      candidates: (data) => events.push({ kind: 'candidates', data: structuredClone(data) }),
      slots: (data) => events.push({ kind: 'slots', data: structuredClone(data) }),
      editor: (data) => events.push({ kind: 'editor', data }),
    };
    return { answer: await search.find(query(asked), actor, listener, new AbortController().signal), events };
  }
  return { world, clock, deps, search, run };
}

const commune: Location = {
  label: 'Poitiers', kind: 'commune', insee: '86194', city: 'Poitiers', postcode: '86000', department: '86', territory: '86', radiusKm: 10,
  source: 'gazetteer', ...POITIERS,
};
const SAS86 = { code: '86', timeZone: 'Europe/Paris' } as Territory;

const territories = {
  get: async (code: string) => {
    if (code !== '86') throw notFound('territory-not-found', 'inconnu');
    return SAS86;
  },
  communeAt: async ({ lat }: { lat: number }) => (lat > 45 ? { insee: '86194', name: 'Poitiers', department: '86' } : null),
  commune: async (insee: string) => (insee === '86194' ? commune : insee === '17300' ? { ...commune, city: 'La Rochelle', insee, territory: null } : null),
  locate: async (words: string) => {
    if (words.startsWith('12 rue')) return { locations: [{ ...commune, kind: 'address' as const, label: '12 rue de la Marne 86000 Poitiers' }], degraded: null };
    if (words === 'Poitiers') return { locations: [commune], degraded: "Le service d'adresses ne répond pas." };
    return { locations: [], degraded: null };
  },
} as unknown as Territories;

function directoryOf(world: World): Directory {
  const distance = ({ place }: Candidate, center: { lat: number; lon: number }) => distanceBetween(center, place as { lat: number; lon: number });
  return {
    around: async ({ center, radiusM }) =>
      world.candidates
        .map((one) => ({ nationalId: one.nationalId, placeId: one.place.id, insee: one.place.insee, distanceM: distance(one, center) }))
        .filter(({ distanceM }) => distanceM <= radiusM),
    placesOfAll: async (ids) => world.candidates.filter(({ nationalId }) => ids.includes(nationalId)),
    structure: async (id) => {
      const found = world.structures.find((one) => one.id === id);
      if (!found) throw notFound('structure-not-found', 'inconnue');
      return found;
    },
    placesOf: async (id: string, center = POITIERS) =>
      world.candidates.filter(({ nationalId }) => nationalId === id).map((one) => ({ ...one, distanceM: distance(one, center) })),
    structuresAround: async ({ kinds }) => world.structures.filter(({ kind }) => kinds.includes(kind)),
    membershipsOf: async (ids) =>
      new Map(ids.map((id) => [id, (world.memberships[id] ?? []).map((kind) => ({ structureId: 's', kind, name: kind }))])),
  } as Partial<Directory> as Directory;
}

function availabilityOf(world: World): Availability {
  return {
    ownSlots: async (question) => {
      world.questions.push(question);
      const slots = world.own.filter(({ nationalId, structureId }) =>
        question.professionals.includes(nationalId ?? '') || question.structures.includes(structureId ?? ''));
      return { state: stateOf('platform'), slots };
    },
    vendorNames: async () => world.vendors.map(({ name }) => name),
    askVendors: async (question, onAnswer) => {
      await Promise.all(world.vendors.map(async ({ answer }) => onAnswer(await answer(question))));
    },
  } as Partial<Availability> as Availability;
}
