import type { Dossier as DossierView } from '../contract.ts';
import { decisionKinds, freesPatient, type DossierState, type Priority, priorities, type Step, steps } from './codes.ts';
import { isSpecialised } from './rules.ts';

/** Who changed a field last, and to which version of the dossier it belongs. */
export interface Stamp {
  readonly version: number;
  readonly by: string;
  readonly at: string;
}

/** A dossier as the rules see it: what people read, and what only the rules need. Instants are ISO texts in UTC. */
export type Dossier = Omit<DossierView, 'possible' | 'presence' | 'prompts'> & {
  /** Whoever had a hand in it: they keep the right to read it. */
  readonly participants: readonly string[];
  readonly stamps: Readonly<Record<string, Stamp>>;
  /** Since when the priority is P0; the alarm counts from there. */
  readonly p0Since: string | null;
  readonly p0Alerts: number;
  /** PROGRAM: when it becomes active. */
  readonly programmedFor: string | null;
};
export type Act = Dossier['acts'][number];
export type Decision = Act['decisions'][number];
export type Means = Dossier['means'][number];
export type Task = Dossier['tasks'][number];

/** Where a dossier stands: its step while active, its state otherwise. */
export type Place = Step | Exclude<DossierState, 'ACTIF'>;
export const placeOf = (dossier: Pick<Dossier, 'state' | 'step'>): Place => (dossier.state === 'ACTIF' ? dossier.step! : dossier.state);

export const isP0 = (dossier: Pick<Dossier, 'priority'>): boolean => dossier.priority === 'P0';
/** Notes and fields can no longer be changed: corrections are amendments (T34). */
export const isFrozen = (dossier: Pick<Dossier, 'state'>): boolean => ['CLOTURE', 'CLASSE', 'ARCHIVE'].includes(dossier.state);

/** Acts that are no amendment of another. */
export const medicalActs = (dossier: Pick<Dossier, 'acts'>): Act[] => dossier.acts.filter((act) => act.amends === null);
export const decisionsOf = (dossier: Pick<Dossier, 'acts'>): Decision[] => dossier.acts.flatMap((act) => act.decisions);
export const pendingDecisions = (dossier: Pick<Dossier, 'acts'>): Decision[] => decisionsOf(dossier).filter((one) => one.executedAt === null);
export const openTasks = (dossier: Pick<Dossier, 'tasks'>): Task[] => dossier.tasks.filter((task) => task.doneAt === null);

/** No means has a patient in charge, nor goes to one. */
export const freeOfPatients = (dossier: Pick<Dossier, 'means'>): boolean => dossier.means.every((one) => freesPatient(one.status));

/** Doctors' queue of the filière. */
export function doctorQueue(dossier: Pick<Dossier, 'filiere'>): string {
  if (isSpecialised(dossier.filiere)) return dossier.filiere;
  return dossier.filiere === 'SNP' ? 'MRG' : 'MRU';
}

const levelQueue = (dossier: Pick<Dossier, 'filiere'>) => (dossier.filiere === 'SNP' ? 'SNP' : 'AMU');

/** The queue of those who carry out the decisions still to be done, or null when a doctor does it himself. */
function orderQueue(dossier: Dossier): string | null {
  const executors = pendingDecisions(dossier).map((decision) => decisionKinds[decision.type].executor);
  if (executors.includes('osnp')) return 'SNP';
  return executors.includes('arm') ? 'AMU' : null;
}

/**
 * The queue that owns a dossier when no person does (I10). Waiting steps are always in a queue; the others only when their
 * owner left.
 */
export function queueOf(dossier: Dossier): string | null {
  if (dossier.state !== 'ACTIF') return null;
  const inHand = dossier.owner !== null;
  const queues: Record<Step, string | null> = {
    OUVERT: inHand ? null : 'N1',
    QUALIFIE: inHand ? null : 'N1',
    P0_ENGAGE: 'P0',
    ATTENTE_N2: levelQueue(dossier),
    EN_COURS_N2: inHand ? null : levelQueue(dossier),
    ATTENTE_MR: doctorQueue(dossier),
    REPORTE: 'REPORTE',
    EN_REGULATION: inHand ? null : doctorQueue(dossier),
    A_VALIDER_MR: 'VALIDATION',
    DECIDE: inHand ? null : (orderQueue(dossier) ?? doctorQueue(dossier)),
    EN_EXECUTION: inHand ? null : (orderQueue(dossier) ?? levelQueue(dossier)),
    EN_SUIVI: inHand ? null : 'SUIVI',
  };
  return queues[dossier.step!];
}

/** Rank in a queue: priority first; an agreed call-back whose time has come goes before the P2 (T12). Then the oldest first. */
export function rankOf(dossier: Pick<Dossier, 'priority' | 'deferral' | 'step'>): number {
  const rank = 10 * priorities.indexOf(dossier.priority);
  const due = dossier.step === 'ATTENTE_MR' && dossier.deferral?.returnedAt;
  return due ? Math.min(rank, 10 * priorities.indexOf('P2') - 5) : rank;
}

/**
 * The queue that a caller on the line goes to with his dossier. Once a doctor has decided, he is needed by those who find him an
 * appointment, not by those who send means.
 */
export const callerQueue = (dossier: Pick<Dossier, 'queue' | 'acts'>): string | null =>
  dossier.queue === 'AMU' && medicalActs(dossier).length > 0 ? null : dossier.queue;

/** Sets the step, and what follows from it: owner, queue, since when. */
export function moved(dossier: Dossier, place: Place, now: string, owner: Dossier['owner']): Dossier {
  const active = isStep(place);
  const next: Dossier = {
    ...dossier, owner: active ? owner : null, state: active ? 'ACTIF' : place, step: active ? place : null, dueAt: place === 'REPORTE' ? dossier.dueAt : null,
    updatedAt: now,
  };
  const queue = queueOf(next);
  return { ...next, queue, queueSince: queue === null ? null : queue === dossier.queue ? dossier.queueSince : now };
}

export const isStep = (place: Place): place is Step => (steps as readonly string[]).includes(place);

/** Sets the priority and, for a P0, the instant from which the alarm counts. */
export const withPriority = (dossier: Dossier, priority: Priority, now: string): Dossier => ({
  ...dossier, priority, p0Since: priority === 'P0' ? (dossier.p0Since ?? now) : null,
});
