import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import type { z } from 'zod';
import type { Clock } from '../../../foundation/clock.ts';
import type { Database } from '../../../foundation/db/database.ts';
import { AppError, conflict, forbidden, notFound, ruleBroken } from '../../../foundation/errors.ts';
import type { BodyOf, QueryOf } from '../../../foundation/http/route.ts';
import { writeJournal } from '../../../foundation/journal.ts';
import { type Actor, subjectsOf } from '../../../identity/contract.ts';
import type { Territories } from '../../../territory/server/index.ts';
import type { Directory } from '../../directory/server/index.ts';
import type { openingSchema, routes } from '../contract.ts';
import { occurrenceOf } from '../domain/opening.ts';
import { administeredTerritories, mayKeep, type OpeningOwner } from './openings-rights.ts';
import { findPlace } from './openings-place.ts';
import { announceSlots, releaseHeld } from './seats.ts';

export interface OpeningDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly directory: Pick<Directory, 'placesOf' | 'structure' | 'membershipsOf'>;
  readonly territories: Pick<Territories, 'get' | 'ofCommune'>;
}

type Opening = z.infer<typeof openingSchema>;
type Declaration = BodyOf<typeof routes.open>;

const openingColumns = sql`o.id, o.territory, o.national_id as "nationalId", o.structure_id as "structureId", o.place_id as "placeId", o.kind,
  o.day, to_char(o.starts, 'HH24:MI') as starts, to_char(o.ends, 'HH24:MI') as ends, o.time_zone as "timeZone", o.modalities,
  o.with_appointment as "withAppointment", o.capacity, o.note,
  (select count(*)::int from availability.seat join availability.slot on slot.id = seat.slot_id
   where slot.opening_id = o.id and seat.state = 'booked') as taken`;

const notYours = () =>
  forbidden(
    'opening-not-yours',
    "Vous ne pouvez tenir que votre propre agenda, ceux des structures que vous gérez ou ceux de votre territoire. Rien n'a été modifié.",
  );

/** Declaring, listing and removing availabilities on the platform's own agenda. */
export function createOpenings({ database, clock, directory, territories }: OpeningDependencies) {
  const db = database.for('availability');

  const refuseUnlessKept = (actor: Actor, owner: OpeningOwner) => {
    if (!mayKeep(actor, owner)) throw notYours();
  };

  return {
    /**
     * Declares a slot, or a range for several patients. Wall-clock times are those of the territory of the place.
     * @throws forbidden `opening-not-yours`; rule `opening-refused` naming every wrong field
     */
    async open(actor: Actor, declaration: Declaration): Promise<Opening> {
      const place = await findPlace({ directory, territories }, declaration);
      refuseUnlessKept(actor, { ...declaration, territory: place.territory });
      const { timeZone } = await territories.get(place.territory);
      const now = clock.now();
      const verdict = occurrenceOf({ ...declaration, timeZone }, now);
      if ('problems' in verdict) {
        const list = verdict.problems.map((problem) => problem.message).join(' ');
        throw ruleBroken('opening-refused', `Cette disponibilité n'a pas été enregistrée. ${list}`, verdict.problems);
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
            modalities, slot_types, with_appointment, capacity)
          values (${slotId}, ${id}, ${place.territory}, ${nationalId}, ${structureId}, ${placeId}, ${kind}, ${start}, ${end},
            ${modalities}, ${slotTypes}, ${withAppointment}, ${capacity})`);
        await writeJournal(tx, {
          at: now, territory: place.territory, actor: actor.accountId, role: actor.roles[0], objectType: 'opening', objectId: id, event: 'opened',
          payload: { nationalId, structureId, placeId, kind, start: start.toString(), end: end.toString(), modalities, capacity },
        });
        await announceSlots(tx, [slotId]);
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
     * Removes an availability that nobody is oriented to; holds on it fall.
     * @throws not-found `opening-not-found`; forbidden `opening-not-yours`; conflict `opening-booked`
     */
    async remove(actor: Actor, id: string): Promise<void> {
      const now = clock.now();
      await db.transaction(async (tx) => {
        const opening = await tx.maybeOne<OpeningOwner>(sql`
          select territory, national_id as "nationalId", structure_id as "structureId"
          from availability.opening where id = ${id} and removed_at is null for update`);
        if (!opening) throw notFound('opening-not-found', "Cette disponibilité n'existe pas, ou elle a déjà été retirée.");
        refuseUnlessKept(actor, opening);
        const slots = await tx.query<{ id: string }>(sql`select id from availability.slot where opening_id = ${id} order by id for update`);
        const ids = slots.map((slot) => slot.id);
        const { booked } = await tx.one<{ booked: number }>(sql`
          select count(*) as booked from availability.seat where slot_id = any(${ids}) and state = 'booked'`);
        if (booked > 0) throw openingBooked(booked);
        await releaseHeld(tx, sql`s.slot_id = any(${ids})`);
        await tx.run(sql`update availability.opening set removed_at = ${now} where id = ${id}`);
        await tx.run(sql`update availability.slot set removed_at = ${now} where opening_id = ${id}`);
        await writeJournal(tx, {
          at: now, territory: opening.territory, actor: actor.accountId, role: actor.roles[0], objectType: 'opening', objectId: id, event: 'removed',
        });
        await announceSlots(tx, ids);
      });
    },
  };
}

export type Openings = ReturnType<typeof createOpenings>;

const openingBooked = (booked: number): AppError =>
  conflict(
    'opening-booked',
    `${booked === 1 ? 'Un patient y est déjà orienté' : `${booked} patients y sont déjà orientés`} : la disponibilité est gardée. Annulez d'abord ces rendez-vous.`,
    { booked },
  );
