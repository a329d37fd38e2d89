import type { AnswerOf } from '../../../../ui/api.ts';
import { type Filiere, type FiliereSettings, type RegulationRules, reminderWords, type routes } from '../../contract.ts';

type Answer = AnswerOf<typeof routes.regulationRules>;
export type FiliereState = Answer['filieres'][number];

/** The specialised filières a SAS may switch on, in the order of the guide; the two base services are always open. */
export const specialised: readonly Filiere[] = ['PSY', 'PED', 'GERIA', 'PERINAT', 'NEONAT', 'DENT', 'TOXICO', 'DAC', 'IDEL'];

/** What is set of a filière; off and empty when nothing ever was. */
export const settingsOf = (filieres: readonly FiliereState[], filiere: Filiere, label: string): FiliereState =>
  filieres.find((one) => one.filiere === filiere) ?? { filiere, active: false, label, scheme: '', hours: [], open: false };

const SCHEME_LENGTH = 10;

/** Why a filière cannot be saved as it is; null when it can (FIL-02). */
export function filiereProblem({ active, label, scheme, hours }: Pick<FiliereSettings, 'active' | 'label' | 'scheme' | 'hours'>): string | null {
  if (label.trim() === '') return 'Donnez-lui un nom.';
  if (active && scheme.trim().length < SCHEME_LENGTH) return 'Une filière ne s’ouvre qu’avec son schéma d’organisation : décrivez son fonctionnement.';
  return hours.some(({ from, to }) => !from || !to) ? 'Complétez les heures.' : null;
}

/** What changed between the rules in force and those being written, in words, for whoever approves. */
export function changesInWords(before: RegulationRules, after: RegulationRules): string[] {
  const list = (items: readonly string[]) => items.join(', ') || 'aucun';
  const yes = (value: boolean) => (value ? 'oui' : 'non');
  const pairs: [string, string, string][] = [
    ['Réponses sans médecin', list(before.withoutDoctor), list(after.withoutDoctor)],
    ['Alerte d’un P0 sans médecin', `${before.p0.alertSeconds} s`, `${after.p0.alertSeconds} s`],
    ['Moyens réflexes', list(before.p0.reflexMeans), list(after.p0.reflexMeans)],
    ['Régulation différée', yes(before.deferral.allowed), yes(after.deferral.allowed)],
    ['Rappel au plus tard', `${before.deferral.maxMinutes} min`, `${after.deferral.maxMinutes} min`],
    ['Assistants vers les filières', yes(before.assistantsReachFilieres), yes(after.assistantsReachFilieres)],
    ['Suivi des personnes vulnérables', `${before.followUp.vulnerableHours} h`, `${after.followUp.vulnerableHours} h`],
    ['Rappel des rendez-vous', reminderWords[before.reminder.by], reminderWords[after.reminder.by]],
    ['Rappel avant le rendez-vous', `${before.reminder.hours} h`, `${after.reminder.hours} h`],
    ['Numéro pour annuler', before.reminder.phone, after.reminder.phone],
    ['Dossier achevé de lui-même', `${before.quietMinutes} min`, `${after.quietMinutes} min`],
  ];
  return pairs.filter(([, old, next]) => old !== next).map(([label, old, next]) => `${label} : ${old} → ${next}`);
}
