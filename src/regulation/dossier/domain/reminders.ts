import type { Dossier } from './dossier.ts';
import type { RegulationRules } from './rules.ts';

/** How a patient is reminded of an appointment. */
export const reminderWays = ['sms', 'call', 'none'] as const;
export type ReminderWay = (typeof reminderWays)[number];

/** What an OSNP has to do for the patient of an appointment, and how it may end: codes that are counted. */
export const patientTaskKinds = ['rappel-rdv', 'rdv-noshow'] as const;
export type PatientTaskKind = (typeof patientTaskKinds)[number];
export const patientTaskOutcomes = {
  'rappel-rdv': ['joint', 'message', 'injoignable', 'ne-viendra-pas'],
  'rdv-noshow': ['autre-soin', 'csnp', 'retabli', 'injoignable'],
} as const satisfies Record<PatientTaskKind, readonly string[]>;
export type PatientTaskOutcome = (typeof patientTaskOutcomes)[PatientTaskKind][number];

/** Nobody is reminded by night. */
const FIRST_HOUR = 8;
const LAST_HOUR = 20;

/** When to remind of an appointment: so many hours before, or the evening before that when it would be by night. */
export function reminderAt(start: Temporal.Instant, hours: number, timeZone: string): Temporal.Instant {
  const wished = start.subtract({ hours }).toZonedDateTimeISO(timeZone);
  const evening = wished.with({ hour: LAST_HOUR, minute: 0, second: 0, millisecond: 0, microsecond: 0, nanosecond: 0 });
  if (wished.hour < FIRST_HOUR) return evening.subtract({ days: 1 }).toInstant();
  return (Temporal.ZonedDateTime.compare(wished, evening) > 0 ? evening : wished).toInstant();
}

/** When to tell news: now, or in the morning when it is night. */
export function tellableAt(now: Temporal.Instant, timeZone: string): Temporal.Instant {
  const local = now.toZonedDateTimeISO(timeZone);
  if (local.hour >= FIRST_HOUR && local.hour < LAST_HOUR) return now;
  const morning = local.startOfDay().with({ hour: FIRST_HOUR });
  return (local.hour < FIRST_HOUR ? morning : morning.add({ days: 1 })).toInstant();
}

/** A number that receives SMS: 06, 07, and the mobiles of overseas France. */
export function isMobile(number: string | null): boolean {
  const compact = (number ?? '').replace(/[\s.()-]/g, '').replace(/^00/, '+');
  return /^(?:0|\+33)[67]\d{8}$/.test(compact) || /^\+(?:262|590|594|596)6\d{8}$/.test(compact);
}

/** How this patient is reminded: his own choice, else what the règlement intérieur says. */
export const wayOf = (dossier: Pick<Dossier, 'reminder'>, rules: Pick<RegulationRules, 'reminder'>): ReminderWay => dossier.reminder ?? rules.reminder.by;

/** The reminder owed for an appointment; null when it does not hold, nobody wants one, or its time had passed when it was booked. */
export function reminderOf(
  dossier: Pick<Dossier, 'reminder'>, { status, start }: Pick<Dossier['appointments'][number], 'status' | 'start'>,
  { rules, timeZone, now }: { rules: Pick<RegulationRules, 'reminder'>; timeZone: string; now: Temporal.Instant },
): Temporal.Instant | null {
  if (status !== 'booked' || wayOf(dossier, rules) === 'none') return null;
  const due = reminderAt(Temporal.Instant.from(start), rules.reminder.hours, timeZone);
  return Temporal.Instant.compare(due, now) > 0 ? due : null;
}

/**
 * When the patient is told that an appointment is cancelled: he was reminded of it, or was to be. Null when it did not hold, when he
 * wants no SMS, or when it would have begun before anybody may write to him.
 */
export function cancellationOf(
  dossier: Pick<Dossier, 'reminder'>, held: Pick<Dossier['appointments'][number], 'status' | 'start' | 'attachedAt'>,
  { rules, timeZone, now }: { rules: Pick<RegulationRules, 'reminder'>; timeZone: string; now: Temporal.Instant },
): Temporal.Instant | null {
  const start = Temporal.Instant.from(held.start);
  const reminded = Temporal.Instant.compare(reminderAt(start, rules.reminder.hours, timeZone), Temporal.Instant.from(held.attachedAt)) > 0;
  if (held.status !== 'booked' || wayOf(dossier, rules) !== 'sms' || !reminded) return null;
  const at = tellableAt(now, timeZone);
  return Temporal.Instant.compare(at, start) < 0 ? at : null;
}
