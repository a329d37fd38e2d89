import { useState } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { SelectField } from '../../../../ui/field.tsx';
import { ApiForm } from '../../../../ui/form.tsx';
import { useAction } from '../../../../ui/query.ts';
import { refusalLabels, type Refusal, routes } from '../../contract.ts';
import type { AnswerProps } from './accept-form.tsx';
import css from './requests.module.css';

const choices = Object.entries(refusalLabels).map(([value, label]) => ({ value: value as Refusal, label }));

/** Refuses, with a reason of the list or none: somebody else is asked at once. */
export function RefuseForm({ item, onDone, onBack, onProblem }: AnswerProps) {
  const [reason, setReason] = useState<Refusal | null>(null);
  const act = useAction(routes.actOnOrientation, { onSuccess: onDone, onError: onProblem });
  return (
    <ApiForm
      problem={act.error} label="Refuser"
      onSubmit={() => act.mutate({ params: { id: item.orientationId, action: 'refuse' }, body: reason ? { reason } : {} })}
    >
      <SelectField name="reason" label="Motif (facultatif)" choices={choices} value={reason} onChange={setReason} placeholder="Choisir" />
      <div className={css.gestures}>
        <Button type="submit" look="danger" wide isPending={act.isPending}>Confirmer le refus</Button>
        <Button wide look="quiet" onPress={onBack}>Revenir</Button>
      </div>
    </ApiForm>
  );
}
