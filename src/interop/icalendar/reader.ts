import ICAL from 'ical.js';
import type { CalendarEvent, CalendarPeriod, CalendarRefusal, ReadCalendar, ReadCalendarOptions } from '../../platform/availability/domain/calendar-file.ts';
import { blocksOf, type EventBlock } from './blocks.ts';
import { type RuleShape, shapeOf } from './rule-shape.ts';

const MOST_EVENTS = 2_000;
const MOST_OCCURRENCES = 500;
/** Steps through a rule that started long ago; a daily one gets there in ten years. */
const MOST_STEPS = 4_000;
const MOST_WEEKS = 8;

/** Why an event is not taken, in words. */
class Refusal extends Error {}

interface ParsedEvent {
  readonly block: EventBlock;
  readonly uid: string;
  readonly event: ICAL.Event;
}

/** Reads a calendar file (RFC 5545). Texts of events are not looked at: they may name a patient. */
export const readCalendar: ReadCalendar = (text, options) => {
  const { timeZones, events: blocks } = blocksOf(text);
  const refused: CalendarRefusal[] = blocks.slice(MOST_EVENTS).map(({ line }) => ({ line, uid: null, why: `Le fichier a plus de ${MOST_EVENTS} événements : importez-le en plusieurs fois.` }));
  const parsed: ParsedEvent[] = [];
  const take = <T>(block: EventBlock, uid: string | null, work: () => T): T | null => {
    try {
      return work();
    } catch (error) {
      refused.push({ line: block.line, uid, why: error instanceof Refusal ? error.message : 'Événement illisible : dates ou récurrence mal écrites.' });
      return null;
    }
  };
  for (const block of blocks.slice(0, MOST_EVENTS)) {
    const one = take(block, null, () => parse(block, timeZones));
    if (one) parsed.push(one);
  }
  const replaced = Map.groupBy(parsed.filter(({ event }) => event.isRecurrenceException()), ({ uid }) => uid);
  const events: CalendarEvent[] = [];
  for (const one of parsed) {
    if (one.event.isRecurrenceException() && isCancelled(one)) continue;
    const read = take(one.block, one.uid, () => eventOf(one, replaced.get(one.uid) ?? [], options));
    if (read) events.push(read);
  }
  return { events, refused: refused.sort((a, b) => a.line - b.line) };
};

function parse(block: EventBlock, timeZones: string): ParsedEvent {
  const calendar = new ICAL.Component(ICAL.parse(`BEGIN:VCALENDAR\r\nVERSION:2.0\r\n${timeZones}\r\n${block.text}\r\nEND:VCALENDAR`));
  const component = calendar.getFirstSubcomponent('vevent');
  if (!component) throw new Refusal('Événement illisible.');
  const event = new ICAL.Event(component);
  if (!event.uid) throw new Refusal('Événement sans identifiant (UID).');
  return { block, uid: event.uid.slice(0, 255), event };
}

const isCancelled = ({ event }: ParsedEvent): boolean => String(event.component.getFirstPropertyValue('status') ?? '').toUpperCase() === 'CANCELLED';

function eventOf(one: ParsedEvent, replaced: readonly ParsedEvent[], options: ReadCalendarOptions): CalendarEvent {
  const { event, uid, block } = one;
  if (isCancelled(one)) throw new Refusal('Événement annulé dans votre agenda.');
  if (!event.startDate) throw new Refusal('Événement sans date de début.');
  if (event.component.getFirstProperty('rdate')) throw new Refusal('Récurrence à dates libres (RDATE) : recréez-la.');
  const shape = shapeOf(event.component.getFirstPropertyValue('rrule') as ICAL.Recur | null);
  if (shape === 'refused') throw new Refusal('Récurrence trop particulière : recréez-la, ou exportez ses dates une à une.');
  const toWall = wallClock(options.timeZone, zoneNamed(event));
  const exceptions = [...excluded(event, toWall), ...replaced.filter(() => !event.isRecurrenceException()).map((other) => toWall(other.event.recurrenceId).slice(0, 10))];
  const all = shape === null || event.isRecurrenceException() ? [periodFrom(event, event.startDate, toWall)] : occurrencesOf(event, options, toWall);
  const occurrences = all.filter(({ start, end }) => !exceptions.includes(start.slice(0, 10)) && overlaps({ start, end }, options));
  const weekly = options.keepSeries && shape?.weekly && !event.isRecurrenceException() ? weeklyOf(event, shape.weekly, toWall) : null;
  if (occurrences.length === 0) throw new Refusal('Événement passé, ou trop lointain.');
  if (occurrences.length > MOST_OCCURRENCES) throw new Refusal(`Plus de ${MOST_OCCURRENCES} occurrences : limitez la récurrence.`);
  return { uid: event.isRecurrenceException() ? `${uid}/${toWall(event.recurrenceId)}` : uid, line: block.line, weekly, exceptions, occurrences: weekly ? occurrences.slice(0, 1) : occurrences };
}

type ToWall = (time: ICAL.Time) => string;

/** The IANA zone that the event's start names, when the file does not describe it. */
const zoneNamed = (event: ICAL.Event): string | null => (event.component.getFirstProperty('dtstart')?.getFirstParameter('tzid') as string | undefined) ?? null;

/** The wall clock of the territory: through the file's own zone, the IANA zone it names, or as it is written. */
const wallClock = (timeZone: string, named: string | null): ToWall => (time) => {
  const written = `${String(time.year).padStart(4, '0')}-${two(time.month)}-${two(time.day)}T${two(time.hour)}:${two(time.minute)}`;
  if (time.isDate) return `${written.slice(0, 10)}T00:00`;
  if (time.zone && time.zone !== ICAL.Timezone.localTimezone) return shown(Temporal.Instant.fromEpochMilliseconds(time.toUnixTime() * 1_000), timeZone);
  if (named === null) return written;
  try {
    return shown(Temporal.PlainDateTime.from(written).toZonedDateTime(named).toInstant(), timeZone);
  } catch {
    throw new Refusal(`Fuseau horaire inconnu : ${named.slice(0, 60)}.`);
  }
};

const two = (value: number): string => String(value).padStart(2, '0');
const shown = (instant: Temporal.Instant, timeZone: string): string => instant.toZonedDateTimeISO(timeZone).toPlainDateTime().toString().slice(0, 16);

function periodFrom(event: ICAL.Event, start: ICAL.Time, toWall: ToWall): CalendarPeriod {
  const end = start.clone();
  end.addDuration(event.duration);
  const period = { start: toWall(start), end: toWall(end) };
  if (period.end <= period.start) throw new Refusal('Événement sans durée.');
  return period;
}

function overlaps({ start, end }: CalendarPeriod, { timeZone, from, to }: ReadCalendarOptions): boolean {
  return end > shown(from, timeZone) && start < shown(to, timeZone);
}

function occurrencesOf(event: ICAL.Event, options: ReadCalendarOptions, toWall: ToWall): CalendarPeriod[] {
  const last = shown(options.to, options.timeZone);
  const rule = event.component.getFirstPropertyValue('rrule') as ICAL.Recur;
  const iterator = rule.iterator(event.startDate);
  const found: CalendarPeriod[] = [];
  for (let steps = 0; ; steps++) {
    const next = iterator.next();
    if (!next) return found;
    if (steps > MOST_STEPS) throw new Refusal('Récurrence commencée il y a trop longtemps : recréez-la.');
    const period = periodFrom(event, next, toWall);
    if (period.start >= last) return found;
    if (overlaps(period, options)) found.push(period);
  }
}

/** The days that the event's EXDATE take out. */
const excluded = (event: ICAL.Event, toWall: ToWall): string[] =>
  event.component.getAllProperties('exdate').flatMap((property) => property.getValues() as ICAL.Time[]).map((time) => toWall(time).slice(0, 10));

/** The series that an event is, when its hours are the same all year in the territory's zone and within one day; else null. */
function weeklyOf(event: ICAL.Event, weekly: NonNullable<RuleShape['weekly']>, toWall: ToWall): CalendarEvent['weekly'] {
  const first = periodFrom(event, event.startDate, toWall);
  const probe = (month: number) => {
    const other = event.startDate.clone();
    other.month = month;
    return toWall(other).slice(11);
  };
  const steady = [1, 7].every((month) => probe(month) === first.start.slice(11));
  const sameDay = toWall(event.startDate).slice(0, 10) === `${String(event.startDate.year).padStart(4, '0')}-${two(event.startDate.month)}-${two(event.startDate.day)}`;
  if (!steady || !sameDay || first.start.slice(0, 10) !== first.end.slice(0, 10) || weekly.everyWeeks > MOST_WEEKS) return null;
  const weekdays = weekly.weekdays.length > 0 ? weekly.weekdays : [Temporal.PlainDate.from(first.start.slice(0, 10)).dayOfWeek];
  return { weekdays, everyWeeks: weekly.everyWeeks, lastDay: lastDayOf(event, toWall) };
}

/** The day of the last occurrence; null when there is no end. */
function lastDayOf(event: ICAL.Event, toWall: ToWall): string | null {
  const rule = event.component.getFirstPropertyValue('rrule') as ICAL.Recur;
  if (rule.until) return rule.until.isDate ? toWall(rule.until).slice(0, 10) : lastBefore(toWall(event.startDate).slice(11), toWall(rule.until));
  if (!rule.count) return null;
  const iterator = rule.iterator(event.startDate);
  let last = event.startDate;
  for (let step = 0; step < Math.min(rule.count, MOST_STEPS); step++) last = iterator.next() ?? last;
  return toWall(last).slice(0, 10);
}

/** An end in the middle of a day takes in the occurrence of that day only when it has started by then. */
const lastBefore = (starts: string, until: string): string =>
  until.slice(11) >= starts ? until.slice(0, 10) : Temporal.PlainDate.from(until.slice(0, 10)).subtract({ days: 1 }).toString();
