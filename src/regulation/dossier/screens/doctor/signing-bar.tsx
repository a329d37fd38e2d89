import { Note } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { WarnIcon } from '../../../../ui/icons.tsx';
import type { ApiProblem } from '../../../../ui/api.ts';
import { decisionTypeLabels } from '../../contract.ts';
import { detailWords } from '../file/detail-words.ts';
import css from './decision-form.module.css';
import type { Draft, Preview } from './draft.ts';
import { refusalWords } from './refusals.ts';

interface SigningBarProps {
  readonly action: 'decide' | 'validate';
  readonly draft: Draft;
  readonly preview: Preview;
  /** One has tried to sign: what misses is then told as an error. */
  readonly asked: boolean;
  readonly busy: boolean;
  readonly problem: ApiProblem | null;
  readonly onSign: () => void;
}

/** What will be signed, in words, what misses, and the one key that signs. */
export function SigningBar({ action, draft, preview: { refusals, attribution, next }, asked, busy, problem, onSign }: SigningBarProps) {
  const said = draft.decisions.map(({ type, details }) => [decisionTypeLabels[type], detailWords(type, details)].filter(Boolean).join(' : '));
  const holds = refusals.length === 0;
  const words = refusalWords(refusals);
  return (
    <div className={css.signing}>
      {problem && <Note tone="bad" live icon={<WarnIcon />} title={problem.title}>{problem.message}</Note>}
      {(said.length > 0 || action === 'validate') && (
        <p className={css.sum}>
          <strong>{[draft.careLevel, ...said].filter(Boolean).join(' · ') || 'La réponse donnée, telle quelle'}</strong>
          {holds && <span>{attribution}. {next}</span>}
        </p>
      )}
      {!holds && !problem && (asked ? <p className={css.missing} role="alert">⚠ {words}</p> : <p className={css.soft}>Il reste : {words}</p>)}
      <Button look="main" wide keys="Ctrl ↵" isPending={busy} onPress={onSign}>{action === 'decide' ? 'Signer l’acte' : 'Valider et signer'}</Button>
    </div>
  );
}
