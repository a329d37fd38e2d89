import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import type { z } from 'zod';
import type { Clock } from '../../../foundation/clock.ts';
import type { Database, Transaction } from '../../../foundation/db/database.ts';
import { type AppError, conflict, notFound, ruleBroken } from '../../../foundation/errors.ts';
import type { BodyOf, QueryOf } from '../../../foundation/http/route.ts';
import { writeJournal } from '../../../foundation/journal.ts';
import { type Actor, subjectsOf } from '../../../identity/contract.ts';
import type { Territories } from '../../../territory/server/index.ts';
import type { Directory } from '../../directory/server/index.ts';
import type { OpeningChange, openingSchema, routes } from '../contract.ts';
import { type Occurrence, occurrenceOf, type OpeningProblem } from '../domain/opening.ts';
import { sameForPatients } from '../domain/reconciliation.ts';
import { announceAgenda, changedFields, checkVersion, guardAgenda, notYours, recordChange } from './agenda-guard.ts';
import { coveredByLeave } from './occurrences.ts';
import { administeredTerritories, type OpeningOwner } from './openings-rights.ts';
import { findPlace } from './openings-place.ts';
import { announceSlots, lockSlots, releaseHeld } from './seats.ts';

export interface OpeningDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly directory: Pick<Directory, 'placesOf' | 'structure' | 'membershipsOf'>;
  readonly territories: Pick<Territories, 'get' | 'ofCommune'>;
}

export type Opening = z.infer<typeof openingSchema>;
type Declaration = BodyOf<typeof routes.open>;

/** Columns of `availability.opening o`. */
export const openingColumns = sql`o.id, o.territory, o.national_id as "nationalId", o.structure_id as "structureId", o.place_id as "placeId", o.kind,
  o.day, to_char(o.starts, 'HH24:MI') as starts, to_char(o.ends, 'HH24:MI') as ends, o.time_zone as "timeZone", o.modalities,
  o.slot_types as "slotTypes", o.with_appointment as "withAppointment", o.capacity, o.note, o.series_id as "seriesId", o.version,
  o.closed_at is not null as closed,
  o.closed_at is null and exists (select 1 from availability.slot s where s.opening_id = o.id and not s.offered) as "onLeave",
  (select count(*)::int from availability.seat join availability.slot on slot.id = seat.slot_id
   where slot.opening_id = o.id and seat.state = 'booked') as taken`;

/** Declaring, listing and removing availabilities on the platform's own agenda. */
export function createOpenings({ database, clock, directory, territories }: OpeningDependencies) {
  const db = database.for('availability');

  /** An opening that the actor keeps. @throws not-found `opening-not-found`; forbidden `opening-not-yours` */
  async function own(actor: Actor, id: string): Promise<OpeningOwner> {
    const opening = await db.maybeOne<OpeningOwner>(sql`
      select territory, national_id as "nationalId", structure_id as "structureId" from availability.opening where id = ${id} and removed_at is null`);
    if (!opening) throw missing();
    await guardAgenda({ database, clock }, actor, opening);
    return opening;
  }

  /** The opening and its slots, locked: nobody books meanwhile. */
  async function lock(tx: Transaction, id: string): Promise<{ opening: Opening; slotIds: string[] }> {
    const found = await tx.maybeOne(sql`select 1 from availability.opening where id = ${id} and removed_at is null for update`);
    if (!found) throw missing();
    const slots = await tx.query<{ id: string }>(sql`select id from availability.slot where opening_id = ${id}`);
    const slotIds = slots.map((slot) => slot.id);
    await lockSlots(tx, slotIds);
    return { opening: await tx.one<Opening>(sql`select ${openingColumns} from availability.opening o where o.id = ${id}`), slotIds };
  }

  return {
    /**
     * Declares a slot, or a range for several patients. Wall-clock times are those of the territory of the place.
     * @throws forbidden `opening-not-yours`; rule `opening-refused` naming every wrong field
     */
    async open(actor: Actor, declaration: Declaration): Promise<Opening> {
      const place = await findPlace({ directory, territories }, declaration);
      await guardAgenda({ database, clock }, actor, { ...declaration, territory: place.territory });
      const { timeZone } = await territories.get(place.territory);
      const now = clock.now();
      const verdict = occurrenceOf({ ...declaration, timeZone }, now);
      if ('problems' in verdict) {
        throw refused(verdict.problems);
      }
      const { nationalId, structureId, placeId, kind, day, starts, ends, modalities, slotTypes, withAppointment, capacity } = declaration;
      const { start, end } = verdict.occurrence;
      const id = randomUUID();
      const slotId = randomUUID();
      return db.transaction(async (tx) => {
        await tx.run(sql`
          insert into availability.opening (id, territory, national_id, structure_id, place_id, kind, day, starts, ends, time_zone,
            modalities, slot_types, with_appointment, capacity, created_by, created_at)
          values (${id}, ${place.territory}, ${nationalId}, ${structureId}, ${placeId}, ${kind}, ${day}, ${starts}, ${ends}, ${timeZone},
            ${modalities}, ${slotTypes}, ${withAppointment}, ${capacity}, ${actor.accountId}, ${now})`);
        await tx.run(sql`
          insert into availability.slot (id, opening_id, territory, national_id, structure_id, place_id, kind, start_at, end_at,
            modalities, slot_types, with_appointment, capacity, offered)
          select ${slotId}, ${id}, ${place.territory}, national_id, structure_id, ${placeId}, ${kind}, start_at, end_at,
            ${modalities}, ${slotTypes}, ${withAppointment}, ${capacity}, not ${coveredByLeave}
          from (values (${nationalId}::text, ${structureId}::text, ${start}::timestamptz, ${end}::timestamptz)) as s (national_id, structure_id, start_at, end_at)`);
        await writeJournal(tx, {
          at: now, territory: place.territory, actor: actor.accountId, role: actor.roles[0], objectType: 'opening', objectId: id, event: 'opened',
          payload: { nationalId, structureId, placeId, kind, start: start.toString(), end: end.toString(), modalities, capacity },
        });
        await announceSlots(tx, [slotId]);
        await announceAgenda(tx, { ...declaration, territory: place.territory });
        return tx.one<Opening>(sql`select ${openingColumns} from availability.opening o where o.id = ${id}`);
      });
    },

    /** The availabilities that the actor keeps, by day. @throws forbidden when he asks for somebody else's. */
    async list(actor: Actor, { nationalId, structureId, from, to }: QueryOf<typeof routes.openings>): Promise<Opening[]> {
      const administered = administeredTerritories(actor);
      const { professionals, structures } = subjectsOf(actor, 'agenda');
      const foreign = (nationalId && !professionals.includes(nationalId) && structures.length === 0) || (structureId && !structures.includes(structureId));
      if (foreign && administered.length === 0) throw notYours();
      return db.query<Opening>(sql`
        select ${openingColumns} from availability.opening o
        where o.removed_at is null and o.day between ${from} and ${to}
          and (${nationalId ?? null}::text is null or o.national_id = ${nationalId ?? null})
          and (${structureId ?? null}::text is null or o.structure_id = ${structureId ?? null})
          and (${administered.includes('*')} or o.territory = any(${administered}) or o.national_id = any(${professionals}) or o.structure_id = any(${structures}))
        order by o.day, o.starts, o.id limit 1000`);
    },

    /**
     * Changes an availability. An occurrence of a series leaves it: the series' own changes pass it by. Where people are
     * oriented, only the number of places and the public may change.
     * @throws not-found `opening-not-found`; forbidden `opening-not-yours`; conflict `opening-booked`; stale `agenda-moved-on`
     */
    async change(actor: Actor, id: string, change: OpeningChange, ifMatch: string | undefined): Promise<Opening> {
      const owner = await own(actor, id);
      const place = await findPlace({ directory, territories }, { ...owner, placeId: change.placeId });
      if (place.territory !== owner.territory) throw elsewhere();
      const now = clock.now();
      return db.transaction(async (tx) => {
        const { opening, slotIds } = await lock(tx, id);
        await checkVersion(tx, opening, ifMatch);
        const verdict = occurrenceOf({ ...change, timeZone: opening.timeZone }, now);
        if ('problems' in verdict) throw refused(verdict.problems);
        const sameHours = change.day === opening.day && change.starts === opening.starts && change.ends === opening.ends;
        if (opening.taken > 0 && !(sameHours && sameForPatients(opening, change) && change.capacity >= opening.taken)) throw openingBooked(opening.taken);
        await leaveSeries(tx, opening);
        await releaseHeld(tx, sql`s.slot_id = any(${slotIds})`);
        await rewrite(tx, id, change, verdict.occurrence);
        const changed = changedFields<object>(opening, change);
        await recordChange(tx, { id, version: opening.version + 1, at: now, by: actor.displayName, changed });
        await writeJournal(tx, { at: now, territory: owner.territory, actor: actor.accountId, role: actor.roles[0], objectType: 'opening', objectId: id, event: 'changed', payload: changed });
        await announceSlots(tx, slotIds);
        await announceAgenda(tx, owner);
        return tx.one<Opening>(sql`select ${openingColumns} from availability.opening o where o.id = ${id}`);
      });
    },

    /**
     * Removes an availability that nobody is oriented to; holds on it fall. An occurrence of a series is not given again.
     * @throws not-found `opening-not-found`; forbidden `opening-not-yours`; conflict `opening-booked`; stale `agenda-moved-on`
     */
    async remove(actor: Actor, id: string, ifMatch?: string): Promise<void> {
      const owner = await own(actor, id);
      const now = clock.now();
      await db.transaction(async (tx) => {
        const { opening, slotIds } = await lock(tx, id);
        await checkVersion(tx, opening, ifMatch, true);
        if (opening.taken > 0) throw openingBooked(opening.taken);
        await leaveSeries(tx, opening);
        await releaseHeld(tx, sql`s.slot_id = any(${slotIds})`);
        await tx.run(sql`update availability.opening set removed_at = ${now} where id = ${id}`);
        await tx.run(sql`update availability.slot set removed_at = ${now} where opening_id = ${id}`);
        await writeJournal(tx, {
          at: now, territory: owner.territory, actor: actor.accountId, role: actor.roles[0], objectType: 'opening', objectId: id, event: 'removed',
        });
        await announceSlots(tx, slotIds);
        await announceAgenda(tx, owner);
      });
    },
  };
}

export type Openings = ReturnType<typeof createOpenings>;

/** The series no longer gives this occurrence: the whole day, or its slot of the day. */
async function leaveSeries(tx: Transaction, { id, seriesId }: Opening): Promise<void> {
  if (!seriesId) return;
  await tx.run(sql`
    insert into availability.series_exception (series_id, day, starts)
    select r.id, o.day, case when r.slot_minutes is not null then o.starts end
    from availability.opening o join availability.series r on r.id = o.series_id where o.id = ${id}
    on conflict do nothing`);
}

async function rewrite(tx: Transaction, id: string, change: OpeningChange, { start, end }: Occurrence): Promise<void> {
  const { placeId, kind, modalities, slotTypes, withAppointment, capacity } = change;
  await tx.run(sql`
    update availability.opening set series_id = null, day = ${change.day}, starts = ${change.starts}, ends = ${change.ends}, place_id = ${placeId}, kind = ${kind},
      modalities = ${modalities}, slot_types = ${slotTypes}, with_appointment = ${withAppointment}, capacity = ${capacity}, closed_at = null, version = version + 1
    where id = ${id}`);
  await tx.run(sql`
    update availability.slot slot set start_at = s.start_at, end_at = s.end_at, place_id = ${placeId}, kind = ${kind}, modalities = ${modalities},
      slot_types = ${slotTypes}, with_appointment = ${withAppointment}, capacity = greatest(${capacity}::int, taken), offered = not ${coveredByLeave}
    from (select id, national_id, structure_id, ${start}::timestamptz as start_at, ${end}::timestamptz as end_at from availability.slot where opening_id = ${id}) s
    where slot.id = s.id`);
}

const missing = () => notFound('opening-not-found', "Cette disponibilité n'existe pas, ou elle a déjà été retirée.");

const refused = (problems: readonly OpeningProblem[]) =>
  ruleBroken('opening-refused', `Cette disponibilité n'a pas été enregistrée. ${problems.map(({ message }) => message).join(' ')}`, problems);

const elsewhere = () =>
  ruleBroken('opening-refused', "Cette disponibilité n'a pas été enregistrée. Ce lieu est d'un autre territoire.", [{ path: 'placeId', message: "Ce lieu est d'un autre territoire." }]);

const openingBooked = (booked: number): AppError =>
  conflict(
    'opening-booked',
    `${booked === 1 ? 'Un patient y est déjà orienté' : `${booked} patients y sont déjà orientés`} : la disponibilité est gardée. Annulez d'abord ces rendez-vous.`,
    { booked },
  );
