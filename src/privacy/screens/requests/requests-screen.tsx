import { useState } from 'react';
import { roleLabels } from '../../../identity/contract.ts';
import { Badge, Note } from '../../../ui/badge.tsx';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { SidePanel } from '../../../ui/dialog.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { SegmentField, SelectField } from '../../../ui/field.tsx';
import { ApiForm, SubmitBar } from '../../../ui/form.tsx';
import { Page } from '../../../ui/frame.tsx';
import { WarnIcon } from '../../../ui/icons.tsx';
import { Moment, useZone } from '../../../ui/moments.tsx';
import { useAction, useApi, useRefresh } from '../../../ui/query.ts';
import { EmptyState, ProblemState } from '../../../ui/states.tsx';
import { toast } from '../../../ui/toast.tsx';
import { answerReasons, needsReason, requestKinds, requestSubjects, routes, type Answer, type AnswerReason, type RightsRequest } from '../../contract.ts';
import { dayOf, requestStateWords } from '../words.ts';
import css from './requests.module.css';

const answers = [{ value: 'accepted', label: 'Accepter' }, { value: 'partly', label: 'En partie' }, { value: 'refused', label: 'Refuser' }] as const;
const reasonChoices = (Object.keys(answerReasons) as AnswerReason[]).map((value) => ({ value, label: answerReasons[value] }));

const columnsIn = (zone: string): readonly Column<RightsRequest>[] => [
  { id: 'state', label: 'État', value: ({ state }) => requestStateWords[state].label, render: ({ state, late }) => (late ? <Badge tone="bad" icon={<WarnIcon size={12} />}>En retard</Badge> : <Badge tone={requestStateWords[state].tone}>{requestStateWords[state].label}</Badge>) },
  { id: 'due', label: 'Échéance', value: ({ dueAt }) => dueAt, render: ({ dueAt }) => dayOf(dueAt, zone) },
  { id: 'number', label: 'Numéro', value: ({ number }) => number },
  { id: 'author', label: 'De', value: ({ author }) => author },
  { id: 'kind', label: 'Demande', value: ({ kind }) => requestKinds[kind] },
  { id: 'subject', label: 'À propos de', value: ({ subject }) => requestSubjects[subject] },
  { id: 'at', label: 'Reçue', value: ({ at }) => at, render: ({ at }) => <Moment at={at} day /> },
  { id: 'by', label: 'Réponse de', value: ({ answeredBy }) => answeredBy },
];

/** The requests of people about their data, those due first. */
export default function RequestsScreen() {
  const zone = useZone();
  const { data, error, refetch } = useApi(routes.requests, {}, { topics: ['rights-request'], keepPrevious: true });
  const [open, setOpen] = useState<string | null>(null);
  if (error && !data) return <Page title="Droits des personnes"><ProblemState problem={error} roleNames={roleLabels} onRetry={() => void refetch()} /></Page>;
  const opened = data?.requests.find(({ id }) => id === open);
  return (
    <Page title="Droits des personnes" intro="Les demandes des utilisateurs sur leurs données : une réponse dans le mois. Chaque lecture est journalisée. Les demandes des patients sont reçues par l’établissement, hors de ce logiciel.">
      <DataTable
        label="Demandes sur les données personnelles" rows={data?.requests} columns={columnsIn(zone)} rowKey={({ id }) => id} onOpen={({ id }) => setOpen(id)} selectedKey={open}
        filterLabel="Filtrer" exportName="droits-des-personnes" empty={<EmptyState title="Aucune demande"><p>Personne n’a fait de demande sur ses données dans votre territoire.</p></EmptyState>}
      />
      {opened && <RequestPanel key={opened.id} request={opened} onClose={() => setOpen(null)} />}
    </Page>
  );
}

function RequestPanel({ request, onClose }: { request: RightsRequest; onClose: () => void }) {
  const { number, kind, subject, body, author, at, dueAt, state, reason, answeredBy, answeredAt } = request;
  const zone = useZone();
  return (
    <SidePanel open onClose={onClose} over="Droits des personnes" title={number}>
      <div className={css.panel}>
        <Facts
          items={[
            ['De', author], ['Demande', requestKinds[kind]], ['À propos de', requestSubjects[subject]], ['Reçue', <Moment key="at" at={at} day />],
            state === 'received' ? ['Réponse avant le', dayOf(dueAt, zone)] : ['Réponse', `${requestStateWords[state].label}, par ${answeredBy}, le ${dayOf(answeredAt!, zone)}`],
            reason ? ['Motif', answerReasons[reason]] : null,
          ]}
        />
        <p className={css.words}>{body}</p>
        {state === 'received' && <AnswerForm request={request} onAnswered={onClose} />}
      </div>
    </SidePanel>
  );
}

function AnswerForm({ request: { id, number }, onAnswered }: { request: RightsRequest; onAnswered: () => void }) {
  const [answer, setAnswer] = useState<Answer>('accepted');
  const [reason, setReason] = useState<AnswerReason | null>(null);
  const refresh = useRefresh();
  const send = useAction(routes.answerRequest, {
    onSuccess: () => {
      toast({ tone: 'ok', words: `Réponse à ${number} enregistrée : son auteur la lit sur sa page.` });
      void refresh(routes.requests);
      onAnswered();
    },
  });
  const explained = needsReason(answer);
  return (
    <ApiForm label="Réponse" problem={send.error} onSubmit={() => send.mutate({ params: { id }, body: { answer, reason: explained ? reason : null } })}>
      <Note title="Corriger d’abord">Ce qui est accepté se change sur son propre écran (compte, participation, agenda) ; la réponse dit que c’est fait.</Note>
      <SegmentField label="Réponse" choices={answers} value={answer} onChange={setAnswer} />
      {explained && <SelectField name="reason" label="Motif" isRequired choices={reasonChoices} value={reason} onChange={setReason} />}
      <SubmitBar label="Répondre" pending={send.isPending} isDisabled={explained && reason === null} />
    </ApiForm>
  );
}
