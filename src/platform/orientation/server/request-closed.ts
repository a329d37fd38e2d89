import sql from 'sql-template-tag';
import type { Transaction } from '../../../foundation/db/database.ts';
import { acceptedStatuses } from '../domain/request-caps.ts';
import type { OrientationRow } from './orientations-store.ts';

/** A structure asked by the web, for whom a request ended without its answer. */
interface ClosedFor {
  readonly structureId: string;
  readonly structureName: string;
  readonly orientationId: string;
}

/** Tells a structure that nothing is left to do about a request. Called in the transaction that closes it. */
export type TellClosed = (tx: Transaction, told: ClosedFor) => Promise<void>;

/** Tells those who did not answer in time that somebody else accepted, or the one who is asked that the SAS stopped. */
export async function tellThoseClosed(tx: Transaction, tell: TellClosed, before: OrientationRow, after: OrientationRow): Promise<void> {
  for (const closed of await closedBy(tx, before, after)) await tell(tx, closed);
}

async function closedBy(tx: Transaction, before: OrientationRow, after: OrientationRow): Promise<ClosedFor[]> {
  const stopped = before.status === 'DEMANDE' && after.status === 'ANNULE_SAS';
  const taken = acceptedStatuses.includes(after.status) && !acceptedStatuses.includes(before.status);
  if (!stopped && !taken) return [];
  return tx.query<ClosedFor>(sql`
    select o.id as "orientationId", o.structure_id as "structureId", o.label as "structureName"
    from orientation.orientation o join orientation.attempt a on a.orientation_id = o.id
    where a.channel = 'web' and o.structure_id is not null
      and ${stopped ? sql`o.id = ${before.id}` : sql`o.request_id = ${before.requestId} and o.status = 'EXPIRE'`}`);
}
