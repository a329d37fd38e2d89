import { useState } from 'react';
import { Badge } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { Section } from '../../../../ui/frame.tsx';
import { useApi } from '../../../../ui/query.ts';
import { QueryView } from '../../../../ui/states.tsx';
import { routes, type ReceivedSection } from '../../contract-outcomes.ts';
import { AppointmentList } from './appointment-list.tsx';
import css from './outcomes.module.css';

/** The person's appointments, read again whenever one of them moves. Every section shares this one reading. */
export const useMyAppointments = () => useApi(routes.myAppointments, {}, { topics: ['orientation'] });

const Nothing = ({ children }: { children: string }) => <p className={css.nothing}>{children}</p>;

/** Said when the list stops before the end. */
const Rest = ({ total, appointments }: ReceivedSection) =>
  total > appointments.length && <p className={css.soft}>Les {appointments.length} premiers sur {total}. Les autres viennent à mesure que ceux-ci sont traités.</p>;

/** Patients of the day: when, where, how, from which SAS. */
export function TodaySection() {
  const query = useMyAppointments();
  return (
    <Section title="Aujourd’hui">
      <QueryView query={query} isEmpty={({ today }) => today.total === 0} empty={<Nothing>Aucun patient adressé par le SAS aujourd’hui.</Nothing>}>
        {({ today }) => <><AppointmentList label="Patients d’aujourd’hui" appointments={today.appointments} /><Rest {...today} /></>}
      </QueryView>
    </Section>
  );
}

const BRIEF = 3;

/** Yesterday and before: what became of each patient is said in one gesture. `brief`: the latest ones, the others on demand. */
export function ToTellSection({ brief = false }: { brief?: boolean }) {
  const query = useMyAppointments();
  const [whole, setWhole] = useState(!brief);
  const total = query.data?.toTell.total ?? 0;
  return (
    <Section title="À dire" actions={total > 0 && <Badge tone="warn">{total} sans suite</Badge>}>
      <QueryView query={query} isEmpty={({ toTell }) => toTell.total === 0} empty={<Nothing>Tout est dit : merci.</Nothing>}>
        {({ toTell, closedAfterDays, undoSeconds }) => (
          <>
            <p className={css.soft}>
              Le patient est-il venu ? Un geste suffit, repris si besoin pendant {undoSeconds} secondes. Sans réponse au bout de {closedAfterDays} jours, le rendez-vous passe en « non renseigné » ; vous pourrez encore le dire.
            </p>
            <AppointmentList label="Rendez-vous dont la suite est à dire" appointments={whole ? toTell.appointments : toTell.appointments.slice(0, BRIEF)} dated />
            {whole ? <Rest {...toTell} /> : toTell.total > BRIEF && <Button wide onPress={() => setWhole(true)}>{toTell.total - BRIEF === 1 ? 'Montrer aussi le plus ancien' : `Montrer aussi les ${toTell.total - BRIEF} plus anciens`}</Button>}
          </>
        )}
      </QueryView>
    </Section>
  );
}

/** Tomorrow and after. */
export function UpcomingSection() {
  const query = useMyAppointments();
  return (
    <Section title="À venir">
      <QueryView query={query} isEmpty={({ upcoming }) => upcoming.total === 0} empty={<Nothing>Aucun rendez-vous à venir.</Nothing>}>
        {({ upcoming }) => <><AppointmentList label="Rendez-vous à venir" appointments={upcoming.appointments} dated /><Rest {...upcoming} /></>}
      </QueryView>
    </Section>
  );
}

/** Cancelled appointments of the last days and of those to come. */
export function CancelledSection() {
  const query = useMyAppointments();
  return (
    <Section title="Annulés">
      <QueryView query={query} isEmpty={({ cancelled }) => cancelled.total === 0} empty={<Nothing>Aucun rendez-vous annulé depuis sept jours.</Nothing>}>
        {({ cancelled }) => <><AppointmentList label="Rendez-vous annulés" appointments={cancelled.appointments} dated /><Rest {...cancelled} /></>}
      </QueryView>
    </Section>
  );
}
