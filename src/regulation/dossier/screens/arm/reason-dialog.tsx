import { useState } from 'react';
import { Dialog } from '../../../../ui/dialog.tsx';
import { TextField } from '../../../../ui/field.tsx';
import { ApiForm, SubmitBar } from '../../../../ui/form.tsx';
import type { Plan } from './use-plan.ts';

/** One sentence before a deed that must be explained; `Entrée` does it. */
export function ReasonDialog({ title, label, action, plan, onDo, onClose }: {
  title: string; label: string; action: string; plan: Plan; onDo: (reason: string) => void; onClose: () => void;
}) {
  const [reason, setReason] = useState('');
  return (
    <Dialog title={title} open onClose={onClose}>
      <ApiForm label={title} problem={plan.problem} onSubmit={() => reason.trim() && onDo(reason.trim())}>
        <TextField label={label} name="reason" value={reason} onChange={setReason} isRequired autoFocus />
        <SubmitBar label={action} keys="Entrée" pending={plan.busy} onCancel={onClose} isDisabled={reason.trim() === ''} />
      </ApiForm>
    </Dialog>
  );
}
