import type { UseQueryResult } from '@tanstack/react-query';
import type { AnswerOf, ApiProblem } from '../../../../ui/api.ts';
import { Badge } from '../../../../ui/badge.tsx';
import { DataTable, type Column } from '../../../../ui/data-table.tsx';
import { CrossIcon, WarnIcon } from '../../../../ui/icons.tsx';
import { Moment } from '../../../../ui/moments.tsx';
import { EmptyState, ProblemState } from '../../../../ui/states.tsx';
import { routes } from '../../contract.ts';
import css from './editors.module.css';

export type EditorTrace = AnswerOf<typeof routes.editorProblems>;
type Problem = EditorTrace['problems'][number];

const columns: readonly Column<Problem>[] = [
  {
    id: 'severity', label: 'Gravité', value: ({ severity }) => (severity === 'error' ? 'erreur' : 'avertissement'),
    render: ({ severity }) => (severity === 'error' ? <Badge tone="bad" icon={<CrossIcon size={12} />}>erreur</Badge> : <Badge tone="warn" icon={<WarnIcon size={12} />}>avertissement</Badge>),
  },
  {
    id: 'message', label: 'Ce qui ne va pas', value: ({ message }) => message,
    render: ({ message, element, sample }) => (
      <div className={css.problem}>
        <span>{message}</span>
        <code>{element}</code>
        {sample !== null && <span className={css.soft}>reçu : <code>{sample}</code></span>}
      </div>
    ),
  },
  { id: 'element', label: 'Règle', value: ({ rule }) => rule, render: ({ rule }) => <code className={css.code}>{rule}</code> },
  { id: 'count', label: 'Fois', align: 'end', value: ({ count }) => count, render: ({ count }) => count.toLocaleString('fr-FR') },
  { id: 'last', label: 'Dernière fois', value: ({ lastSeen }) => lastSeen, render: ({ firstSeen, lastSeen }) => <div className={css.two}><span className={css.ink}><Moment at={lastSeen} day /></span><span>depuis <Moment at={firstSeen} day /></span></div> },
];

/** What is wrong in the vendor's answers: the rule, the element, what was received. */
export function Problems({ name, query }: { name: string; query: UseQueryResult<EditorTrace, ApiProblem> }) {
  if (query.error && !query.data) return <ProblemState problem={query.error} onRetry={() => void query.refetch()} />;
  return (
    <DataTable
      label="Écarts de conformité"
      rows={query.data?.problems}
      columns={columns}
      rowKey={({ rule, element }) => `${rule} ${element}`}
      filterLabel="Filtrer les écarts"
      exportName={`ecarts-${name}`}
      empty={<EmptyState title="Aucun écart relevé"><p>Ses réponses suivent la spécification, ou il n’a pas encore répondu. Les vérifications le disent sans attendre une recherche.</p></EmptyState>}
    />
  );
}
