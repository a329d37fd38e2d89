import { useRef, useState } from 'react';
import { Note } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { useCommand } from '../../../../ui/commands.ts';
import { SegmentField, TextField } from '../../../../ui/field.tsx';
import { WarnIcon } from '../../../../ui/icons.tsx';
import { mayOpen, useAccount } from '../../../../ui/session.ts';
import type { Dossier } from '../../contract.ts';
import css from './note-form.module.css';
import { clinicalRoles, isWritable } from './patient-rules.ts';
import { SharedField } from './presence.tsx';
import { type NewNote, useDeeds } from './use-dossier.ts';

const kinds = [{ value: 'medicale', label: 'Médicale' }, { value: 'logistique', label: 'Logistique' }] as const;

/** A note, medical or logistic: the fire service is shown the logistic ones only (REG-20). `Ctrl+Entrée` keeps it. */
export function NoteForm({ dossier }: { dossier: Dossier }) {
  const clinical = mayOpen(useAccount(), clinicalRoles);
  const [kind, setKind] = useState<NewNote['kind']>(clinical ? 'medicale' : 'logistique');
  const [text, setText] = useState('');
  const box = useRef<HTMLDivElement>(null);
  const { addNote, busy, error } = useDeeds(dossier.id, dossier);
  const add = async () => {
    if (text.trim() && (await addNote({ kind, text }))) setText('');
  };
  useCommand({ id: 'note', label: 'Écrire une note', group: 'Dossier', keys: 'n', run: () => box.current?.querySelector('textarea')?.focus() });
  if (!isWritable(dossier)) return null;
  return (
    <div ref={box} className={css.form}>
      <SharedField field="note">
        <TextField
          label="Nouvelle note" lines={2} value={text} onChange={setText} placeholder="N : écrire ; Ctrl Entrée : ajouter"
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !event.ctrlKey) return event.continuePropagation();
            event.preventDefault();
            void add();
          }}
        />
      </SharedField>
      <div className={css.bar}>
        {clinical && <SegmentField label="Nature de la note" choices={kinds} value={kind} onChange={setKind} />}
        <Button small isPending={busy} isDisabled={text.trim() === ''} onPress={() => void add()}>Ajouter la note</Button>
      </div>
      {error && <Note tone="bad" live icon={<WarnIcon />} title={error.title}>{error.message}</Note>}
    </div>
  );
}
