import { useCommand } from '../../../../ui/commands.ts';
import { EmptyState } from '../../../../ui/states.tsx';
import { Tabs } from '../../../../ui/tabs.tsx';
import type { ReceivedAppointment } from '../../contract.ts';
import css from '../file/desk.module.css';
import { QueueList } from '../file/queue-list.tsx';
import type { Queue } from '../file/use-queues.ts';
import { usePatientTasks } from './patient-tasks.tsx';
import { groupedTasks, taskGroupWords, waitingLines } from './tasks.ts';
import { Unattached } from './unattached.tsx';

export const tabs = ['file', 'taches', 'rendez-vous'] as const;
export type TabName = (typeof tabs)[number];

interface QueuesColumnProps {
  readonly queues: readonly Queue[];
  readonly appointments: readonly ReceivedAppointment[];
  readonly tab: TabName;
  readonly onTab: (tab: TabName) => void;
  readonly selected: string | null;
  readonly onOpen: (id: string) => void;
}

/** Three tabs: the SNP queue, the tasks in their order, the appointments that came back without their dossier. */
export function QueuesColumn({ queues, appointments, tab, onTab, selected, onOpen }: QueuesColumnProps) {
  const waiting = waitingLines(queues);
  const groups = groupedTasks(queues, usePatientTasks());
  const next = tab === 'taches' ? groups[0]?.rows[0]?.line : waiting[0];
  useCommand({ id: 'first', label: 'Ouvrir le premier de la liste', group: 'Dossier', keys: 'F2', enabled: next !== undefined, run: () => next && onOpen(next.id) });
  return (
    <Tabs
      label="À faire" value={tab} onChange={(to) => onTab(to as TabName)}
      items={[
        { id: 'file', label: 'Ma file', count: waiting.length, content: (
          <div className={css.lists}>
            {waiting.length > 0 ? <QueueList label="OSNP" lines={waiting} selected={selected} onOpen={onOpen} /> : <EmptyState title="Personne n’attend">Les dossiers de soins non programmés arrivent ici d’eux-mêmes.</EmptyState>}
          </div>
        ) },
        { id: 'taches', label: 'Tâches', count: groups.reduce((sum, { rows }) => sum + rows.length, 0), content: (
          <div className={css.lists}>
            {groups.length === 0 && <EmptyState title="Rien à faire">Les rendez-vous prescrits et les rappels prévus viennent ici.</EmptyState>}
            {groups.map(({ group, rows }) => (
              <section key={group}>
                <h2 className={css.heading}>{taskGroupWords[group]}</h2>
                <QueueList label={taskGroupWords[group]} lines={rows.map(({ line, dueAt }) => ({ ...line, dueAt }))} selected={selected} onOpen={onOpen} detail={({ id }) => rows.find(({ line }) => line.id === id)?.words ?? ''} />
              </section>
            ))}
          </div>
        ) },
        { id: 'rendez-vous', label: 'Reçus', count: appointments.length, content: (
          <div className={css.lists}><Unattached appointments={appointments} opened={selected} onOpen={onOpen} /></div>
        ) },
      ]}
    />
  );
}
