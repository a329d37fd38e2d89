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

/** Whom the dialog proposes first, and how it says it. */
export interface PartyStart {
  readonly title: string;
  readonly party: Party;
  readonly number?: string;
  readonly help: string;
}

const anybody: PartyStart = { title: 'Ajouter quelqu’un à l’appel', party: 'sis', help: 'L’appelant reste en ligne et entend la conversation.' };

/** Conference: somebody else joins the caller and me. */
export function AddPartyDialog({ post, start = anybody, onClose }: { post: Post; start?: PartyStart; onClose: () => void }) {
  const [party, setParty] = useState<Party>(start.party);
  const [number, setNumber] = useState(start.number ?? lastNumber(start.party));

  async function add() {
    const dialled = number.replace(/[\s.-]/g, '');
    if (!(await post.addParty(party, dialled))) return;
    if (party !== 'autre') localStorage.setItem(key(party), number);
    onClose();
  }

  return (
    <Dialog title={start.title} open onClose={onClose}>
      <ApiForm label="Personne à ajouter" onSubmit={() => void add()}>
        <div className={css.window}>
          <SegmentField label="Qui" choices={choices} value={party} onChange={(next) => { setParty(next); setNumber(lastNumber(next)); }} />
          <TextField label="Numéro" type="tel" value={number} onChange={setNumber} isRequired autoFocus help={start.help} />
        </div>
        <SubmitBar label="Appeler et ajouter" pending={post.busy} onCancel={onClose} isDisabled={!/^\+?[\d\s.-]{2,20}$/.test(number)} />
      </ApiForm>
    </Dialog>
  );
}
