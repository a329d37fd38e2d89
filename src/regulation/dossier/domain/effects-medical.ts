import { doctors, roleAs } from './actors.ts';
import { attributionOf, decisionKinds, substitutionOf } from './codes.ts';
import { type Act, type Dossier, type Means, type Task, withPriority } from './dossier.ts';
import type { Effect } from './effects.ts';
import { actLevel, isOwnDoctor, substitutionIn } from './guards-decision.ts';
import type { RegulationRules } from './rules.ts';
import type { Situation } from './situation.ts';

const hand = ({ author }: Situation) => ({ accountId: author.accountId, name: author.name });

/** A task of follow-up; `assignee` is an account or a queue. */
export const newTask = (s: Pick<Situation, 'newId' | 'now'>, task: Pick<Task, 'kind' | 'label' | 'dueAt' | 'assignee'>): Task => ({
  ...task, id: s.newId(), createdAt: s.now.toString(), doneAt: null, outcome: null, doneBy: null,
});

/** A vulnerable patient is called back after the decision, so that care is not given up (REG-22). */
export function withVulnerableTask(dossier: Dossier, s: Pick<Situation, 'newId' | 'now'>, rules: RegulationRules): Dossier {
  const wanted = dossier.patient.vulnerable.length > 0 && dossier.acts.length > 0 && dossier.state === 'ACTIF';
  if (!wanted || dossier.tasks.some((task) => task.kind === 'suivi-vulnerable')) return dossier;
  const dueAt = s.now.add({ hours: rules.followUp.vulnerableHours }).toString();
  const task = newTask(s, { kind: 'suivi-vulnerable', label: 'Rappeler ce patient vulnérable', dueAt, assignee: 'SUIVI' });
  return { ...dossier, tasks: [...dossier.tasks, task] };
}

/** National code of the act: the filière's own doctor, a crisis, or a substitution (T13). */
function attribution(s: Situation): string {
  const { dossier, input, parties } = s;
  if (input.crisis) return input.crisis;
  if (dossier.filiere === null) return parties.includes('U') ? 'DRM.MRU.MU' : 'DRM.MRL.MG';
  if (isOwnDoctor(s)) return attributionOf[dossier.filiere];
  return substitutionOf[substitutionIn(s)!].attribution;
}

function newAct(s: Situation, mode: Act['mode']): Act {
  const now = s.now.toString();
  const { input, author, dossier } = s;
  return {
    id: s.newId(), at: now, author: author.name, authorId: author.accountId, role: roleAs(author, doctors), status: author.status,
    filiere: dossier.filiere, mode, careLevel: actLevel(input), hypothesis: input.hypothesis ?? '', advice: input.advice ?? '', attribution: attribution(s),
    decisions: (input.decisions ?? []).map((one) => ({
      id: s.newId(), type: one.type, careLevel: one.careLevel ?? input.careLevel ?? null, details: one.details,
      executedAt: decisionKinds[one.type].executor && !reflexFor(dossier.means, one.type) ? null : now,
    })),
    amends: null, reason: null,
  };
}

/** The reflex means that already carries out such a decision. */
const reflexFor = (means: readonly Means[], type: Act['decisions'][number]['type']): Means | undefined =>
  means.find((one) => one.type === decisionKinds[type].means && one.reflex && one.decisionId === null && one.status !== 'ANNULE');

/** The means that an act's decisions engage; a reflex means already under way is the one decided, not a second. */
function withMeans(means: readonly Means[], act: Act, s: Situation): Means[] {
  let all = [...means];
  for (const decision of act.decisions) {
    const type = decisionKinds[decision.type].means;
    if (!type) continue;
    const reflex = reflexFor(all, decision.type);
    const teams = Math.max(1, Math.min(10, Math.trunc(Number(decision.details['teams'] ?? 1)) || 1));
    if (reflex) all = all.map((one) => (one === reflex ? { ...one, decisionId: decision.id } : one));
    else all.push(...Array.from({ length: teams }, () => newMeans(s, type, 'DECISION', decision.id)));
  }
  return all;
}

function newMeans(s: Situation, type: string, status: string, decisionId: string | null): Means {
  const at = s.now.toString();
  return { id: s.newId(), type, status, at, reflex: decisionId === null, decisionId, history: [{ status, at, by: s.author.name }] };
}

/** A means with one more status; the first ones are kept. */
export const withStatus = (means: Means, status: string, s: Pick<Situation, 'now' | 'author'>): Means => ({
  ...means, status, at: s.now.toString(), history: [...means.history, { status, at: s.now.toString(), by: s.author.name }],
});

/** What an act of regulation does: the dossier becomes a DRM for good, under the code of its first act (D3). */
function withAct(s: Situation, act: Act): Dossier {
  const { dossier } = s;
  const tasks = dossier.tasks.map((task) =>
    ['bilan', 'rappel-patient'].includes(task.kind) && task.doneAt === null ? { ...task, doneAt: act.at, outcome: 'Décision prise', doneBy: act.author } : task);
  return withVulnerableTask(
    {
      ...dossier, tasks, acts: [...dossier.acts, act], type: 'DRM', careLevel: act.careLevel ?? dossier.careLevel,
      attribution: dossier.attribution?.startsWith('DRM.') ? dossier.attribution : act.attribution, means: withMeans(dossier.means, act, s),
    },
    s, s.rules,
  );
}

/** Orders carried out by others leave the doctor's hands for their queue; the MRU's go straight to the OSNP (ACT-09). */
const ordersToOthers = (act: Act) => act.decisions.some((one) => one.executedAt === null && decisionKinds[one.type].executor !== 'doctor');

export const medicalEffects = {
  'start-regulation': (s) => {
    const { dossier, input } = s;
    const taken = dossier.p0 && dossier.p0.takenAt === null;
    return {
      dossier: {
        ...dossier, substitution: isOwnDoctor(s) ? null : (input.substitution ?? dossier.substitution), p0: taken ? { ...dossier.p0!, takenAt: s.now.toString() } : dossier.p0,
      },
      owner: hand(s), alerts: taken ? ['p0-taken'] : [], payload: { substitution: isOwnDoctor(s) ? null : substitutionIn(s) },
    };
  },
  decide: (s) => {
    const act = newAct(s, 'telephone');
    return { dossier: withAct(s, act), owner: ordersToOthers(act) ? null : hand(s), payload: { act: act.id, careLevel: act.careLevel, attribution: act.attribution, decisions: act.decisions.map((one) => one.type) } };
  },
  validate: (s) => {
    const act = newAct(s, 'validation');
    const isMedical = act.decisions.length > 0 || act.careLevel !== null;
    const signed = isMedical ? act : { ...act, attribution: s.dossier.attribution ?? 'DR.DREG.DRARM' };
    const dossier = isMedical ? withAct(s, act) : { ...s.dossier, acts: [...s.dossier.acts, signed] };
    return { dossier, owner: ordersToOthers(signed) ? null : hand(s), payload: { act: signed.id, attribution: signed.attribution, decisions: act.decisions.map((one) => one.type) } };
  },
  disagree: (s) => ({
    dossier: {
      ...s.dossier, substitution: isOwnDoctor(s) ? null : (s.input.substitution ?? null),
      tasks: [...s.dossier.tasks, newTask(s, { kind: 'rappel-patient', label: 'Rappeler le patient', dueAt: s.now.toString(), assignee: s.author.accountId })],
    },
    owner: hand(s),
  }),
  'engage-p0': (s) => {
    const { dossier, input, now } = s;
    const types = input.reflexMeans ?? s.rules.p0.reflexMeans;
    const engaged = types.filter((type) => !dossier.means.some((one) => one.type === type && one.status !== 'ANNULE'));
    const after: Dossier = {
      ...withPriority(dossier, 'P0', now.toString()), type: dossier.type === 'D' ? 'DR' : dossier.type, attribution: dossier.type === 'D' ? null : dossier.attribution,
      location: input.location ?? dossier.location, callback: input.callback ?? dossier.callback,
      motive: input.motive ?? dossier.motive ?? { code: 'M01.00', label: 'Détresse vitale' }, filiere: 'AMU',
      filieres: dossier.filiere === 'AMU' ? dossier.filieres : [...dossier.filieres, { filiere: 'AMU', since: now.toString(), by: s.author.name, reason: 'P0 engagé' }],
      means: [...dossier.means, ...engaged.map((type) => newMeans(s, type, 'DECLENCHE', null))],
      p0: { engagedAt: dossier.p0?.engagedAt ?? now.toString(), takenAt: null }, p0Since: now.toString(), p0Alerts: 0, p0Suspected: false, deferral: null,
    };
    return { dossier: after, owner: hand(s), alerts: ['p0-alarm'], payload: { means: engaged, gestures: input.gestures ?? null } };
  },
  amend: (s) => {
    const { dossier, input } = s;
    const original = dossier.acts.find((one) => one.id === input.actId)!;
    const now = s.now.toString();
    const act: Act = {
      ...newAct({ ...s, dossier: { ...dossier, filiere: null } }, 'telephone'), role: roleAs(s.author, [...doctors, 'SV']), filiere: original.filiere, attribution: original.attribution, advice: input.text!,
      amends: original.id, reason: input.reason!, decisions: (input.decisions ?? []).map((one) => ({ id: s.newId(), type: one.type, careLevel: one.careLevel ?? input.careLevel ?? null, details: one.details, executedAt: now })),
    };
    return { dossier: { ...dossier, acts: [...dossier.acts, act] }, payload: { act: act.id, amends: original.id } };
  },
} satisfies Record<string, Effect>;
