import { useRef, type KeyboardEvent } from 'react';
import { roleLabels } from '../../../../identity/contract.ts';
import { Badge } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { cx } from '../../../../ui/class-names.ts';
import { useCommand } from '../../../../ui/commands.ts';
import { DataTable, type Column } from '../../../../ui/data-table.tsx';
import { Page, Section } from '../../../../ui/frame.tsx';
import { PhoneIcon, WarnIcon } from '../../../../ui/icons.tsx';
import { Age, Moment } from '../../../../ui/moments.tsx';
import { formatPhone } from '../../../../ui/phone.ts';
import { useAction, useApi, useRefresh } from '../../../../ui/query.ts';
import { EmptyState, Loading, ProblemState } from '../../../../ui/states.tsx';
import { toast } from '../../../../ui/toast.tsx';
import { routes } from '../../contract.ts';
import { type Callback, countWords, keyDeed, outcomes, outcomeWords, type Outcome, partition } from './callbacks-model.ts';
import css from './callbacks.module.css';

const doneColumns: Column<Callback>[] = [
  { id: 'number', label: 'Numéro', value: (line) => formatPhone(line.number) },
  { id: 'outcome', label: 'Issue', value: (line) => outcomeWords[line.outcome!] },
  { id: 'by', label: 'Par', value: (line) => line.by ?? 'automatique' },
  { id: 'last', label: 'Dernier appel', value: (line) => line.lastAt, render: (line) => <Moment at={line.lastAt} /> },
  { id: 'count', label: 'Appels et essais', value: countWords },
];

/** Numbers to ring back, one line each (TEL-11): `Enter` rings, a letter notes what came of it. */
export default function CallbacksScreen() {
  const { data, error, refetch } = useApi(routes.callbacks, {}, { topics: ['callback'], everyMs: 30_000 });
  const list = useRef<HTMLOListElement>(null);
  const focusFirst = () => list.current?.querySelector<HTMLElement>('li')?.focus();
  useCommand({ id: 'callbacks:first', label: 'Aller au premier numéro à rappeler', group: 'Rappels', keys: '/', run: focusFirst });
  const { open, done } = partition(data?.callbacks ?? []);
  return (
    <Page
      title="Rappels"
      intro="Un appelant a raccroché avant d’avoir quelqu’un, ou un appel de P0 ou P1 s’est coupé : il faut le rappeler. Une ligne par numéro, les coupures d’abord."
      actions={<span className={css.keys}><kbd>/</kbd> liste <kbd>↑</kbd> <kbd>↓</kbd> choisir <kbd>Entrée</kbd> rappeler {outcomes.map(({ key, label }) => <span key={key}><kbd>{key}</kbd> {label.toLowerCase()} </span>)}</span>}
    >
      {error && !data && <ProblemState problem={error} roleNames={roleLabels} onRetry={() => void refetch()} />}
      {!data && !error && <Loading lines={6} />}
      {data && open.length === 0 && <EmptyState title="Personne à rappeler"><p>Les appels abandonnés dont le numéro est connu arrivent ici d’eux-mêmes.</p></EmptyState>}
      {open.length > 0 && <OpenList lines={open} listRef={list} />}
      {done.length > 0 && (
        <Section title="Traités dans les 24 heures">
          <DataTable label="Rappels traités" rows={done} columns={doneColumns} rowKey={(line) => line.id} filterLabel="Filtrer" />
        </Section>
      )}
    </Page>
  );
}

function OpenList({ lines, listRef }: { lines: readonly Callback[]; listRef: React.RefObject<HTMLOListElement | null> }) {
  const refresh = useRefresh();
  const ring = useAction(routes.callOut, {
    onSuccess: (_, { body }) => toast({ tone: 'ok', words: `Votre téléphone compose le ${formatPhone(body.number)}. Notez l’issue ensuite.` }),
    onError: (problem) => toast({ tone: 'bad', words: problem.message }),
  });
  const note = useAction(routes.closeCallback, {
    onSuccess: (_, { body, params }) => {
      const line = lines.find(({ id }) => id === params.id);
      toast({ tone: 'ok', words: `${line ? formatPhone(line.number) : 'Numéro'} : ${outcomeWords[body.outcome].toLowerCase()}. La ligne quitte la liste.` });
      void refresh(routes.callbacks);
    },
    onError: (problem) => {
      toast({ tone: 'bad', words: problem.message });
      void refresh(routes.callbacks);
    },
  });
  const busy = ring.isPending || note.isPending;
  const call = (line: Callback) => !busy && ring.mutate({ body: { number: line.number, callbackId: line.id } });
  const close = (line: Callback, outcome: Outcome) => {
    if (busy) return;
    focusBeside(listRef.current, line.id);
    note.mutate({ params: { id: line.id }, body: { outcome } });
  };

  function onKeyDown(event: KeyboardEvent<HTMLOListElement>) {
    const item = event.target as HTMLElement;
    const at = lines.findIndex(({ id }) => id === item.dataset['line']);
    if (at < 0 || event.ctrlKey || event.altKey || event.metaKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const deed = keyDeed(event.key);
    if (step) (item.parentElement!.children[Math.min(Math.max(at + step, 0), lines.length - 1)] as HTMLElement).focus();
    else if (deed?.deed === 'call') call(lines[at]!);
    else if (deed) close(lines[at]!, deed.outcome);
    else return;
    event.preventDefault();
  }

  return (
    <ol ref={listRef} className={css.list} aria-label="Numéros à rappeler" onKeyDown={onKeyDown}>
      {lines.map((line) => (
        <li key={line.id} tabIndex={0} data-line={line.id} className={cx(css.line, line.reason === 'coupure' && css.broken)} aria-label={`${formatPhone(line.number)}, ${line.reason === 'coupure' ? 'appel coupé' : 'appel abandonné'}, ${countWords(line)}`}>
          <strong className={css.number}>{formatPhone(line.number)}</strong>
          <span className={css.why}>{line.reason === 'coupure' ? <Badge tone="bad" icon={<WarnIcon size={12} />}>Appel coupé</Badge> : <Badge>Abandonné</Badge>}</span>
          <span className={css.when}><Moment at={line.firstAt} day />, il y a <Age since={line.firstAt} /></span>
          <span className={css.count}>{countWords(line)}</span>
          <span className={css.deeds}>
            <Button look="main" aria-label={`Rappeler le ${formatPhone(line.number)}`} onPress={() => call(line)}><PhoneIcon />Rappeler</Button>
            {outcomes.map(({ outcome, label, key }) => <Button key={outcome} keys={key} aria-label={`${label} : ${formatPhone(line.number)}`} onPress={() => close(line, outcome)}>{label}</Button>)}
          </span>
        </li>
      ))}
    </ol>
  );
}

/** The line that takes the place of the one that leaves keeps the keyboard. */
function focusBeside(list: HTMLOListElement | null, id: string): void {
  const items = [...(list?.children ?? [])] as HTMLElement[];
  const at = items.findIndex((item) => item.dataset['line'] === id);
  (items[at + 1] ?? items[at - 1])?.focus();
}
