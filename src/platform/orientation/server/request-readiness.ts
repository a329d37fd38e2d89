import type { Queryable } from '../../../foundation/db/database.ts';
import { ruleBroken } from '../../../foundation/errors.ts';
import type { Territories } from '../../../territory/server/index.ts';
import type { Structure } from '../../directory/contract.ts';
import type { Directory } from '../../directory/server/index.ts';
import { noParticipation, type Participation } from '../../participation/contract.ts';
import type { Participations } from '../../participation/server/index.ts';
import { isOpen, type Readiness, type RequestCandidate, subjectOf } from '../domain/request.ts';
import { fullAt } from './request-caps.ts';
import type { Channel } from './request-store.ts';

export interface ReadinessSources {
  readonly directory: Pick<Directory, 'structure'>;
  readonly participations: Pick<Participations, 'of' | 'enSusThrough'>;
  readonly territories: Pick<Territories, 'get'>;
}

/** How a candidate is asked, and whether he may be. */
export interface CandidateState {
  readonly readiness: Readiness;
  readonly participation: Participation;
  readonly structure: Structure | null;
  readonly channel: Channel;
  /** Of the territory that asks. */
  readonly timeZone: string;
}

/** ANN-11: known to the SAS, with a channel. */
export const isIdentified = ({ identifiedAt, contactChannel, contact }: Structure): boolean =>
  identifiedAt !== null && contactChannel !== null && contact !== null;

export const channelOf = (structure: Structure | null): Channel => (structure?.contactChannel === 'web' ? 'web' : 'phone');

/** What a candidate is at `now`, for an appointment at `wantedAt`. */
export async function stateOf(
  db: Queryable, { directory, participations, territories }: ReadinessSources, candidate: RequestCandidate,
  when: { now: Temporal.Instant; wantedAt: Temporal.Instant; territory: string },
): Promise<CandidateState> {
  const subject = subjectOf(candidate);
  const { structureId } = candidate;
  const [taking, through, structure, { timeZone }] = await Promise.all([
    participations.of([subject], when.now),
    structureId ? participations.enSusThrough([structureId], when.now) : new Set<string>(),
    structureId ? directory.structure(structureId) : null,
    territories.get(when.territory),
  ]);
  const participation = taking.get(subject) ?? noParticipation;
  const full = await fullAt(db, new Map([[subject, participation.caps]]), { at: when.wantedAt, timeZone });
  const readiness = {
    accepts: participation.enSus || through.has(subject),
    reachable: structure === null || (isIdentified(structure) && isOpen(structure.hours, when.now, timeZone)),
    full: full.get(subject) ?? null,
  };
  return { readiness, participation, structure, channel: channelOf(structure), timeZone };
}

/** PART-09: who takes part through a structure is never called himself. */
export const isMember = ({ via }: Pick<Participation, 'via'>): boolean => via !== null && via !== 'individual';

/** The operator may ask whom he wants, except a member in the place of his structure, a structure unknown to the SAS, or somebody full. @throws rule */
export function requireAskable({ readiness, participation, structure }: CandidateState): void {
  const path = structure ? 'enSus.structureId' : 'enSus.rpps';
  const refuse = (code: string, message: string) => ruleBroken(code, `${message} Rien n'a été enregistré.`, [{ path, message }]);
  if (!structure && isMember(participation)) throw refuse('member-of-structure', 'Ce médecin participe avec sa structure : sollicitez la structure, jamais lui directement.');
  if (structure && !isIdentified(structure)) throw refuse('structure-not-identified', "Cette structure n'est pas identifiée au SAS : il lui manque un contact ou un canal.");
  if (readiness.full) throw refuse('cap-reached', 'Le nombre de patients en sus accepté est déjà atteint pour ce moment.');
}
