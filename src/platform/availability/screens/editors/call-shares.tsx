import type { EditorHealth } from '../../contract.ts';
import { callLabels } from './words.ts';
import css from './editors.module.css';

const count = (value: number) => value.toLocaleString('fr-FR');

/** Calls of 24 hours: how many were answered, came too late, failed; as a bar, and in figures. */
export function CallShares({ editor: { calls24h, ok24h, late24h, error24h } }: { editor: EditorHealth }) {
  if (calls24h === 0) return <span className={css.soft}>aucun</span>;
  const parts = [['ok', ok24h], ['late', late24h], ['error', error24h]] as const;
  return (
    <div className={css.calls}>
      <span className={css.bar} aria-hidden="true">{parts.map(([status, value]) => <span key={status} className={css[status]} style={{ flexGrow: value }} />)}</span>
      <span className={css.counts}>
        {parts.filter(([status, value]) => status === 'ok' || value > 0).map(([status, value]) => <span key={status} data-tone={callLabels[status].tone}>{count(value)} {words[status](value)}</span>)}
      </span>
    </div>
  );
}

const words = {
  ok: (value: number) => (value > 1 ? 'répondus' : 'répondu'),
  late: () => 'trop tard',
  error: (value: number) => (value > 1 ? 'échecs' : 'échec'),
};
