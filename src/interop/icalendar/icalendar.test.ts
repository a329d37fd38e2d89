import fc from 'fast-check';
import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import { readCalendar } from './reader.ts';
import { writeCalendar } from './writer.ts';

const window = { timeZone: 'Europe/Paris', from: Temporal.Instant.from('2026-01-05T00:00:00Z'), to: Temporal.Instant.from('2026-03-02T00:00:00Z'), keepSeries: true };
const outlookParis = [
  'BEGIN:VTIMEZONE', 'TZID:Romance Standard Time', 'BEGIN:STANDARD', 'DTSTART:16010101T030000', 'TZOFFSETFROM:+0200', 'TZOFFSETTO:+0100',
  'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10', 'END:STANDARD', 'BEGIN:DAYLIGHT', 'DTSTART:16010101T020000', 'TZOFFSETFROM:+0100', 'TZOFFSETTO:+0200',
  'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3', 'END:DAYLIGHT', 'END:VTIMEZONE'];
const event = (uid: string, ...lines: string[]) => ['BEGIN:VEVENT', `UID:${uid}`, 'SUMMARY:Madame Untel', ...lines, 'END:VEVENT'];
const read = (...events: string[][]) => readCalendar(['BEGIN:VCALENDAR', 'VERSION:2.0', ...outlookParis, ...events.flat(), 'END:VCALENDAR'].join('\r\n'), window);

test('[AGR-07] a weekly event stays a series when its hours hold all year: Outlook’s zone, a named zone, or none', () => {
  const weekly = ['RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;UNTIL=20260218T090000Z', 'EXDATE;TZID=Romance Standard Time:20260119T100000'];
  for (const zone of [';TZID=Romance Standard Time', ';TZID=Europe/Paris', '']) {
    const { events, refused } = read(event('one', `DTSTART${zone}:20260105T100000`, `DTEND${zone}:20260105T113000`, ...weekly));
    expect(refused).toEqual([]);
    expect(events).toEqual([{
      uid: 'one', line: 18, weekly: { weekdays: [1, 3], everyWeeks: 2, lastDay: '2026-02-18' }, exceptions: ['2026-01-19'],
      occurrences: [{ start: '2026-01-05T10:00', end: '2026-01-05T11:30' }],
    }]);
  }
});

test('[AGR-07] [NFR-03] what is not steady here comes as occurrences: universal time, another zone; a moved occurrence replaces its own', () => {
  const { events } = read(
    event('utc', 'DTSTART:20260105T080000Z', 'DTEND:20260105T090000Z', 'RRULE:FREQ=WEEKLY;COUNT=2'),
    event('reunion', 'DTSTART;TZID=Indian/Reunion:20260106T090000', 'DURATION:PT30M'),
    event('moved', 'DTSTART;TZID=Europe/Paris:20260107T090000', 'DTEND;TZID=Europe/Paris:20260107T100000', 'RRULE:FREQ=WEEKLY;COUNT=3'),
    event('moved', 'RECURRENCE-ID;TZID=Europe/Paris:20260114T090000', 'DTSTART;TZID=Europe/Paris:20260115T150000', 'DTEND;TZID=Europe/Paris:20260115T160000'),
    event('days', 'DTSTART;VALUE=DATE:20260212', 'DTEND;VALUE=DATE:20260214'),
  );
  expect(events).toMatchObject([
    { uid: 'utc', weekly: null, occurrences: [{ start: '2026-01-05T09:00' }, { start: '2026-01-12T09:00' }] },
    { uid: 'reunion', occurrences: [{ start: '2026-01-06T06:00', end: '2026-01-06T06:30' }] },
    { uid: 'moved', weekly: { weekdays: [3], lastDay: '2026-01-21' }, exceptions: ['2026-01-14'] },
    { uid: 'moved/2026-01-14T09:00', weekly: null, occurrences: [{ start: '2026-01-15T15:00' }] },
    { uid: 'days', occurrences: [{ start: '2026-02-12T00:00', end: '2026-02-14T00:00' }] },
  ]);
});

test('[AGR-02] [SEC-05] every event that cannot be taken is told with its line and why, and no text of an event ever comes back', () => {
  const result = read(
    event('bad', 'DTSTART:soon', 'DTEND:later'),
    event('past', 'DTSTART:20250105T080000Z', 'DTEND:20250105T090000Z'),
    event('endless', 'DTSTART:20260105T080000Z', 'DTEND:20260105T090000Z', 'RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31'),
    event('mars', 'DTSTART;TZID=Mars/Olympus:20260105T080000', 'DURATION:PT1H'),
    event('instant', 'DTSTART:20260106T080000Z'),
    event('cancelled', 'DTSTART:20260106T080000Z', 'DURATION:PT1H', 'STATUS:CANCELLED'),
    ['BEGIN:VEVENT', 'DTSTART:20260106T080000Z', 'DURATION:PT1H', 'END:VEVENT'],
  );
  expect(result.events).toEqual([]);
  expect(result.refused.map(({ line, uid, why }) => `${line} ${uid} ${why.split(/[ :,]/)[0]}`)).toEqual([
    '18 bad Événement', '24 past Événement', '30 endless Récurrence', '37 mars Fuseau', '43 instant Événement', '48 cancelled Événement', '55 null Événement',
  ]);
  expect(JSON.stringify(result)).not.toContain('Untel');
});

test('[AGR-02] whatever the file, reading ends and throws nothing', () => {
  const words = fc.constantFrom('BEGIN:VEVENT', 'END:VEVENT', 'UID:x', 'DTSTART:20260106T080000Z', 'DTEND:20260106T090000Z', 'RRULE:FREQ=WEEKLY;BYDAY=MO', 'RRULE:FREQ=SECONDLY',
    'RRULE:FREQ=MONTHLY;BYDAY=-1FR', 'RRULE:FREQ=DAILY;COUNT=100000', 'BEGIN:VTIMEZONE', 'END:VTIMEZONE', 'EXDATE:junk', ' folded', 'junk', 'DTSTART;TZID=:20260106T080000', 'DURATION:-PT5M');
  fc.assert(fc.property(fc.array(words, { maxLength: 30 }), (lines) => {
    const { events } = readCalendar(['BEGIN:VCALENDAR', ...lines].join('\n'), window);
    for (const { occurrences } of events) for (const { start, end } of occurrences) expect(start < end).toBe(true);
  }));
});

test('[AGR-02] the feed is a calendar that others read: RFC 5545 lines, universal times, busy or free', () => {
  const at = Temporal.Instant.from('2026-01-05T08:00:00Z');
  const text = writeCalendar({ name: 'Disponibilités SAS', at, entries: [
    { uid: 'a', start: at, end: at.add({ hours: 1 }), summary: 'SAS : disponible, au cabinet ; à domicile', busy: false },
    { uid: 'b', start: at, end: at.add({ hours: 1 }), summary: 'é'.repeat(200), busy: true },
  ] });
  expect(text.startsWith('BEGIN:VCALENDAR\r\n')).toBe(true);
  expect(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
  const events = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((one) => new ICAL.Event(one));
  expect(events.map((one) => [one.uid, one.summary, one.startDate.toString(), one.component.getFirstPropertyValue('transp')])).toEqual([
    ['a@sas', 'SAS : disponible, au cabinet ; à domicile', '2026-01-05T08:00:00Z', 'TRANSPARENT'], ['b@sas', 'é'.repeat(200), '2026-01-05T08:00:00Z', 'OPAQUE'],
  ]);
});
