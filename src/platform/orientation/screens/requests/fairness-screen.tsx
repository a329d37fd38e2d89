import { useState } from 'react';
import { DataTable, type Column } from '../../../../ui/data-table.tsx';
import { NumberField, SelectField } from '../../../../ui/field.tsx';
import { ApiForm, SubmitBar } from '../../../../ui/form.tsx';
import { Page, Section } from '../../../../ui/frame.tsx';
import { useNow, useZone } from '../../../../ui/moments.tsx';
import { useAction, useApi } from '../../../../ui/query.ts';
import { covers, mayOpen, useAccount } from '../../../../ui/session.ts';
import { EmptyState, ProblemState, QueryView } from '../../../../ui/states.tsx';
import { formatDuration, formatMoment } from '../../../../ui/time.ts';
import { administratorRoles } from '../../../../identity/contract.ts';
import { routes as territory } from '../../../../territory/contract.ts';
import { delayedKinds, type DelayedKind, type FairnessLine, routes } from '../../contract.ts';
import { categoryWords } from '../orientations/words.ts';
import css from './requests.module.css';

/** Who is asked en sus, how often, what is answered; and how long structures have to answer. */
export default function FairnessScreen() {
  const [wanted, setWanted] = useState<string>();
  const account = useAccount();
  const territories = useApi(territory.listTerritories, {}, { topics: ['territory'] });
  const own = (territories.data?.territories ?? []).filter(({ code }) => covers(account, code));
  const code = wanted ?? own[0]?.code;
  const choice = code && own.length > 1 && (
    <SelectField label="Territoire" choices={own.map((one) => ({ value: one.code, label: `${one.code} · ${one.name}` }))} value={code} onChange={setWanted} />
  );
  return (
    <Page
      title="Équité des demandes en sus" actions={choice}
      intro="Trente derniers jours. Dans un niveau de la charte, celui qui a été sollicité le moins récemment passe le premier ; la preuve de chaque recherche le rejoue."
    >
      <QueryView query={territories} isEmpty={() => !code} empty={<EmptyState title="Vos droits ne couvrent aucun territoire" />}>
        {() => <Fairness key={code} territory={code!} />}
      </QueryView>
    </Page>
  );
}

function Fairness({ territory: code }: { territory: string }) {
  const account = useAccount();
  const mayTune = mayOpen(account, ['responsable-sas', ...administratorRoles]);
  const fairness = useApi(routes.requestFairness, { query: { territory: code } }, { topics: ['request'], keepPrevious: true });
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
    <>
      {fairness.error ? <ProblemState problem={fairness.error} onRetry={() => void fairness.refetch()} /> : (
        <DataTable
          label="Qui a été sollicité" rows={fairness.data?.lines} columns={columns} rowKey={({ subject }) => subject} initialSort={{ column: 'asked', descending: true }}
          filterLabel="Filtrer" exportName="equite-en-sus" empty="Personne n’a été sollicité en sus depuis trente jours."
        />
      )}
      <Section title="Délais de réponse"><Delays territory={code} mayTune={mayTune} /></Section>
    </>
  );
}

function Delays({ territory: code, mayTune }: { territory: string; mayTune: boolean }) {
  const delays = useApi(routes.answerDelays, { params: { territory: code } });
  return (
    <QueryView query={delays}>
      {({ minutes }) => (mayTune ? <DelaysForm territory={code} minutes={minutes} /> : (
        <dl className={css.figures}>{delayedKinds.map((kind) => <div key={kind}><dt>{kind}</dt><dd>{minutes[kind]} min</dd></div>)}</dl>
      ))}
    </QueryView>
  );
}

function DelaysForm({ territory: code, minutes }: { territory: string; minutes: Record<DelayedKind, number> }) {
  const [values, setValues] = useState(minutes);
  const save = useAction(routes.saveAnswerDelays);
  return (
    <ApiForm problem={save.error} onSubmit={() => save.mutate({ params: { territory: code }, body: { minutes: values } })} label="Délais de réponse">
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
