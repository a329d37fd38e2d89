import { invalid } from '../../foundation/errors.ts';

/**
 * Columns of `PS_LibreAcces_Personne_activite` that we read, by their published names. Their order, case, accents and
 * apostrophes vary between publications, and some were renamed: the names are compared without them.
 */
export const columnNames = {
  nationalId: ['Identification nationale PP'],
  civility: ["Libellé civilité d'exercice", 'Libellé civilité exercice'],
  lastName: ["Nom d'exercice"],
  firstName: ["Prénom d'exercice"],
  professionCode: ['Code profession'],
  profession: ['Libellé profession'],
  specialty: ['Code savoir-faire'],
  specialtyLabel: ['Libellé savoir-faire'],
  mode: ['Code mode exercice'],
  siret: ['Numéro SIRET site'],
  finess: ['Numéro FINESS site'],
  corporateName: ['Raison sociale site'],
  tradeName: ['Enseigne commerciale site'],
  streetNumber: ['Numéro Voie (coord. structure)'],
  streetRepeat: ['Indice répétition voie (coord. structure)'],
  streetType: ['Libellé type de voie (coord. structure)'],
  street: ['Libellé Voie (coord. structure)'],
  cedex: ['Bureau cedex (coord. structure)'],
  postcode: ['Code postal (coord. structure)'],
  insee: ['Code commune (coord. structure)'],
  city: ['Libellé commune (coord. structure)'],
  country: ['Code pays (coord. structure)'],
  phone: ['Téléphone (coord. structure)'],
  phone2: ['Téléphone 2 (coord. structure)'],
  email: ['Adresse e-mail (coord. structure)'],
  formerId: ['Ancien identifiant de la structure'],
} as const;

export type Column = keyof typeof columnNames;
/** Position of each column in a line; -1 for an optional column that is absent. */
export type Layout = Readonly<Record<Column, number>>;

const optional = new Set<Column>(['civility', 'cedex', 'country', 'phone2', 'streetRepeat', 'tradeName']);

const plain = (name: string) => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, ' ').trim();

/**
 * Finds the columns in the header line.
 * @throws invalid `extract-columns-missing` naming the columns that the file lacks
 */
export function layoutOf(header: string): Layout {
  const names = header.split('|').map(plain);
  const layout = {} as Record<Column, number>;
  const missing: string[] = [];
  for (const column of Object.keys(columnNames) as Column[]) {
    layout[column] = names.findIndex((name) => columnNames[column].some((known) => plain(known) === name));
    if (layout[column] < 0 && !optional.has(column)) missing.push(columnNames[column][0]);
  }
  if (missing.length > 0) {
    throw invalid(
      'extract-columns-missing',
      `Ce fichier n'est pas un extrait PS_LibreAcces_Personne_activite : il manque ${missing.length > 4 ? `${missing.length} colonnes, dont ` : ''}` +
        `« ${missing.slice(0, 4).join(' », « ')} ». Rien n'a été importé. Reprenez le fichier publié, sans le convertir.`,
    );
  }
  return layout;
}
