import type { AnswerOf } from '../../../../ui/api.ts';
import type { Agenda, Modality, routes } from '../../contract.ts';

export type Opening = AnswerOf<typeof routes.openings>['openings'][number];
export type Holiday = Agenda['holidays'][number];

/** Words of seed 004. */
export const consultationLabels: Record<Modality, string> = { AMB: 'Consultation en cabinet', VR: 'Téléconsultation', HH: 'Visite à domicile' };

/** The reminder of seed 004, word for word (AGR-08). */
export const REMINDER = 'Vous pouvez superposer vos disponibilités sans rendez-vous, sur rendez-vous, à domicile. Lorsque vous êtes en congés, pensez à supprimer vos disponibilités.';

/** Monday of the week of a day. */
export const mondayOf = (day: Temporal.PlainDate): Temporal.PlainDate => day.subtract({ days: day.dayOfWeek - 1 });

/** The seven days of a week, from its Monday. */
export const daysOf = (monday: Temporal.PlainDate): Temporal.PlainDate[] => Array.from({ length: 7 }, (_, days) => monday.add({ days }));

/** `Semaine du 16 au 22 novembre`, with the month of Monday when it is another one. */
export function weekInWords(monday: Temporal.PlainDate): string {
  const sunday = monday.add({ days: 6 });
  const month = (day: Temporal.PlainDate) => day.toLocaleString('fr-FR', { month: 'long' });
  const first = monday.day === 1 ? '1er' : String(monday.day);
  const start = monday.month === sunday.month ? first : `${first} ${month(monday)}`;
  return `Semaine du ${start} au ${sunday.day === 1 ? '1er' : sunday.day} ${month(sunday)}`;
}

/** `lundi 12 janvier` */
export const dayInWords = (day: Temporal.PlainDate | string): string =>
  Temporal.PlainDate.from(day).toLocaleString('fr-FR', { weekday: 'long', day: 'numeric', month: 'long' });

/** Openings by day, each day's in their order; days without any are kept, empty. */
export function byDay(days: readonly Temporal.PlainDate[], openings: readonly Opening[]): { day: Temporal.PlainDate; openings: Opening[] }[] {
  return days.map((day) => ({
    day,
    openings: openings.filter((one) => one.day === day.toString()).sort((a, b) => (a.starts + a.ends < b.starts + b.ends ? -1 : 1)),
  }));
}

/** How many patients are oriented there, in words. */
export function takenInWords({ capacity, taken }: Pick<Opening, 'capacity' | 'taken'>): string {
  if (capacity === 1) return taken === 0 ? 'libre' : 'réservé';
  if (taken === 0) return `${capacity} places libres`;
  return taken >= capacity ? `complet, ${capacity} patients` : `${taken} sur ${capacity} réservées`;
}

/** What an availability is at a glance: a word, which a shape repeats. */
export type Look = 'free' | 'booked' | 'leave' | 'closed';
export function lookOf({ taken, onLeave, closed }: Pick<Opening, 'taken' | 'onLeave' | 'closed'>): Look {
  if (closed) return 'closed';
  if (onLeave) return 'leave';
  return taken > 0 ? 'booked' : 'free';
}

/** `2 h 30`, `45 min` */
export function durationInWords(minutes: number): string {
  if (minutes < 60) return `${minutes} min`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`;
}

/** An availability in one sentence, as a screen reader says it. */
export function openingInWords(opening: Opening): string {
  const { day, starts, ends, modalities, withAppointment, seriesId } = opening;
  const looks: Record<Look, string> = { free: '', booked: '', leave: ', cachée par une indisponibilité', closed: ', retirée, patients gardés' };
  return [
    `${dayInWords(day)}, ${starts} à ${ends}`, takenInWords(opening) + looks[lookOf(opening)], modalities.map((one) => consultationLabels[one]).join(', '),
    withAppointment ? 'sur rendez-vous' : 'sans rendez-vous', seriesId ? 'chaque semaine' : '',
  ].filter(Boolean).join(', ');
}
