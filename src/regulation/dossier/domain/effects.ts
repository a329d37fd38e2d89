import { roleAs } from './actors.ts';
import { comparePriorities, decisionKinds, type Filiere } from './codes.ts';
import { type Dossier, isP0, medicalActs, type Place, withPriority } from './dossier.ts';
import { medicalEffects, newTask, withStatus } from './effects-medical.ts';
import { emptyPatient } from './open.ts';
import { dueOf, mayExecute } from './guards.ts';
import { isSpecialised } from './rules.ts';
import type { Situation } from './situation.ts';
import type { Action, Transition } from './transitions.ts';

/** What people must hear at once. */
export type Alert = 'p0-alarm' | 'p0-taken' | 'p0-suspected' | 'p0-late' | 'recall-due' | 'order';

/** What an action does, computed without doing it. */
export interface Change {
  readonly dossier: Dossier;
  /** When the table says `computed`. */
  readonly place?: Place;
  /** Who has it in hand afterwards; unchanged when absent. */
  readonly owner?: Dossier['owner'];
  readonly alerts?: readonly Alert[];
  /** For the journal. */
  readonly payload?: Readonly<Record<string, unknown>>;
  /** The other dossier of a merge or of a call just attached. */
  readonly other?: Dossier;
  /** The dossier that a split opens, still without its number. */
  readonly opened?: Dossier;
}
export type Effect = (situation: Situation, transition: Transition) => Change;

const hand = ({ author }: Situation) => ({ accountId: author.accountId, name: author.name });
const doctor = ({ parties }: Situation) => parties.some((party) => ['U', 'G', 'S'].includes(party));
const stay: Effect = ({ dossier }) => ({ dossier });
const letGo: Effect = ({ dossier }) => ({ dossier, owner: null });

/** Moves to a filière; its history and the age of the dossier are kept (REG-08, I9). */
function toFiliere(dossier: Dossier, filiere: Filiere, s: Situation, reason: string | null): Dossier {
  if (dossier.filiere === filiere) return dossier;
  return { ...dossier, filiere, filieres: [...dossier.filieres, { filiere, since: s.now.toString(), by: s.author.name, reason }] };
}

/** Where a finished dossier goes on when somebody calls again or decides again (T26). */
function revived(s: Situation): Pick<Change, 'place' | 'owner'> & { dossier: Dossier } {
  const dossier = { ...s.dossier, activeSince: s.now.toString() };
  const owner = hand(s);
  if (dossier.type === 'D') return { dossier, place: 'OUVERT', owner };
  if (doctor(s)) return { dossier: { ...dossier, substitution: null }, place: 'EN_REGULATION', owner };
  if (isP0(dossier)) return { dossier, place: 'EN_REGULATION', owner: null };
  return { dossier, place: dossier.filiere === null ? 'QUALIFIE' : 'EN_COURS_N2', owner };
}

const attachCall: Effect = (s) => {
  const call = s.call!;
  const calls = [...s.dossier.calls, { id: call.id, at: call.presentedAt, repeated: s.dossier.calls.length > 0, onLine: !call.ended, number: call.caller }];
  const payload = { call: call.id, repeated: s.dossier.calls.length > 0 };
  const other: Dossier | undefined = s.other
    ? { ...s.other, state: 'ACHEVE', step: null, owner: null, queue: null, queueSince: null, attribution: 'D.D-MALV.ITERATIF', mergedInto: s.dossier.id, calls: [], updatedAt: s.now.toString() }
    : undefined;
  const attached = { ...s, dossier: { ...s.dossier, calls } };
  const { state, step } = s.dossier;
  if (state === 'ACHEVE' || state === 'VALIDE') return { ...revived(attached), payload, other };
  if (state === 'PROGRAM') return { dossier: { ...attached.dossier, activeSince: s.now.toString() }, place: 'OUVERT', owner: hand(s), payload, other };
  const worse = s.input.aggravation === true && (step === 'DECIDE' || step === 'EN_EXECUTION' || step === 'EN_SUIVI');
  if (worse) return { dossier: attached.dossier, place: 'EN_REGULATION', owner: null, payload, other };
  return { dossier: attached.dossier, place: step!, payload, other };
};

const qualify: Effect = (s) => {
  const { dossier, input } = s;
  const health = dossier.type !== 'D' || input.healthContent !== false;
  const filled: Dossier = {
    ...withPriority(dossier, input.priority!, s.now.toString()), type: health && dossier.type === 'D' ? 'DR' : dossier.type,
    motive: input.motive ?? dossier.motive, location: input.location ?? dossier.location, callback: input.callback ?? dossier.callback,
    caller: input.caller ?? dossier.caller, patient: { ...dossier.patient, ...input.patient },
  };
  const alerts: Alert[] = isP0(filled) && !isP0(dossier) ? ['p0-alarm'] : [];
  return { dossier: input.filiere ? toFiliere(filled, input.filiere, s, null) : filled, owner: hand(s), alerts, payload: { priority: input.priority, filiere: filled.filiere, motive: filled.motive?.code } };
};

const requestValidation: Effect = (s) => {
  const { dossier, input, rules } = s;
  const category = input.category ?? null;
  const whitelisted = category !== null && rules.withoutDoctor.includes(category) && comparePriorities(dossier.priority, 'P1') > 0;
  const after: Dossier = {
    ...(whitelisted ? withPriority(dossier, 'NR', s.now.toString()) : dossier),
    type: 'DR', attribution: category ?? 'DR.DREG.DRARM', motive: dossier.motive ?? input.motive ?? { code: 'M06.04', label: 'Autres motifs' },
    validation: { requestedAt: s.now.toString(), by: s.author.name, reason: input.reason ?? '', answer: input.answer ?? '', category, whitelisted },
    deferral: null,
  };
  return { dossier: after, place: whitelisted ? 'DECIDE' : 'A_VALIDER_MR', owner: whitelisted ? hand(s) : null, payload: { category, whitelisted } };
};

const requalify: Effect = (s) => {
  const { dossier, input, parties } = s;
  const filiere = input.filiere!;
  const byOsnp = parties.includes('OS') && parties.length === 1;
  const asked = input.priority ?? dossier.priority;
  const priority = byOsnp && comparePriorities(asked, 'P1') > 0 ? 'P1' : asked;
  const suspected = input.suspectedP0 === true;
  const after: Dossier = {
    ...toFiliere(withPriority(dossier, priority, s.now.toString()), filiere, s, input.reason!), substitution: null, deferral: null,
    p0Suspected: dossier.p0Suspected || suspected,
  };
  const toDoctor = isSpecialised(filiere) || (doctor(s) && input.level !== 'n2');
  return {
    dossier: after, place: toDoctor ? 'ATTENTE_MR' : 'ATTENTE_N2', owner: null, alerts: suspected ? ['p0-suspected'] : [],
    payload: { from: dossier.filiere, to: filiere, priority, suspectedP0: suspected },
  };
};

const setPriority: Effect = (s) => ({
  dossier: withPriority(s.dossier, s.input.priority!, s.now.toString()), payload: { from: s.dossier.priority, to: s.input.priority },
});

const execute: Effect = (s) => {
  const { dossier, input, parties } = s;
  const now = s.now.toString();
  const meansOnly = input.means !== undefined && input.decisionIds === undefined;
  const done = new Set(
    dossier.acts.flatMap((act) => act.decisions)
      .filter((one) => !meansOnly && one.executedAt === null && (!input.decisionIds || input.decisionIds.includes(one.id)))
      .filter((one) => mayExecute(parties, decisionKinds[one.type].executor ?? 'doctor'))
      .map((one) => one.id),
  );
  const acts = dossier.acts.map((act) => ({ ...act, decisions: act.decisions.map((one) => (done.has(one.id) ? { ...one, executedAt: now } : one)) }));
  const means = dossier.means.map((one) => {
    const told = input.means?.find(({ id }) => id === one.id);
    if (told) return withStatus(one, told.status, s);
    return one.decisionId && done.has(one.decisionId) && one.status === 'DECISION' ? withStatus(one, 'DECLENCHE', s) : one;
  });
  const payload = { executed: [...done], means: input.means ?? [] };
  const bilan = input.means?.some(({ status }) => status === 'BILAN') && (dossier.step === 'DECIDE' || dossier.step === 'EN_EXECUTION' || dossier.step === 'EN_SUIVI');
  if (bilan) {
    const assignee = medicalActs(dossier).at(-1)?.authorId ?? 'MRU';
    const task = newTask(s, { kind: 'bilan', label: 'Bilan reçu : décider de la suite', dueAt: now, assignee });
    return { dossier: { ...dossier, acts, means, tasks: [...dossier.tasks, task] }, place: 'EN_REGULATION', owner: null, payload };
  }
  const place = dossier.step === 'EN_SUIVI' && done.size === 0 ? 'EN_SUIVI' : 'EN_EXECUTION';
  const owner = done.size > 0 && acts.flatMap((act) => act.decisions).every((one) => one.executedAt !== null) ? hand(s) : dossier.owner;
  return { dossier: { ...dossier, acts, means }, place, owner, payload };
};

const reopen: Effect = (s, { t }) => {
  const payload = { cause: s.input.cause ?? null };
  if (t === 'T26') return { ...revived(s), payload };
  return { dossier: { ...s.dossier, substitution: null }, owner: doctor(s) ? hand(s) : null, payload };
};

const followUp: Effect = (s) => {
  const tasks = (s.input.tasks ?? []).map((task) => newTask(s, { ...task, dueAt: Temporal.Instant.from(task.dueAt).toString(), assignee: 'SUIVI' }));
  return { dossier: { ...s.dossier, tasks: [...s.dossier.tasks, ...tasks] }, owner: null, payload: { tasks: tasks.map((task) => task.kind) } };
};

const closeTask: Effect = (s) => ({
  dossier: {
    ...s.dossier,
    tasks: s.dossier.tasks.map((task) => (task.id === s.input.taskId ? { ...task, doneAt: s.now.toString(), outcome: s.input.outcome!, doneBy: s.author.name } : task)),
  },
  payload: { task: s.input.taskId },
});

const defer: Effect = (s) => {
  const dueAt = dueOf(s.input, s.now)!.toString();
  return { dossier: { ...s.dossier, dueAt, deferral: { dueAt, warningSigns: s.input.warningSigns!, by: s.author.name, returnedAt: null } }, owner: null, payload: { dueAt } };
};

const merge: Effect = (s) => {
  const { dossier, other } = s;
  const known = new Set(other!.calls.map((call) => call.id));
  const calls = dossier.calls.filter((call) => !known.has(call.id)).map((call) => ({ ...call, repeated: true }));
  return {
    dossier: { ...dossier, calls: [], mergedInto: other!.id, priority: dossier.priority },
    other: { ...other!, calls: [...other!.calls, ...calls], updatedAt: s.now.toString(), participants: [...new Set([...other!.participants, ...dossier.participants])] },
    payload: { into: other!.number, calls: calls.map((call) => call.id) },
  };
};

const split: Effect = (s) => {
  const { dossier, input } = s;
  const now = s.now.toString();
  const leaving = dossier.calls.filter((call) => input.callIds?.includes(call.id));
  const opened: Dossier = {
    ...dossier, id: s.newId(), number: '', version: 1, type: dossier.type === 'D' ? 'D' : 'DR', attribution: null, state: 'ACTIF', step: 'OUVERT', filiere: null, filieres: [],
    priority: 'P2', p0: null, p0Since: null, p0Alerts: 0, p0Suspected: false, careLevel: null, openedAt: now, updatedAt: now, activeSince: now, queueSince: null, dueAt: null,
    owner: hand(s), queue: null, patient: emptyPatient, notes: [], acts: [], means: [], appointments: [], tasks: [], protocol: null, validation: null, deferral: null,
    substitution: null, calls: leaving.map((call, index) => ({ ...call, repeated: index > 0 })), splitFrom: dossier.id, suiteOf: null, stamps: {}, participants: [s.author.accountId],
  };
  return { dossier: { ...dossier, calls: dossier.calls.filter((call) => !leaving.includes(call)) }, opened, payload: { calls: leaving.map((call) => call.id) } };
};

/** One effect an action: a pure function of the situation. */
export const effects: Readonly<Record<Action, Effect>> = {
  ...medicalEffects,
  'attach-call': attachCall,
  'close-as-d': (s) => ({ dossier: { ...withPriority(s.dossier, 'NR', s.now.toString()), attribution: s.input.code! }, payload: { code: s.input.code } }),
  qualify,
  'send-to-n2': (s) => ({ dossier: s.dossier, owner: null, payload: { usualDoctor: s.dossier.patient.usualDoctorContact } }),
  'send-to-doctor': (s, { t }) => ({ dossier: t === 'T08' && s.input.filiere ? toFiliere(s.dossier, s.input.filiere, s, null) : s.dossier, owner: null }),
  take: (s) => ({ dossier: s.dossier, owner: hand(s) }),
  defer,
  'recall-due': (s) => ({ dossier: { ...s.dossier, deferral: { ...s.dossier.deferral!, returnedAt: s.now.toString() } }, owner: null, alerts: ['recall-due'] }),
  'request-validation': requestValidation,
  requalify,
  'set-priority': setPriority,
  execute,
  reopen,
  'follow-up': followUp,
  'plan-follow-up': letGo,
  'close-task': closeTask,
  complete: letGo,
  finish: letGo,
  check: stay,
  close: stay,
  'file-away': stay,
  activate: (s) => ({ dossier: { ...s.dossier, activeSince: s.now.toString(), programmedFor: s.dossier.programmedFor }, owner: null }),
  'hand-over': (s) => ({ dossier: s.dossier, owner: s.input.to!, payload: { to: s.input.to, as: roleAs(s.author, s.parties) } }),
  merge,
  split,
};
