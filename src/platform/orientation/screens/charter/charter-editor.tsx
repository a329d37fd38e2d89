import { useEffect, useRef, useState } from 'react';
import { Note } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { Section } from '../../../../ui/frame.tsx';
import { WarnIcon } from '../../../../ui/icons.tsx';
import { useAction, useRefresh } from '../../../../ui/query.ts';
import { toast } from '../../../../ui/toast.tsx';
import { routes, type Charter } from '../../contract.ts';
import { draftOf, isSame, levelsOf, MAX_LEVELS, missing, moved, problemAt, changed, without, withLevel, type Draft } from './draft.ts';
import { LevelEditor } from './level-editor.tsx';
import css from './charter.module.css';

/** A new version being written, kept on this workstation until it is in force or given up. */
export function CharterEditor({ territory, active, onClose }: { territory: string; active: Charter | null; onClose: () => void }) {
  const { draft, setDraft, forget } = useKeptDraft(territory, active);
  const [confirming, setConfirming] = useState(false);
  const [said, setSaid] = useState('');
  const [open, setOpen] = useState<number | null>(null);
  const list = useRef<HTMLOListElement>(null);
  const refresh = useRefresh();
  const save = useAction(routes.saveCharter, {
    onSuccess: ({ version }) => {
      toast({ tone: 'ok', words: `La version ${version} de la charte est en vigueur.` });
      forget();
      void refresh(routes.charter);
      onClose();
    },
  });
  const next = (active?.version ?? 0) + 1;
  const why = missing(draft) ?? (active && isSame(draft, active.levels) ? 'Rien n’a changé par rapport à la version en vigueur.' : null);
  const update = (change: Draft) => {
    save.reset();
    setDraft(change);
  };
  const focusLevel = (key: number) => requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(`[data-level="${key}"]`)?.focus());

  /** Back to the draft, at the level that the server refused when it named one. */
  function closeQuestion() {
    setConfirming(false);
    const wrong = draft.find((_, index) => problemAt(save.error?.fields ?? [], index) !== null);
    if (wrong) list.current?.querySelector(`[data-level="${wrong.key}"]`)?.scrollIntoView({ block: 'nearest' });
  }
  function move(key: number, by: -1 | 1) {
    const after = moved(draft, key, by);
    if (after === draft) return;
    update(after);
    setSaid(`Niveau déplacé au rang ${after.findIndex((level) => level.key === key) + 1} sur ${after.length}.`);
    focusLevel(key);
  }
  function remove(key: number) {
    const at = draft.findIndex((level) => level.key === key);
    const before = draft;
    update(without(draft, key));
    toast({ tone: 'neutral', words: `Niveau « ${draft[at]!.name || at + 1} » enlevé du brouillon.`, action: { label: 'Remettre', run: () => update(before) } });
  }
  function add() {
    const after = withLevel(draft);
    update(after);
    const { key } = after.at(-1)!;
    setOpen(key);
    requestAnimationFrame(() => list.current?.querySelector<HTMLInputElement>(`[data-level="${key}"] input`)?.focus());
  }

  return (
    <Section title={`Version ${next}, brouillon`} actions={<span className={css.keys}>Monter ou descendre un niveau : <kbd>Alt</kbd> <kbd>↑</kbd> <kbd>↓</kbd></span>}>
      {save.error && <Note tone="bad" live icon={<WarnIcon />} title={save.error.title}>{save.error.message}</Note>}
      <p role="status" className={css.unseen}>{said}</p>
      <ol className={css.editor} ref={list}>
        {draft.map((level, index) => (
          <LevelEditor
            key={level.key}
            level={level}
            index={index}
            last={index === draft.length - 1}
            open={open === level.key}
            onOpen={(next) => setOpen(next ? level.key : null)}
            problem={problemAt(save.error?.fields ?? [], index)}
            onChange={(change) => update(changed(draft, level.key, change))}
            onMove={(by) => move(level.key, by)}
            onRemove={() => remove(level.key)}
          />
        ))}
      </ol>
      <div><Button onPress={add} isDisabled={draft.length >= MAX_LEVELS}>Ajouter un niveau</Button></div>
      <div className={css.bar}>
        <Button look="main" isDisabled={why !== null} onPress={() => setConfirming(true)}>Mettre en vigueur…</Button>
        <Button look="quiet" onPress={onClose}>Fermer, garder le brouillon</Button>
        <Button look="quiet" onPress={() => { forget(); onClose(); }}>Abandonner le brouillon</Button>
        {why && <span className={css.soft} role="status">{why}</span>}
      </div>
      {confirming && (
        <ConfirmDialog
          title={`Mettre en vigueur la version ${next} ?`}
          open
          onClose={closeQuestion}
          action={`Mettre en vigueur la version ${next}`}
          pending={save.isPending}
          problem={save.error}
          onConfirm={() => save.mutate({ params: { territory }, body: { levels: levelsOf(draft) } })}
        >
          <p>Dès maintenant, toutes les recherches du territoire {territory} proposent les effecteurs dans cet ordre :</p>
          <ol className={css.recap}>{draft.map(({ key, name }) => <li key={key}>{name}</li>)}</ol>
          <p>{active ? `La version ${active.version} est remplacée ; elle reste lisible, et les preuves qui l’ont utilisée restent calculables.` : 'C’est la première charte du territoire.'} Votre nom y est attaché.</p>
        </ConfirmDialog>
      )}
    </Section>
  );
}

/** The draft, kept in the tab so that a page left by mistake loses nothing. */
function useKeptDraft(territory: string, active: Charter | null) {
  const name = `sas.charter-draft.${territory}`;
  const [draft, setDraft] = useState<Draft>(() => {
    const kept = sessionStorage.getItem(name);
    return kept ? (JSON.parse(kept) as Draft) : active ? draftOf(active.levels) : withLevel([]);
  });
  const forgotten = useRef(false);
  useEffect(() => {
    if (!forgotten.current) sessionStorage.setItem(name, JSON.stringify(draft));
  }, [name, draft]);
  const forget = () => {
    forgotten.current = true;
    sessionStorage.removeItem(name);
  };
  return { draft, setDraft, forget };
}
