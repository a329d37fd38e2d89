import type { Clock } from '../../../foundation/clock.ts';
import type { ContextDatabase, Database, Transaction } from '../../../foundation/db/database.ts';
import { forbidden } from '../../../foundation/errors.ts';
import { announce } from '../../../foundation/events.ts';
import { type JournalEntry, writeJournal } from '../../../foundation/journal.ts';
import type { Logger } from '../../../foundation/log.ts';
import { type Actor, coversTerritory } from '../../../identity/contract.ts';
import type { Accounts } from '../../../identity/server/index.ts';
import type { Territories } from '../../../territory/server/index.ts';
import { staff } from '../contract.ts';
import type { TelephonyPort } from '../domain/port.ts';

export interface TelephonyDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly accounts: Pick<Accounts, 'actor'>;
  readonly territories: Pick<Territories, 'get' | 'hoursKindAt'>;
  /** The territory of this room. */
  readonly territory: string;
  /** The phone system; null when it only pushes its events to the API. */
  readonly port: TelephonyPort | null;
  /** Told of each turn of the distribution that gave calls: how long it took, how many. */
  readonly onDecision?: (milliseconds: number, calls: number) => void;
}

/** What every use case of the context shares. */
export interface Room extends TelephonyDependencies {
  readonly db: ContextDatabase;
}

export const SYSTEM = 'telephony';

const audience = (room: Room) => ({ territories: [room.territory], roles: [...staff, 'responsable-sas'] });

const told = new WeakMap<Transaction, Set<string>>();

/**
 * Tells the open screens of the room that a call, an agent, the board or the list of numbers to ring back changed; once in a
 * transaction, however often it did.
 */
export async function tell(room: Room, tx: Transaction, topic: 'call' | 'agent' | 'board' | 'callback', ids: Record<string, string> = {}): Promise<void> {
  const once = JSON.stringify([topic, ids]);
  const before = told.get(tx) ?? new Set();
  if (before.has(once)) return;
  told.set(tx, before.add(once));
  await announce(tx, { topic, ids, audience: audience(room) });
}

type Entry = Pick<JournalEntry, 'objectType' | 'objectId' | 'event' | 'from' | 'to' | 'payload' | 'reason'> & { by?: Actor | null; at?: Temporal.Instant };

/** Journals a change of the room; without `by`, the phone system or the distribution made it. */
export async function journal(room: Room, tx: Transaction, { by, at, ...entry }: Entry): Promise<void> {
  await writeJournal(tx, {
    ...entry, at: at ?? room.clock.now(), territory: room.territory, actor: by?.accountId ?? SYSTEM, role: by?.roles[0] ?? null,
  });
}

/** @throws forbidden `room-out-of-reach` when the actor's rights do not cover the room's territory */
export function requireRoom(room: Room, actor: Actor): void {
  if (coversTerritory(actor, room.territory)) return;
  throw forbidden('room-out-of-reach', `Vos droits ne couvrent pas la salle du territoire ${room.territory}. Rien n'a été modifié.`);
}
