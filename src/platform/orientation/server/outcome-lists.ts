import sql, { type Sql } from 'sql-template-tag';
import type { Clock } from '../../../foundation/clock.ts';
import type { Database } from '../../../foundation/db/database.ts';
import { forbidden } from '../../../foundation/errors.ts';
import { type Actor, subjectsOf } from '../../../identity/contract.ts';
import type { Accounts } from '../../../identity/server/index.ts';
import type { Territories } from '../../../territory/server/index.ts';
import type { ReceivedSection } from '../contract-outcomes.ts';
import { UNDO_SECONDS } from '../domain/outcome.ts';
import { type OrientationRow, orientationColumns } from './orientations-store.ts';
import { toView } from './orientations-view.ts';

export interface OutcomeListDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly accounts: Pick<Accounts, 'names'>;
  readonly territories: Pick<Territories, 'get'>;
  readonly closedAfterDays: number;
}

const SHOWN = 100;
/** Closed untold, an appointment may still be told for so long. */
const TELLABLE_DAYS = 60;
const CANCELLED_DAYS = 7;
const DEFAULT_ZONE = 'Europe/Paris';

type Listed = OrientationRow & { readonly askedAt: Temporal.Instant | null; readonly total: number };

/** The zone of a person's days: that of the first territory of his account. */
export async function zoneOf(territories: Pick<Territories, 'get'>, actor: Actor): Promise<string> {
  const own = actor.territories.find((territory) => territory !== '*');
  return own ? (await territories.get(own)).timeZone : DEFAULT_ZONE;
}

/** The orientations addressed to those for whom the actor answers. @throws forbidden `permission-denied` when there is nobody */
export function receivedBy(actor: Actor): Sql {
  const { professionals, structures } = subjectsOf(actor, 'requests');
  if (professionals.length + structures.length === 0) {
    throw forbidden('permission-denied', "Vous ne répondez pour aucun professionnel ni aucune structure : demandez une délégation, ou le rattachement de votre compte à votre structure.");
  }
  return sql`(o.national_id = any(${professionals}) or o.structure_id = any(${structures}))`;
}

/** Those who receive: their appointments of today, what they have to tell, what is to come, what was cancelled. */
export function createOutcomeLists({ database, clock, accounts, territories, closedAfterDays }: OutcomeListDependencies) {
  const db = database.for('orientation');

  const read = (where: Sql, order: Sql): Promise<Listed[]> =>
    db.query<Listed>(sql`
      select ${orientationColumns}, o.asked_at as "askedAt", count(*) over () as total from orientation.orientation o
      where ${where} order by ${order} limit ${SHOWN}`);

  return {
    /** @throws forbidden `permission-denied` */
    async appointments(actor: Actor) {
      const his = receivedBy(actor);
      const now = clock.now();
      const zone = await zoneOf(territories, actor);
      const day = now.toZonedDateTimeISO(zone).toPlainDate();
      const midnight = (days: number) => day.add({ days }).toZonedDateTime(zone).toInstant();
      const [today, tomorrow] = [midnight(0), midnight(1)];
      const cancelled = sql`o.status in ('ANNULE_SAS', 'ANNULE_PATIENT', 'ANNULE_EFFECTEUR')`;
      const sections = await Promise.all([
        read(sql`${his} and o.start_at >= ${today} and o.start_at < ${tomorrow} and o.status in ('PRIS', 'MODIFIE', 'HONORE', 'NON_HONORE', 'NON_RENSEIGNE')`, sql`o.start_at, o.id`),
        read(sql`${his} and o.start_at >= ${midnight(-TELLABLE_DAYS)} and o.start_at < ${today} and o.status in ('PRIS', 'MODIFIE', 'NON_RENSEIGNE')`, sql`o.start_at desc, o.id`),
        read(sql`${his} and o.start_at >= ${tomorrow} and o.status in ('PRIS', 'MODIFIE')`, sql`o.start_at, o.id`),
        read(sql`${his} and o.start_at >= ${midnight(-CANCELLED_DAYS)} and ${cancelled}`, sql`o.start_at desc, o.id`),
      ]);
      const names = await accounts.names([...new Set(sections.flat().map((row) => row.actor))]);
      const [inDay, toTell, upcoming, off] = sections.map((rows): ReceivedSection => ({
        total: rows[0]?.total ?? 0,
        appointments: rows.map((row) => ({ ...toView(row, actor, now, names), askedAt: row.askedAt?.toString() ?? null })),
      }));
      return { day: day.toString(), today: inDay!, toTell: toTell!, upcoming: upcoming!, cancelled: off!, undoSeconds: UNDO_SECONDS, closedAfterDays };
    },
  };
}
