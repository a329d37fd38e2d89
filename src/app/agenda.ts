import { readCalendar } from '../interop/icalendar/reader.ts';
import { writeCalendar } from '../interop/icalendar/writer.ts';
import { agendaHandlers } from '../platform/availability/server/agenda-routes.ts';
import { orientationsOfSeats } from '../platform/orientation/server/orientations-of-seats.ts';
import type { HalfDependencies } from './server/halves.ts';
import type { Platform } from './platform.ts';

/** The routes of agendas, with what they need from outside their context. */
export const agendaRoutes = ({ database, clock, accounts, territories, publicUrl }: HalfDependencies, { directory, openings }: Platform) =>
  agendaHandlers({
    database, clock, directory, territories, openings, publicUrl, readCalendar, writeCalendar,
    actor: (accountId) => accounts.actor(accountId),
    orientationsOfSeats: (seatIds) => orientationsOfSeats(database, seatIds),
  });
