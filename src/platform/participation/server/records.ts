import sql, { type Sql } from 'sql-template-tag';
import { randomUUID } from 'node:crypto';
import type { Queryable, Transaction } from '../../../foundation/db/database.ts';
import type { ParticipationEvent, ParticipationRecord, Settings, StatementVersion, Status } from '../contract.ts';

/** Of whom a participation is: a professional, or a structure that takes part for its own. */
export interface SubjectId {
  readonly nationalId: string | null;
  readonly structureId: string | null;
}

export const idOf = ({ nationalId, structureId }: SubjectId): string => nationalId ?? structureId!;

interface Row extends Omit<ParticipationRecord, 'validFrom' | 'validTo' | 'recordedAt' | 'statementAt' | 'caps'> {
  validFrom: Temporal.Instant;
  validTo: Temporal.Instant | null;
  recordedAt: Temporal.Instant;
  statementAt: Temporal.Instant | null;
  halfDayCap: number | null;
  weekCap: number | null;
}

const columns = sql`id, status, event, reason, via, via_structure_id as "viaStructureId", place_ids as "placeIds", en_sus as "enSus",
  uses_editor as "usesEditor", upload, contact, note, preferred_hours as "preferredHours", half_day_cap as "halfDayCap", week_cap as "weekCap",
  shown, reorientation, takes_all as "takesAll", statement, statement_at as "statementAt", statement_by as "statementBy",
  valid_from as "validFrom", valid_to as "validTo", recorded_at as "recordedAt", author_name as "authorName", by_delegation as "byDelegation"`;

const toRecord = ({ validFrom, validTo, recordedAt, statementAt, halfDayCap, weekCap, ...row }: Row): ParticipationRecord => ({
  ...row, caps: { halfDay: halfDayCap, week: weekCap }, validFrom: validFrom.toString(), validTo: validTo?.toString() ?? null,
  recordedAt: recordedAt.toString(), statementAt: statementAt?.toString() ?? null,
});

const isOf = ({ nationalId, structureId }: SubjectId): Sql => (nationalId !== null ? sql`national_id = ${nationalId}` : sql`structure_id = ${structureId}`);

/** The whole history of a subject, the oldest first. */
export async function recordsOf(db: Queryable, subject: SubjectId): Promise<ParticipationRecord[]> {
  const rows = await db.query<Row>(sql`select ${columns} from participation.participation where ${isOf(subject)} order by valid_from`);
  return rows.map(toRecord);
}

const earlier = (a: string, b: Temporal.Instant): boolean => Temporal.Instant.compare(a, b) <= 0;

/** What holds at an instant, and what will hold after it; null when there is none. */
export function split(records: readonly ParticipationRecord[], at: Temporal.Instant) {
  return {
    current: records.findLast(({ validFrom, validTo }) => earlier(validFrom, at) && (validTo === null || !earlier(validTo, at))) ?? null,
    upcoming: records.find(({ validFrom }) => !earlier(validFrom, at)) ?? null,
  };
}

/** A change about to be recorded: what, by whom, from when. */
export interface Change extends SubjectId {
  readonly territory: string;
  readonly event: ParticipationEvent;
  readonly status: Status;
  readonly settings: Omit<Settings, 'participates'>;
  readonly statement: { readonly version: StatementVersion; readonly at: string; readonly by: string } | null;
  readonly reason: string | null;
  readonly author: { readonly id: string; readonly name: string; readonly byDelegation: boolean };
  readonly at: Temporal.Instant;
  readonly from: Temporal.Instant;
}

/** Keeps two changes of one subject from being made at once, until the end of the transaction. */
export const lockSubject = (tx: Transaction, subject: SubjectId): Promise<unknown> =>
  tx.run(sql`select pg_advisory_xact_lock(7386230, hashtext(${idOf(subject)}))`);

/**
 * Closes what holds and opens the change. What was planned after it never took effect and gives way, unless `keepUpcoming`:
 * then it still follows.
 */
export async function openRecord(tx: Transaction, change: Change, { keepUpcoming }: { keepUpcoming: boolean }): Promise<ParticipationRecord> {
  const mine = isOf(change);
  const { current, upcoming } = split(await recordsOf(tx, change), change.at);
  const until = keepUpcoming && upcoming ? upcoming.validFrom : null;
  if (upcoming && !keepUpcoming) await tx.run(sql`delete from participation.participation where ${mine} and valid_from > ${change.at}`);
  const from = current ? later(change.from, Temporal.Instant.from(current.validFrom).add({ milliseconds: 1 })) : change.from;
  if (current) await tx.run(sql`update participation.participation set valid_to = ${from} where id = ${current.id}`);
  const { settings, statement, author } = change;
  const row = await tx.one<Row>(sql`
    insert into participation.participation (id, territory, national_id, structure_id, status, event, reason, via, via_structure_id, place_ids,
      en_sus, uses_editor, upload, contact, note, preferred_hours, half_day_cap, week_cap, shown, reorientation, takes_all,
      statement, statement_at, statement_by, valid_from, valid_to, recorded_at, author, author_name, by_delegation)
    values (${randomUUID()}, ${change.territory}, ${change.nationalId}, ${change.structureId}, ${change.status}, ${change.event}, ${change.reason},
      ${settings.via}, ${settings.viaStructureId}, ${settings.placeIds}, ${settings.enSus}, ${settings.usesEditor}, ${settings.upload},
      ${settings.contact}, ${settings.note}, ${JSON.stringify(settings.preferredHours)}, ${settings.caps.halfDay}, ${settings.caps.week},
      ${settings.shown}, ${settings.reorientation}, ${settings.takesAll}, ${statement?.version ?? null}, ${statement?.at ?? null}, ${statement?.by ?? null},
      ${from}, ${until}, ${change.at}, ${author.id}, ${author.name}, ${author.byDelegation})
    returning ${columns}`);
  return toRecord(row);
}

const later = (a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant => (Temporal.Instant.compare(a, b) >= 0 ? a : b);
