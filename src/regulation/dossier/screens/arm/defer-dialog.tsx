import { useState } from 'react';
import { Dialog } from '../../../../ui/dialog.tsx';
import { CheckboxField, SegmentField, TextField } from '../../../../ui/field.tsx';
import { ApiForm, SubmitBar } from '../../../../ui/form.tsx';
import type { Dossier } from '../../contract.ts';
import { toDoctors } from './deferral.ts';
import type { Plan } from './use-plan.ts';

const delays = (['15', '30', '60', '120'] as const).map((value) => ({ value, label: `${value} min` }));

/** A call-back agreed with the caller for a P3: an hour, and the signs that must make him call before (REG-26). */
export function DeferDialog({ dossier, plan, onDone, onClose }: { dossier: Dossier; plan: Plan; onDone: () => void; onClose: () => void }) {
  const [delay, setDelay] = useState<(typeof delays)[number]['value']>('30');
  const [warningSigns, setWarningSigns] = useState('');
  const [agreed, setAgreed] = useState(false);
  const defer = async () => {
    if (await plan.run(dossier, [...toDoctors(dossier), { kind: 'act', action: 'defer', body: { delayMinutes: Number(delay), warningSigns, agreed } }])) onDone();
  };
  return (
    <Dialog title="Convenir d’un rappel" open onClose={onClose}>
      <ApiForm label="Rappel convenu" problem={plan.problem} onSubmit={() => void defer()}>
        <SegmentField label="Rappeler dans" choices={delays} value={delay} onChange={setDelay} />
        <TextField label="Signes qui doivent faire rappeler avant" name="warningSigns" value={warningSigns} onChange={setWarningSigns} isRequired autoFocus lines={2} />
        <CheckboxField label="L’appelant est d’accord" name="agreed" isSelected={agreed} onChange={setAgreed} />
        <SubmitBar label="Convenir du rappel" pending={plan.busy} onCancel={onClose} isDisabled={!agreed || warningSigns.trim() === ''} />
      </ApiForm>
    </Dialog>
  );
}
