import { useEffect, useRef, useState } from 'react';
import { useCommand } from '../../../../ui/commands.ts';
import { SegmentField, TextField } from '../../../../ui/field.tsx';
import { FormProblem } from '../../../../ui/form-problems.ts';
import { useNow } from '../../../../ui/moments.tsx';
import type { CareLevel, Dossier } from '../../contract.ts';
import { careLevels } from '../../domain/codes.ts';
import { careLevelWords } from '../file/words.ts';
import type { DossierDesk } from '../file/use-dossier.ts';
import { DecisionFields } from './decision-fields.tsx';
import css from './decision-form.module.css';
import { DecisionKey } from './decision-key.tsx';
import { offersFor } from './decisions.ts';
import { bodyOf, type Draft, emptyDraft, previewOf, toggle, withDetail } from './draft.ts';
import { incomplete, levelRefusal } from './refusals.ts';
import { SigningBar } from './signing-bar.tsx';
import { SubstitutionField } from './substitution.tsx';
import { useAuthor } from './use-author.ts';
import { useDraft } from './use-draft.ts';

const levels = careLevels.map((value) => ({ value, label: value }));

/**
 * The act: level, decisions as large keys, hypothesis, advice; what will be signed, and one key to sign. `decide` after
 * talking with the patient; `validate` signs an answer given by somebody else.
 */
export function DecisionForm({ action, dossier, desk }: { action: 'decide' | 'validate'; dossier: Dossier; desk: DossierDesk }) {
  const author = useAuthor();
  const [draft, setDraft] = useDraft(dossier.id);
  const form = useRef<HTMLElement>(null);
  const [asked, setAsked] = useState(false);
  const [tries, setTries] = useState(0);
  const preview = previewOf(action, draft, dossier, author, useNow());
  const problem = asked && preview.refusals.length > 0 ? incomplete(preview.refusals) : desk.error;

  async function sign() {
    setAsked(true);
    setTries((count) => count + 1);
    if (preview.refusals.length > 0) return;
    if (await desk.act(action, { ...bodyOf(draft), ...(action === 'validate' ? { readingConfirmed: true } : {}) })) setDraft(emptyDraft);
  }
  // What is wrong comes into sight, and only then: keys do not move while one chooses.
  useEffect(() => {
    if (problem) form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-invalid] input:not([tabindex="-1"]), [data-invalid] button')?.focus();
  }, [tries]);
  useCommand({ id: 'sign', label: 'Signer l’acte', group: 'Décider', keys: 'Ctrl+Enter', run: () => void sign() });

  return (
    <FormProblem value={problem}>
      <section ref={form} className={css.form} aria-label={action === 'decide' ? 'Décider' : 'Valider'}>
        <div className={css.scroll}>
          <SubstitutionField dossier={dossier} value={draft.substitution} onChange={(substitution) => setDraft({ ...draft, substitution })} />
          <Level draft={draft} onChange={setDraft} refusal={levelRefusal(problem)} />
          <Keys draft={draft} onChange={setDraft} />
          <TextField label="Hypothèse" name="hypothesis" value={draft.hypothesis} onChange={(hypothesis) => setDraft({ ...draft, hypothesis })} />
          <TextField label="Conseil donné au patient" name="advice" lines={2} value={draft.advice} onChange={(advice) => setDraft({ ...draft, advice })} />
        </div>
        <SigningBar action={action} draft={draft} preview={preview} asked={asked} busy={desk.busy} problem={desk.error} onSign={() => void sign()} />
      </section>
    </FormProblem>
  );
}

interface PartProps {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
}

/** The level; a refusal that comes from it is said right under. */
function Level({ draft, onChange, refusal }: PartProps & { refusal: string | null }) {
  return (
    <div className={css.level} data-invalid={refusal ? '' : undefined}>
      <SegmentField<CareLevel | ''> label="Niveau de soin" choices={levels} value={draft.careLevel ?? ''} onChange={(careLevel) => onChange({ ...draft, careLevel: careLevel === '' ? null : careLevel })} />
      {levels.map(({ value }, at) => <LevelCommand key={value} level={value} digit={at + 1} onPress={() => onChange({ ...draft, careLevel: value })} />)}
      <p>{draft.careLevel ? careLevelWords[draft.careLevel] : 'R1 à R4 : touches 1 à 4'}</p>
      {refusal && <p className={css.missing}>⚠ {refusal}</p>}
    </div>
  );
}

function LevelCommand({ level, digit, onPress }: { level: CareLevel; digit: number; onPress: () => void }) {
  useCommand({ id: `level:${level}`, label: careLevelWords[level], group: 'Décider', keys: String(digit), run: onPress });
  return null;
}

/** The decisions, those taken with their fields under the keys. */
function Keys({ draft, onChange }: PartProps) {
  const { roles } = useAuthor();
  const { first, rest } = offersFor(roles);
  const isTaken = (type: string) => draft.decisions.some((one) => one.type === type);
  const key = (offer: (typeof first)[number]) => <DecisionKey key={offer.type} offer={offer} taken={isTaken(offer.type)} onToggle={() => onChange(toggle(draft, offer.type))} />;
  return (
    <>
      <div className={css.keys} role="group" aria-label="Décisions">{first.map(key)}</div>
      <details className={css.rest} open={rest.some(({ type }) => isTaken(type)) || undefined}>
        <summary>Autres réponses</summary>
        <div className={css.keys}>{rest.map(key)}</div>
      </details>
      {draft.decisions.map((decision, index) => (
        <DecisionFields
          key={decision.type} decision={decision} index={index} offer={[...first, ...rest].find(({ type }) => type === decision.type)!}
          onDetail={(name, value) => onChange(withDetail(draft, decision.type, name, value))}
        />
      ))}
    </>
  );
}
