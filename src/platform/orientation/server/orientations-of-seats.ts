import sql from 'sql-template-tag';
import type { Database } from '../../../foundation/db/database.ts';

/** The orientation that holds each of these seats of the agenda, by seat id. */
export async function orientationsOfSeats(database: Database, seatIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (seatIds.length === 0) return new Map();
  const rows = await database.for('orientation').query<{ seatId: string; id: string }>(sql`
    select seat_id as "seatId", id from orientation.orientation where seat_id = any(${seatIds})`);
  return new Map(rows.map(({ seatId, id }) => [seatId, id]));
}
