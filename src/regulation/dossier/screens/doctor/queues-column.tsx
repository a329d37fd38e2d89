import { Badge } from '../../../../ui/badge.tsx';
import { useCommand } from '../../../../ui/commands.ts';
import { useAccount } from '../../../../ui/session.ts';
import { EmptyState } from '../../../../ui/states.tsx';
import { Tabs } from '../../../../ui/tabs.tsx';
import { call } from '../../../../ui/api.ts';
import { routes } from '../../contract.ts';
import { QueueList } from '../file/queue-list.tsx';
import type { Line, Queue } from '../file/use-queues.ts';
import { placeWords } from '../file/words.ts';
import css from '../file/desk.module.css';
import { P0Alarm } from './p0-alarm.tsx';
import { doctorQueues } from './queue-model.ts';

export const tabs = ['file', 'valider', 'miens'] as const;
export type TabName = (typeof tabs)[number];

interface QueuesColumnProps {
  readonly queues: readonly Queue[];
  /** What is in this doctor's hands. */
  readonly mine: readonly Line[];
  readonly tab: TabName;
  readonly onTab: (tab: TabName) => void;
  readonly selected: string | null;
  readonly onOpen: (id: string) => void;
}

/** P0 on top, then three tabs: the queue, what waits for a signature, what is in hand or put off. */
export function QueuesColumn({ queues, mine, tab, onTab, selected, onOpen }: QueuesColumnProps) {
  const { roles } = useAccount();
  const { p0, own, others, validation, validationTotal, deferred } = doctorQueues(queues, roles);
  const first = own.flatMap(({ dossiers }) => dossiers)[0];
  useCommand({ id: 'first', label: 'Ouvrir le premier de ma file', group: 'Décider', keys: 'F2', enabled: first !== undefined, run: () => first && onOpen(first.id) });

  async function takeP0(id: string) {
    onOpen(id);
    // Taken by somebody else a moment ago, or asking for a code: the file says so.
    await call(routes.dossier, { params: { id } })
      .then(({ version }) => call(routes.actOnDossier, { params: { id }, body: { action: 'start-regulation' }, headers: { 'if-match': `"${version}"` } }))
      .catch(() => undefined);
  }

  const list = (label: string, lines: readonly Line[], detail?: (line: Line) => string) => <QueueList label={label} lines={lines} selected={selected} onOpen={onOpen} {...(detail ? { detail } : {})} />;
  return (
    <>
      <P0Alarm lines={p0} onTake={(id) => void takeP0(id)} />
      <Tabs
        label="Files" value={tab} onChange={(next) => onTab(next as TabName)}
        items={[
          { id: 'file', label: 'Ma file', count: own.reduce((sum, { total }) => sum + total, 0), content: (
            <div className={css.lists}>
              {own.map((queue) => (queue.dossiers.length > 0 ? <div key={queue.code}>{own.length > 1 && <h2 className={css.heading}>{queue.label}</h2>}{list(queue.label, queue.dossiers)}</div> : null))}
              {first === undefined && <EmptyState title="Personne n’attend">Les dossiers arrivent ici d’eux-mêmes, les plus urgents en tête.</EmptyState>}
              {others.filter(({ dossiers }) => dossiers.length > 0).map((queue) => (
                <details key={queue.code} className={css.other}>
                  <summary>{queue.label} <Badge>{queue.total}</Badge></summary>
                  {list(queue.label, queue.dossiers)}
                </details>
              ))}
            </div>
          ) },
          { id: 'valider', label: 'À valider', count: validationTotal, content: (
            <div className={css.lists}>
              {validation.length > 0 ? list('À valider', validation) : <EmptyState title="Rien à valider">Les réponses données sans médecin en ligne attendent ici votre signature.</EmptyState>}
            </div>
          ) },
          { id: 'miens', label: 'Les miens', count: mine.length, content: (
            <div className={css.lists}>
              {mine.length > 0 ? list('Entre mes mains', mine, (line) => [placeWords(line), line.city, line.summary].filter(Boolean).join(', ')) : <EmptyState title="Rien entre vos mains" />}
              {deferred.length > 0 && <><h2 className={css.heading}>Rappels convenus</h2>{list('Rappels convenus', deferred)}</>}
            </div>
          ) },
        ]}
      />
    </>
  );
}
