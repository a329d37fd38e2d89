import sql from 'sql-template-tag';
import type { Queryable, Transaction } from '../../../foundation/db/database.ts';
import { journal, type Room, tell } from './room.ts';

export interface Link {
  readonly offset: number;
  readonly status: 'up' | 'down';
  readonly since: Temporal.Instant;
  /** The room routes the calls; otherwise it only watches. */
  readonly pilot: boolean;
}

/** The link to the phone system. A system that only pushes its events is always taken for present. */
export async function readLink(room: Room, db: Queryable): Promise<Link> {
  const row = await db.maybeOne<Link>(sql`
    select event_offset as "offset", status, since, pilot from telephony.link where territory = ${room.territory}`);
  return row ?? { offset: 0, status: room.port ? 'down' : 'up', since: room.clock.now(), pilot: false };
}

/** Records that the link came up or went down; screens and journal are told once. */
export async function setLink(room: Room, tx: Transaction, status: Link['status'], pilot: boolean): Promise<void> {
  const before = await tx.maybeOne<{ status: string }>(sql`select status from telephony.link where territory = ${room.territory} for update`);
  const now = room.clock.now();
  await tx.run(sql`
    insert into telephony.link (territory, status, since, pilot) values (${room.territory}, ${status}, ${now}, ${pilot})
    on conflict (territory) do update set status = excluded.status, pilot = excluded.pilot,
      since = case when link.status = excluded.status then link.since else excluded.since end`);
  if (before?.status === status) return;
  await journal(room, tx, { objectType: 'telephony', objectId: room.territory, event: `link-${status}`, from: before?.status ?? null, to: status });
  await tell(room, tx, 'board');
}

/** Where to resume after this transaction. */
export async function setOffset(room: Room, tx: Transaction, offset: number): Promise<void> {
  await tx.run(sql`update telephony.link set event_offset = ${offset} where territory = ${room.territory}`);
}
