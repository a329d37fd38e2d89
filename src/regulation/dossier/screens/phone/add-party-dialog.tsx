import { useState } from 'react';
import { Dialog } from '../../../../ui/dialog.tsx';
import { SegmentField, TextField } from '../../../../ui/field.tsx';
import { ApiForm, SubmitBar } from '../../../../ui/form.tsx';
import { parties, type Party, partyWords } from './post-model.ts';
import type { Post } from './use-post.ts';
import css from './phone-bar.module.css';

const choices = parties.map((value) => ({ value, label: partyWords[value].label }));
const key = (party: Party) => `sas.party.${party}`;
/** Services keep their number from one call to the next; a person's is never kept. */
const lastNumber = (party: Party): string => (party === 'autre' ? '' : (localStorage.getItem(key(party)) ?? ''));

/** Conference: somebody else joins the caller and me. */
export function AddPartyDialog({ post, onClose }: { post: Post; onClose: () => void }) {
  const [party, setParty] = useState<Party>('sis');
  const [number, setNumber] = useState(lastNumber('sis'));

  async function add() {
    const dialled = number.replace(/[\s.-]/g, '');
    if (!(await post.addParty(party, dialled))) return;
    if (party !== 'autre') localStorage.setItem(key(party), number);
    onClose();
  }

  return (
    <Dialog title="Ajouter quelqu’un à l’appel" open onClose={onClose}>
      <ApiForm label="Personne à ajouter" onSubmit={() => void add()}>
        <div className={css.window}>
          <SegmentField label="Qui" choices={choices} value={party} onChange={(next) => { setParty(next); setNumber(lastNumber(next)); }} />
          <TextField label="Numéro" type="tel" value={number} onChange={setNumber} isRequired autoFocus help="L’appelant reste en ligne et entend la conversation." />
        </div>
        <SubmitBar label="Appeler et ajouter" pending={post.busy} onCancel={onClose} isDisabled={!/^\+?[\d\s.-]{2,20}$/.test(number)} />
      </ApiForm>
    </Dialog>
  );
}
