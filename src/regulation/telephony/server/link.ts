import type pg from 'pg';
import sql from 'sql-template-tag';
import type { Transaction } from '../../../foundation/db/database.ts';
import { foldCall } from '../domain/call.ts';
import type { PortEvent, TelephonyPort } from '../domain/port.ts';
import { resyncEvents } from '../domain/resync.ts';
import type { Intake } from './intake.ts';
import { readLink, setLink, setOffset } from './link-state.ts';
import { journal, type Room } from './room.ts';
import { eventsOf, selectCalls } from './store.ts';

const LOCK_SPACE = 7_386_010;
/** How far back to ask when even the first event of a call is missing. */
const REWIND = 1_000;

/**
 * Follows the phone system's events, in one process of the installation at a time: the lock is held by a connection of its
 * own, so that a process that dies leaves the place at once.
 */
export function createLink(room: Room, port: TelephonyPort, intake: Intake, wake: () => void) {
  const closing = new AbortController();
  let restart = new AbortController();
  /** Holes already asked again: one that stays is accepted, the phone system has forgotten. */
  const askedAgain = new Set<string>();

  async function follow(): Promise<void> {
    if (closing.signal.aborted) return;
    const client = await room.database.connect();
    try {
      if (await tryLock(client)) await listen(client);
    } catch (error) {
      if (closing.signal.aborted) return;
      room.log.warn({ err: error }, 'the link to the phone system is lost, will try again');
      await room.db.transaction((tx) => setLink(room, tx, 'down', false));
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  async function tryLock(client: pg.Client): Promise<boolean> {
    const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1, hashtext($2)) as taken', [LOCK_SPACE, room.territory]);
    return rows[0]!.taken;
  }

  async function listen(client: pg.Client): Promise<void> {
    restart = new AbortController();
    const stop = AbortSignal.any([closing.signal, restart.signal]);
    // Without its connection the lock is gone and another process may take the place: this one lets go.
    client.on('error', () => restart.abort());
    client.on('end', () => restart.abort());
    const { mode, routing, replay } = await port.capabilities();
    const from = await catchUp(replay);
    await room.db.transaction((tx) => setLink(room, tx, 'up', mode === 'pilot' && routing));
    wake();
    for await (const event of port.events(from, stop)) {
      if (!(await take(event, replay))) return;
      wake();
    }
  }

  /** Where to resume. A phone system without memory, or that lost it, is compared with what we know. */
  async function catchUp(replay: boolean): Promise<number> {
    const { offset } = await readLink(room, room.db);
    if (replay && (await port.snapshot()).offset >= offset) return offset;
    return resync();
  }

  async function resync(): Promise<number> {
    const snapshot = await port.snapshot();
    await room.db.transaction(async (tx) => {
      await setLink(room, tx, 'up', false);
      const inferred = resyncEvents(await liveCalls(tx), snapshot);
      for (const { callId, event } of inferred) await intake.record(tx, callId, event, 'port', { inferred: true });
      await setOffset(room, tx, snapshot.offset);
      await journal(room, tx, { objectType: 'telephony', objectId: room.territory, event: 'resync', payload: { to: snapshot.offset, inferred: inferred.length } });
    });
    return snapshot.offset;
  }

  async function liveCalls(tx: Transaction) {
    const known = [];
    for (const row of await selectCalls(tx, room.territory, sql`ended_at is null and source = 'port'`)) {
      const facts = foldCall(await eventsOf(tx, room.territory, row.id), row.entryLevel);
      if (facts) known.push({ callId: row.id, facts });
    }
    return known;
  }

  /** Records an event and where to resume. False when one before it is missing: the stream is read again from further back. */
  const take = (event: PortEvent, replay: boolean): Promise<boolean> =>
    room.db.transaction(async (tx) => {
      const hole = `${event.callId}:${event.version}`;
      if (replay && !askedAgain.has(hole) && (await lacksPast(tx, event))) {
        askedAgain.add(hole);
        await rewind(tx, event.callId);
        return false;
      }
      await intake.recordPort(tx, event);
      await setOffset(room, tx, event.offset);
      return true;
    });

  async function lacksPast(tx: Transaction, { callId, version }: PortEvent): Promise<boolean> {
    if (callId === '' || version <= 1) return false;
    const { known } = await tx.one<{ known: number }>(sql`
      select count(*) as known from telephony.call_event
      where territory = ${room.territory} and call_id = ${callId} and version between 1 and ${version - 1} and not inferred`);
    return known < version - 1;
  }

  async function rewind(tx: Transaction, callId: string): Promise<void> {
    const { first } = await tx.one<{ first: number | null }>(sql`
      select min(port_offset) as first from telephony.call_event where territory = ${room.territory} and call_id = ${callId}`);
    const { offset } = await readLink(room, tx);
    await setOffset(room, tx, first === null ? Math.max(0, offset - REWIND) : Math.min(offset, first - 1));
  }

  /**
   * Compares our live calls with the phone system's: the last event of a call may be lost without another to show it. What
   * can be asked again is; what cannot is deduced.
   */
  async function verify(): Promise<void> {
    const link = await readLink(room, room.db);
    if (link.status === 'down') return;
    const { replay } = await port.capabilities();
    const snapshot = await port.snapshot();
    const stray = await room.db.transaction(async (tx) => {
      // The snapshot must not be ahead of what was read, or it would tell what is only on its way.
      if ((await readLink(room, tx)).offset < snapshot.offset) return null;
      return resyncEvents(await liveCalls(tx), snapshot)[0]?.callId ?? null;
    });
    if (stray === null) return;
    const hole = `${stray}:end`;
    if (replay && !askedAgain.has(hole)) {
      askedAgain.add(hole);
      await room.db.transaction((tx) => rewind(tx, stray));
      restart.abort();
      return;
    }
    await resync();
    wake();
  }

  return {
    follow,
    verify,
    /** Lets go of the phone system; `follow` returns soon after. */
    stop: () => closing.abort(),
  };
}
