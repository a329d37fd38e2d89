import { useRef, useState } from 'react';
import { TextField } from '../../../../ui/field.tsx';
import { SubmitBar } from '../../../../ui/form.tsx';
import { useApi } from '../../../../ui/query.ts';
import { type ActionBody, type Dossier, drCodeLabels, drCodes, routes } from '../../contract.ts';
import { ChoicesDialog } from './choices-dialog.tsx';
import css from './dialogs.module.css';
import type { Motive } from './motives.ts';
import { useKept } from './use-kept.ts';
import type { Plan } from './use-plan.ts';

type Category = (typeof drCodes)[number];
/** Those of everyday first, so that they keep the low digits. */
const everyday: readonly Category[] = ['DR.DREG.DRPHARMA', 'DR.DREG.DRDENT', 'DR.DREG.DRINFO', 'DR.DREG.DRMED'];
const ordered = [...everyday, ...drCodes.filter((code) => !everyday.includes(code))];

export interface AnswerDialogProps {
  readonly dossier: Dossier;
  readonly motive: Motive | null;
  /** The answer that the protocol gives to the assistant (REG-24); it waits for a doctor's signature. */
  readonly proposed: string | null;
  readonly plan: Plan;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/**
 * F3: an answer given without a doctor in line. The categories that the règlement intérieur lists need no doctor (REG-13);
 * the others wait for a signature (REG-04).
 */
export function AnswerDialog({ dossier, motive, proposed, plan, onDone, onClose }: AnswerDialogProps) {
  const { data } = useApi(routes.regulationRules, { query: { territory: dossier.territory } }, { staleMs: 300_000 });
  const [category, setCategory] = useState<Category | null>(proposed ? 'DR.DREG.DRARM' : null);
  const [answer, setAnswer] = useKept(`answer ${dossier.id}`, proposed ?? '');
  const box = useRef<HTMLFormElement>(null);
  const free = (code: Category) => data?.rules.withoutDoctor.includes(code) === true && dossier.priority !== 'P1';
  const choices = ordered.map((value) => ({ value, label: drCodeLabels[value], detail: free(value) ? 'sans médecin' : 'à valider par un médecin' }));

  function choose(code: Category) {
    setCategory(code);
    box.current?.querySelector('textarea')?.focus();
  }
  async function send() {
    const body: ActionBody = { answer: answer.trim(), ...(category ? { category } : {}), ...(motive && !dossier.motive ? { motive } : {}) };
    if (!(await plan.run(dossier, [{ kind: 'act', action: 'request-validation', body }]))) return;
    setAnswer('');
    onDone();
  }

  return (
    <ChoicesDialog title="Répondre sans médecin en ligne" choices={choices} chosen={category} busy={false} problem={plan.problem} onChoose={choose} onClose={onClose}>
      <form ref={box} className={css.form} onSubmit={(event) => { event.preventDefault(); void send(); }}>
        <TextField
          label="Réponse donnée" lines={2} value={answer} onChange={setAnswer} isRequired placeholder="Pharmacie du Marché, 3 place d’Armes, ouverte jusqu’à 22 h"
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !event.ctrlKey) return event.continuePropagation();
            event.preventDefault();
            void send();
          }}
        />
        <SubmitBar label={category && free(category) ? 'Terminer avec cette réponse' : 'Demander la validation d’un médecin'} keys="Ctrl Entrée" pending={plan.busy} onCancel={onClose} isDisabled={category === null || answer.trim() === ''} />
      </form>
    </ChoicesDialog>
  );
}
