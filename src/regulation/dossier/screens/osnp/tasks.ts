import { type DecisionType, decisionTypeLabels, type PatientTask, patientTaskWords } from '../../contract.ts';
import { decisionKinds } from '../../domain/codes.ts';
import { delays, type Delay } from '../file/detail-words.ts';
import type { Line, Queue } from '../file/use-queues.ts';

/** What an OSNP has to do, in the order in which it is done. */
export const taskGroups = ['rendez-vous', 'structure', 'non-venu', 'rappel', 'suivi'] as const;
export type TaskGroup = (typeof taskGroups)[number];
export const taskGroupWords: Record<TaskGroup, string> = {
  'rendez-vous': 'Rendez-vous à trouver', structure: 'Structures à rappeler', 'non-venu': 'Patients non venus, annulations', rappel: 'Rappels', suivi: 'Autres suivis',
};

/** One thing to do in one dossier. */
export interface Task {
  readonly id: string;
  readonly group: TaskGroup;
  readonly words: string;
  readonly line: Line;
  /** When it should be done by; null when no time was set. */
  readonly dueAt: string | null;
}

/** Kinds of follow-up that an OSNP plans himself. */
export const followUps = [
  { kind: 'rappel-structure', label: 'Rappeler la structure' }, { kind: 'rappel-rdv', label: 'Rappeler le rendez-vous au patient' }, { kind: 'rappel-patient', label: 'Rappeler le patient' },
] as const;

const groupOfKind: Record<string, TaskGroup> = {
  'rappel-structure': 'structure', 'rdv-cancelled': 'non-venu', 'rappel-rdv': 'rappel', 'rappel-patient': 'rappel', 'rappel-coupure': 'rappel',
  'suivi-vulnerable': 'rappel',
};

/** How a task ended, as the codes that are kept (US-OS-07). */
export const outcomes = ['Fait', 'Joint, tout va bien', 'Joint, va voir un médecin', 'Pas de réponse', 'Refus du patient', 'Autre rendez-vous pris'] as const;

const delayHours: Record<Delay, number> = { '6h': 6, '24h': 24, '48h': 48, 'plus-tard': 168 };

/** The instant an order should be carried out by; null when the prescriber set no delay. */
export function dueOfOrder({ at, delay }: Line['orders'][number]): string | null {
  return delay !== null && delay in delays ? Temporal.Instant.from(at).add({ hours: delayHours[delay as Delay] }).toString() : null;
}

const isMine = (type: DecisionType) => decisionKinds[type].executor === 'osnp';

const tasksOf = (line: Line): Task[] => [
  ...line.orders.filter(({ type }) => isMine(type)).map((order): Task => {
    const delay = delays[order.delay as Delay];
    return { id: order.decisionId, group: 'rendez-vous', line, words: [decisionTypeLabels[order.type], delay].filter(Boolean).join(', '), dueAt: dueOfOrder(order) };
  }),
  ...line.tasks.map(({ id, kind, label, dueAt }): Task => ({ id, group: groupOfKind[kind] ?? 'suivi', line, words: label, dueAt })),
];

/** What is owed to the patients of appointments, with the lines of their dossiers, which may be closed. */
export interface Owed {
  readonly tasks: readonly PatientTask[];
  readonly dossiers: readonly Line[];
}
const groupOfOwed: Record<PatientTask['kind'], TaskGroup> = { 'rdv-noshow': 'non-venu', 'rappel-rdv': 'rappel' };

const owedTasks = ({ tasks, dossiers }: Owed): Task[] => tasks.flatMap(({ id, kind, dossierId, dueAt }) => {
  const line = dossiers.find((one) => one.id === dossierId);
  return line ? [{ id, group: groupOfOwed[kind], words: patientTaskWords[kind], line, dueAt }] : [];
});

const priorityRank = (task: Task) => ['P0', 'P1', 'P2', 'P3', 'NR'].indexOf(task.line.priority);
const dueRank = ({ dueAt, line }: Task) => Temporal.Instant.from(dueAt ?? line.openedAt).epochMilliseconds;

/**
 * Everything that is left to do in these queues and for the patients of appointments, group after group; in a group the most urgent patient first, then what is
 * due first.
 */
export function tasksInOrder(queues: readonly Queue[], owed: Owed = { tasks: [], dossiers: [] }): Task[] {
  const lines = new Map(queues.flatMap(({ dossiers }) => dossiers).map((line) => [line.id, line]));
  return [...[...lines.values()].flatMap(tasksOf), ...owedTasks(owed)].toSorted((a, b) =>
    taskGroups.indexOf(a.group) - taskGroups.indexOf(b.group) || priorityRank(a) - priorityRank(b) || dueRank(a) - dueRank(b) || (a.id < b.id ? -1 : 1));
}

/** Dossiers of the SNP queue that wait to be taken, or are being filled in: not those that only have orders left. */
export const waitingLines = (queues: readonly Queue[]): Line[] =>
  (queues.find(({ code }) => code === 'SNP')?.dossiers ?? []).filter(({ step }) => step === 'ATTENTE_N2' || step === 'EN_COURS_N2');

/** The tasks group by group, one row for a dossier in a group: what to do there is said together, due when the first is. */
export function groupedTasks(queues: readonly Queue[], owed?: Owed): { group: TaskGroup; rows: { line: Line; words: string; dueAt: string | null }[] }[] {
  const tasks = tasksInOrder(queues, owed);
  return taskGroups.flatMap((group) => {
    const byLine = Map.groupBy(tasks.filter((task) => task.group === group), ({ line }) => line.id);
    const rows = [...byLine.values()].map((same) => ({ line: same[0]!.line, words: same.map(({ words }) => words).join(' ; '), dueAt: same[0]!.dueAt }));
    return rows.length > 0 ? [{ group, rows }] : [];
  });
}
