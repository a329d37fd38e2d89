import sql from 'sql-template-tag';
import { invalid } from '../../../foundation/errors.ts';
import type { QueryOf } from '../../../foundation/http/route.ts';
import type { Actor } from '../../../identity/contract.ts';
import { holidayName } from '../../../territory/server/index.ts';
import type { Agenda, routes } from '../contract.ts';
import { offeredMinutes } from '../domain/offered.ts';
import { guardAgenda } from './agenda-guard.ts';
import { leavesOf } from './leaves-store.ts';
import type { OpeningDependencies, Openings } from './openings.ts';
import { territoryOf } from './openings-place.ts';
import { seriesColumns, shownSeries, type StoredSeries } from './series-store.ts';

const LONGEST_DAYS = 92;

/** An agenda over some days, as whoever keeps it sees it. */
export function createAgendaView(deps: OpeningDependencies & { readonly openings: Pick<Openings, 'list'> }) {
  const { database, clock, territories, openings } = deps;
  const db = database.for('availability');
  return {
    /** @throws forbidden `opening-not-yours`; invalid `window-too-long` */
    async of(actor: Actor, query: QueryOf<typeof routes.agenda>): Promise<Agenda> {
      const days = daysBetween(query.from, query.to);
      if (days.length === 0 || days.length > LONGEST_DAYS) throw invalid('window-too-long', `Demandez entre 1 et ${LONGEST_DAYS} jours.`);
      const nationalId = query.nationalId ?? null;
      const structureId = query.structureId ?? null;
      const named = nationalId !== null || structureId !== null;
      const code = named ? await territoryOf(deps, { nationalId, structureId }) : (actor.territories.find((one) => one !== '*') ?? null);
      if (named) await guardAgenda({ database, clock }, actor, { nationalId, structureId, territory: code ?? '' });
      // A structure's own agenda is what it offers in nobody's name: its members have theirs.
      const ofStructure = structureId !== null && nationalId === null;
      const listed = (await openings.list(actor, query)).filter((one) => !ofStructure || one.nationalId === null);
      const territory = code ? await territories.get(code) : null;
      const series = await db.query<StoredSeries>(sql`
        select ${seriesColumns} from availability.series r
        where r.removed_at is null and r.first_day <= ${query.to} and (r.last_day is null or r.last_day >= ${query.from})
          and (r.national_id = ${nationalId} or ${nationalId}::text is null) and (r.structure_id = ${structureId} or ${structureId}::text is null)
          and ${named}
        order by r.starts, r.id limit 500`);
      return {
        timeZone: territory?.timeZone ?? 'Europe/Paris',
        openings: listed,
        series: series.map(shownSeries),
        leaves: await leavesOf(db, { nationalId, structureId }, query),
        holidays: territory ? days.flatMap((day) => ({ day: day.toString(), name: holidayName(day, territory.holidaySet) ?? '' })).filter(({ name }) => name !== '') : [],
        offeredMinutes: offeredMinutes(listed.filter(({ onLeave, closed }) => !onLeave && !closed)),
      };
    },
  };
}

function daysBetween(from: string, to: string): Temporal.PlainDate[] {
  const first = Temporal.PlainDate.from(from);
  const length = first.until(to).days + 1;
  return Array.from({ length: Math.min(Math.max(0, length), LONGEST_DAYS + 1) }, (_, days) => first.add({ days }));
}
