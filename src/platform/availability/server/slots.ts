import sql, { type Sql } from 'sql-template-tag';
import { type Clock, stopwatch } from '../../../foundation/clock.ts';
import { type Database, prepared } from '../../../foundation/db/database.ts';
import { notFound } from '../../../foundation/errors.ts';
import type { Modality, SlotType, SlotView } from '../contract.ts';
import { remainingSeats } from '../domain/seat.ts';
import type { Availability, FoundSlot } from './index.ts';
import { seats } from './seats.ts';
import { type OccupancyRow, occupancyColumns, toOccupancy } from './slots-occupancy.ts';

interface SlotRow extends OccupancyRow {
  readonly id: string;
  readonly territory: string;
  readonly nationalId: string | null;
  readonly structureId: string | null;
  readonly placeId: string;
  readonly start: string;
  readonly end: string;
  readonly modalities: Modality[];
  readonly types: SlotType[];
  readonly withAppointment: boolean;
}

// Instants as the text that is shown: a search reads hundreds of slots, and Temporal is slow to read and write.
const shownInstant = (column: Sql) => sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
const slotColumns = sql`s.id, s.territory, s.national_id as "nationalId", s.structure_id as "structureId", s.place_id as "placeId",
  ${shownInstant(sql`s.start_at`)} as start, ${shownInstant(sql`s.end_at`)} as end, s.modalities, s.slot_types as types, s.with_appointment as "withAppointment"`;

const toView = (row: SlotRow, remaining: number): SlotView => ({
  id: row.id,
  start: row.start,
  end: row.end,
  modalities: row.modalities,
  types: row.types,
  withAppointment: row.withAppointment,
  source: 'platform',
  remaining,
  bookingUrl: null,
});

const toFound = (row: SlotRow, remaining: number): FoundSlot => ({
  slot: toView(row, remaining),
  nationalId: row.nationalId,
  structureId: row.structureId,
  placeId: row.placeId,
  place: null,
  specialties: [],
  cptsIds: [],
});

/** An opening stays within its day: what started earlier than this before the window is over. */
const LONGEST = Temporal.Duration.from({ hours: 25 });

/** The platform's own agenda as the other contexts see it: free slots, and places taken or given back. */
export function createAgenda({ database, clock }: { database: Database; clock: Clock }): Pick<
  Availability,
  'ownSlots' | 'takeSeat' | 'releaseSeat' | 'withdrawSeat'
> {
  const db = database.for('availability');
  return {
    ...seats,
    async ownSlots({ professionals, structures, from, to }) {
      const elapsed = stopwatch();
      const now = clock.now();
      const earliest = Temporal.Instant.compare(from, now) < 0 ? now : from;
      const window = sql`s.removed_at is null and s.offered and s.start_at < ${to} and s.start_at > ${earliest.subtract(LONGEST)}
        and s.bookable_until > ${earliest}`;
      const rows = await db.query<SlotRow>(prepared(sql`
        select ${slotColumns}, ${occupancyColumns(now)} from availability.slot s
        where s.national_id = any(${professionals}) and ${window}
        union all
        select ${slotColumns}, ${occupancyColumns(now)} from availability.slot s
        where s.structure_id = any(${structures}) and (s.national_id is null or s.national_id <> all(${professionals})) and ${window}
        order by start, id`));
      const slots = rows.flatMap((row) => {
        const remaining = remainingSeats(toOccupancy(row), now);
        return remaining > 0 ? [toFound(row, remaining)] : [];
      });
      return {
        state: { name: 'platform', status: 'ok', latencyMs: Math.round(elapsed()), slotCount: slots.length, ageMs: 0, detail: null, problems: [] },
        slots,
      };
    },
  };
}

/** One slot of the agenda as a screen shows it. @throws not-found `slot-not-found` */
export async function slotView(database: Database, id: string, now: Temporal.Instant): Promise<SlotView & { available: boolean }> {
  const row = await database.for('availability').maybeOne<SlotRow>(sql`
    select ${slotColumns}, ${occupancyColumns(now)} from availability.slot s where s.id = ${id}`);
  if (!row) throw notFound('slot-not-found', "Ce créneau n'existe pas dans l'agenda de la plateforme.");
  const remaining = remainingSeats(toOccupancy(row), now);
  return { ...toView(row, remaining), available: remaining > 0 };
}
