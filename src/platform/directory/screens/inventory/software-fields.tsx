import { ComboField } from '../../../../ui/combo-field.tsx';
import { SelectField } from '../../../../ui/field.tsx';
import type { AgendaModel } from '../../contract.ts';
import { agendaChoices } from './words.ts';

export interface SoftwareDraft {
  readonly agenda: AgendaModel | null;
  readonly software: string | null;
}

const UNSAID = 'non-dit';
const choices = [{ value: UNSAID, label: 'non renseigné' }, ...agendaChoices];
const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** The model of agenda and the software: the same two questions for the effecteur and for those who keep the inventory. */
export function SoftwareFields({ draft, onChange, known }: { draft: SoftwareDraft; onChange: (draft: SoftwareDraft) => void; known: readonly string[] }) {
  return (
    <>
      <SelectField
        label="Agenda" choices={choices} value={draft.agenda ?? UNSAID}
        onChange={(value) => onChange({ software: value === 'papier' ? null : draft.software, agenda: value === UNSAID ? null : (value as AgendaModel) })}
      />
      {draft.agenda !== 'papier' && (
        <ComboField
          name="software" label="Logiciel ou éditeur" source={`softwares ${known.length}`} minLength={0}
          value={draft.software ? { key: draft.software, label: draft.software } : null}
          load={async (words) => known.filter((name) => plain(name).includes(plain(words))).slice(0, 12).map((name) => ({ key: name, label: name }))}
          onChange={(option) => onChange({ ...draft, software: option?.label ?? null })}
          onFreeText={(words) => onChange({ ...draft, software: words.trim() || null })}
          help="S’il n’est pas proposé, écrivez son nom."
        />
      )}
    </>
  );
}
