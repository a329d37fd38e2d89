import { decisionGuards } from './guards-decision.ts';
import { comparePriorities, decisionKinds, type Filiere, meansMayBecome } from './codes.ts';
import { type Dossier, freeOfPatients, isP0, medicalActs, openTasks, pendingDecisions } from './dossier.ts';
import { isSpecialised } from './rules.ts';
import { impossible, missing, notAllowed, type Refusal, type Situation } from './situation.ts';

/** A rule of the table: what it refuses, and why; nothing when it holds. */
export type Guard = (situation: Situation) => readonly Refusal[];

const when = (broken: boolean, refusal: Refusal): Refusal[] => (broken ? [refusal] : []);
const is = (situation: Situation, party: string) => (situation.parties as readonly string[]).includes(party);
const instant = (text: string) => Temporal.Instant.from(text);
const reached = (now: Temporal.Instant, due: Temporal.Instant) => Temporal.Instant.compare(now, due) >= 0;

/** The filière the dossier would have: the one asked for, else its own. */
const target = ({ input, dossier }: Situation): Filiere | null => input.filiere ?? dossier.filiere;

const located = (location: Dossier['location']) =>
  location !== null && (location.address !== '' || location.city !== '' || (location.lat !== null && location.lon !== null) || Boolean(location.unknownReason));

const place: Guard = ({ input, dossier }) =>
  when(!located(input.location ?? dossier.location), missing('location', 'lieu à préciser, ou « introuvable » avec sa raison'));
const callback: Guard = ({ input, dossier }) => when(!(input.callback ?? dossier.callback), missing('callback', 'numéro de rappel à noter'));
const motive: Guard = ({ input, dossier }) => when(!(input.motive ?? dossier.motive), missing('motive', 'motif à choisir'));

/** The one who carries out each kind of order (requirements 6.3). */
export function mayExecute(parties: readonly string[], executor: 'arm' | 'osnp' | 'doctor'): boolean {
  const allowed = { arm: ['N1', 'N2', 'U', 'G', 'S'], osnp: ['OS', 'U', 'G', 'S'], doctor: ['U', 'G', 'S'] }[executor];
  return parties.some((party) => allowed.includes(party));
}

const qualificationGuards = {
  qualification: (s) => [
    ...place(s), ...callback(s), ...motive(s),
    ...when(!s.input.priority, missing('priority', 'priorité à choisir (P0 à P3, ou NR)')),
    ...when(!target(s) && s.input.priority !== 'NR', missing('filiere', 'filière à choisir')),
  ],
  placeAndCallback: (s) => [...place(s), ...callback(s)],
  minimalDossier: (s) => [...place(s), ...callback(s), ...motive(s)],
  noSilentDowngrade: ({ dossier, input }) =>
    when(
      dossier.step !== 'OUVERT' && input.priority !== undefined && comparePriorities(input.priority, dossier.priority) > 0,
      missing('priority', 'une priorité se baisse avec « set-priority » et une raison'),
    ),
  noHealthContent: ({ dossier }) => when(dossier.type !== 'D', impossible("Ce dossier porte une demande de santé : il n'est plus un dossier D.")),
  dCode: ({ input }) => when(!input.code, missing('code', 'code du dossier D à choisir (erreur, malveillant, administratif…)')),
} satisfies Record<string, Guard>;

const filiereGuards = {
  filiereAmu: ({ dossier }) => when(dossier.filiere !== 'AMU', impossible("Ce dossier n'est pas de la filière AMU.", 'filiere')),
  filiereSnp: ({ dossier }) => when(dossier.filiere !== 'SNP', impossible("Ce dossier n'est pas de la filière SNP.", 'filiere')),
  specialised: (s) => when(!isSpecialised(target(s)), impossible("Ce dossier n'est pas d'une filière spécialisée.", 'filiere')),
  baseFiliere: ({ dossier }) => when(isSpecialised(dossier.filiere), impossible('Une filière spécialisée se joint par sa propre file.', 'filiere')),
  filiereOpen: (s) => {
    const filiere = target(s);
    return when(filiere !== null && !s.isOpen(filiere), missing('filiere', `la filière ${filiere} n'est pas ouverte à cette heure`));
  },
  assistantsReachFilieres: ({ rules }) =>
    when(!rules.assistantsReachFilieres, notAllowed('Le règlement intérieur réserve cet envoi aux médecins.')),
  otherFiliere: ({ input, dossier }) =>
    when(!input.filiere, missing('filiere', 'nouvelle filière à choisir')).concat(
      when(input.filiere !== undefined && input.filiere === dossier.filiere, missing('filiere', 'le dossier est déjà dans cette filière')),
    ),
  snpToAmuOnly: ({ input, dossier }) =>
    when(dossier.filiere !== 'SNP' || (input.filiere !== undefined && input.filiere !== 'AMU'), notAllowed("L'OSNP ne renvoie que de la filière SNP vers l'AMU.")),
  toAmuOnly: ({ input }) => when(input.filiere !== undefined && input.filiere !== 'AMU', notAllowed("Le superviseur ne renvoie que vers l'AMU.")),
  levelClosedOrP1: ({ bilevelOpen, dossier }) =>
    when(bilevelOpen && dossier.priority !== 'P1', impossible('Le second niveau est ouvert : transmettez-lui ce dossier (seul un P1 va droit au médecin).')),
} satisfies Record<string, Guard>;

const priorityGuards = {
  /** I5: a P0 never waits, is never put off, never answered without a doctor. */
  notP0: ({ dossier, input }) =>
    when(isP0(dossier) || input.priority === 'P0', impossible("Un P0 n'attend pas : engagez-le, gardez l'appel et transférez accompagné.", 'priority')),
  priorityUp: ({ dossier, input }) => {
    if (!input.priority) return [missing('priority', 'priorité à choisir')];
    const order = comparePriorities(input.priority, dossier.priority);
    return [
      ...when(order === 0, missing('priority', `la priorité est déjà ${dossier.priority}`)),
      ...when(order > 0, notAllowed('Seul un médecin baisse une priorité ; un assistant le peut avant la transmission, avec une raison.')),
    ];
  },
  priorityDown: ({ dossier, input }) => {
    if (!input.priority) return [missing('priority', 'priorité à choisir')];
    return [
      ...when(comparePriorities(input.priority, dossier.priority) <= 0, missing('priority', `la priorité est déjà ${dossier.priority}, ou plus basse`)),
      ...when(dossier.step === 'P0_ENGAGE', impossible('Prenez d’abord ce P0 en régulation.')),
    ];
  },
  p0IsEngaged: ({ input }) => when(input.priority === 'P0', impossible('Un P0 se déclare en l’engageant (engage-p0).', 'priority')),
  osnpOnSnp: (s) =>
    when(is(s, 'OS') && s.parties.length === 1 && s.dossier.filiere !== 'SNP', notAllowed("L'OSNP ne priorise que dans la filière SNP.")),
  beforeTransmission: ({ dossier }) =>
    when(medicalActs(dossier).length > 0, notAllowed('Après transmission, seul un médecin baisse une priorité.')),
  beforeAct: ({ dossier }) =>
    when(medicalActs(dossier).length > 0, notAllowed("Après un acte médical, l'assistant ne change plus la filière.")),
  noAct: ({ dossier }) => when(medicalActs(dossier).length > 0, impossible('Un médecin a déjà fait un acte dans ce dossier.')),
  p0Regulated: ({ dossier }) =>
    when(
      (dossier.p0 !== null || isP0(dossier)) && !dossier.acts.some((act) => act.role === 'mru' || act.attribution === 'DRM.MRU.INDISPMU'),
      impossible("Un P0 ne se termine pas sans l'acte d'un médecin urgentiste, ou d'un autre avec le code INDISPMU."),
    ),
} satisfies Record<string, Guard>;

const workGuards = {
  callKnown: ({ input, call }) => {
    if (!input.callId) return [missing('callId', 'appel à rattacher')];
    return when(!call?.answered, missing('callId', 'appel inconnu ou pas encore décroché'));
  },
  callFree: ({ call, dossier }) => [
    ...when(dossier.calls.some((one) => one.id === call?.id), impossible('Cet appel est déjà dans ce dossier.', 'callId')),
    ...when(
      call?.heldBy !== null && call?.heldBy !== undefined && call.heldBy.id !== dossier.id && !call.heldBy.empty,
      impossible('Cet appel appartient déjà à un autre dossier, déjà renseigné : fusionnez les deux dossiers.', 'callId'),
    ),
  ],
  levelOfFiliere: (s) => {
    const fits = s.dossier.filiere === 'SNP' ? is(s, 'OS') : is(s, 'N2');
    return when(!fits, notAllowed('Ce dossier attend un autre métier : ARM pour l’AMU, OSNP pour les soins non programmés.'));
  },
  levelOfFiliereOrOrder: (s) => {
    const snp = s.dossier.filiere === 'SNP' || s.dossier.queue === 'SNP' || s.dossier.step === 'EN_SUIVI';
    const osnp = is(s, 'OS') && snp && s.dossier.step !== 'OUVERT' && s.dossier.step !== 'QUALIFIE';
    const arm = is(s, 'CO') || (is(s, 'N2') && !(s.dossier.filiere === 'SNP' && s.dossier.step === 'EN_COURS_N2'));
    return when(!osnp && !arm, notAllowed('Ce dossier est suivi par un autre métier.'));
  },
  ownDossier: ({ dossier, author }) => when(dossier.owner?.accountId !== author.accountId, notAllowed("Ce dossier n'est pas entre vos mains.")),
  deferrable: ({ dossier, rules }) => [
    ...when(dossier.priority !== 'P3', impossible('Seul un P3 peut être rappelé plus tard.', 'priority')),
    ...when(!rules.deferral.allowed, impossible('Le règlement intérieur ne prévoit pas de régulation différée.')),
  ],
  deferralAgreed: ({ input, now, rules }) => {
    const due = dueOf(input, now);
    const last = now.add({ minutes: rules.deferral.maxMinutes });
    return [
      ...when(input.agreed !== true, missing('agreed', "l'accord de l'appelant est nécessaire")),
      ...when(!input.warningSigns, missing('warningSigns', "dire et noter les signes qui doivent faire rappeler")),
      ...when(due === null, missing('dueAt', 'heure de rappel à fixer')),
      ...when(due !== null && Temporal.Instant.compare(due, now) <= 0, missing('dueAt', "l'heure de rappel est passée")),
      ...when(due !== null && Temporal.Instant.compare(due, last) > 0, missing('dueAt', `au plus tard dans ${rules.deferral.maxMinutes} minutes`)),
    ];
  },
  recallDue: ({ dossier, now }) => when(!dossier.dueAt || !reached(now, instant(dossier.dueAt)), impossible("L'heure du rappel n'est pas venue.")),
  validationReason: ({ input }) => [
    ...when(!input.reason && !input.category && !input.answer, missing('reason', 'dire la réponse donnée et pourquoi sans médecin en ligne')),
  ],
  reason: ({ input }) => when(!input.reason, missing('reason', 'raison obligatoire')),
  orders: (s) => {
    const { input, dossier, parties } = s;
    const wanted = pendingDecisions(dossier).filter((one) => !input.decisionIds || input.decisionIds.includes(one.id));
    if (input.means && !input.decisionIds && wanted.length === 0) return [];
    if (wanted.length === 0 && !input.decisionIds && dossier.means.length > 0) return [missing('means', 'moyen et statut à indiquer')];
    if (wanted.length === 0) return [impossible("Rien ne reste à exécuter dans ce dossier.", 'decisionIds')];
    const allowed = wanted.some((one) => mayExecute(parties, decisionKinds[one.type].executor ?? 'doctor'));
    return when(!allowed && !input.means, notAllowed("L'exécution de cette décision revient à un autre métier."));
  },
  meansOnly: ({ input }) => [
    ...when(!input.means, missing('means', 'moyen et statut à indiquer')), ...when(input.decisionIds !== undefined, missing('decisionIds', 'aucune décision à exécuter')),
  ],
  meansSteps: ({ input, dossier }) =>
    (input.means ?? []).flatMap(({ id, status }, index) => {
      const found = dossier.means.find((one) => one.id === id);
      if (!found) return [missing(`means.${index}.id`, 'moyen inconnu dans ce dossier')];
      return when(!meansMayBecome(found.status, status), missing(`means.${index}.status`, `${found.status} ne peut devenir ${status}`));
    }),
  reopenCause: ({ input }) => when(!input.cause && !input.reason, missing('reason', 'raison de la reprise')),
  plannedTasks: ({ input, dossier }) =>
    when(!input.tasks?.length && openTasks(dossier).length === 0, missing('tasks', 'au moins une tâche de suivi, avec sa date')),
  taskOpen: ({ dossier }) => when(openTasks(dossier).length === 0, impossible('Aucune tâche de suivi.')),
  taskToClose: ({ input, dossier }) => [
    ...when(!openTasks(dossier).some((task) => task.id === input.taskId), missing('taskId', 'tâche inconnue ou déjà faite')),
    ...when(!input.outcome, missing('outcome', 'issue à noter')),
  ],
  allExecuted: ({ dossier }) => when(pendingDecisions(dossier).length > 0, impossible('Des décisions ne sont pas encore exécutées.')),
  noPatientInCharge: ({ dossier }) => when(!freeOfPatients(dossier), impossible('Un moyen a encore le patient en charge.')),
  tasksDone: ({ dossier }) => when(openTasks(dossier).length > 0, impossible('Des tâches de suivi restent à faire.')),
  quiet: ({ dossier, now, rules }) => when(!reached(now, instant(dossier.updatedAt).add({ minutes: rules.quietMinutes })), impossible('Modifié il y a peu.')),
  nobodyOnLine: ({ dossier }) => when(dossier.calls.some((call) => call.onLine), impossible('Un appel est en cours.')),
  receiver: ({ input, author }) => [
    ...when(!input.to, missing('to', 'à qui confier le dossier')),
    ...when(input.to?.accountId === author.accountId && input.to !== undefined, missing('to', 'choisissez un collègue')),
  ],
} satisfies Record<string, Guard>;

const endGuards = {
  notMerged: ({ dossier }) => when(dossier.mergedInto !== null, impossible('Ce dossier a été réuni à un autre : allez dans le dossier conservé.')),
  codesComplete: ({ dossier }) => [
    ...when(dossier.attribution === null || !dossier.attribution.startsWith(`${dossier.type}.`), impossible("Le code d'attribution manque ou ne va pas avec le type.")),
    ...when(dossier.type !== 'D' && !dossier.motive, impossible('Le motif manque.')),
    ...when(dossier.type === 'DRM' && !dossier.careLevel, impossible('Le niveau de soin manque.')),
  ],
  /** I1: no health content ends without a doctor's act or signature, unless the règlement intérieur lists the category. */
  signed: ({ dossier }) =>
    when(dossier.type !== 'D' && medicalActs(dossier).length === 0 && !dossier.validation?.whitelisted, impossible("Ni acte ni validation d'un médecin.")),
  activeFor24h: ({ dossier, now }) => when(!reached(now, instant(dossier.activeSince).add({ hours: 24 })), impossible('Moins de 24 h après son ouverture.')),
  openedFor3Months: ({ dossier, now }) => when(!reached(now, threeMonthsAfter(dossier.openedAt)), impossible('Moins de 3 mois après son ouverture.')),
  programmeDue: ({ dossier, now }) => when(!dossier.programmedFor || !reached(now, instant(dossier.programmedFor)), impossible("L'heure n'est pas venue.")),
  mergeTarget: ({ input, other, dossier }) => {
    if (!input.into) return [missing('into', 'dossier à conserver')];
    const usable = other && other.id !== dossier.id && other.territory === dossier.territory && other.mergedInto === null && other.state === 'ACTIF';
    return when(!usable, missing('into', 'choisissez un autre dossier actif du même territoire'));
  },
  p0Carried: ({ dossier, other }) =>
    when((dossier.p0 !== null || isP0(dossier)) && other !== null && !isP0(other), impossible('Le dossier conservé doit être le P0 : réunissez dans l’autre sens.')),
  nothingDecided: ({ dossier }) => when(medicalActs(dossier).length > 0, impossible('Ce dossier porte un acte médical : conservez-le et réunissez l’autre.')),
  callsToSplit: ({ input, dossier }) => {
    const unknown = (input.callIds ?? []).filter((id) => !dossier.calls.some((call) => call.id === id));
    return [
      ...when(unknown.length > 0, missing('callIds', "un de ces appels n'est pas dans ce dossier")),
      ...when(dossier.calls.length > 0 && (input.callIds?.length ?? 0) >= dossier.calls.length, missing('callIds', 'un appel au moins doit rester dans ce dossier')),
    ];
  },
} satisfies Record<string, Guard>;

/** When a deferred regulation is due: an instant, or a delay from now. */
export function dueOf(input: Situation['input'], now: Temporal.Instant): Temporal.Instant | null {
  if (input.dueAt) return instant(input.dueAt);
  return input.delayMinutes ? now.add({ minutes: input.delayMinutes }) : null;
}

/** Calendar months in UTC: the national text counts them from the opening. */
export const threeMonthsAfter = (openedAt: string): Temporal.Instant => instant(openedAt).toZonedDateTimeISO('UTC').add({ months: 3 }).toInstant();

export const guards = {
  ...qualificationGuards, ...filiereGuards, ...priorityGuards, ...workGuards, ...endGuards, ...decisionGuards,
} satisfies Record<string, Guard>;
export type GuardName = keyof typeof guards;
