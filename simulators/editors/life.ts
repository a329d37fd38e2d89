import { pick, randomOf } from '../shared/random.ts';
import type { Appointment, AppointmentBook } from './appointments.ts';
import type { Association } from './catalog.ts';

export interface LifeSettings {
  /** Between the booking and its outcome; an association names its doctor at half of it. */
  readonly delayMs: number;
  readonly seed: number;
}

/** Lets bookings live by themselves: a doctor is named, then the patient comes, or not. What happens depends on the seed alone. */
export function appointmentLife(
  { delayMs, seed }: LifeSettings, book: AppointmentBook, associations: ReadonlyMap<string, Association>,
): { begin(appointment: Appointment): void; stop(): void } {
  const timers = new Set<NodeJS.Timeout>();
  const later = (ms: number, action: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      action();
    }, ms);
    timers.add(timer.unref());
  };

  return {
    begin(appointment) {
      const random = randomOf(seed, 'life', appointment.ownerId, appointment.start.toString());
      const doctors = associations.get(appointment.ownerId)?.doctors ?? [];
      const doctor = doctors[Math.floor(random() * doctors.length)];
      const outcome = pick(random, [[8, 'fulfilled'], [1, 'noshow'], [1, 'cancelled']] as const);
      if (doctor) {
        later(delayMs / 2, () => {
          if (book.get(appointment.id)?.status !== 'pending') return;
          book.change(appointment.id, { status: 'booked', doctor: { nationalId: doctor.nationalId, name: `${doctor.firstName} ${doctor.lastName}` } });
        });
      }
      later(delayMs, () => {
        if (book.get(appointment.id)?.status === 'booked') book.change(appointment.id, { status: outcome });
      });
    },
    stop: () => timers.forEach((timer) => clearTimeout(timer)),
  };
}
