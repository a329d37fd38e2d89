import { useState } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { SegmentField, SelectField, TextField } from '../../../../ui/field.tsx';
import { ApiForm } from '../../../../ui/form.tsx';
import { useZone } from '../../../../ui/moments.tsx';
import { useAction, useApi } from '../../../../ui/query.ts';
import { now } from '../../../../ui/time.ts';
import { answererLabels, type Answerer, refusalLabels, type Refusal, routes, type RequestAttempt } from '../../contract.ts';
import { givenDays, givenFrom, instantOf } from './given-time.ts';
import css from './ensus.module.css';

const choicesOf = <T extends Record<string, string>>(labels: T) => Object.entries(labels).map(([value, label]) => ({ value: value as keyof T & string, label }));
const answerers = choicesOf(answererLabels);
const refusals = choicesOf(refusalLabels);
const LATER = '';

/** RDV-04: what was heard on the telephone, who said it, the time given. */
export function AnswerForm({ attempt, answer, onDone }: { attempt: RequestAttempt; answer: 'accept' | 'refuse'; onDone: () => void }) {
  const zone = useZone();
  const [by, setBy] = useState<Answerer>('medecin');
  const [reason, setReason] = useState<Refusal | null>(null);
  const [given, setGiven] = useState(() => givenFrom(attempt.start ? Temporal.Instant.from(attempt.start) : now(), now(), zone));
  const [doctor, setDoctor] = useState(LATER);
  const act = useAction(routes.actOnOrientation, { onSuccess: onDone });
  const members = useApi(routes.members, { params: { structureId: attempt.structureId ?? '' } }, { enabled: answer === 'accept' && attempt.structureId !== null });
  const at = instantOf(given, now(), zone);

  const submit = () =>
    act.mutate({
      params: { id: attempt.orientationId, action: answer },
      body: answer === 'accept'
        ? { answeredBy: by, ...(at ? { at } : {}), ...(doctor === LATER ? {} : { nationalId: doctor }) }
        : { answeredBy: by, ...(reason ? { reason } : {}) },
    });

  return (
    <ApiForm problem={act.error} onSubmit={submit} label={answer === 'accept' ? 'Réponse favorable' : 'Refus'}>
      <SegmentField label="Qui a répondu" choices={answerers} value={by} onChange={setBy} />
      {answer === 'accept' ? (
        <>
          <div className={css.row}>
            <SegmentField label="Jour donné" choices={givenDays} value={given.day} onChange={(day) => setGiven({ ...given, day })} />
            <TextField name="at" label="Heure donnée" inputMode="numeric" value={given.time} onChange={(time) => setGiven({ ...given, time })} />
          </div>
          {attempt.structureId && (
            <SelectField
              name="nationalId" label="Médecin qui reçoit" value={doctor} onChange={setDoctor}
              choices={[{ value: LATER, label: 'Nommé plus tard' }, ...(members.data?.members ?? []).map(({ nationalId, name }) => ({ value: nationalId, label: name }))]}
            />
          )}
        </>
      ) : (
        <SelectField name="reason" label="Motif (facultatif)" choices={refusals} value={reason} onChange={setReason} placeholder="Choisir" />
      )}
      <div className={css.actions}>
        <Button type="submit" look="main" isPending={act.isPending} isDisabled={answer === 'accept' && at === null}>
          {answer === 'accept' ? 'Enregistrer l’accord' : 'Enregistrer le refus'}
        </Button>
        <Button look="quiet" onPress={onDone}>Revenir</Button>
      </div>
    </ApiForm>
  );
}
