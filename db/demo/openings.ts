import type { Modality, SlotType } from '../../src/platform/availability/contract.ts';
import type { World } from './model.ts';
import { createRandom, type Random, uuidOf } from './random.ts';

const TIME_ZONE = 'Europe/Paris';
const DAYS = 7;

/** A row of `availability.opening`. */
export interface DemoOpening {
  readonly id: string;
  readonly territory: string;
  readonly nationalId: string | null;
  readonly structureId: string | null;
  readonly placeId: string;
  readonly kind: 'single' | 'range';
  readonly day: string;
  readonly starts: string;
  readonly ends: string;
  readonly timeZone: string;
  readonly modalities: readonly Modality[];
  readonly slotTypes: readonly SlotType[];
  readonly withAppointment: boolean;
  readonly capacity: number;
}

/** A row of `availability.slot`, which an opening gives. */
export interface DemoSlot extends Pick<DemoOpening, 'id' | 'territory' | 'nationalId' | 'structureId' | 'placeId' | 'modalities' | 'slotTypes' | 'withAppointment' | 'capacity'> {
  readonly openingId: string;
  readonly startAt: string;
  readonly endAt: string;
}

interface Owner {
  readonly nationalId: string | null;
  readonly structureId: string | null;
  readonly placeIds: readonly string[];
}

/** Everyone who keeps the agenda of the platform, with the places where they receive. */
function owners(world: World): Owner[] {
  return [...world.agendas].filter(([, source]) => source === 'platform').map(([id]) => {
    const atStructure = world.structurePlaces.filter(({ structureId }) => structureId === id);
    if (atStructure.length > 0) return { nationalId: null, structureId: id, placeIds: atStructure.map(({ placeId }) => placeId) };
    return { nationalId: id, structureId: null, placeIds: world.activities.filter(({ nationalId }) => nationalId === id).map(({ placeId }) => placeId) };
  });
}

/**
 * What they declare from the local day of `now` to a week later. A day's openings depend on the seed, the person and the
 * day alone: asked again the next day, the same ones come back with one day more.
 */
export function openingsFrom(world: World, now: Temporal.Instant): { openings: DemoOpening[]; slots: DemoSlot[] } {
  const today = now.toZonedDateTimeISO(TIME_ZONE).toPlainDate();
  const days = Array.from({ length: DAYS + 1 }, (_, index) => today.add({ days: index }));
  const openings = owners(world).flatMap((owner) => days.flatMap((day) => openingsOfDay(world.seed, owner, day)));
  return { openings, slots: openings.map((opening) => slotOf(world.seed, opening)) };
}

/** A row of `availability.series`. */
export interface DemoSeries extends Pick<DemoOpening, 'id' | 'territory' | 'nationalId' | 'structureId' | 'placeId' | 'kind' | 'starts' | 'ends' | 'timeZone' | 'modalities' | 'slotTypes' | 'withAppointment' | 'capacity'> {
  readonly weekdays: readonly number[];
  readonly firstDay: string;
  readonly everyWeeks: number;
  readonly anchor: string;
  readonly slotMinutes: number | null;
  readonly skipHolidays: boolean;
  readonly expandedUntil: string;
}

/** A Monday before any demonstration. */
const SERIES_SINCE = '2025-01-06';

/** One in three of them has weekly habits; the background work writes their occurrences, from the day of `now` on. */
export function seriesFrom(world: World, now: Temporal.Instant): DemoSeries[] {
  const eve = now.toZonedDateTimeISO(TIME_ZONE).toPlainDate().subtract({ days: 1 }).toString();
  return owners(world).filter(({ nationalId }) => nationalId !== null).flatMap((owner): DemoSeries[] => {
    const random = createRandom(world.seed, `series/${owner.nationalId}`);
    if (!random.chance(0.35)) return [];
    const placeId = random.pick(owner.placeIds);
    const of = (name: string, weekdays: number[], from: number, minutes: number, more: Partial<DemoSeries>): DemoSeries => ({
      id: uuidOf(world.seed, `series/${owner.nationalId}/${name}`), territory: '86', nationalId: owner.nationalId, structureId: null, placeId, kind: 'range', weekdays,
      firstDay: SERIES_SINCE, everyWeeks: 1, anchor: SERIES_SINCE, slotMinutes: null, skipHolidays: true, expandedUntil: eve, starts: clockTime(from),
      ends: clockTime(from + minutes), timeZone: TIME_ZONE, modalities: ['AMB'], slotTypes: ['SNP'], withAppointment: true, capacity: 4, ...more,
    });
    const morning = of('cabinet', [1, 4], random.pick([8, 9, 10]) * 60, 120, { capacity: random.int(3, 6), withAppointment: random.chance(0.5) });
    const slots = of('slots', [random.int(2, 5)], 14 * 60, 60, { kind: 'single', capacity: 1, slotMinutes: 20 });
    const visits = of('home', [3], 16 * 60, 120, { modalities: ['HH'], everyWeeks: 2, capacity: 2 });
    return random.chance(0.4) ? [morning, slots, visits] : [morning, slots];
  });
}

interface Span {
  readonly kind: 'single' | 'range';
  readonly minute: number;
  readonly minutes: number;
  readonly capacity: number;
}

function openingsOfDay(seed: number, owner: Owner, day: Temporal.PlainDate): DemoOpening[] {
  const who = owner.nationalId ?? owner.structureId!;
  const random = createRandom(seed, `openings/${who}/${day}`);
  const spans = owner.structureId ? structureSpans(day) : doctorSpans(random, day);
  return spans.map((span, index) => ({
    id: uuidOf(seed, `opening/${who}/${day}/${index}`),
    territory: '86',
    nationalId: owner.nationalId,
    structureId: owner.structureId,
    placeId: random.pick(owner.placeIds),
    kind: span.kind,
    day: day.toString(),
    starts: clockTime(span.minute),
    ends: clockTime(span.minute + span.minutes),
    timeZone: TIME_ZONE,
    modalities: modalities(random, owner),
    slotTypes: random.chance(0.25) ? ['SNP', 'PUBLIC'] : ['SNP'],
    withAppointment: span.kind === 'single' || random.chance(0.5),
    capacity: span.capacity,
  }));
}

/** Working days: three in four have some single slots, or a range "I can receive X patients"; some evenings and Saturdays. */
function doctorSpans(random: Random, day: Temporal.PlainDate): Span[] {
  if (day.dayOfWeek === 7) return [];
  if (day.dayOfWeek === 6) return random.chance(0.25) ? [range(9 * 60, 180, random.int(4, 8))] : [];
  const spans: Span[] = [];
  if (random.chance(0.6)) {
    const quarters = random.shuffle(Array.from({ length: 36 }, (_, index) => 9 * 60 + index * 15)).slice(0, random.int(1, 4));
    spans.push(...quarters.sort((a, b) => a - b).map((minute) => ({ kind: 'single' as const, minute, minutes: 15, capacity: 1 })));
  }
  if (random.chance(0.3)) spans.push(range(random.pick([8, 11, 14, 16]) * 60, 120, random.int(2, 6)));
  if (random.chance(0.12)) spans.push(range(18 * 60 + 30, 90, random.int(2, 4)));
  return spans;
}

/** A centre de santé keeps two ranges a working day and Saturday morning. */
function structureSpans(day: Temporal.PlainDate): Span[] {
  if (day.dayOfWeek === 7) return [];
  const morning = range(9 * 60, 180, 6);
  return day.dayOfWeek === 6 ? [morning] : [morning, range(14 * 60, 240, 8)];
}

const range = (minute: number, minutes: number, capacity: number): Span => ({ kind: 'range', minute, minutes, capacity });

function modalities(random: Random, owner: Owner): Modality[] {
  if (owner.structureId) return ['AMB'];
  const draw = random.next();
  return draw < 0.75 ? ['AMB'] : draw < 0.88 ? ['AMB', 'VR'] : draw < 0.95 ? ['VR'] : ['HH'];
}

const clockTime = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

function slotOf(seed: number, opening: DemoOpening): DemoSlot {
  const { territory, nationalId, structureId, placeId, modalities, slotTypes, withAppointment, capacity } = opening;
  const instant = (time: string) => Temporal.PlainDateTime.from(`${opening.day}T${time}`).toZonedDateTime(TIME_ZONE).toInstant().toString();
  return {
    id: uuidOf(seed, `slot/${opening.id}`), openingId: opening.id, territory, nationalId, structureId, placeId,
    startAt: instant(opening.starts), endAt: instant(opening.ends), modalities, slotTypes, withAppointment, capacity,
  };
}
