import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ApiProblem } from './api.ts';
import { Button } from './button.tsx';
import { cx } from './class-names.ts';
import css from './states.module.css';

/** The shape of what comes: `lines` grey bars. */
export function Loading({ lines = 4, label = 'Chargement' }: { lines?: number; label?: string }) {
  return (
    <div className={css.loading} role="status" aria-label={label}>
      {Array.from({ length: lines }, (_, line) => <span key={line} style={{ width: `${92 - ((line * 17) % 40)}%` }} />)}
    </div>
  );
}

/** Nothing to show, or a refusal: what, why, and what can be done. `page`: it is all there is on the page. */
export function EmptyState({ title, children, action, tone = 'neutral', page = false }: {
  title: string; children?: ReactNode; action?: ReactNode; tone?: 'neutral' | 'bad'; page?: boolean;
}) {
  const Title = page ? 'h1' : 'h2';
  return (
    <div className={cx(css.state, tone === 'bad' && css.bad)} {...(tone === 'bad' ? { role: 'alert' } : {})}>
      <Title className={css.title}>{title}</Title>
      {children && <div className={css.words}>{children}</div>}
      {action && <div className={css.action}>{action}</div>}
    </div>
  );
}

/** A failure or a refusal of the API, in words; `roleNames` turns role codes into what people read. */
export function ProblemState({ problem, onRetry, roleNames, page = false }: {
  problem: ApiProblem; onRetry?: () => void; roleNames?: Readonly<Record<string, string>>; page?: boolean;
}) {
  if (problem.code === 'permission-denied') {
    const allowed = (problem.extra.allowedRoles as readonly string[] | undefined) ?? [];
    return (
      <EmptyState title="Cette page ne vous est pas ouverte" tone="bad" page={page}>
        <p>{problem.message}</p>
        {allowed.length > 0 && <p>Rôles qui y ont accès : {allowed.map((role) => roleNames?.[role] ?? role).join(', ')}.</p>}
      </EmptyState>
    );
  }
  return (
    <EmptyState title={problem.title} tone="bad" page={page} action={onRetry && <Button onPress={onRetry}>Réessayer</Button>}>
      <p>{problem.message}</p>
    </EmptyState>
  );
}

/**
 * The four states of a query: its shape while it loads, the refusal, the empty words, else what it answered. A failure
 * after a first answer keeps that answer on screen, marked as not up to date.
 */
export function QueryView<T>({ query, empty, isEmpty, lines, children }: {
  query: UseQueryResult<T, ApiProblem>; isEmpty?: (data: T) => boolean; empty?: ReactNode; lines?: number; children: (data: T) => ReactNode;
}) {
  if (query.isPending) return <Loading {...(lines ? { lines } : {})} />;
  if (query.data === undefined) return <ProblemState problem={query.error!} onRetry={() => void query.refetch()} />;
  return (
    <>
      {query.error && <p className={css.stale} role="status">Pas à jour : {query.error.message}</p>}
      {isEmpty?.(query.data) ? empty : children(query.data)}
    </>
  );
}
