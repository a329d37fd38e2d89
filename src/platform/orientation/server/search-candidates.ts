import type { Point } from '../../../territory/contract.ts';
import type { Candidate, Structure, StructureKind } from '../../directory/contract.ts';
import type { Directory } from '../../directory/server/index.ts';
import type { Participation } from '../../participation/contract.ts';
import type { Participations } from '../../participation/server/index.ts';
import type { SearchResult } from '../contract.ts';
import { distanceBetween } from '../domain/matching.ts';
import { keyOf, type RankingInput } from '../domain/session.ts';

/** What a result shows of a candidate, whatever his rank and slots. */
export type Card = Omit<SearchResult, 'rank' | 'level' | 'why' | 'slots'>;

/** Somebody who may be proposed: what the ranking knows of him, and what people see. */
export interface Eligible {
  readonly input: RankingInput;
  readonly card: Card;
}

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
  readonly candidates: readonly Candidate[];
  readonly structures: readonly Structure[];
  /** The places of the usual doctor, wherever they are; empty when he is not known. */
  readonly usualPlaces: readonly Candidate[];
}

/** TRE_R38: médecine générale, and general practitioners qualified or specialised. Structures answer for these. */
const GENERAL_PRACTICE = new Set(['SM54', 'SM53', 'SM26']);
/** Those whose own agenda can hold slots; a CPTS is solicited, it receives nobody. */
const WITH_SLOTS: readonly StructureKind[] = ['SOS', 'CDS', 'MSP', 'CSNP', 'MMG'];
const SOLICITED: readonly StructureKind[] = ['CPTS', 'MSP', 'SOS', 'CDS', 'CSNP'];

const ABSENT: Participation = { via: null, viaStructureId: null, enSus: false, contact: null };

/** Asks the directory, all questions side by side. */
export async function lookAround({ directory }: Sources, question: CandidateQuestion): Promise<Around> {
  const { center, radiusM, insee, specialty, usualDoctor } = question;
  const kinds = GENERAL_PRACTICE.has(specialty) ? [...(question.enSus ? SOLICITED : WITH_SLOTS)] : [];
  const [candidates, structures, usualPlaces] = await Promise.all([
    directory.around({ specialty, center, radiusM }),
    kinds.length > 0 ? directory.structuresAround({ kinds, center, radiusM, insee }) : [],
    usualDoctor === null ? [] : directory.placesOf(usualDoctor, center),
  ]);
  return { candidates, structures, usualPlaces };
}

/**
 * Everybody who may be proposed, by key. The usual doctor always is; the others when they satisfy the filters.
 * @param withMemberships reads the structures each professional belongs to (needed when a charter looks at them).
 */
export async function eligibleAmong(
  { directory, participations }: Sources,
  { candidates, structures, usualPlaces }: Around,
  question: CandidateQuestion,
  at: Temporal.Instant,
  withMemberships: boolean,
): Promise<Map<string, Eligible>> {
  const nationalIds = [...new Set([...usualPlaces, ...candidates].map(({ nationalId }) => nationalId))];
  const [taking, memberships] = await Promise.all([
    participations.of([...nationalIds, ...structures.map(({ id }) => id)], at),
    withMemberships ? directory.membershipsOf(nationalIds) : null,
  ]);
  const structureById = new Map(structures.map((structure) => [structure.id, structure]));
  const found = new Map<string, Eligible>();
  const add = (eligible: Eligible) => {
    if (!found.has(eligible.input.key)) found.set(eligible.input.key, eligible);
  };
  for (const candidate of [...usualPlaces, ...candidates]) {
    const usualDoctor = candidate.nationalId === question.usualDoctor;
    const participation = contactOf(taking.get(candidate.nationalId) ?? ABSENT, structureById);
    if (!usualDoctor && !passes(participation, question)) continue;
    const kinds = memberships?.get(candidate.nationalId)?.map(({ kind }) => kind) ?? [];
    add(professionalCandidate(candidate, participation, kinds, usualDoctor, question.insee));
  }
  for (const structure of structures) {
    const participation = taking.get(structure.id) ?? ABSENT;
    if (!mayBeProposed(structure, participation, question)) continue;
    for (const place of placesOfStructure(structure, question)) {
      add(structureCandidate(structure, place, { ...participation, contact: participation.contact ?? structure.contact }, question.insee));
    }
  }
  return found;
}

const passes = (participation: Participation, question: CandidateQuestion): boolean =>
  (!question.enSus || participation.enSus) && (!question.participating || participation.via !== null);

/** ANN-11: a structure is solicited only once identified. SOS Médecins opens its slots even when it declared nothing. */
function mayBeProposed(structure: Structure, participation: Participation, question: CandidateQuestion): boolean {
  if (!passes(participation, question)) return false;
  if (question.enSus) return structure.identifiedAt !== null;
  return structure.kind === 'SOS' || participation.via !== null;
}

/** Who takes part through a structure is reached through it. */
const contactOf = (participation: Participation, structures: ReadonlyMap<string, Structure>): Participation =>
  participation.contact !== null || participation.viaStructureId === null
    ? participation
    : { ...participation, contact: structures.get(participation.viaStructureId)?.contact ?? null };

function professionalCandidate(
  candidate: Candidate,
  participation: Participation,
  structureKinds: readonly StructureKind[],
  usualDoctor: boolean,
  insee: string | null,
): Eligible {
  const { nationalId, rpps, lastName, firstName, specialties, sector, place, distanceM } = candidate;
  return {
    input: {
      key: keyOf(nationalId, null, place.id),
      nationalId, structureId: null, placeId: place.id, distanceM, sameCommune: place.insee === insee,
      via: participation.via, structureKinds, usualDoctor,
    },
    card: { professional: { rpps, nationalId, lastName, firstName, specialties, sector }, structure: null, place, distanceM, participation },
  };
}

type Place = Card['place'];

function structureCandidate(
  structure: Structure,
  { place, distanceM }: { place: Place; distanceM: number | null },
  participation: Participation,
  insee: string | null,
): Eligible {
  const { id, kind, name } = structure;
  return {
    input: {
      key: keyOf(null, id, place.id),
      nationalId: null, structureId: id, placeId: place.id, distanceM, sameCommune: place.insee === insee,
      via: participation.via, structureKinds: [kind], usualDoctor: false,
    },
    card: { professional: null, structure: { id, kind, name }, place, distanceM, participation },
  };
}

/** The consultation places of a structure inside the circle; its own address when it declared none. */
function placesOfStructure(structure: Structure, { center, radiusM }: CandidateQuestion): { place: Place; distanceM: number | null }[] {
  const { id, name, address, postcode, city, insee, lat, lon, phone, places } = structure;
  if (places.length === 0) return [{ place: { id, name, address, postcode, city, insee, lat, lon, phone }, distanceM: structure.distanceM }];
  return places
    .map((place) => ({ place, distanceM: distanceFrom(center, place) }))
    .filter(({ distanceM }) => distanceM === null || distanceM <= radiusM);
}

const distanceFrom = (center: Point, { lat, lon }: Place): number | null =>
  lat === null || lon === null ? null : distanceBetween(center, { lat, lon });
