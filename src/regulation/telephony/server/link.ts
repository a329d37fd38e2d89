import type pg from 'pg';
import sql from 'sql-template-tag';
import type { Transaction } from '../../../foundation/db/database.ts';
import { AppError } from '../../../foundation/errors.ts';
import { foldCall } from '../domain/call.ts';
import type { PortEvent, TelephonyPort } from '../domain/port.ts';
import { resyncEvents } from '../domain/resync.ts';
import { batches } from './batches.ts';
import type { Intake } from './intake.ts';
import { readLink, setLink, setOffset } from './link-state.ts';
import { journal, type Room } from './room.ts';
import { eventsOf, selectCalls } from './store.ts';

const LOCK_SPACE = 7_386_010;
/** How far back to ask when even the first event of a call is missing. */
const REWIND = 1_000;
const LARGEST_BATCH = 32;
const ATTEMPTS = 3;
/** What makes no call wait and frees no agent: the distribution has nothing to look at. */
const FREES_NOBODY: ReadonlySet<PortEvent['type']> = new Set(['ringing', 'answered', 'held', 'resumed', 'party-added', 'conference']);

const isAway = (error: unknown): boolean => error instanceof AppError && error.family === 'unavailable';

/**
 * Follows the phone system's events, in one process of the installation at a time: the lock is held by a connection of its
 * own, so that a process that dies leaves the place at once.
 */
export function createLink(room: Room, port: TelephonyPort, intake: Intake, wake: () => void) {
  const closing = new AbortController();
  let restart = new AbortController();
  /** Holes already asked again: one that stays is accepted, the phone system has forgotten. */
  const askedAgain = new Set<string>();
  /** Last version recorded of the live calls, none missing before. */
  const contiguous = new Map<string, number>();

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
    contiguous.clear();
    const stop = AbortSignal.any([closing.signal, restart.signal]);
    // Without its connection the lock is gone and another process may take the place: this one lets go.
    client.on('error', () => restart.abort());
    client.on('end', () => restart.abort());
    const { mode, routing, replay } = await port.capabilities();
    const from = await catchUp(replay);
    await room.db.transaction((tx) => setLink(room, tx, 'up', mode === 'pilot' && routing));
    wake();
    try {
      for await (const batch of batches(port.events(from, stop), LARGEST_BATCH)) {
        if (!(await takeAll(batch, replay))) return;
        if (batch.some(({ type }) => !FREES_NOBODY.has(type))) wake();
      }
    } finally {
      restart.abort();
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
      await intake.record(tx, inferred, 'port', true);
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

  /** Records what came together. False when the stream must be read again from further back. */
  async function takeAll(batch: readonly PortEvent[], replay: boolean): Promise<boolean> {
    let first = 0;
    for (const [index, event] of batch.entries()) {
      if (replay && !follows(event)) {
        await take(batch.slice(first, index));
        first = index;
        if (await missesPast(event)) return false;
      }
      note(event);
    }
    await take(batch.slice(first));
    return true;
  }

  /** Whether nothing can be missing between an event and those of its call recorded before. */
  const follows = ({ callId, version }: PortEvent): boolean => callId === '' || version <= (contiguous.get(callId) ?? 0) + 1;

  function note({ callId, version, type }: PortEvent): void {
    if (type === 'ended' || type === 'abandoned') contiguous.delete(callId);
    else if (callId !== '') contiguous.set(callId, Math.max(version, contiguous.get(callId) ?? 0));
  }

  /** Records events in one transaction; one by one when one of them cannot be. */
  async function take(events: readonly PortEvent[]): Promise<void> {
    if (events.length === 0) return;
    try {
      await recordTogether(events);
    } catch (error) {
      if (isAway(error)) throw error;
      for (const event of events) await recordAlone(event);
    }
  }

  const recordTogether = (events: readonly PortEvent[]) =>
    room.db.transaction(async (tx) => {
      const recorded = await intake.recordPort(tx, events);
      if (recorded < events.length) await setOffset(room, tx, Math.max(...events.map(({ offset }) => offset)));
    });

  /** One event that cannot be recorded must not stop all calls: after a few attempts it is passed over, and that is written. */
  async function recordAlone(event: PortEvent): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await recordTogether([event]);
      } catch (error) {
        if (isAway(error)) throw error;
        if (attempt < ATTEMPTS) continue;
        await setAside(event, error);
        return;
      }
    }
  }

  async function setAside(event: PortEvent, error: unknown): Promise<void> {
    room.log.error({ err: error, event: event.eventId, callId: event.callId }, 'an event of the phone system could not be recorded');
    const payload = { eventId: event.eventId, type: event.type, why: String(error) };
    await room.db.transaction(async (tx) => {
      await journal(room, tx, { objectType: 'call', objectId: event.callId, event: 'event-set-aside', payload });
      await setOffset(room, tx, event.offset);
    });
  }

  /** True when an event before this one was not told, and may be told if asked again. */
  async function missesPast(event: PortEvent): Promise<boolean> {
    const { callId, version } = event;
    const hole = `${callId}:${version}`;
    if (askedAgain.has(hole)) return false;
    return room.db.transaction(async (tx) => {
      const { known } = await tx.one<{ known: number }>(sql`
        select count(*) as known from telephony.call_event
        where territory = ${room.territory} and call_id = ${callId} and version between 1 and ${version - 1} and not inferred`);
      if (known >= version - 1) return false;
      askedAgain.add(hole);
      await rewind(tx, callId);
      return true;
    });
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
