import { useState } from 'react';
import { Dialog } from '../../../../ui/dialog.tsx';
import { SelectField, TextField } from '../../../../ui/field.tsx';
import { ApiForm, SubmitBar } from '../../../../ui/form.tsx';
import { useApi } from '../../../../ui/query.ts';
import { drCodeLabels, drCodes, routes } from '../../contract.ts';
import type { DossierDesk } from '../file/use-dossier.ts';
import css from '../file/panels.module.css';

type Category = (typeof drCodes)[number];
const choices = drCodes.map((value) => ({ value, label: drCodeLabels[value] }));

/** An answer given without a doctor in line: a doctor signs it afterwards, unless the règlement intérieur lists its kind (T15). */
export function ValidationDialog({ desk, onClose }: { desk: DossierDesk; onClose: () => void }) {
  const rules = useApi(routes.regulationRules, {}, { staleMs: 600_000 });
  const [category, setCategory] = useState<Category>('DR.DREG.DRARM');
  const [answer, setAnswer] = useState('');
  const [reason, setReason] = useState('');
  const free = rules.data?.rules.withoutDoctor.includes(category) ?? false;
  const send = async () => {
    if (await desk.act('request-validation', { category, ...(answer.trim() ? { answer } : {}), ...(reason.trim() ? { reason } : {}) })) onClose();
  };
  return (
    <Dialog title="Réponse donnée sans médecin" open onClose={onClose}>
      <ApiForm problem={desk.error} onSubmit={() => void send()}>
        <SelectField name="category" label="Nature de la réponse" choices={choices} value={category} onChange={setCategory} />
        <TextField name="answer" label="Ce qui a été répondu" lines={3} value={answer} onChange={setAnswer} isRequired autoFocus />
        <TextField name="reason" label="Pourquoi sans médecin en ligne" value={reason} onChange={setReason} />
        <p className={css.soft}>{free ? 'Le règlement intérieur n’exige pas de signature pour cette réponse.' : 'Un médecin la signera, ou vous demandera de rappeler.'}</p>
        <SubmitBar label={free ? 'Enregistrer la réponse' : 'Demander la validation'} isDisabled={answer.trim() === ''} pending={desk.busy} onCancel={onClose} />
      </ApiForm>
    </Dialog>
  );
}
