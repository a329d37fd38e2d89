import { useState } from 'react';
import { DataTable, type Column } from '../../../../ui/data-table.tsx';
import { NumberField } from '../../../../ui/field.tsx';
import { ApiForm, SubmitBar } from '../../../../ui/form.tsx';
import { Page, Section } from '../../../../ui/frame.tsx';
import { useNow, useZone } from '../../../../ui/moments.tsx';
import { useAction, useApi } from '../../../../ui/query.ts';
import { mayOpen, useAccount } from '../../../../ui/session.ts';
import { ProblemState, QueryView } from '../../../../ui/states.tsx';
import { formatDuration, formatMoment } from '../../../../ui/time.ts';
import { administratorRoles } from '../../../../identity/contract.ts';
import { delayedKinds, type DelayedKind, type FairnessLine, routes } from '../../contract.ts';
import { categoryWords } from '../orientations/words.ts';
import css from './requests.module.css';

/** Who is asked en sus, how often, what is answered; and how long structures have to answer. */
export default function FairnessScreen() {
  const account = useAccount();
  const territory = account.territories.find((code) => code !== '*') ?? '86';
  const mayTune = mayOpen(account, ['responsable-sas', ...administratorRoles]);
  const fairness = useApi(routes.requestFairness, { query: { territory } }, { topics: ['request'], keepPrevious: true });
  const zone = useZone();
  const present = useNow(60_000);
  const columns: Column<FairnessLine>[] = [
    { id: 'label', label: 'Sollicité', value: ({ label }) => label },
    { id: 'category', label: 'Nature', value: ({ category }) => categoryWords[category as keyof typeof categoryWords] ?? category },
    { id: 'asked', label: 'Fois', align: 'end', value: ({ asked }) => asked },
    { id: 'accepted', label: 'Acceptées', align: 'end', value: ({ accepted }) => accepted },
    { id: 'refused', label: 'Refusées', align: 'end', value: ({ refused }) => refused },
    { id: 'unanswered', label: 'Sans réponse', align: 'end', value: ({ unanswered }) => unanswered },
    { id: 'delay', label: 'Délai médian', align: 'end', value: ({ medianMs }) => medianMs, render: ({ medianMs }) => (medianMs === null ? '–' : formatDuration(medianMs)) },
    { id: 'last', label: 'Dernière fois', value: ({ lastAskedAt }) => lastAskedAt, render: ({ lastAskedAt }) => formatMoment(lastAskedAt, zone, present) },
  ];
  return (
    <Page title="Équité des demandes en sus" intro="Trente derniers jours. Dans un niveau de la charte, celui qui a été sollicité le moins récemment passe le premier ; la preuve de chaque recherche le rejoue.">
      {fairness.error ? <ProblemState problem={fairness.error} onRetry={() => void fairness.refetch()} /> : (
        <DataTable
          label="Qui a été sollicité" rows={fairness.data?.lines} columns={columns} rowKey={({ subject }) => subject} initialSort={{ column: 'asked', descending: true }}
          filterLabel="Filtrer" exportName="equite-en-sus" empty="Personne n’a été sollicité en sus depuis trente jours."
        />
      )}
      <Section title="Délais de réponse"><Delays territory={territory} mayTune={mayTune} /></Section>
    </Page>
  );
}

function Delays({ territory, mayTune }: { territory: string; mayTune: boolean }) {
  const delays = useApi(routes.answerDelays, { params: { territory } });
  return (
    <QueryView query={delays}>
      {({ minutes }) => (mayTune ? <DelaysForm territory={territory} minutes={minutes} /> : (
        <dl className={css.figures}>{delayedKinds.map((kind) => <div key={kind}><dt>{kind}</dt><dd>{minutes[kind]} min</dd></div>)}</dl>
      ))}
    </QueryView>
  );
}

function DelaysForm({ territory, minutes }: { territory: string; minutes: Record<DelayedKind, number> }) {
  const [values, setValues] = useState(minutes);
  const save = useAction(routes.saveAnswerDelays);
  return (
    <ApiForm problem={save.error} onSubmit={() => save.mutate({ params: { territory }, body: { minutes: values } })} label="Délais de réponse">
      <div className={css.row}>
        {delayedKinds.map((kind) => (
          <NumberField key={kind} name={`minutes.${kind}`} label={kind} unit="min" minValue={1} maxValue={240} value={values[kind]} onChange={(value) => setValues({ ...values, [kind]: value })} />
        ))}
      </div>
      <p className={css.soft}>Une demande déjà partie garde le délai qu’elle avait.</p>
      <SubmitBar label="Enregistrer les délais" pending={save.isPending} saved={save.isSuccess ? 'Enregistré' : null} />
    </ApiForm>
  );
}
