import { Button } from '../../../../ui/button.tsx';
import { Moment } from '../../../../ui/moments.tsx';
import { useAction, useApi } from '../../../../ui/query.ts';
import { EmptyState } from '../../../../ui/states.tsx';
import { toast } from '../../../../ui/toast.tsx';
import { type ReceivedAppointment, routes } from '../../contract.ts';
import { appointmentStatusWords, shortNumber } from '../file/words.ts';
import css from './osnp.module.css';

/** Attaches a received appointment to a dossier, and says so. */
function useAttach(onDone: (dossierId: string) => void) {
  return useAction(routes.attachAppointment, {
    onSuccess: ({ id, number }) => {
      toast({ tone: 'ok', words: `Rendez-vous rattaché au dossier ${shortNumber(number)}.` });
      onDone(id);
    },
    onError: (problem) => toast({ tone: 'bad', words: problem.message }),
  });
}

/** In the dossier from which the search was opened: the appointment that just came back, one press away (INT-05). */
export function Offered({ dossierId, offered }: { dossierId: string; offered: readonly ReceivedAppointment[] }) {
  const attach = useAttach(() => undefined);
  if (offered.length === 0) return null;
  return (
    <section className={css.offered} aria-label="Rendez-vous revenu de la plateforme" aria-live="polite">
      {offered.map(({ appointmentId, status, start, practitioner, structure }) => (
        <div key={appointmentId}>
          <p><strong>Rendez-vous {appointmentStatusWords[status]} : <Moment at={start} day /></strong></p>
          <p>{[practitioner, structure].filter(Boolean).join(', ')}</p>
          <Button look="main" wide isPending={attach.isPending} onPress={() => attach.mutate({ params: { appointmentId }, body: { dossierId } })}>Rattacher à ce dossier</Button>
        </div>
      ))}
    </section>
  );
}

/** Appointments told by the platform that belong to no dossier yet. */
export const useReceived = () => useApi(routes.unattachedAppointments, {}, { topics: ['appointment', 'dossier'], keepPrevious: true });

/** Those that may be of this dossier. */
export const useOffered = (dossierId: string): readonly ReceivedAppointment[] =>
  useReceived().data?.appointments.filter(({ suggested }) => suggested.some(({ id }) => id === dossierId)) ?? [];

/** Appointments that came back from the platform without their dossier: attached to the one being looked at, or to one just searched for. */
export function Unattached({ appointments, opened, onOpen }: { appointments: readonly ReceivedAppointment[]; opened: string | null; onOpen: (id: string) => void }) {
  const attach = useAttach(onOpen);
  if (appointments.length === 0) return <EmptyState title="Aucun rendez-vous à rattacher">Ceux que vous prenez depuis un dossier y reviennent d’eux-mêmes.</EmptyState>;
  return (
    <ul className={css.received} aria-label="Rendez-vous à rattacher">
      {appointments.map(({ appointmentId, status, start, practitioner, structure, regulator, suggested }) => (
        <li key={appointmentId}>
          <p><strong><Moment at={start} day /></strong> {appointmentStatusWords[status]}</p>
          <p>{[practitioner, structure].filter(Boolean).join(', ')}</p>
          <p className={css.soft}>pris par {regulator}</p>
          <div>
            {suggested.filter(({ id }) => id !== opened).map(({ id, number }) => (
              <Button key={id} small isPending={attach.isPending} onPress={() => attach.mutate({ params: { appointmentId }, body: { dossierId: id } })}>Au dossier {shortNumber(number)}</Button>
            ))}
            {opened && <Button small isPending={attach.isPending} onPress={() => attach.mutate({ params: { appointmentId }, body: { dossierId: opened } })}>À ce dossier</Button>}
            {!opened && suggested.length === 0 && <span className={css.soft}>Ouvrez son dossier pour le rattacher.</span>}
          </div>
        </li>
      ))}
    </ul>
  );
}
