import { useRef } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import { useCommand } from '../../../../ui/commands.ts';
import { PhoneIcon } from '../../../../ui/icons.tsx';
import { Moment } from '../../../../ui/moments.tsx';
import { useApi } from '../../../../ui/query.ts';
import { QueryView } from '../../../../ui/states.tsx';
import { useStillList } from '../../../../ui/still-list.ts';
import type { AnswerOf } from '../../../../ui/api.ts';
import type { Level } from '../../../telephony/contract.ts';
import { routes } from '../../contract.ts';
import { Age } from '../file/age.tsx';
import { PriorityMark } from '../file/priority-mark.tsx';
import css from './queue-column.module.css';

type Queue = AnswerOf<typeof routes.queues>['queues'][number];

/** What each post works on, in its order; those that are always shown say that they are empty. */
const shown: Record<'N1' | 'AMU', readonly string[]> = {
  N1: ['P0', 'N1', 'REPORTE', 'SUIVI'], AMU: ['P0', 'AMU', 'N1', 'REPORTE', 'SUIVI'],
};
const own: Record<'N1' | 'AMU', string> = { N1: 'N1', AMU: 'AMU' };

/** The queues of a post, each by priority then age; `Entrée` opens a dossier. */
export function QueueColumn({ level, shownId, onOpen }: { level: Level; shownId: string | null; onOpen: (id: string) => void }) {
  const side = level === 'AMU' ? 'AMU' : 'N1';
  const queues = useApi(routes.queues, {}, { topics: ['queue'] });
  const box = useRef<HTMLDivElement>(null);
  useStillList(box);
  useCommand({ id: 'desk.queue', label: 'Aller aux dossiers en attente', group: 'Poste', keys: 'Alt+F', run: () => box.current?.querySelector<HTMLElement>('[role="option"]')?.focus() });
  return (
    <div ref={box} className={css.column}>
      <QueryView query={queues}>
        {(data) => (
          <>
            {shown[side].flatMap((code) => {
              const queue = data.queues.find((one) => one.code === code);
              return queue && (queue.total > 0 || code === own[side]) ? [<QueueList key={code} queue={queue} shownId={shownId} onOpen={onOpen} />] : [];
            })}
          </>
        )}
      </QueryView>
    </div>
  );
}

function QueueList({ queue, shownId, onOpen }: { queue: Queue; shownId: string | null; onOpen: (id: string) => void }) {
  return (
    <section className={css.queue}>
      <h2>{queue.label} <span>{queue.total}</span></h2>
      <ListBox
        aria-label={queue.label}
        className={css.list!}
        items={queue.dossiers}
        selectionMode="none"
        onAction={(key) => onOpen(String(key))}
        renderEmptyState={() => <p className={css.none}>Personne n’attend.</p>}
      >
        {(line) => (
          <ListBoxItem id={line.id} textValue={`${line.priority} ${line.motive?.label ?? 'motif à préciser'}`} className={css.line!} data-here={line.id === shownId || undefined} data-still="">
            <PriorityMark priority={line.priority} />
            <span className={css.words}>
              <strong>{line.motive?.label ?? 'Motif à préciser'}</strong>
              <span>{[line.summary, line.city, line.owner?.name].filter(Boolean).join(', ')}</span>
            </span>
            <span className={css.age}>{line.onLine && <PhoneIcon size={13} />}{line.step === 'REPORTE' && line.dueAt ? <Moment at={line.dueAt} /> : <Age since={line.queueSince ?? line.openedAt} />}</span>
          </ListBoxItem>
        )}
      </ListBox>
      {queue.total > queue.dossiers.length && <p className={css.none}>{queue.dossiers.length} montrés sur {queue.total}.</p>}
    </section>
  );
}
