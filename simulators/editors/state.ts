import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Appointment } from './appointments.ts';

type Stored = Omit<Appointment, 'start' | 'end' | 'created'> & { start: string; end: string; created: string };

/** The bookings kept in a file between two runs; they say nothing of patients. */
export function readAppointments(file: string): Appointment[] {
  if (!existsSync(file)) return [];
  return (JSON.parse(readFileSync(file, 'utf8')) as Stored[]).map((stored) => ({
    ...stored,
    start: Temporal.Instant.from(stored.start),
    end: Temporal.Instant.from(stored.end),
    created: Temporal.Instant.from(stored.created),
  }));
}

/** Replaces the file at once: a stop in the middle leaves the former one whole. */
export function writeAppointments(file: string, appointments: readonly Appointment[]): void {
  writeFileSync(`${file}.new`, JSON.stringify(appointments));
  renameSync(`${file}.new`, file);
}
