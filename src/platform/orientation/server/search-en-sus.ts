import sql from 'sql-template-tag';
import type { Queryable } from '../../../foundation/db/database.ts';
import type { Territories } from '../../../territory/server/index.ts';
import type { StructureKind } from '../../directory/contract.ts';
import type { Via } from '../../participation/contract.ts';
import type { Participations } from '../../participation/server/index.ts';
import { isOpen, subjectOf } from '../domain/request.ts';
import type { RankingInput } from '../domain/session.ts';
import { fullAt } from './request-caps.ts';
import type { Known } from './search-candidates.ts';
import type { SearchEvent } from './search-log.ts';

interface EnSusSources {
  readonly db: Queryable;
  readonly territories: Pick<Territories, 'get'>;
  readonly participations: Pick<Participations, 'enSusThrough'>;
}

/** Where no SAS answers for the place. */
const DEFAULT_ZONE = 'Europe/Paris';

/**
 * Of the candidates, those who may be asked en sus now, each with the instant he was last asked: structures that accept and
 * are open (ANN-11), nobody who has reached as many patients as he accepts. The latter are told apart, for the proof.
 */
export async function askableNow(
  { db, territories, participations }: EnSusSources,
  { inputs, known }: { readonly inputs: readonly RankingInput[]; readonly known: Known },
  { now, wantedAt, territory }: { now: Temporal.Instant; wantedAt: Temporal.Instant; territory: string | null },
): Promise<{ inputs: RankingInput[]; notProposed: Extract<SearchEvent, { kind: 'not-proposed' }>[] }> {
  const timeZone = territory === null ? DEFAULT_ZONE : (await territories.get(territory)).timeZone;
  const through = await participations.enSusThrough(inputs.flatMap(({ structureId }) => structureId ?? []), now);
  const accepting = inputs.filter(({ structureId }) => {
    if (structureId === null) return true;
    const hours = known.structures.get(structureId)?.hours ?? [];
    return (known.taking.get(structureId)?.enSus || through.has(structureId)) && isOpen(hours, now, timeZone);
  });
  const caps = new Map(accepting.flatMap((input) => {
    const taking = known.taking.get(subjectOf(input));
    return taking ? [[subjectOf(input), taking.caps] as const] : [];
  }));
  const [full, asked] = await Promise.all([fullAt(db, caps, { at: wantedAt, timeZone }), lastAsked(db, accepting.map(subjectOf))]);
  return {
    inputs: accepting
      .filter((input) => !full.has(subjectOf(input)))
      .map((input) => ({ ...input, via: input.via ?? throughKind(input), lastAskedAt: asked.get(subjectOf(input))?.toString() ?? null })),
    notProposed: [...full].map(([subject, why]) => {
      const { nationalId, structureId } = accepting.find((input) => subjectOf(input) === subject)!;
      return { kind: 'not-proposed', payload: { nationalId, structureId, why } };
    }),
  };
}

const vias: Partial<Record<StructureKind, Via>> = { CPTS: 'cpts', MSP: 'msp', SOS: 'sos', CDS: 'cds' };
/** A structure that takes part by its members alone stands where they do in the charter. */
const throughKind = ({ structureKinds: [kind], structureId }: RankingInput): Via | null => (structureId && kind && vias[kind]) || null;

/** When each was last asked en sus, whatever he answered. */
async function lastAsked(db: Queryable, subjects: readonly string[]): Promise<Map<string, Temporal.Instant>> {
  const rows = await db.query<{ subject: string; at: Temporal.Instant }>(sql`
    select subject, max(asked_at) as at from orientation.attempt where subject = any(${subjects}) and asked_at is not null group by subject`);
  return new Map(rows.map(({ subject, at }) => [subject, at]));
}
