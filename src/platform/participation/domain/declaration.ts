import type { Settings, StatementVersion, Via } from '../contract.ts';

export interface Problem {
  readonly path: string;
  readonly message: string;
}

/** What surrounds a declaration: who declares, and what he may choose. */
export interface DeclarationContext {
  readonly subject: 'professional' | 'structure';
  /** The way in which the structure takes part, when it is one. */
  readonly kind: Via | null;
  readonly choices: readonly { readonly id: string; readonly via: Via }[];
  readonly placeIds: readonly string[];
  /** His centre de santé declares for him: he practises nowhere else. */
  readonly salariedOnly: boolean;
  /** What a free text holds that it must not, in words; null when nothing. */
  readonly findPatientWords: (text: string) => string | null;
}

/** The statement to swear, by way to take part and by who declares; null where there is none to swear. */
export function statementFor(via: Via, subject: 'professional' | 'structure'): StatementVersion | null {
  if (subject === 'structure') return via === 'sos' ? 'sos-1' : via === 'cds' ? 'cds-1' : null;
  return via === 'sos' || via === 'cds' ? null : 'individuel-1';
}

/** Whether the 2 h on the platform's agenda are to be sworn: no vendor's slots are shown in their place (PART-06). */
export const mustSwear = ({ via, usesEditor, upload }: Pick<Settings, 'via' | 'usesEditor' | 'upload'>, subject: 'professional' | 'structure'): boolean =>
  statementFor(via, subject) !== null && !(usesEditor && upload);

const PHONE = /^(?:\+33|0033|0)[1-9](?:[ .-]?\d{2}){4}$/;

/** Everything that is wrong with a declaration, by field; empty when it may be recorded. */
export function declarationProblems(settings: Settings, context: DeclarationContext): Problem[] {
  return [...complementProblems(settings, context), ...(settings.participates ? modeProblems(settings, context) : [])];
}

function complementProblems({ contact, note, preferredHours }: Settings, { findPatientWords }: DeclarationContext): Problem[] {
  const patientWords = note === null ? null : findPatientWords(note);
  return [
    ...(contact !== null && !PHONE.test(contact) ? [{ path: 'contact', message: 'Donnez un numéro de téléphone français, par exemple 05 49 00 00 11.' }] : []),
    ...(patientWords ? [{ path: 'note', message: `Cette note sert aux précisions d'accès : ${patientWords}. Corrigez-la.` }] : []),
    ...(preferredHours.some(({ from, to }) => to !== '00:00' && to <= from) ? [{ path: 'preferredHours', message: "Une fin d'horaire doit suivre son début." }] : []),
  ];
}

function modeProblems(settings: Settings, context: DeclarationContext): Problem[] {
  const { subject } = context;
  const problems = subject === 'structure' ? structureProblems(settings, context) : professionalProblems(settings, context);
  const expected = statementFor(settings.via, subject);
  if (mustSwear(settings, subject) && settings.statement !== expected) {
    problems.push({ path: 'statement', message: "Sans créneaux remontés par un éditeur, la déclaration sur l'honneur des 2 heures par semaine est nécessaire." });
  } else if (settings.statement !== null && settings.statement !== expected) {
    problems.push({ path: 'statement', message: 'Ce texte de déclaration sur l’honneur n’est pas celui de ce mode de participation.' });
  }
  if (settings.enSus && subject === 'professional' && settings.via === 'individual' && settings.contact === null) {
    problems.push({ path: 'contact', message: 'Pour être contacté directement par la régulation, donnez un numéro de téléphone.' });
  }
  return problems;
}

function structureProblems({ via, viaStructureId, placeIds }: Settings, { kind }: DeclarationContext): Problem[] {
  return [
    ...(via !== kind ? [{ path: 'via', message: 'Une structure participe pour elle-même.' }] : []),
    ...(viaStructureId !== null || placeIds.length > 0 ? [{ path: 'viaStructureId', message: "Une structure ne participe pas par l'intermédiaire d'une autre." }] : []),
  ];
}

function professionalProblems({ via, viaStructureId, placeIds, contact }: Settings, { choices, placeIds: places, salariedOnly }: DeclarationContext): Problem[] {
  if (salariedOnly) return [{ path: 'via', message: 'Vous exercez dans un centre de santé seulement : votre centre déclare sa participation pour vous.' }];
  if (via === 'cds') return [{ path: 'via', message: 'La participation d’un centre de santé se déclare par son gestionnaire.' }];
  if (via === 'individual') return viaStructureId === null ? [] : [{ path: 'viaStructureId', message: 'À titre individuel, aucune structure ne se choisit.' }];
  const problems: Problem[] = [];
  if (!choices.some((choice) => choice.id === viaStructureId && choice.via === via)) {
    problems.push({ path: 'viaStructureId', message: 'Sélectionnez votre structure dans la liste.' });
  }
  if (via === 'cpts' && contact === null) problems.push({ path: 'contact', message: 'Avec une CPTS, donnez le numéro où elle peut vous joindre. La régulation appelle la CPTS, jamais ce numéro.' });
  if (via === 'cpts' && placeIds.length === 0) problems.push({ path: 'placeIds', message: "Cochez au moins un lieu d'exercice rattaché à votre CPTS." });
  if (placeIds.some((id) => !places.includes(id))) problems.push({ path: 'placeIds', message: "Ce lieu n'est pas l'un de vos lieux d'exercice." });
  return problems;
}

/**
 * When a change takes effect: now, or at a day to come. Never in the past (PART-07).
 * @returns the instant in epoch milliseconds, or null when the day is past
 */
export function effectOf(from: string | null, now: Temporal.Instant, zone: string): number | null {
  const today = now.toZonedDateTimeISO(zone).toPlainDate();
  if (from === null) return now.epochMilliseconds;
  const order = Temporal.PlainDate.compare(from, today);
  if (order < 0) return null;
  return order === 0 ? now.epochMilliseconds : Temporal.PlainDate.from(from).toZonedDateTime(zone).epochMilliseconds;
}
