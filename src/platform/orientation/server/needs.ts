import sql from 'sql-template-tag';
import type { Queryable } from '../../../foundation/db/database.ts';
import { forbidden, invalid } from '../../../foundation/errors.ts';
import { type Actor, coversTerritory } from '../../../identity/contract.ts';
import type { Territories } from '../../../territory/server/index.ts';

export interface CommuneNeeds {
  readonly insee: string;
  readonly city: string;
  readonly specialty: string;
  readonly searches: number;
  /** Those that found no slot at all. */
  readonly empty: number;
}

/**
 * The searches made for places of a territory, from the first day to the last included (days of the territory), by commune
 * and specialty, the least answered first. Searches that were interrupted are not counted.
 * @throws forbidden `territory-not-covered`; not-found `territory-not-found`; invalid `period-empty`
 */
export async function unmetNeeds(
  db: Queryable,
  territories: Territories,
  question: { territory: string; from: string; to: string },
  actor: Actor,
): Promise<{ communes: CommuneNeeds[] }> {
  if (!coversTerritory(actor, question.territory)) {
    throw forbidden('territory-not-covered', `Vos droits ne couvrent pas le territoire ${question.territory}.`);
  }
  if (question.to < question.from) throw invalid('period-empty', 'La fin de la période est avant son début. Inversez-les.');
  const { timeZone } = await territories.get(question.territory);
  const midnight = (day: Temporal.PlainDate) => day.toZonedDateTime(timeZone).toInstant();
  const from = midnight(Temporal.PlainDate.from(question.from));
  const to = midnight(Temporal.PlainDate.from(question.to).add({ days: 1 }));
  const communes = await db.query<CommuneNeeds>(sql`
    select insee, max(criteria->>'city') as city, specialty, count(*) as searches, count(*) filter (where slot_count = 0) as empty
    from orientation.search
    where place_territory = ${question.territory} and at >= ${from} and at < ${to}
      and insee is not null and slot_count is not null
    group by insee, specialty
    order by empty desc, searches desc, insee, specialty`);
  return { communes };
}
