/** A column of the database. */
export interface Column {
  readonly schema: string;
  readonly table: string;
  readonly column: string;
}

/** The schemas where no patient may ever be written. */
export const platformSchemas = ['directory', 'participation', 'availability', 'orientation'] as const;

/** Whole words of a column's name that would mean a patient, in English or French. */
const PATIENT_WORDS = new Set([
  'patient', 'beneficiary', 'beneficiaire', 'insured', 'assure', 'caller', 'appelant', 'requerant',
  'birth', 'birthdate', 'birthday', 'born', 'dob', 'naissance', 'age', 'sex', 'sexe', 'gender', 'genre',
  'nir', 'ins', 'ipp', 'ssn', 'secu',
  'symptom', 'symptome', 'diagnosis', 'diagnostic', 'pathology', 'pathologie', 'motif', 'motive', 'complaint',
  'medical', 'clinical', 'clinique', 'antecedent', 'antecedents', 'allergy', 'allergie', 'treatment', 'traitement',
  'prescription', 'vital', 'constantes', 'severity', 'gravite', 'priority', 'priorite',
]);

/** Names of persons: the directory has those of professionals, nobody else has any. */
const PERSON_COLUMNS = new Set(['first_name', 'last_name', 'firstname', 'lastname', 'surname', 'maiden_name']);

/** Severity of a vendor's conformity problem, not of a patient. */
const KNOWN = new Set(['availability.editor_problem.severity']);

/** The columns of the platform named like a patient's data (SEC-05). */
export function patientColumns(columns: readonly Column[]): string[] {
  return columns.filter((one) => platformSchemas.some((schema) => schema === one.schema) && isPatients(one)).map(pathOf);
}

const pathOf = ({ schema, table, column }: Column): string => `${schema}.${table}.${column}`;

function isPatients(one: Column): boolean {
  if (KNOWN.has(pathOf(one))) return false;
  if (PERSON_COLUMNS.has(one.column)) return one.schema !== 'directory';
  return one.column.split('_').some((word) => PATIENT_WORDS.has(word.replace(/s$/, '')) || PATIENT_WORDS.has(word));
}
