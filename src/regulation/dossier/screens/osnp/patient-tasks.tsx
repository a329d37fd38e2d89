import { useState } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { SegmentField, SelectField } from '../../../../ui/field.tsx';
import { Moment, useNow } from '../../../../ui/moments.tsx';
import { useAction, useApi, useRefresh } from '../../../../ui/query.ts';
import { toast } from '../../../../ui/toast.tsx';
import {
  type Dossier, type PatientTask, type PatientTaskOutcome, patientTaskOutcomes, patientTaskOutcomeWords, patientTaskWords, reminderWays, reminderWords, routes,
} from '../../contract.ts';
import css from '../file/panels.module.css';
import type { DossierDesk } from '../file/use-dossier.ts';

/** What is owed to the patients of appointments, with their dossiers. */
export const usePatientTasks = () => useApi(routes.patientTasks, {}, { topics: ['patient-task', 'dossier'], keepPrevious: true }).data;

const choicesOf = (kind: PatientTask['kind']) => patientTaskOutcomes[kind].map((value: PatientTaskOutcome) => ({ value, label: patientTaskOutcomeWords[value] }));
const question: Record<PatientTask['kind'], string> = { 'rappel-rdv': 'Issue', 'rdv-noshow': 'Pourquoi n’est-il pas venu ?' };

/** To ring before an appointment, or to know what became of a patient who did not come: each ends with its reason, even in a closed dossier. */
export function PatientTasks({ dossierId }: { dossierId: string }) {
  const [outcome, setOutcome] = useState<Readonly<Record<string, PatientTaskOutcome>>>({});
  const tasks = usePatientTasks()?.tasks.filter((task) => task.dossierId === dossierId) ?? [];
  const refresh = useRefresh();
  const close = useAction(routes.closePatientTask, {
    onSuccess: () => {
      toast({ tone: 'ok', words: 'Tâche close, son issue est comptée.' });
      void refresh(routes.patientTasks);
    },
    onError: (problem) => toast({ tone: 'bad', words: problem.message }),
  });
  if (tasks.length === 0) return null;
  return (
    <ul className={css.orders} aria-label="À faire pour le patient">
      {tasks.map(({ id, kind, start }) => (
        <li key={id}>
          <span><strong>{patientTaskWords[kind]}</strong> rendez-vous de <Moment at={start} day /></span>
          <SelectField label={question[kind]} choices={choicesOf(kind)} value={outcome[id] ?? null} onChange={(value) => setOutcome({ ...outcome, [id]: value })} />
          <Button small isDisabled={!outcome[id]} isPending={close.isPending && close.variables.params.id === id} onPress={() => close.mutate({ params: { id }, body: { outcome: outcome[id]! } })}>Clore</Button>
        </li>
      ))}
    </ul>
  );
}

const ways = reminderWays.map((value) => ({ value, label: reminderWords[value] }));

/** How this patient agrees to be reminded of the appointment ahead; without a word from him, as the règlement intérieur says. */
export function ReminderChoice({ dossier, desk }: { dossier: Dossier; desk: DossierDesk }) {
  const now = useNow(60_000);
  const rules = useApi(routes.regulationRules, { query: { territory: dossier.territory } }, { staleMs: 600_000 }).data?.rules;
  const ahead = dossier.appointments.some(({ status, start }) => status === 'booked' && Temporal.Instant.compare(start, now) > 0);
  if (!ahead || !rules) return null;
  return <SegmentField label="Rappel avant le rendez-vous" choices={ways} value={dossier.reminder ?? rules.reminder.by} onChange={(reminder) => void desk.update({ reminder })} />;
}
