import sql from 'sql-template-tag';
import type { Clock } from '../../../foundation/clock.ts';
import type { Database } from '../../../foundation/db/database.ts';
import { forbidden, invalid } from '../../../foundation/errors.ts';
import { type Actor, actsFor, coversTerritory, hasRole } from '../../../identity/contract.ts';
import type { Territories } from '../../../territory/server/index.ts';
import type { Directory } from '../../directory/server/index.ts';
import type { FairnessLine, Statement } from '../contract.ts';
import { acceptedStatuses } from '../domain/request-caps.ts';

export interface FigureDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly territories: Pick<Territories, 'get'>;
  readonly directory: Pick<Directory, 'structure'>;
}

interface StatementRow {
  readonly orientationId: string;
  readonly askedAt: Temporal.Instant;
  readonly city: string | null;
  readonly wantedAt: Temporal.Instant;
  readonly status: string;
  readonly accepted: boolean;
  readonly delayMs: number | null;
  readonly doctor: string | null;
  readonly refusal: Statement['lines'][number]['refusal'];
}

const median = (values: readonly number[]): number | null => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length === 0) return null;
  return sorted.length % 2 === 1 ? sorted[middle]! : Math.round((sorted[middle - 1]! + sorted[middle]!) / 2);
};

const delayMs = sql`round(extract(epoch from a.answered_at - a.asked_at) * 1000)`;

/** What the requests en sus come to: fairness, statement of a structure, acts of a doctor. */
export function createRequestFigures({ database, clock, territories, directory }: FigureDependencies) {
  const db = database.for('orientation');

  return {
    /** Who was asked over the last days, and what was answered, most asked first. @throws forbidden `territory-not-covered` */
    async fairness(actor: Actor, { territory, days }: { territory: string; days: number }): Promise<FairnessLine[]> {
      if (!coversTerritory(actor, territory)) throw notCovered(territory);
      const rows = await db.query<Omit<FairnessLine, 'lastAskedAt'> & { lastAskedAt: Temporal.Instant; structureId: string | null }>(sql`
        select a.subject, (array_agg(o.label order by o.created_at desc))[1] as label, max(o.structure_id) as "structureId", max(o.category) as category, count(*) as asked, count(*) filter (where o.status = any(${acceptedStatuses}) or o.status like 'ANNULE_%' and o.booked_at is not null) as accepted,
          count(*) filter (where o.status = 'REFUSE') as refused, count(*) filter (where o.status in ('EXPIRE', 'SANS_REPONSE')) as unanswered,
          count(*) filter (where o.status in ('SOLLICITE', 'DEMANDE')) as waiting,
          round(percentile_cont(0.5) within group (order by ${delayMs}))::bigint as "medianMs", max(a.asked_at) as "lastAskedAt"
        from orientation.attempt a join orientation.orientation o on o.id = a.orientation_id
        where o.territory = ${territory} and a.asked_at >= ${clock.now().subtract({ hours: 24 * days })}
        group by a.subject order by asked desc, label limit 2000`);
      // The orientation of a structure bears the name of the doctor it gave.
      return Promise.all(rows.map(async ({ structureId, ...row }) => ({
        ...row, lastAskedAt: row.lastAskedAt.toString(), label: structureId ? (await directory.structure(structureId)).name : row.label,
      })));
    },

    /** STR-08: requests received by a structure over whole days of its territory. @throws forbidden `structure-not-yours`; invalid `period-empty` */
    async statement(actor: Actor, { structureId, from, to }: { structureId: string; from: string; to: string }): Promise<Statement> {
      if (to < from) throw invalid('period-empty', 'La fin de la période est avant son début. Inversez-les.');
      const structure = await directory.structure(structureId);
      const overseer = hasRole(actor, 'superviseur', 'responsable-sas', 'administrateur', 'administrateur-national') && coversTerritory(actor, structure.territory);
      if (!overseer && !actsFor(actor, 'requests', { nationalId: null, structureId })) {
        throw forbidden('structure-not-yours', "Le relevé d'une structure se lit par ses gestionnaires et par le SAS.");
      }
      const { timeZone } = await territories.get(structure.territory);
      const midnight = (day: string, plus: number) => Temporal.PlainDate.from(day).add({ days: plus }).toZonedDateTime(timeZone).toInstant();
      const rows = await db.query<StatementRow>(sql`
        select o.id as "orientationId", a.asked_at as "askedAt", r.city, r.wanted_at as "wantedAt", o.status,
          o.status = any(${acceptedStatuses}) or (o.status like 'ANNULE_%' and o.booked_at is not null) as accepted, ${delayMs}::bigint as "delayMs",
          case when o.national_id is not null then o.label end as doctor, a.refusal
        from orientation.attempt a join orientation.orientation o on o.id = a.orientation_id join orientation.request r on r.id = a.request_id
        where a.subject = ${structureId} and a.asked_at >= ${midnight(from, 0)} and a.asked_at < ${midnight(to, 1)}
        order by a.asked_at`);
      const answered = rows.flatMap((row) => (row.delayMs === null || row.status === 'EXPIRE' ? [] : [row.delayMs]));
      return {
        structureId, name: structure.name, from, to, received: rows.length, accepted: rows.filter((row) => row.accepted).length, medianMs: median(answered),
        lines: rows.map((row) => ({ ...row, askedAt: row.askedAt.toString(), wantedAt: row.wantedAt.toString() })),
      };
    },

    /**
     * SUR-09: accepted en sus orientations of a named doctor, or of a centre de santé, whose appointment is in the period
     * (`to` excluded), by calendar quarter of the zone: `{ '2026-T1': 3 }`. What dashboards and indicator 9 count.
     */
    async actsOf(subject: string, from: Temporal.Instant, to: Temporal.Instant, timeZone: string): Promise<Record<string, number>> {
      const rows = await db.query<{ quarter: string; acts: number }>(sql`
        select to_char(o.start_at at time zone ${timeZone}, 'YYYY-"T"Q') as quarter, count(*) as acts
        from orientation.orientation o
        where o.kind = 'surnumeraire' and o.status = any(${acceptedStatuses}) and o.start_at >= ${from} and o.start_at < ${to}
          and (o.national_id = ${subject} or (o.structure_id = ${subject} and o.category = 'CDS'))
        group by 1 order by 1`);
      return Object.fromEntries(rows.map(({ quarter, acts }) => [quarter, acts]));
    },
  };
}

const notCovered = (territory: string) => forbidden('territory-not-covered', `Vos droits ne couvrent pas le territoire ${territory}.`);

export type RequestFigures = ReturnType<typeof createRequestFigures>;
