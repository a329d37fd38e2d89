import { useState } from 'react';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { TextField } from '../../../../ui/field.tsx';
import type { Dossier } from '../../contract.ts';
import type { SimilarLine } from './history.tsx';
import { useDeeds } from './use-dossier.ts';
import { shortNumber } from './words.ts';

/** Merges this dossier into another one, which is kept: its calls go there, with a reason (T32). */
export function MergeDialog({ dossier, into, onClose, onDone }: { dossier: Dossier; into: SimilarLine; onClose: () => void; onDone: (id: string) => void }) {
  const [reason, setReason] = useState('');
  const { act, busy, error } = useDeeds(dossier.id, dossier);
  const merge = async () => {
    if (await act('merge', { into: into.id, reason })) onDone(into.id);
  };
  return (
    <ConfirmDialog title={`Réunir au dossier ${shortNumber(into.number)}`} open onClose={onClose} action="Réunir les deux dossiers" pending={busy} problem={error} isDisabled={reason.trim() === ''} onConfirm={() => void merge()}>
      <p>Les appels de ce dossier passent dans le dossier {shortNumber(into.number)}, qui est conservé. Celui-ci se termine et renvoie vers lui.</p>
      <TextField label="Raison" value={reason} onChange={setReason} isRequired />
    </ConfirmDialog>
  );
}
