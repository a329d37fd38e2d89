import { useState } from 'react';
import { roleLabels } from '../../../../identity/contract.ts';
import type { AnswerOf } from '../../../../ui/api.ts';
import { Badge } from '../../../../ui/badge.tsx';
import { SelectField, TextField } from '../../../../ui/field.tsx';
import { ApiForm, SubmitBar } from '../../../../ui/form.tsx';
import { CheckIcon, WaitIcon } from '../../../../ui/icons.tsx';
import { useAction, useApi, useRefresh } from '../../../../ui/query.ts';
import { Loading, ProblemState } from '../../../../ui/states.tsx';
import { now } from '../../../../ui/time.ts';
import { toast } from '../../../../ui/toast.tsx';
import { routes, type stages } from '../../contract.ts';
import { interfacingRoutes, type StagePeriod } from '../../contract-interfacing.ts';
import { stageLabels } from './words.ts';
import css from './project.module.css';

type Stage = (typeof stages)[number];
const dayInWords = (day: string) => Temporal.PlainDate.from(day).toLocaleString('fr-FR', { dateStyle: 'long' });
const today = () => now().toZonedDateTimeISO('Europe/Paris').toPlainDate().toString();

/** The stages that an interfacing project went through, and the move to the next one. */
export function Project({ name, administers }: { name: string; administers: boolean }) {
  const { data, error, refetch } = useApi(interfacingRoutes.editorProject, { params: { name } }, { topics: ['editor'] });
  if (!data) return error ? <ProblemState problem={error} roleNames={roleLabels} onRetry={() => void refetch()} /> : <Loading lines={6} />;
  const ahead = stagesAhead(data.periods.at(-1)?.stage);
  return (
    <div className={css.project}>
      <ol className={css.timeline} aria-label="Étapes du projet">
        {data.periods.map((period) => <Period key={`${period.startedOn}${period.stage}`} period={period} />)}
        {ahead.map((stage) => <li key={stage} data-state="ahead"><strong>{stageLabels[stage]}</strong><span>à venir</span></li>)}
      </ol>
      {administers && data.possible.length > 0 && <Move key={data.periods.length} name={name} possible={data.possible} />}
    </div>
  );
}

const order = Object.keys(stageLabels) as Stage[];
const stagesAhead = (current: Stage | undefined): readonly Stage[] => (current ? order.slice(order.indexOf(current) + 1) : order);

function Period({ period: { stage, startedOn, endedOn } }: { period: StagePeriod }) {
  return (
    <li data-state={endedOn ? 'done' : 'now'}>
      <strong>{stageLabels[stage]}</strong>
      <span>{endedOn ? `du ${dayInWords(startedOn)} au ${dayInWords(endedOn)}` : `depuis le ${dayInWords(startedOn)}`}</span>
      {endedOn ? <Badge icon={<CheckIcon size={12} />}>terminée</Badge> : <Badge tone="accent" icon={<WaitIcon size={12} />}>en cours</Badge>}
    </li>
  );
}

function Move({ name, possible }: { name: string; possible: AnswerOf<typeof interfacingRoutes.editorProject>['possible'] }) {
  const [stage, setStage] = useState<Stage>(possible[0]!);
  const [on, setOn] = useState(today);
  const refresh = useRefresh();
  const move = useAction(interfacingRoutes.moveEditorStage, {
    onSuccess: () => {
      toast({ tone: 'ok', words: `${name} : ${stageLabels[stage].toLowerCase()}.` });
      void refresh(interfacingRoutes.editorProject);
      void refresh(routes.editors);
    },
  });
  return (
    <ApiForm label="Étape suivante" problem={move.error} onSubmit={() => on && move.mutate({ params: { name }, body: { stage, on } })}>
      <h2>Changer d’étape</h2>
      <SelectField label="Nouvelle étape" choices={possible.map((value) => ({ value, label: stageLabels[value] }))} value={stage} onChange={setStage} />
      <TextField name="on" label="Depuis le" type="date" isRequired value={on} onChange={setOn} />
      <SubmitBar label="Enregistrer" pending={move.isPending} isDisabled={!on} />
    </ApiForm>
  );
}
