import { useEffect, useEffectEvent, useState } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { TextField } from '../../../../ui/field.tsx';
import { useLink } from '../../../../ui/live.tsx';
import type { Dossier } from '../../contract.ts';
import { conflictOn } from './conflicts.ts';
import { SharedField } from './presence.tsx';
import css from './saved-text.module.css';
import { useDeeds, type Patch } from './use-dossier.ts';

interface SavedTextProps {
  readonly dossier: Dossier;
  /** Path of the field in the dossier, e.g. `patient.history`: how colleagues see where I write. */
  readonly name: string;
  readonly label: string;
  readonly value: string;
  /** What the text changes; null when it cannot be understood: `help` then says what is expected. */
  readonly patchOf: (text: string) => Patch | null;
  readonly lines?: number;
  readonly type?: 'text' | 'date' | 'tel';
  readonly placeholder?: string;
  readonly help?: string;
  readonly isReadOnly?: boolean;
}

/** Once, as it appears: both texts are to be seen. */
const bringIntoSight = (element: HTMLElement | null): void => element?.scrollIntoView({ block: 'nearest' });

/**
 * A field kept when one leaves it. Somebody else's change of the same field is never overwritten: both are shown, and one
 * chooses. What is being typed stays, whatever happens around.
 */
export function SavedText({ dossier, name, label, value, patchOf, lines = 1, type = 'text', placeholder, help, isReadOnly = false }: SavedTextProps) {
  const { update, busy, error, forget } = useDeeds(dossier.id, dossier);
  const [draft, setDraft] = useState<{ text: string; base: number } | null>(null);
  const [wrong, setWrong] = useState(false);
  const link = useLink();
  const conflict = conflictOn(name, error);

  async function save(text: string, base: number) {
    if (text.trim() === value) return setDraft(null);
    const patch = patchOf(text.trim());
    setWrong(patch === null);
    if (patch && (await update(patch, base))) setDraft(null);
  }
  // What could not be sent leaves with the connection's return.
  const again = useEffectEvent(() => void (draft && error?.status === 0 && save(draft.text, draft.base)));
  useEffect(() => again(), [link.status]);
  function leave() {
    if (draft && !conflict) void save(draft.text, draft.base);
  }
  function takeTheirs() {
    setDraft(null);
    forget();
  }

  return (
    <SharedField field={name}>
      <TextField
        label={label}
        type={type}
        lines={lines}
        value={draft?.text ?? value}
        isReadOnly={isReadOnly}
        placeholder={placeholder ?? (isReadOnly ? 'non renseigné' : '')}
        {...(wrong && help ? { help } : {})}
        onChange={(text) => setDraft({ text, base: draft?.base ?? dossier.version })}
        onBlur={leave}
        onKeyDown={(event) => event.key === 'Enter' && lines === 1 && leave()}
      />
      {conflict && draft && (
        <div ref={bringIntoSight} className={css.conflict} role="alert">
          <p>{conflict.by} a écrit entre-temps : « {conflict.theirs} »</p>
          <Button small onPress={() => void save(draft.text, dossier.version)}>Garder le mien</Button>
          <Button small onPress={takeTheirs}>Prendre le sien</Button>
        </div>
      )}
      {error && !conflict && <p className={css.problem} role="alert">{error.message}</p>}
      {busy && <span className={css.busy} role="status">Enregistrement…</span>}
    </SharedField>
  );
}
