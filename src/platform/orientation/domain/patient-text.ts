import { DATE, NIR, PHONE } from './patient-data.ts';

const BORN = /\bn[ée]+(e|\(e\))?\s+le\b|\bdate de naissance\b|\bddn\b/i;
const NAMED = /\b(patiente?|appelante?|malade)\s*:?\s+(m(r|me|lle|\.)?|monsieur|madame)?\.?\s*\p{Lu}[\p{L}'-]+/u;
const HEALTH = /\b(diagnosti\w*|ant[ée]c[ée]dents?|ordonnance|sympt[oô]mes?|traitement|allergi\w*|num[ée]ro de s[ée]curit[ée] sociale)\b/i;
const PERSON = /\b(patiente?|appelante?|malade|monsieur|madame|mme|mr)\b/i;

/**
 * What in a free text looks like a patient, in words for whoever writes it; null when nothing does. It stops carelessness, not ill
 * will: the text is read by people who may erase it.
 * @param year the present year: an older date is taken for a date of birth.
 */
export function patientDataInText(text: string, year: number): string | null {
  if (NIR.test(text)) return 'un numéro de sécurité sociale';
  if (PHONE.test(text)) return 'un numéro de téléphone';
  const date = DATE.exec(text)?.[0];
  const written = date?.match(/(?:19|20)\d{2}/)?.[0];
  if (BORN.test(text) || (written && Number(written) < year - 1)) return 'une date de naissance';
  if (NAMED.test(text)) return "le nom d'un patient";
  if (PERSON.test(text) && HEALTH.test(text)) return "la santé d'une personne";
  return null;
}
