import { useEffect, useRef, useState, type ReactNode } from 'react';
import { administratorRoles, roleLabels } from '../../../../identity/contract.ts';
import { ApiProblem, stream } from '../../../../ui/api.ts';
import { Badge, Note, type Tone } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { CheckIcon, CrossIcon, WaitIcon, WarnIcon } from '../../../../ui/icons.tsx';
import { EmptyState } from '../../../../ui/states.tsx';
import { routes, type CheckStep } from '../../contract.ts';
import css from './editors.module.css';

interface Run {
  readonly phase: 'idle' | 'running' | 'done' | 'stopped';
  readonly steps: readonly CheckStep[];
  /** Why it stopped. */
  readonly why: string | null;
}

const looks: Record<CheckStep['status'], { label: string; tone: Tone; icon: ReactNode }> = {
  passed: { label: 'conforme', tone: 'ok', icon: <CheckIcon size={12} /> },
  warning: { label: 'à revoir', tone: 'warn', icon: <WarnIcon size={12} /> },
  failed: { label: 'non conforme', tone: 'bad', icon: <CrossIcon size={12} /> },
  skipped: { label: 'non essayé', tone: 'neutral', icon: <WaitIcon size={12} /> },
};

/** The conformity checks, each step shown as soon as it is known. */
export function Checks({ name, allowed }: { name: string; allowed: boolean }) {
  const { run, start } = useChecks(name);
  if (!allowed) {
    return (
      <EmptyState title="Les vérifications sont réservées aux administrateurs">
        <p>Elles interrogent vraiment le serveur de l’éditeur. Rôles : {administratorRoles.map((role) => roleLabels[role].toLowerCase()).join(', ')}.</p>
      </EmptyState>
    );
  }
  const running = run.phase === 'running';
  return (
    <div className={css.panel}>
      <div className={css.inline}>
        <Button look="main" isPending={running} onPress={start}>{run.phase === 'idle' ? 'Lancer les vérifications' : 'Relancer'}</Button>
        <span className={css.soft} role="status">{summaryOf(run)}</span>
      </div>
      {run.phase === 'idle' && <p className={css.soft}>Connexion, recherches réelles, bornes, identifiants : ce qu’un éditeur doit respecter, vérifié sur son serveur en moins d’une minute.</p>}
      {run.steps.length > 0 && (
        <ol className={css.steps}>
          {run.steps.map(({ id, title, status, detail }) => (
            <li key={id}>
              <Badge tone={looks[status].tone} icon={looks[status].icon}>{looks[status].label}</Badge>
              <div><strong>{title}</strong><span className={css.soft}>{detail}</span></div>
            </li>
          ))}
          {running && <li className={css.next}><Badge icon={<WaitIcon size={12} />}>en cours</Badge><div>Étape suivante…</div></li>}
        </ol>
      )}
      {run.why && <Note tone="bad" live icon={<WarnIcon />} title="Vérifications arrêtées">{run.why}</Note>}
    </div>
  );
}

/** Runs the checks; leaving the page stops listening to them. */
function useChecks(name: string): { run: Run; start: () => void } {
  const [run, setRun] = useState<Run>({ phase: 'idle', steps: [], why: null });
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);

  async function start() {
    stop.current?.abort();
    const own = new AbortController();
    stop.current = own;
    setRun({ phase: 'running', steps: [], why: null });
    let why: string | null = 'La liaison a été coupée avant la fin. Les étapes affichées restent valables ; relancez les vérifications.';
    try {
      for await (const { event, data } of stream(routes.testEditor, { params: { name }, signal: own.signal })) {
        if (event === 'step') setRun((before) => ({ ...before, steps: [...before.steps, JSON.parse(data) as CheckStep] }));
        else if (event === 'done') why = null;
        else if (event === 'failed') why = (JSON.parse(data) as { detail: string }).detail;
      }
    } catch (error) {
      if (own.signal.aborted) return;
      if (!(error instanceof ApiProblem)) throw error;
      why = error.message;
    }
    if (!own.signal.aborted) setRun((before) => ({ ...before, phase: why ? 'stopped' : 'done', why }));
  }
  return { run, start: () => void start() };
}

function summaryOf({ phase, steps }: Run): string {
  if (phase === 'idle') return '';
  if (phase === 'running') return `Étape ${steps.length + 1}…`;
  const count = (status: CheckStep['status']) => steps.filter((step) => step.status === status).length;
  const plural = (status: CheckStep['status']) => (count(status) > 1 && status !== 'warning' ? 's' : '');
  const parts = (['passed', 'warning', 'failed', 'skipped'] as const).flatMap((status) => (count(status) > 0 ? [`${count(status)} ${looks[status].label}${plural(status)}`] : []));
  return `${steps.length} étapes : ${parts.join(', ')}.`;
}
