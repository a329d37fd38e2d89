/**
 * The legal wall of the platform: it carries no patient identity and no medical text (requirements SEC-05, RDV-21). Bodies
 * pass here before anything else looks at them; nothing of a refused value is repeated or kept.
 */

/**
 * What a field may hold: `token` is checked later against a closed list or an id, `registered` against the directory, `slot`
 * is an id or a sealed text whose seal is checked later, `structure` is registered and may be a prefixed SIRET.
 */
export type FieldKind = 'token' | 'slot' | 'registered' | 'structure' | 'instant' | 'reference';
/** The fields that a body may have; any other key is refused. */
export interface Shape {
  readonly [field: string]: FieldKind | Shape;
}

export interface PatientDataFound {
  /** Where, in our own words: an unknown key may itself be a name, so it is never repeated. */
  readonly path: string;
  readonly message: string;
}

const identityWords = new Set([
  'nom', 'prenom', 'name', 'lastname', 'firstname', 'family', 'given', 'patient', 'patientid', 'patientname', 'identite', 'birthdate',
  'birthday', 'dob', 'ddn', 'naissance', 'datedenaissance', 'datenaissance', 'nir', 'ins', 'nss', 'ipp', 'securitesociale', 'telephone',
  'tel', 'phone', 'mobile', 'portable', 'email', 'mail', 'adresse', 'address', 'sexe', 'sex', 'gender', 'age', 'motif', 'motive', 'reason',
  'symptomes', 'symptoms', 'diagnostic', 'diagnosis', 'antecedents', 'traitement', 'note', 'notes', 'comment', 'comments', 'commentaire',
  'description', 'observation', 'observations', 'text', 'texte', 'message', 'medical', 'clinical',
]);

/** Words that identifiers of regulation files are made of, beside digits. */
const technicalWords = new Set([
  'dossier', 'appel', 'fiche', 'ticket', 'health', 'samu', 'hubex', 'drfr', 'regulation', 'intervention', 'affaire', 'reference', 'centre',
  'urn', 'uuid', 'oid', 'crra', 'centaure', 'appli', 'applisamu', 'nexsis', 'exos', 'scriptel', 'test', 'check', 'accept', 'acceptance', 'demo', 'exemple',
  'example', 'sample', 'bench', 'load', 'call', 'case', 'event', 'record',
]);

const LONGEST_FREE_WORD = 4;
const DEEPEST = 6;
/** No sealed slot is shorter; a forged one, whatever it says, does not open and is not kept. */
const SEALED_LENGTH = 80;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const HEXADECIMAL = /^(?=.*\d)[0-9a-f]{8,}$/i;
export const NIR = /(?<!\d)[1-478][ .-]?\d{2}[ .-]?(0[1-9]|1[0-2]|[2-9]\d)[ .-]?(\d{2}|2[AB])[ .-]?\d{3}[ .-]?\d{3}([ .-]?\d{2})?(?!\d)/i;
export const PHONE = /(?<!\d)(\+|00)\d{2}[ .-]?[1-9]([ .-]?\d{2}){4}(?!\d)|(?<!\d)0[1-9]([ .-]?\d{2}){4}(?!\d)/;
export const DATE = /(?<![\d.])((0?[1-9]|[12]\d|3[01])([-/.:|])(0?[1-9]|1[0-2])\3(\d{2})?\d{2}|(19|20)\d{2}([-/.:|])(0?[1-9]|1[0-2])\7(0?[1-9]|[12]\d|3[01]))(?!\d|\.\d)/;
const COMPACT_DATE = /(?<!\d)((19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])|(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])(19|20)\d{2})(?!\d)/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

/**
 * The first thing of a patient, or of unknown nature, in a body; null when there is none.
 * @param year the present year: a regulation file may bear the date of its call, not an older one.
 */
export function findPatientData(body: unknown, shape: Shape, year: number, path: readonly string[] = []): PatientDataFound | null {
  if (body === null || body === undefined || typeof body === 'boolean') return null;
  if (path.length > DEEPEST) return found(path, 'contenu imbriqué non attendu');
  if (Array.isArray(body)) return firstOf(body, (item, index) => findPatientData(item, {}, year, [...path, String(index)])) ?? found(path, 'liste non attendue');
  if (typeof body !== 'object') return findInValue(String(body), 'token', year, path);
  return firstOf(Object.entries(body), ([key, value]) => {
    const field = Object.hasOwn(shape, key) ? shape[key]! : null;
    if (field === null) return found([...path, nameOf(key)], 'champ non prévu : la plateforme ne reçoit aucune donnée de patient');
    const inside = [...path, key];
    if (typeof value === 'string' || typeof value === 'number') {
      return findInValue(String(value), typeof field === 'string' ? field : 'token', year, inside);
    }
    return findPatientData(value, typeof field === 'string' ? {} : field, year, inside);
  });
}

/** How people speak of somebody: a title and a name, a birth, an age, a trouble. "Dr" is no patient. */
const PERSON = /(?<!\p{L})([Mm]\.|[Mm]r|[Mm]me|[Mm]lle|[Mm]onsieur|[Mm]adame|[Mm]ademoiselle)\s+\p{Lu}/u;
const BIRTH = /(?<!\p{L})née?s?\s+le(?!\p{L})|(?<!\d)\d{1,3}\s+ans(?!\p{L})/iu;
const TROUBLE = /(?<!\p{L})(diagnosti\w*|sympt[oô]m\w*|douleur\w*|fi[eè]vre|ant[eé]c[eé]dent\w*|allergi\w*|enceinte|diab[eé]ti\w*|asthm\w*|ordonnances?)(?!\p{L})/iu;
const EMAIL = /\S@\S/;

/** What a free text of the platform holds that may belong to a patient, in words; null when nothing. */
export function findPatientWords(text: string): string | null {
  if (NIR.test(text)) return 'elle contient un numéro de sécurité sociale';
  if (PHONE.test(text)) return 'elle contient un numéro de téléphone, qui a son propre champ';
  if (EMAIL.test(text)) return 'elle contient une adresse électronique';
  if (DATE.test(text) || COMPACT_DATE.test(text) || BIRTH.test(text)) return "elle contient une date ou l'âge de quelqu'un";
  if (PERSON.test(text)) return 'elle nomme quelqu’un';
  return TROUBLE.test(text) ? 'elle parle de santé' : null;
}

function findInValue(value: string, kind: FieldKind, year: number, path: readonly string[]): PatientDataFound | null {
  if (/\s|[^\x21-\x7e]|@/.test(value)) return found(path, 'texte libre');
  if (UUID.test(value) || (kind === 'instant' && INSTANT.test(value)) || (kind === 'slot' && value.length >= SEALED_LENGTH)) return null;
  if (kind === 'structure' && isPrefixedSiret(value)) return null;
  const undated = kind === 'reference' ? withoutRecentDates(value, year) : value;
  if (NIR.test(undated)) return found(path, 'numéro de sécurité sociale');
  if (kind === 'registered' || kind === 'structure') return null;
  if (PHONE.test(undated)) return found(path, 'numéro de téléphone');
  if (kind !== 'reference') return null;
  if (DATE.test(undated) || COMPACT_DATE.test(undated)) return found(path, 'date');
  return isReference(value) ? null : found(path, "mot au lieu d'un identifiant technique");
}

/** 3 + SIRET has the length of a NIR, and may look like one: the key of the SIRET tells them apart. */
function isPrefixedSiret(value: string): boolean {
  if (!/^3\d{14}$/.test(value)) return false;
  const sum = [...value.slice(1)].reduce((total, digit, index) => {
    const weighed = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (weighed > 9 ? weighed - 9 : weighed);
  }, 0);
  return sum % 10 === 0;
}

const withoutRecentDates = (value: string, year: number): string =>
  value.replace(new RegExp(`(?<!\\d)(${year - 1}|${year})([-./]?)(0[1-9]|1[0-2])\\2(0[1-9]|[12]\\d|3[01])`, 'g'), '#');

/** A reference is made of digits and of the words of identifiers: a name, a sentence are none. */
function isReference(value: string): boolean {
  const foreign = value
    .split(/[^A-Za-z0-9]+/)
    .filter((part) => !HEXADECIMAL.test(part))
    .flatMap((part) => part.match(/[A-Za-z]+/g) ?? [])
    .some((word) => word.length > LONGEST_FREE_WORD && !technicalWords.has(word.toLowerCase()));
  return /\d/.test(value) && !foreign;
}

const found = (path: readonly string[], message: string): PatientDataFound => ({ path: path.join('.') || '(corps)', message });

/** The key when it is a word of ours, else what it is: it may be somebody's name. */
function nameOf(key: string): string {
  const word = key.normalize('NFD').replace(/[^A-Za-z]/g, '').toLowerCase();
  return identityWords.has(word) ? word : '(champ inconnu)';
}

function firstOf<Item>(items: readonly Item[], look: (item: Item, index: number) => PatientDataFound | null): PatientDataFound | null {
  for (const [index, item] of items.entries()) {
    const hit = look(item, index);
    if (hit) return hit;
  }
  return null;
}
