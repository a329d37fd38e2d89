/** A specialty (savoir-faire of TRE_R38) or a profession without specialty (`PRO:` + code of TRE_G15). */
export interface KnownSpecialty {
  readonly code: string;
  readonly label: string;
  /** Common words for it, normalised. */
  readonly synonyms: readonly string[];
}

/** Those people ask for in other words than the official ones. The directory adds the labels it meets. */
export const knownSpecialties: readonly KnownSpecialty[] = [
  { code: 'SM54', label: 'Médecine générale', synonyms: ['generaliste', 'medecin generaliste', 'medecin traitant', 'medecin de famille', 'mg', 'docteur'] },
  { code: 'SM40', label: 'Pédiatrie', synonyms: ['pediatre', 'medecin pour enfants'] },
  { code: 'SM04', label: 'Cardiologie et maladies vasculaires', synonyms: ['cardiologue', 'cardio', 'coeur'] },
  { code: 'SM15', label: 'Dermatologie et vénéréologie', synonyms: ['dermatologue', 'dermato', 'peau'] },
  { code: 'SM20', label: 'Gynécologie-obstétrique', synonyms: ['gynecologue', 'gyneco', 'obstetricien'] },
  { code: 'SM24', label: 'Gastro-entérologie et hépatologie', synonyms: ['gastro enterologue', 'gastro', 'hepatologue'] },
  { code: 'SM32', label: 'Neurologie', synonyms: ['neurologue', 'neuro'] },
  { code: 'SM38', label: 'Ophtalmologie', synonyms: ['ophtalmologue', 'ophtalmo', 'oculiste', 'yeux'] },
  { code: 'SM39', label: 'Oto-rhino-laryngologie', synonyms: ['orl', 'oto rhino'] },
  { code: 'SM41', label: 'Pneumologie', synonyms: ['pneumologue', 'pneumo', 'poumon'] },
  { code: 'SM42', label: 'Psychiatrie', synonyms: ['psychiatre', 'psy'] },
  { code: 'SM48', label: 'Rhumatologie', synonyms: ['rhumatologue', 'rhumato'] },
  { code: 'PRO:40', label: 'Chirurgien-dentiste', synonyms: ['dentiste', 'dents', 'chirurgien dentiste'] },
  { code: 'PRO:50', label: 'Sage-femme', synonyms: ['sage femme', 'maieuticien'] },
  { code: 'PRO:60', label: 'Infirmier', synonyms: ['infirmiere', 'ide', 'idel'] },
  { code: 'PRO:70', label: 'Masseur-kinésithérapeute', synonyms: ['kine', 'kinesitherapeute'] },
  { code: 'PRO:21', label: 'Pharmacien', synonyms: ['pharmacie', 'pharmacienne'] },
  { code: 'PRO:80', label: 'Pédicure-podologue', synonyms: ['podologue', 'pedicure', 'pieds'] },
  { code: 'PRO:91', label: 'Orthophoniste', synonyms: ['orthophonie'] },
  { code: 'PRO:92', label: 'Orthoptiste', synonyms: ['orthoptie'] },
];

/** General practitioners are registered under three codes: qualified, specialist, and the current one. */
const GENERAL_PRACTICE = ['SM54', 'SM53', 'SM26'];

/** The codes under which professionals of this specialty are registered. */
export const registeredAs = (code: string): string[] => (GENERAL_PRACTICE.includes(code) ? GENERAL_PRACTICE : [code]);

interface Named {
  readonly code: string;
  readonly label: string;
  readonly words: readonly string[];
}

/**
 * The specialties that normalised words may name, best first: exact, then beginning, then beginning of a later word. Codes
 * that stand for the same specialty are shown once, under the current one.
 */
export function matchSpecialties<T extends Named>(words: string, specialties: readonly T[]): T[] {
  const rank = ({ words: names }: T): number => {
    if (names.includes(words)) return 0;
    if (names.some((name) => name.startsWith(words))) return 1;
    return names.some((name) => name.includes(` ${words}`)) ? 2 : 3;
  };
  const ranked = specialties.map((specialty) => ({ specialty, rank: rank(specialty) })).filter(({ rank: value }) => value < 3);
  ranked.sort((a, b) => a.rank - b.rank || (a.specialty.label < b.specialty.label ? -1 : 1));
  const seen = new Set<string>();
  return ranked
    .map(({ specialty }) => specialty)
    .filter(({ code }) => {
      const current = registeredAs(code)[0]!;
      return !seen.has(current) && seen.add(current);
    });
}
