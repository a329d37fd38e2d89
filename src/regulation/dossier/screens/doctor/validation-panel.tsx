import { useState } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { TextField } from '../../../../ui/field.tsx';
import { ApiForm, SubmitBar } from '../../../../ui/form.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { Moment } from '../../../../ui/moments.tsx';
import { type Dossier, drCodeLabels } from '../../contract.ts';
import type { Substitution } from '../../domain/codes.ts';
import type { DossierDesk } from '../file/use-dossier.ts';
import { DecisionForm } from './decision-form.tsx';
import css from '../file/panels.module.css';
import { SubstitutionField } from './substitution.tsx';

/** An answer given without a doctor in line: signed as it is, completed, or refused with a reason (the patient is then called back). */
export function ValidationPanel({ dossier, desk }: { dossier: Dossier; desk: DossierDesk }) {
  const [refusing, setRefusing] = useState(false);
  const { validation } = dossier;
  return (
    <div className={css.validation}>
      <div className={css.head}>
        {validation && (
          <div className={css.answer}>
            <p className={css.soft}>{validation.by}, <Moment at={validation.requestedAt} />{validation.category && `, ${drCodeLabels[validation.category]}`}</p>
            <p><strong>{validation.answer || 'Réponse non écrite'}</strong></p>
            {validation.reason && <p className={css.soft}>Sans médecin en ligne : {validation.reason}</p>}
          </div>
        )}
        <Button onPress={() => setRefusing(true)}>Je ne suis pas d’accord…</Button>
      </div>
      <DecisionForm action="validate" dossier={dossier} desk={desk} />
      {refusing && <DisagreeDialog dossier={dossier} desk={desk} onClose={() => setRefusing(false)} />}
    </div>
  );
}

function DisagreeDialog({ dossier, desk, onClose }: { dossier: Dossier; desk: DossierDesk; onClose: () => void }) {
  const [reason, setReason] = useState('');
  const [substitution, setSubstitution] = useState<Substitution | null>(null);
  const send = async () => {
    if (await desk.act('disagree', { reason, ...(substitution ? { substitution } : {}) })) onClose();
  };
  return (
    <Dialog title="Pas d’accord avec la réponse donnée" open onClose={onClose}>
      <ApiForm problem={desk.error} onSubmit={() => void send()}>
        <p>Le dossier passe entre vos mains, en régulation, avec la tâche de rappeler le patient.</p>
        <TextField name="reason" label="Raison" value={reason} onChange={setReason} isRequired autoFocus />
        <SubstitutionField dossier={dossier} value={substitution} onChange={setSubstitution} />
        <SubmitBar label="Reprendre et rappeler" pending={desk.busy} onCancel={onClose} />
      </ApiForm>
    </Dialog>
  );
}
