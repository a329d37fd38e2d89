import sql from 'sql-template-tag';
import type { Queryable } from '../../../foundation/db/database.ts';
import { ruleBroken } from '../../../foundation/errors.ts';
import type { Actor } from '../../../identity/contract.ts';
import { bilevelOpen, type Configuration, configurationProblems, defaultConfiguration } from '../domain/configuration.ts';
import { journal, requireRoom, type Room, tell } from './room.ts';

/** The configuration in force. */
export async function readConfiguration(room: Room, db: Queryable = room.db): Promise<Configuration> {
  const row = await db.maybeOne<{ content: Configuration }>(sql`select content from telephony.configuration where territory = ${room.territory}`);
  return row?.content ?? defaultConfiguration;
}

/** Whether the second level is open, now or at another instant. */
export async function isBilevelOpen(room: Room, configuration: Configuration, at: Temporal.Instant = room.clock.now()): Promise<boolean> {
  const { timeZone } = await room.territories.get(room.territory);
  return bilevelOpen(configuration, at.toZonedDateTimeISO(timeZone));
}

/** Replaces the configuration. @throws rule `configuration-refused` naming every problem; forbidden `room-out-of-reach` */
export async function configure(room: Room, actor: Actor, configuration: Configuration): Promise<void> {
  requireRoom(room, actor);
  const problems = configurationProblems(configuration);
  if (problems.length > 0) {
    throw ruleBroken('configuration-refused', `Configuration refusée, l'ancienne reste en place : ${problems.map(({ message }) => message).join(' ; ')}.`, problems);
  }
  await room.db.transaction(async (tx) => {
    const before = await readConfiguration(room, tx);
    const now = room.clock.now();
    await tx.run(sql`
      insert into telephony.configuration (territory, content, updated_at, updated_by)
      values (${room.territory}, ${JSON.stringify(configuration)}, ${now}, ${actor.accountId})
      on conflict (territory) do update set content = excluded.content, updated_at = excluded.updated_at, updated_by = excluded.updated_by`);
    await journal(room, tx, {
      by: actor, objectType: 'telephony', objectId: room.territory, event: 'configured', payload: { before, after: configuration },
    });
    await tell(room, tx, 'board');
  });
}
