import ICAL from 'ical.js';
import type { WriteCalendar } from '../../platform/availability/domain/calendar-file.ts';

const time = (instant: Temporal.Instant) => ICAL.Time.fromDateTimeString(instant.round('second').toString());

/** Writes a calendar (RFC 5545): availabilities are transparent, busy places opaque. */
export const writeCalendar: WriteCalendar = ({ name, at, entries }) => {
  const calendar = new ICAL.Component('vcalendar');
  calendar.addPropertyWithValue('version', '2.0');
  calendar.addPropertyWithValue('prodid', '-//SAS//Agenda de la plateforme//FR');
  calendar.addPropertyWithValue('method', 'PUBLISH');
  calendar.addPropertyWithValue('x-wr-calname', name);
  for (const { uid, start, end, summary, busy } of entries) {
    const event = new ICAL.Component('vevent');
    event.addPropertyWithValue('uid', `${uid}@sas`);
    event.addPropertyWithValue('dtstamp', time(at));
    event.addPropertyWithValue('dtstart', time(start));
    event.addPropertyWithValue('dtend', time(end));
    event.addPropertyWithValue('summary', summary);
    event.addPropertyWithValue('transp', busy ? 'OPAQUE' : 'TRANSPARENT');
    calendar.addSubcomponent(event);
  }
  return `${calendar.toString()}\r\n`;
};
