import { useState } from 'react';
import { SelectField, TextField } from '../../../ui/field.tsx';
import { ApiForm, SubmitBar } from '../../../ui/form.tsx';
import { useAction, useRefresh } from '../../../ui/query.ts';
import { toast } from '../../../ui/toast.tsx';
import { requestKinds, requestSubjects, routes, TEXT_LIMIT, type RequestKind, type RequestSubject } from '../../contract.ts';

const choicesOf = <V extends string>(labels: Record<V, string>) => (Object.keys(labels) as V[]).map((value) => ({ value, label: labels[value] }));

/** Asks to correct, erase, limit, or objects. */
export function RequestForm() {
  const [kind, setKind] = useState<RequestKind | null>(null);
  const [subject, setSubject] = useState<RequestSubject | null>(null);
  const [body, setBody] = useState('');
  const refresh = useRefresh();
  const ask = useAction(routes.askRequest, {
    onSuccess: ({ number }) => {
      toast({ tone: 'ok', words: `Demande ${number} enregistrée : la réponse viendra dans le mois, sur cette page.` });
      setBody('');
      void refresh(routes.myRequests);
    },
  });
  const ready = kind !== null && subject !== null && body.trim() !== '';
  return (
    <ApiForm label="Demande sur mes données" problem={ask.error} onSubmit={() => ready && ask.mutate({ body: { kind, subject, body } })}>
      <SelectField name="kind" label="Je veux" isRequired choices={choicesOf(requestKinds)} value={kind} onChange={setKind} />
      <SelectField name="subject" label="À propos de" isRequired choices={choicesOf(requestSubjects)} value={subject} onChange={setSubject} />
      <TextField
        name="body" label="Précisément" isRequired lines={6} maxLength={TEXT_LIMIT} value={body} onChange={setBody}
        help={`Sur vous seulement : aucun patient dans ce texte. ${body.length} / ${TEXT_LIMIT} caractères.`}
      />
      <SubmitBar label="Envoyer la demande" pending={ask.isPending} isDisabled={!ready} />
    </ApiForm>
  );
}
