/** Lower case, without accent nor punctuation, `St`/`Ste` spelled out: what a search compares. */
export function normaliseName(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .replace(/[^a-z0-9]+/g, ' ')
    .replace(/\bst(e?)\b/g, 'saint$1')
    .trim();
}

/** Paris, Lyon and Marseille are divided in arrondissements that carry INSEE codes of their own (INT_L01, 2.1). */
const divided = [
  { city: '75056', first: 75101, last: 75120 },
  { city: '69123', first: 69381, last: 69389 },
  { city: '13055', first: 13201, last: 13216 },
];

/** The INSEE code of the whole commune: arrondissements become their city, a lost leading zero comes back. */
export function cityInsee(insee: string): string {
  const code = insee.trim().toUpperCase().padStart(5, '0');
  const number = Number(code);
  return divided.find(({ first, last }) => number >= first && number <= last)?.city ?? code;
}

/** The département of an INSEE code: `86194` → `86`, `2A004` → `2A`, `97105` → `971`. */
export const departmentOf = (insee: string): string => (/^9[78]/.test(insee) ? insee.slice(0, 3) : insee.slice(0, 2));

const STREET_WORDS =
  'allee|avenue|av|boulevard|bd|bvd|chemin|che|cite|cours|esplanade|faubourg|fg|hameau|impasse|imp|lieu dit|lotissement|passage|place|pl|quai|residence|rond point|route|rte|rue|ruelle|sentier|square|venelle|villa|voie|zone|za|zi';

/** True when the words look like a street address rather than the name of a commune. */
export const looksLikeAddress = (normalised: string): boolean =>
  new RegExp(`^\\d{1,4} ?(bis|ter|quater|[a-d])? [a-z]|\\b(${STREET_WORDS})\\b .`).test(normalised);
