import { Moment } from '../../../../ui/moments.tsx';
import type { Dossier } from '../../contract.ts';
import css from './appointments.module.css';
import { appointmentStatusWords } from './words.ts';

/** The appointments of this dossier, with what became of each. */
export function Appointments({ dossier: { appointments } }: { dossier: Dossier }) {
  if (appointments.length === 0) return null;
  return (
    <section className={css.appointments} aria-label="Rendez-vous">
      <h3>Rendez-vous</h3>
      <ul>
        {appointments.map(({ appointmentId, status, start, practitioner }) => (
          <li key={appointmentId}>
            <strong><Moment at={start} day /></strong> {practitioner}, {appointmentStatusWords[status] ?? status}
          </li>
        ))}
      </ul>
    </section>
  );
}
