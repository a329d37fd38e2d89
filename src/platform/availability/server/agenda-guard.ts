import sql from 'sql-template-tag';
import type { Clock } from '../../../foundation/clock.ts';
import type { Database, Transaction } from '../../../foundation/db/database.ts';
import { AppError, forbidden } from '../../../foundation/errors.ts';
import { announce } from '../../../foundation/events.ts';
import { versionOf } from '../../../foundation/http/if-match.ts';
import { writeJournal } from '../../../foundation/journal.ts';
import type { Actor } from '../../../identity/contract.ts';
import { agendaRoles } from '../contract.ts';
import { mayKeep, type OpeningOwner } from './openings-rights.ts';

export const notYours = () =>
  forbidden(
    'opening-not-yours',
    "Vous ne pouvez tenir que votre propre agenda, ceux des structures que vous gérez ou ceux de votre territoire. Rien n'a été modifié.",
  );

/** Refuses, and journals the refusal, when the agenda is not one the actor keeps. @throws forbidden `opening-not-yours` */
export async function guardAgenda({ database, clock }: { database: Database; clock: Clock }, actor: Actor, owner: OpeningOwner): Promise<void> {
  if (mayKeep(actor, owner)) return;
  await database.for('availability').transaction((tx) => writeJournal(tx, {
    at: clock.now(), territory: owner.territory, actor: actor.accountId, role: actor.roles[0], objectType: 'agenda',
    objectId: owner.nationalId ?? owner.structureId ?? owner.territory, event: 'refused',
  }));
  throw notYours();
}

/** Tells open agendas that this one changed. */
export const announceAgenda = (tx: Transaction, { nationalId, structureId, territory }: OpeningOwner): Promise<void> =>
  announce(tx, { topic: 'opening', ids: { owner: nationalId ?? structureId ?? '' }, audience: { roles: agendaRoles, territories: [territory] } });

/** By field: what it was, what it is. */
export type Changed = Readonly<Record<string, readonly [unknown, unknown]>>;

/** The fields of `after` that differ from those of `before`. */
export function changedFields<T extends object>(before: T, after: Partial<T>): Changed {
  const differs = (key: keyof T) => JSON.stringify(before[key]) !== JSON.stringify(after[key]);
  return Object.fromEntries((Object.keys(after) as (keyof T & string)[]).filter(differs).map((key) => [key, [before[key], after[key]]]));
}

/** Keeps what this version changed, for whoever was editing the one before. */
export async function recordChange(tx: Transaction, change: { id: string; version: number; at: Temporal.Instant; by: string; changed: Changed }): Promise<void> {
  await tx.run(sql`
    insert into availability.agenda_change (object_id, version, at, by_name, changed)
    values (${change.id}, ${change.version}, ${change.at}, ${change.by}, ${JSON.stringify(change.changed)})`);
}

interface Versioned {
  readonly id: string;
  readonly version: number;
}

/**
 * Refuses a change made on an older version, saying what changed since and who did it. Where `ifMatch` may be absent, nothing
 * is checked without it.
 * @throws stale `agenda-moved-on` (412), unversioned `if-match-required` (428)
 */
export async function checkVersion(tx: Transaction, { id, version }: Versioned, ifMatch: string | undefined, optional = false): Promise<void> {
  const seen = versionOf(ifMatch);
  if (seen === null && optional) return;
  if (seen === null) throw new AppError('unversioned', 'if-match-required', "Dites sur quelle version vous agissez (en-tête If-Match). Rien n'a été modifié.");
  if (seen === '*' || seen === version) return;
  const changes = await tx.query<{ by: string; at: Temporal.Instant; changed: Changed }>(sql`
    select by_name as by, at, changed from availability.agenda_change where object_id = ${id} and version > ${seen} order by version`);
  const who = [...new Set(changes.map(({ by }) => by))].join(', ') || "Quelqu'un d'autre";
  throw new AppError('stale', 'agenda-moved-on', `${who} a modifié cette disponibilité pendant que vous la regardiez. Rien n'a été écrasé : voyez ce qui a changé, puis recommencez si besoin.`, {
    extra: { version, changes: changes.map(({ by, at, changed }) => ({ by, at: at.toString(), changed })) },
  });
}
