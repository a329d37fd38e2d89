import type { Tone } from '../../../ui/badge.tsx';
import { formatDuration } from '../../../ui/time.ts';
import type { Complement, NotApplicable, Refusal, Status, Via, WeekVerdict, YearVerdict } from '../contract.ts';

/** What the list « Sélectionner » proposes, in the person's own words. */
export const viaChoices: Record<Via, string> = {
  individual: 'à titre individuel (cabinet)', cpts: 'via ma CPTS', msp: 'via ma MSP', sos: 'via SOS Médecins', cds: 'en tant que centre de santé',
};

export const structureLabels: Partial<Record<Via, string>> = { cpts: 'Votre CPTS', msp: 'Votre MSP', sos: 'Votre association SOS Médecins' };

export const statusTones: Record<Status, Tone> = { BROUILLON: 'neutral', DECLARE: 'accent', EFFECTIF: 'ok', SUSPENDU: 'warn', RETIRE: 'neutral' };

/** What a status means for its owner, and what he can do. */
export const statusHelp: Record<Status, string> = {
  BROUILLON: 'Vos réglages sont gardés. Cochez « Je participe au SAS » pour participer.',
  DECLARE: 'La régulation peut vous solliciter. Elle deviendra effective dès que vos 2 heures de la semaine seront visibles.',
  EFFECTIF: 'Déclarée et visible : les deux conditions sont réunies.',
  SUSPENDU: 'La régulation ne vous sollicite plus jusqu’à la reprise.',
  RETIRE: 'Vous ne participez plus au SAS.',
};

export const complementLabels: Record<Complement, string> = { contact: 'Téléphone direct', note: "Précisions d'accès", hours: 'Horaires préférés' };

/** `2 h`, `1 h 30`, `0 h`. */
export const hoursOf = (minutes: number): string => (minutes <= 0 ? '0 h' : formatDuration(minutes * 60_000));

/** `12 au 18 janvier`, `29 décembre au 4 janvier`. */
export function weekName(monday: string): string {
  const from = Temporal.PlainDate.from(monday);
  const to = from.add({ days: 6 });
  const month = (day: Temporal.PlainDate) => day.toLocaleString('fr-FR', { month: 'long' });
  const first = (day: Temporal.PlainDate) => (day.day === 1 ? '1er' : String(day.day));
  return `${first(from)}${from.month === to.month ? '' : ` ${month(from)}`} au ${first(to)} ${month(to)}`;
}

/** `12 janv. 2026`. */
export const dateOf = (day: string): string => Temporal.PlainDate.from(day).toLocaleString('fr-FR', { day: 'numeric', month: 'short', year: 'numeric' });

const notApplicableWords: Record<NotApplicable, string> = {
  'before-launch': 'avant le lancement du SAS', 'before-declaration': 'avant votre déclaration', withdrawn: 'hors participation',
  partial: 'semaine entamée', nobody: 'aucun médecin compté',
};

/** The state of a week in words, with its tone. */
export function weekState({ status, why, ongoing, enough }: WeekVerdict): { words: string; tone: Tone } {
  if (status === 'met') return { words: 'Tenue', tone: 'ok' };
  if (status === 'missing') return ongoing ? { words: 'À compléter', tone: 'warn' } : { words: 'Manquante', tone: 'bad' };
  if (status === 'future') return enough ? { words: 'Prévue', tone: 'accent' } : { words: 'À prévoir', tone: 'neutral' };
  return { words: `Ne compte pas (${notApplicableWords[why!]})`, tone: 'neutral' };
}

/** What was shown of what is owed, and what there is to do. */
export function weekAdvice({ status, shownMinutes, dueMinutes, uploaded, ongoing, enough }: WeekVerdict): string {
  if (uploaded) return 'Des créneaux de votre logiciel ont été montrés à la régulation.';
  const told = `${hoursOf(shownMinutes)} sur ${hoursOf(dueMinutes)}`;
  const lacking = hoursOf(dueMinutes - shownMinutes);
  if (status === 'met' || (status === 'future' && enough)) return `${told}.`;
  if (status === 'missing') return ongoing ? `${told} : ajoutez ${lacking} avant dimanche soir.` : `${told} : il manquait ${lacking}. Une autre semaine ne rattrape pas.`;
  if (status === 'future') return shownMinutes > 0 ? `${told} : prévoyez encore ${lacking}.` : `Rien n’est prévu : ${hoursOf(dueMinutes)} à rendre visibles.`;
  return told;
}

const refusalWords: Record<Refusal, string> = {
  'not-launched': 'le SAS de ce territoire n’est pas lancé', 'not-declared': '« Je participe au SAS » n’est pas déclaré',
  'weeks-missing': 'des semaines manquent', 'no-week': 'aucune semaine n’a encore compté',
};

/** Why the year is not met so far; empty when it is. */
export const refusalsInWords = (refusals: readonly Refusal[]): string => refusals.map((one) => refusalWords[one]).join(', ');

/** One line on the year. */
export function yearInWords({ year, over, eligible, refusals, shownUndeclared }: YearVerdict): string {
  if (eligible) return over ? `Année ${year} : conditions du SAS remplies.` : `Année ${year} : conditions du SAS remplies à ce jour.`;
  const why = `Année ${year} : conditions du SAS non remplies, ${refusalsInWords(refusals)}.`;
  return shownUndeclared ? `${why} Vos créneaux sont visibles, mais sans « Je participe au SAS » ils ne comptent pas.` : why;
}
