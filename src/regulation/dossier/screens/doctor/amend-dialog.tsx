import { useState } from 'react';
import { Dialog } from '../../../../ui/dialog.tsx';
import { SelectField, TextField } from '../../../../ui/field.tsx';
import { ApiForm, SubmitBar } from '../../../../ui/form.tsx';
import { formatTime } from '../../../../ui/time.ts';
import { useZone } from '../../../../ui/moments.tsx';
import { useAccount } from '../../../../ui/session.ts';
import type { Dossier } from '../../contract.ts';
import type { DossierDesk } from '../file/use-dossier.ts';
import css from '../file/panels.module.css';

/** Completes an act of one's own: the act stays as it was signed, the addition stands beside it with its reason (T34). */
export function AmendDialog({ dossier, desk, onClose }: { dossier: Dossier; desk: DossierDesk; onClose: () => void }) {
  const zone = useZone();
  const me = useAccount().id;
  const own = dossier.acts.filter((act) => act.amends === null && act.authorId === me);
  const acts = (own.length > 0 ? own : dossier.acts.filter((act) => act.amends === null)).map((act) => ({ value: act.id, label: `${formatTime(act.at, zone)}, ${act.author}` }));
  const [actId, setActId] = useState(acts.at(-1)?.value ?? null);
  const [text, setText] = useState('');
  const [reason, setReason] = useState('');
  const send = async () => {
    if (await desk.act('amend', { ...(actId ? { actId } : {}), text, reason })) onClose();
  };
  return (
    <Dialog title="Compléter un acte" open onClose={onClose}>
      <ApiForm problem={desk.error} onSubmit={() => void send()}>
        <p className={css.soft}>Un acte signé ne change plus. Votre additif est gardé à côté, avec sa raison.</p>
        <SelectField name="actId" label="Acte" choices={acts} value={actId} onChange={setActId} />
        <TextField name="text" label="Complément" lines={3} value={text} onChange={setText} isRequired autoFocus />
        <TextField name="reason" label="Raison" value={reason} onChange={setReason} isRequired />
        <SubmitBar label="Signer l’additif" pending={desk.busy} onCancel={onClose} />
      </ApiForm>
    </Dialog>
  );
}
