import { AppError } from '../../../foundation/errors.ts';
import type { Point } from '../../../territory/contract.ts';
import { type Candidate, generalPractice, type Structure, type StructureKind } from '../../directory/contract.ts';
import type { Directory, Practice } from '../../directory/server/index.ts';
import { noParticipation, type Participation } from '../../participation/contract.ts';
import type { Participations } from '../../participation/server/index.ts';
import type { SearchResult } from '../contract.ts';
import { distanceBetween } from '../domain/matching.ts';
import { keyOf, type Placed, type RankingInput } from '../domain/session.ts';
import { channelOf, isIdentified, isMember } from './request-readiness.ts';

/** What a result shows of a candidate, whatever his rank and slots. */
export type Card = Omit<SearchResult, 'rank' | 'level' | 'why' | 'slots'>;

export interface CandidateQuestion {
  readonly center: Point;
  readonly radiusM: number;
  readonly insee: string | null;
  readonly specialty: string;
  readonly enSus: boolean;
  readonly participating: boolean;
  /** Prefixed national id of the patient's usual doctor. */
  readonly usualDoctor: string | null;
}

export interface Sources {
  readonly directory: Directory;
  readonly participations: Participations;
}

/** Who the directory knows there, before the participation is read. */
export interface Around {
  readonly practices: readonly Practice[];
  readonly structures: readonly Structure[];
  /** The places of the usual doctor, wherever they are; empty when he is not known. */
  readonly usualPlaces: readonly Candidate[];
}

/** What was read of participations and structures, by id: the cards of a page use it again. */
export interface Known {
  readonly taking: ReadonlyMap<string, Participation>;
  readonly structures: ReadonlyMap<string, Structure>;
}

/** Those whose own agenda can hold slots; a CPTS is solicited, it receives nobody. */
const WITH_SLOTS: readonly StructureKind[] = ['SOS', 'CDS', 'MSP', 'CSNP', 'MMG'];
const SOLICITED: readonly StructureKind[] = ['CPTS', 'MSP', 'SOS', 'CDS', 'CSNP'];

/** Asks the directory, all questions side by side. */
export async function lookAround({ directory }: Sources, question: CandidateQuestion): Promise<Around> {
  const { center, radiusM, insee, specialty, usualDoctor } = question;
  // Structures answer for general practice.
  const kinds = generalPractice.includes(specialty) ? [...(question.enSus ? SOLICITED : WITH_SLOTS)] : [];
  const [practices, structures, usualPlaces] = await Promise.all([
    directory.around({ specialty, center, radiusM }),
    kinds.length > 0 ? directory.structuresAround({ kinds, center, radiusM, insee }) : [],
    usualDoctor === null ? [] : directory.placesOf(usualDoctor, center),
  ]);
  return { practices, structures, usualPlaces };
}

/**
 * Everybody who may be proposed. The usual doctor always is; the others when they satisfy the filters.
 * @param withMemberships reads the structures each professional belongs to (needed when a charter looks at them).
 */
export async function findEligible(
  { directory, participations }: Sources,
  { practices, structures, usualPlaces }: Around,
  question: CandidateQuestion,
  at: Temporal.Instant,
  withMemberships: boolean,
): Promise<{ inputs: RankingInput[]; known: Known }> {
  const everywhere = [...usualPlaces.map(toPractice), ...practices];
  const nationalIds = [...new Set(everywhere.map(({ nationalId }) => nationalId))];
  const [taking, memberships] = await Promise.all([
    participations.of([...nationalIds, ...structures.map(({ id }) => id)], at),
    withMemberships ? directory.membershipsOf(nationalIds) : null,
  ]);
  const inputs = new Map<string, RankingInput>();
  for (const { nationalId, placeId, insee, distanceM } of everywhere) {
    const usualDoctor = nationalId === question.usualDoctor;
    const participation = taking.get(nationalId) ?? noParticipation;
    if (question.enSus && isMember(participation)) continue;
    if (!usualDoctor && !passes(participation, question)) continue;
    const key = keyOf(nationalId, null, placeId);
    if (inputs.has(key)) continue;
    inputs.set(key, {
      key, nationalId, structureId: null, placeId, distanceM, sameCommune: insee === question.insee, via: participation.via,
      structureKinds: memberships?.get(nationalId)?.map(({ kind }) => kind) ?? [], usualDoctor,
    });
  }
  for (const structure of structures) {
    const participation = taking.get(structure.id) ?? noParticipation;
    if (!mayBeProposed(structure, participation, question)) continue;
    for (const { place, distanceM } of placesInCircle(structure, question)) {
      const key = keyOf(null, structure.id, place.id);
      inputs.set(key, {
        key, nationalId: null, structureId: structure.id, placeId: place.id, distanceM, sameCommune: place.insee === question.insee,
        via: participation.via, structureKinds: [structure.kind], usualDoctor: false,
      });
    }
  }
  return { inputs: [...inputs.values()], known: { taking, structures: new Map(structures.map((one) => [one.id, one])) } };
}

const toPractice = ({ nationalId, place, distanceM }: Candidate) => ({ nationalId, placeId: place.id, insee: place.insee, distanceM });

const passes = (participation: Participation, question: CandidateQuestion): boolean =>
  (!question.enSus || participation.enSus) && (!question.participating || participation.via !== null);

/** ANN-11: a structure is solicited only once identified. SOS Médecins opens its slots even when it declared nothing. */
function mayBeProposed(structure: Structure, participation: Participation, question: CandidateQuestion): boolean {
  if (question.enSus) return isIdentified(structure);
  if (!passes(participation, question)) return false;
  return structure.kind === 'SOS' || participation.via !== null;
}

type Place = Card['place'];

/** The consultation places of a structure; its own address when it declared none. */
const placesOfStructure = ({ id, name, address, postcode, city, insee, lat, lon, phone, places }: Structure): Place[] =>
  places.length > 0 ? places : [{ id, name, address, postcode, city, insee, lat, lon, phone }];

function placesInCircle(structure: Structure, { center, radiusM }: CandidateQuestion): { place: Place; distanceM: number | null }[] {
  // A CPTS answers for communes: where its office stands excludes nobody.
  if (structure.places.length === 0) return placesOfStructure(structure).map((place) => ({ place, distanceM: structure.distanceM }));
  return structure.places
    .map((place) => ({ place, distanceM: distanceFrom(center, place) }))
    .filter(({ distanceM }) => distanceM === null || distanceM <= radiusM);
}

const distanceFrom = (center: Point, { lat, lon }: Place): number | null =>
  lat === null || lon === null ? null : distanceBetween(center, { lat, lon });

/** What is shown of these candidates, by key, with all the places of their owners. `known` spares reading again. */
export async function readCards(
  sources: Sources,
  shown: readonly Placed[],
  at: Temporal.Instant,
  known: Known | null,
): Promise<Map<string, Card>> {
  const professionals = [...new Set(shown.flatMap(({ input }) => input.nationalId ?? []))];
  const structures = [...new Set(shown.flatMap(({ input }) => input.structureId ?? []))];
  const [candidates, taking] = await Promise.all([
    professionals.length > 0 ? sources.directory.placesOfAll(professionals) : [],
    known?.taking ?? sources.participations.of([...professionals, ...structures], at),
  ]);
  const through = professionals.flatMap((id) => {
    const participation = taking.get(id);
    return participation?.contact === null ? (participation.viaStructureId ?? []) : [];
  });
  const structureOf = await readStructures(sources.directory, [...structures, ...through], known?.structures ?? new Map());
  const cards = new Map<string, Card>();
  for (const { nationalId, rpps, lastName, firstName, specialties, sector, place, distanceM } of candidates) {
    const participation = taking.get(nationalId) ?? noParticipation;
    cards.set(keyOf(nationalId, null, place.id), {
      professional: { rpps, nationalId, lastName, firstName, specialties, sector }, structure: null, place, distanceM,
      // Who takes part through a structure is reached through it.
      participation: { ...participation, contact: participation.contact ?? structureOf.get(participation.viaStructureId ?? '')?.contact ?? null },
    });
  }
  for (const id of structures) {
    const structure = structureOf.get(id);
    if (!structure) continue;
    const participation = taking.get(id) ?? noParticipation;
    for (const place of placesOfStructure(structure)) {
      cards.set(keyOf(null, id, place.id), {
        professional: null, structure: { id, kind: structure.kind, name: structure.name, channel: channelOf(structure) }, place, distanceM: structure.distanceM,
        participation: { ...participation, contact: participation.contact ?? structure.contact },
      });
    }
  }
  return cards;
}

async function readStructures(directory: Directory, ids: readonly string[], known: Known['structures']): Promise<Known['structures']> {
  const missing = [...new Set(ids)].filter((id) => !known.has(id));
  const read = await Promise.all(missing.map((id) => directory.structure(id).catch(unlessUnknown)));
  return new Map([...known, ...read.flatMap((structure) => (structure ? [[structure.id, structure] as const] : []))]);
}

/** A declaration may name a structure that the directory no longer has. */
function unlessUnknown(error: unknown): null {
  if (error instanceof AppError && error.family === 'not-found') return null;
  throw error;
}
