import { useState, type ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { cx } from '../../../../ui/class-names.ts';
import { CheckIcon, CrossIcon, ChevronIcon, PowerIcon, WaitIcon, ClockIcon } from '../../../../ui/icons.tsx';
import { formatLatency } from '../../../../ui/time.ts';
import type { SourceStatus } from '../../../availability/contract.ts';
import { countOf, type Run, type Source } from './run.ts';
import css from './sources-strip.module.css';

const marks: Record<SourceStatus, ReactNode> = { ok: <CheckIcon size={12} />, late: <ClockIcon size={12} />, error: <CrossIcon size={12} />, 'circuit-open': <PowerIcon size={12} /> };

/** One or two words for the state of a source; the sentence is in the details. */
function words({ state }: Source, over: boolean): string {
  if (!state) return over ? 'sans réponse' : 'attendu…';
  if (state.status === 'late') return 'trop lent';
  if (state.status === 'error') return 'en échec';
  if (state.status === 'circuit-open') return 'mis en pause';
  return state.ageMs > 0 ? `il y a ${Math.max(1, Math.round(state.ageMs / 1_000))} s` : formatLatency(state.latencyMs);
}

function sentence({ name, state }: Source, over: boolean): string {
  if (!state) return over ? `${name} : recherche interrompue avant sa réponse.` : `${name} : réponse attendue.`;
  const slots = `${state.slotCount} créneau${state.slotCount > 1 ? 'x' : ''}`;
  if (state.status !== 'ok') return `${name} : ${state.detail ?? 'aucune réponse utilisable.'}`;
  const fresh = state.ageMs > 0 ? `réponse d’il y a ${Math.round(state.ageMs / 1_000)} s, gardée en mémoire` : `répondu en ${formatLatency(state.latencyMs)}`;
  const gaps = state.problems.length > 0 ? `, ${state.problems.length} écart${state.problems.length > 1 ? 's' : ''} de conformité` : '';
  return `${name} : ${slots}, ${fresh}${gaps}.`;
}

/** The figures of the search and what each vendor answered; the details open under it. */
export function SourcesStrip({ run, hidden }: { run: Run; hidden: number }) {
  const [open, setOpen] = useState(false);
  const count = countOf(run);
  const figures = `${count.professionals} professionnel${count.professionals > 1 ? 's' : ''}, ${count.slots} créneau${count.slots > 1 ? 'x' : ''}`;
  return (
    <div className={css.strip}>
      <p className={css.count}>
        <strong>{figures}</strong>, <span className={cx(run.phase === 'done' && count.failed === 0 && css.complete)}>{progressOf(run, count)}</span>
        {hidden > 0 && <span className={css.hidden}> · {hidden} sans créneau masqué{hidden > 1 ? 's' : ''}</span>}
      </p>
      {/* Read aloud twice a search, not at each arrival. */}
      <p role="status" className={css.aloud}>{run.phase === 'done' || run.phase === 'failed' ? `${figures}, ${progressOf(run, count)}` : run.answer ? 'Professionnels trouvés, créneaux attendus' : ''}</p>
      {run.sources.length > 0 && (
        <Button className={css.sources!} aria-expanded={open} onPress={() => setOpen(!open)}>
          <span className={css.list}>
            {run.sources.map((source) => (
              <span key={source.name} className={cx(css.source, css[source.state?.status ?? (run.phase === 'failed' ? 'late' : 'waiting')])}>
                {source.state ? marks[source.state.status] : <WaitIcon size={12} />}
                <span>{source.name}</span>
                <span className={css.word}>{words(source, run.phase === 'failed')}</span>
              </span>
            ))}
          </span>
          <span className={css.more}>Détail<ChevronIcon size={12} /></span>
        </Button>
      )}
      {open && <ul className={css.details}>{run.sources.map((source) => <li key={source.name}>{sentence(source, run.phase === 'failed')}</li>)}</ul>}
    </div>
  );
}

function progressOf(run: Run, { failed, waiting }: { failed: number; waiting: number }): string {
  if (run.phase === 'failed') return 'interrompu';
  if (run.phase === 'asking') return 'nouvelle recherche…';
  if (run.phase !== 'done') return waiting > 0 ? `${waiting} source${waiting > 1 ? 's' : ''} attendue${waiting > 1 ? 's' : ''}` : 'recherche…';
  return failed > 0 ? `incomplet : ${failed} source${failed > 1 ? 's' : ''} manque${failed > 1 ? 'nt' : ''}` : 'complet';
}
