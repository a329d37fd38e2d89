import { useState } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { SegmentField, TextField } from '../../../../ui/field.tsx';
import { ApiForm } from '../../../../ui/form.tsx';
import { useAction } from '../../../../ui/query.ts';
import { type ProtocolKind, protocolKindLabels, protocolKinds, type ProtocolVersion, routes } from '../../contract.ts';

const FORM = 'create-protocol';

/** A name and a kind: the draft then opens. */
export function CreateDialog({ onClose, onCreated }: { onClose: () => void; onCreated: (created: ProtocolVersion) => void }) {
  const [title, setTitle] = useState('');
  const [kind, setKind] = useState<ProtocolKind>('arbre');
  const create = useAction(routes.createProtocol, { onSuccess: onCreated });
  return (
    <Dialog
      title="Nouveau protocole"
      open
      onClose={onClose}
      footer={<><Button type="submit" form={FORM} look="main" isPending={create.isPending} isDisabled={title.trim().length < 3}>Commencer le brouillon</Button><Button look="quiet" onPress={onClose}>Annuler</Button></>}
    >
      <ApiForm id={FORM} problem={create.error} onSubmit={() => create.mutate({ body: { kind, title } })}>
        <TextField name="title" label="Titre" value={title} onChange={setTitle} maxLength={120} autoFocus isRequired />
        <SegmentField label="Sorte" value={kind} onChange={setKind} choices={protocolKinds.map((value) => ({ value, label: protocolKindLabels[value] }))} />
      </ApiForm>
    </Dialog>
  );
}
