import { createHash } from 'node:crypto';
import { pick, randomOf } from '../shared/random.ts';
import type { Association, AssociationPlace, Cpts, Day, Place, Practitioner } from './catalog.ts';
import { PARIS } from './dates.ts';

export type SlotType = 'PUBLIC' | 'PRO' | 'SNP' | 'CPTS';
export type Modality = 'AMB' | 'HH' | 'VR';

interface SlotCommon {
  readonly id: string;
  readonly start: Temporal.Instant;
  readonly end: Temporal.Instant;
  readonly types: readonly SlotType[];
  readonly modalities: readonly Modality[];
  readonly reasons: readonly string[];
  readonly withAppointment: boolean;
}

export interface PractitionerSlot extends SlotCommon {
  readonly practitioner: Practitioner;
  readonly place: Place;
  /** The CPTS that see the slot. */
  readonly cpts: readonly Cpts[];
}

export interface AssociationSlot extends SlotCommon {
  readonly association: Association;
  readonly place: AssociationPlace;
}

export interface Window {
  readonly from: Temporal.Instant;
  readonly to: Temporal.Instant;
}

const days: readonly Day[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const reasons = ['Consultation de soins non programmés', 'Consultation de suivi', 'Renouvellement', 'Premier rendez-vous'] as const;

const slotId = (owner: string, place: string, start: Temporal.Instant): string =>
  createHash('sha256').update(`${owner}|${place}|${start}`).digest('hex').slice(0, 24);

/** What a practitioner offers in the window, bounds included, before anything is booked. The same seed gives the same slots. */
export function practitionerSlots(practitioner: Practitioner, window: Window, seed: number): PractitionerSlot[] {
  const offered = practitioner.slots ? writtenSlots(practitioner) : localDays(window).flatMap((day) => slotsOfDay(practitioner, day, seed));
  return offered.filter((slot) => inside(slot.start, window)).toSorted((a, b) => Temporal.Instant.compare(a.start, b.start));
}

/** What the places of an association offer in the window, bounds included, before anything is booked. */
export function associationSlots(association: Association, window: Window, seed: number): AssociationSlot[] {
  const offered = association.places.flatMap((place) =>
    localDays(window).flatMap((day) => {
      const random = randomOf(seed, association.siret, place.internalId, day.toString());
      const density = 0.1 + random() * 0.4;
      return place.hours
        .filter((hours) => hours.days.includes(days[day.dayOfWeek - 1]!))
        .flatMap(({ opens, closes }) => grid(day, opens, closes, 15))
        .filter(() => random() < density)
        .map(({ start, end }): AssociationSlot => ({
          id: slotId(association.siret, place.internalId, start), start, end, association, place,
          types: pick<readonly SlotType[]>(random, [[3, ['PUBLIC', 'SNP']], [1, ['SNP']]]),
          modalities: ['AMB'], reasons: [], withAppointment: true,
        }));
    }),
  );
  return offered.filter((slot) => inside(slot.start, window)).toSorted((a, b) => Temporal.Instant.compare(a.start, b.start));
}

const inside = (instant: Temporal.Instant, { from, to }: Window): boolean =>
  Temporal.Instant.compare(from, instant) <= 0 && Temporal.Instant.compare(instant, to) <= 0;

function localDays({ from, to }: Window): Temporal.PlainDate[] {
  const last = to.toZonedDateTimeISO(PARIS).toPlainDate();
  const found: Temporal.PlainDate[] = [];
  let day = from.toZonedDateTimeISO(PARIS).toPlainDate();
  // A vendor opens its agendas a few weeks ahead: a wider question costs no more.
  for (; Temporal.PlainDate.compare(day, last) <= 0 && found.length < 31; day = day.add({ days: 1 })) found.push(day);
  return found;
}

function grid(day: Temporal.PlainDate, opens: string, closes: string, minutes: number): { start: Temporal.Instant; end: Temporal.Instant }[] {
  const at = (time: string): Temporal.Instant => day.toZonedDateTime({ timeZone: PARIS, plainTime: Temporal.PlainTime.from(time) }).toInstant();
  const closing = at(closes);
  const cells: { start: Temporal.Instant; end: Temporal.Instant }[] = [];
  for (let start = at(opens); ; ) {
    const end = start.add({ minutes });
    if (Temporal.Instant.compare(end, closing) > 0) return cells;
    cells.push({ start, end });
    start = end;
  }
}

/** Half-days worked on a weekday, Saturday, Sunday, as vendors' agendas look: most work the week, some Saturdays, few Sundays. */
function sessions(day: Temporal.PlainDate, random: () => number): (readonly [opens: string, closes: string])[] {
  const morning = ['08:30', '12:30'] as const;
  const afternoon = ['14:00', '19:00'] as const;
  const works = random();
  if (day.dayOfWeek === 7) return works < 0.12 ? [['09:00', '12:00']] : [];
  if (day.dayOfWeek === 6) return works < 0.45 ? [morning, ...(works < 0.12 ? [['14:00', '17:00'] as const] : [])] : [];
  if (works < 0.1) return [];
  return works < 0.35 ? [works < 0.2 ? morning : afternoon] : [morning, afternoon];
}

function slotsOfDay(practitioner: Practitioner, day: Temporal.PlainDate, seed: number): PractitionerSlot[] {
  const habits = randomOf(seed, practitioner.nationalId);
  const minutes = pick(habits, [[3, 15], [4, 20], [1, 30]]);
  const random = randomOf(seed, practitioner.nationalId, day.toString());
  // A third of the days are full; the others keep a few places for unscheduled care.
  const density = random() < 0.33 ? 0 : 0.04 + random() * 0.22;
  return sessions(day, random).flatMap(([opens, closes]) => {
    const place = practitioner.places[Math.floor(random() * practitioner.places.length)]!;
    return grid(day, opens, closes, minutes)
      .filter(() => random() < density)
      .map(({ start, end }) => generated(practitioner, place, start, end, random));
  });
}

function generated(practitioner: Practitioner, place: Place, start: Temporal.Instant, end: Temporal.Instant, random: () => number): PractitionerSlot {
  const shared = practitioner.cpts.length > 0 && random() < 0.35;
  const types = pick<readonly SlotType[]>(random, [[4, ['PUBLIC', 'PRO', 'SNP']], [3, ['SNP']], [2, ['PUBLIC']], [1, ['PRO', 'SNP']]]);
  return {
    id: slotId(practitioner.nationalId, place.internalId, start), start, end, practitioner, place,
    types: shared ? [...types, 'CPTS'] : types,
    cpts: shared ? practitioner.cpts : [],
    modalities: pick<readonly Modality[]>(random, [[14, ['AMB']], [3, ['AMB', 'VR']], [2, ['VR']], [1, ['HH']]]),
    reasons: random() < 0.5 ? [reasons[Math.floor(random() * reasons.length)]!] : [],
    withAppointment: random() > 0.04,
  };
}

function writtenSlots(practitioner: Practitioner): PractitionerSlot[] {
  return practitioner.slots!
    .filter(({ state }) => state === 'free')
    .map((slot) => {
      const place = practitioner.places.find(({ internalId }) => internalId === slot.place);
      if (!place) throw new Error(`catalog: unknown place ${slot.place} in a slot of ${practitioner.nationalId}`);
      const start = Temporal.Instant.from(slot.start);
      return {
        id: slotId(practitioner.nationalId, place.internalId, start), start, end: start.add({ minutes: slot.minutes }), practitioner, place,
        types: slot.types, modalities: slot.modalities, reasons: slot.reasons, withAppointment: slot.withAppointment,
        cpts: slot.types.includes('CPTS') ? practitioner.cpts.filter(({ finess }) => !slot.cpts || slot.cpts.includes(finess)) : [],
      };
    });
}
