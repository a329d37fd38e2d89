import { createHash, randomBytes, randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import type { z } from 'zod';
import { notFound } from '../../../foundation/errors.ts';
import { writeJournal } from '../../../foundation/journal.ts';
import type { Actor } from '../../../identity/contract.ts';
import { type Modality, modalityLabels } from '../contract.ts';
import type { feedSchema } from '../domain/agenda-shapes.ts';
import type { CalendarEntry, WriteCalendar } from '../domain/calendar-file.ts';
import { guardAgenda } from './agenda-guard.ts';
import type { OpeningDependencies } from './openings.ts';
import { territoryOf } from './openings-place.ts';
import { mayKeep } from './openings-rights.ts';

interface Owner {
  readonly nationalId: string | null;
  readonly structureId: string | null;
}

export interface FeedDependencies extends OpeningDependencies {
  readonly writeCalendar: WriteCalendar;
  /** Who an account is now; null once it is closed. */
  readonly actor: (accountId: string) => Promise<Actor | null>;
  /** Address users type. */
  readonly publicUrl: string;
}

interface FeedRow extends Owner {
  readonly id: string;
  readonly territory: string;
  readonly createdBy: string;
}

/** What a feed shows: a little of the past, all that is published ahead. */
const PAST = Temporal.Duration.from({ hours: 7 * 24 });
const AHEAD = Temporal.Duration.from({ hours: 70 * 24 });

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();
const unknownAddress = () => notFound('feed-not-found', "Cette adresse d'agenda n'existe pas, ou elle a été fermée. Créez-en une autre depuis vos disponibilités.");

/** Agendas that other software subscribes to: availabilities and busy places, never a patient. */
export function createFeeds(deps: FeedDependencies) {
  const { database, clock, writeCalendar, actor: actorOf, publicUrl } = deps;
  const db = database.for('availability');

  async function guarded(actor: Actor, owner: Owner): Promise<string> {
    const territory = await territoryOf(deps, owner);
    await guardAgenda({ database, clock }, actor, { ...owner, territory });
    return territory;
  }

  return {
    /** The addresses in force of an agenda. @throws forbidden `opening-not-yours` */
    async list(actor: Actor, owner: Owner): Promise<z.output<typeof feedSchema>[]> {
      await guarded(actor, owner);
      const rows = await db.query<Owner & { id: string; createdAt: Temporal.Instant; lastReadAt: Temporal.Instant | null }>(sql`
        select id, national_id as "nationalId", structure_id as "structureId", created_at as "createdAt", last_read_at as "lastReadAt"
        from availability.feed where revoked_at is null and national_id is not distinct from ${owner.nationalId} and structure_id is not distinct from ${owner.structureId}
        order by created_at desc limit 50`);
      return rows.map((row) => ({ ...row, createdAt: row.createdAt.toString(), lastReadAt: row.lastReadAt?.toString() ?? null }));
    },

    /** Makes an address; its secret is told this once. @throws forbidden `opening-not-yours` */
    async create(actor: Actor, owner: Owner): Promise<z.output<typeof feedSchema> & { url: string }> {
      const territory = await guarded(actor, owner);
      const now = clock.now();
      const id = randomUUID();
      const secret = randomBytes(32).toString('base64url');
      await db.transaction(async (tx) => {
        await tx.run(sql`
          insert into availability.feed (id, secret_hash, territory, national_id, structure_id, created_by, created_at)
          values (${id}, ${hashOf(secret)}, ${territory}, ${owner.nationalId}, ${owner.structureId}, ${actor.accountId}, ${now})`);
        await writeJournal(tx, { at: now, territory, actor: actor.accountId, role: actor.roles[0], objectType: 'feed', objectId: id, event: 'opened', payload: { ...owner } });
      });
      return { id, ...owner, createdAt: now.toString(), lastReadAt: null, url: `${publicUrl}/api/v1/calendars/${secret}.ics` };
    },

    /** Closes an address at once. @throws not-found `feed-not-found`; forbidden `opening-not-yours` */
    async revoke(actor: Actor, id: string): Promise<void> {
      const feed = await db.maybeOne<FeedRow>(sql`
        select id, territory, national_id as "nationalId", structure_id as "structureId", created_by as "createdBy" from availability.feed where id = ${id} and revoked_at is null`);
      if (!feed) throw unknownAddress();
      await guardAgenda({ database, clock }, actor, feed);
      const now = clock.now();
      await db.transaction(async (tx) => {
        await tx.run(sql`update availability.feed set revoked_at = ${now} where id = ${id}`);
        await writeJournal(tx, { at: now, territory: feed.territory, actor: actor.accountId, role: actor.roles[0], objectType: 'feed', objectId: id, event: 'revoked' });
      });
    },

    /** The calendar behind an address, as long as whoever made it still keeps the agenda. @throws not-found `feed-not-found` */
    async read(secret: string): Promise<string> {
      const now = clock.now();
      const feed = await db.maybeOne<FeedRow>(sql`
        update availability.feed set last_read_at = ${now} where secret_hash = ${hashOf(secret)} and revoked_at is null
        returning id, territory, national_id as "nationalId", structure_id as "structureId", created_by as "createdBy"`);
      const keeper = feed && (await actorOf(feed.createdBy));
      if (!feed || !keeper || !mayKeep(keeper, feed)) throw unknownAddress();
      return writeCalendar({ name: 'Disponibilités SAS', at: now, entries: await entriesOf(feed, now) });
    },
  };

  async function entriesOf({ nationalId, structureId }: Owner, now: Temporal.Instant): Promise<CalendarEntry[]> {
    const mine = sql`(${nationalId}::text is null or s.national_id = ${nationalId}) and (${structureId}::text is null or s.structure_id = ${structureId})`;
    const slots = await db.query<{ uid: string; start: Temporal.Instant; end: Temporal.Instant; modalities: Modality[]; capacity: number; booked: number; offered: boolean }>(sql`
      select s.id as uid, s.start_at as start, s.end_at as end, s.modalities, s.capacity, s.offered,
        case when s.taken = 0 then 0 else (select count(*) from availability.seat where slot_id = s.id and state = 'booked')::int end as booked
      from availability.slot s
      where s.removed_at is null and s.end_at > ${now.subtract(PAST)} and s.start_at < ${now.add(AHEAD)} and ${mine} order by s.start_at, s.id limit 5000`);
    const leaves = await db.query<{ uid: string; start: Temporal.Instant; end: Temporal.Instant }>(sql`
      select l.id as uid, l.from_at as start, l.to_at as end from availability.leave l
      where l.removed_at is null and l.to_at > ${now.subtract(PAST)} and l.from_at < ${now.add(AHEAD)}
        and (l.national_id = ${nationalId} or (l.national_id is null and l.structure_id = ${structureId})) order by l.from_at limit 500`);
    return [
      ...slots.flatMap(({ uid, start, end, modalities, capacity, booked, offered }): CalendarEntry[] => {
        const how = modalities.map((one) => modalityLabels[one]).join(', ');
        const free = offered ? capacity - booked : 0;
        return [
          ...(booked > 0 ? [{ uid: `busy-${uid}`, start, end, busy: true, summary: `SAS : ${booked === 1 ? '1 place prise' : `${booked} places prises`} (${how})` }] : []),
          ...(free > 0 ? [{ uid, start, end, busy: false, summary: `SAS : disponible ${how}${capacity > 1 ? `, ${free} sur ${capacity}` : ''}` }] : []),
        ];
      }),
      ...leaves.map((leave) => ({ ...leave, busy: true, summary: 'Indisponible' })),
    ];
  }
}

export type Feeds = ReturnType<typeof createFeeds>;
