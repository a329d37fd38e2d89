import { useRef, useState } from 'react';
import { Note } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { useCommand } from '../../../../ui/commands.ts';
import { WarnIcon } from '../../../../ui/icons.tsx';
import { SegmentField } from '../../../../ui/field.tsx';
import { useAccount } from '../../../../ui/session.ts';
import { decisionTypeLabels, type Dossier, type Priority } from '../../contract.ts';
import { decisionKinds } from '../../domain/codes.ts';
import { pendingDecisions } from '../../domain/dossier.ts';
import { PriorityMark } from '../file/priority-mark.tsx';
import { DeferDialog } from './defer-dialog.tsx';
import { deferralOf } from './deferral.ts';
import { MeansSteps } from './means-steps.tsx';
import { ReasonDialog } from './reason-dialog.tsx';
import type { Plan } from './use-plan.ts';
import css from './actions-panel.module.css';

const priorities = (['P1', 'P2', 'P3'] as const).map((value) => ({ value, label: '', icon: <PriorityMark priority={value} /> }));
const ranks: readonly Priority[] = ['P0', 'P1', 'P2', 'P3', 'NR'];

/** What an assistant does with a dossier of the second level: take it, carry out orders, follow means and tasks. Never a decision. */
export function ActionsPanel({ dossier, plan, talking }: { dossier: Dossier; plan: Plan; talking: boolean }) {
  const account = useAccount();
  const panel = useRef<HTMLDivElement>(null);
  const [asking, setAsking] = useState<'defer' | 'reopen' | { priority: Priority } | { task: string } | null>(null);
  const may = (action: string) => dossier.possible.includes(action);
  const act = (action: Parameters<typeof run>[0], body: Parameters<typeof run>[1] = {}) => void run(action, body);
  async function run(action: 'take' | 'complete' | 'execute' | 'reopen' | 'set-priority' | 'close-task', body: object) {
    if (await plan.run(dossier, [{ kind: 'act', action, body }])) setAsking(null);
  }
  const mayTake = may('take') && dossier.owner?.accountId !== account.id;
  const orders = pendingDecisions(dossier).filter(({ type }) => decisionKinds[type].executor === 'arm');
  const deferral = deferralOf(dossier, talking);
  const tasks = dossier.tasks.filter(({ doneAt }) => doneAt === null);
  useCommand({ id: 'desk.take', label: 'Prendre ce dossier', group: 'Poste', keys: 'Alt+P', enabled: mayTake, run: () => act('take') });
  useCommand({ id: 'desk.defer', label: 'Convenir d’un rappel', group: 'Poste', keys: 'Alt+C', enabled: deferral === 'possible', run: () => setAsking('defer') });
  useCommand({ id: 'desk.todo', label: 'Aller à ce qui est à faire', group: 'Poste', keys: 'Alt+E', run: () => panel.current?.querySelector('button')?.focus() });

  function setPriority(priority: Priority) {
    if (ranks.indexOf(priority) > ranks.indexOf(dossier.priority)) setAsking({ priority });
    else if (priority !== dossier.priority) act('set-priority', { priority });
  }

  return (
    <div ref={panel} className={css.panel}>
      {mayTake && <Button look="main" wide keys="Alt P" isPending={plan.busy} onPress={() => act('take')}>Prendre ce dossier</Button>}
      {plan.problem && asking === null && <Note tone="bad" live icon={<WarnIcon />} title={plan.problem.title}>{plan.problem.message}</Note>}
      {orders.length > 0 && (
        <section className={css.part} aria-label="Ordres du médecin">
          <h3>À exécuter</h3>
          {orders.map(({ id, type }) => (
            <Button key={id} wide isPending={plan.busy} isDisabled={!may('execute')} onPress={() => act('execute', { decisionIds: [id] })}>Déclencher : {decisionTypeLabels[type]}</Button>
          ))}
        </section>
      )}
      <MeansSteps dossier={dossier} plan={plan} />
      {tasks.length > 0 && (
        <section className={css.part} aria-label="Tâches">
          <h3>Suivi</h3>
          {tasks.map(({ id, label }) => <p key={id} className={css.task}><span>{label}</span>{may('close-task') && <Button small onPress={() => setAsking({ task: id })}>Fait…</Button>}</p>)}
        </section>
      )}
      {may('set-priority') && <SegmentField<Priority> label="Priorité" choices={priorities} value={dossier.priority} onChange={setPriority} />}
      <p className={css.buttons}>
        {deferral === 'possible' && <Button small keys="Alt C" onPress={() => setAsking('defer')}>Convenir d’un rappel…</Button>}
        {deferral === 'on-line' && <span>Pour convenir d’un rappel, raccrochez d’abord.</span>}
        {may('reopen') && <Button small onPress={() => setAsking('reopen')}>Rendre au médecin…</Button>}
        {may('complete') && <Button small isPending={plan.busy} onPress={() => act('complete')}>Terminer le dossier</Button>}
      </p>
      {asking === 'defer' && <DeferDialog dossier={dossier} plan={plan} onDone={() => setAsking(null)} onClose={() => setAsking(null)} />}
      {asking === 'reopen' && (
        <ReasonDialog title="Rendre le dossier au médecin" label="Ce qui a changé" action="Rendre au médecin" plan={plan} onClose={() => setAsking(null)} onDo={(reason) => act('reopen', { cause: 'aggravation', reason })} />
      )}
      {asking !== null && typeof asking === 'object' && 'priority' in asking && (
        <ReasonDialog title={`Baisser la priorité à ${asking.priority}`} label="Pourquoi" action="Baisser la priorité" plan={plan} onClose={() => setAsking(null)} onDo={(reason) => act('set-priority', { priority: asking.priority, reason })} />
      )}
      {asking !== null && typeof asking === 'object' && 'task' in asking && (
        <ReasonDialog title="Tâche faite" label="Issue" action="Noter l’issue" plan={plan} onClose={() => setAsking(null)} onDo={(outcome) => act('close-task', { taskId: asking.task, outcome })} />
      )}
    </div>
  );
}
