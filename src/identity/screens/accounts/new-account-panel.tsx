import { useState } from 'react';
import { SidePanel } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/field.tsx';
import { ApiForm, SubmitBar } from '../../../ui/form.tsx';
import { useAction } from '../../../ui/query.ts';
import { toast } from '../../../ui/toast.tsx';
import { accountRoutes } from '../../contract.ts';
import { DetailsFields, detailsOf, emptyDetails } from './details-fields.tsx';
import { emptyGrant, GrantFields, grantOf } from './grant-fields.tsx';
import css from './accounts.module.css';

/** Opens an account; its invitation leaves at once. */
export function NewAccountPanel({ onClose }: { onClose: () => void }) {
  const [details, setDetails] = useState(emptyDetails);
  const [nationalId, setNationalId] = useState('');
  const [draft, setDraft] = useState(emptyGrant);
  const grant = grantOf(draft);
  const create = useAction(accountRoutes.createAccount, {
    onSuccess: ({ displayName, email }) => {
      toast({ tone: 'ok', words: `Compte de ${displayName} ouvert : une invitation part à ${email}.` });
      onClose();
    },
  });
  const { email } = detailsOf(details);
  return (
    <SidePanel open onClose={onClose} title="Nouveau compte">
      <ApiForm
        label="Nouveau compte" problem={create.error}
        onSubmit={() => grant && email && create.mutate({ body: { ...detailsOf(details), email, nationalId: nationalId.trim() || null, grants: [grant] } })}
      >
        <div className={css.panel}>
          <DetailsFields details={details} onChange={setDetails} />
          <TextField name="nationalId" label="Identifiant national (facultatif)" help="8 suivi du RPPS : la personne pourra entrer avec sa carte sans autre démarche." value={nationalId} onChange={setNationalId} />
          <GrantFields grant={draft} onChange={setDraft} />
          <SubmitBar label="Ouvrir et inviter" pending={create.isPending} isDisabled={!grant || !email} onCancel={onClose} />
        </div>
      </ApiForm>
    </SidePanel>
  );
}
