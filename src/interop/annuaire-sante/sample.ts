/** A commune where fictional professionals practise; `weight` is its share (population). */
export interface SampleCommune {
  readonly insee: string;
  readonly name: string;
  readonly postcode: string;
  readonly weight: number;
}

/** The header line, as published: 56 columns, each followed by the separator. */
export const extractHeader = [
  "Type d'identifiant PP", 'Identifiant PP', 'Identification nationale PP', "Code civilité d'exercice", "Libellé civilité d'exercice",
  'Code civilité', 'Libellé civilité', "Nom d'exercice", "Prénom d'exercice", 'Code profession', 'Libellé profession',
  'Code catégorie professionnelle', 'Libellé catégorie professionnelle', 'Code type savoir-faire', 'Libellé type savoir-faire',
  'Code savoir-faire', 'Libellé savoir-faire', 'Code mode exercice', 'Libellé mode exercice', 'Numéro SIRET site', 'Numéro SIREN site',
  'Numéro FINESS site', 'Numéro FINESS établissement juridique', 'Identifiant technique de la structure', 'Raison sociale site',
  'Enseigne commerciale site', 'Complément destinataire (coord. structure)', 'Complément point géographique (coord. structure)',
  'Numéro Voie (coord. structure)', 'Indice répétition voie (coord. structure)', 'Code type de voie (coord. structure)',
  'Libellé type de voie (coord. structure)', 'Libellé Voie (coord. structure)', 'Mention distribution (coord. structure)',
  'Bureau cedex (coord. structure)', 'Code postal (coord. structure)', 'Code commune (coord. structure)', 'Libellé commune (coord. structure)',
  'Code pays (coord. structure)', 'Libellé pays (coord. structure)', 'Téléphone (coord. structure)', 'Téléphone 2 (coord. structure)',
  'Télécopie (coord. structure)', 'Adresse e-mail (coord. structure)', 'Code Département (structure)', 'Libellé Département (structure)',
  'Ancien identifiant de la structure', "Autorité d'enregistrement", "Code secteur d'activité", "Libellé secteur d'activité",
  'Code section tableau pharmaciens', 'Libellé section tableau pharmaciens', 'Code rôle', 'Libellé rôle', 'Code genre activité',
  'Libellé genre activité',
] as const;
const headerLine = `${extractHeader.join('|')}|`;

type Column = (typeof extractHeader)[number];
const indexOf = new Map<Column, number>(extractHeader.map((name, index) => [name, index]));

/** A line of the extract with the given values, the other columns empty. */
export function extractLine(values: Partial<Record<Column, string>>): string {
  const fields = new Array<string>(extractHeader.length).fill('');
  for (const [name, value] of Object.entries(values)) fields[indexOf.get(name as Column)!] = value;
  return `${fields.join('|')}|`;
}

export const sampleCommunes: readonly SampleCommune[] = [
  { insee: '86194', name: 'Poitiers', postcode: '86000', weight: 90_000 },
  { insee: '86066', name: 'Châtellerault', postcode: '86100', weight: 31_000 },
  { insee: '86041', name: 'Buxerolles', postcode: '86180', weight: 10_000 },
  { insee: '86214', name: 'Saint-Benoît', postcode: '86280', weight: 7_500 },
  { insee: '86137', name: 'Loudun', postcode: '86200', weight: 6_700 },
  { insee: '86165', name: 'Montmorillon', postcode: '86500', weight: 5_800 },
  { insee: '86078', name: 'Civray', postcode: '86400', weight: 2_600 },
  { insee: '79191', name: 'Niort', postcode: '79000', weight: 59_000 },
  { insee: '87085', name: 'Limoges', postcode: '87000', weight: 130_000 },
  { insee: '37261', name: 'Tours', postcode: '37000', weight: 138_000 },
];

const lastNames = 'ARNAULT BELLANGER CHAUVEAU DESMARETS ESNAULT FOUCHER GUERINEAU HERAULT JOUBERT LIMOUZIN MARCHESSEAU NAUDIN OLLIVIER PASQUIER QUERE RENAUDEAU SICARD TEXEREAU VILLENEUVE BAUDRY CORMIER DURANDEAU FRADET GIRAUDEAU MOREAU PINEAU ROUSSEL THOMASSIN'.split(' ');
const firstNames = 'ADELE BASTIEN CAMILLE DENIS ELOISE FABIEN GAELLE HUGO INES JULIEN KARINE LUCIEN MARGAUX NADIA OLIVIER PAULINE QUENTIN ROSALIE SIMON THERESE'.split(' ');
const streets = 'DE LA GARE|DES ACACIAS|VICTOR HUGO|DU MARCHE|DE LA REPUBLIQUE|JEAN JAURES|DES TILLEULS|DU MOULIN|DE LA PAIX|DES ECOLES'.split('|');
const streetTypes = [['R', 'Rue'], ['AV', 'Avenue'], ['PL', 'Place'], ['BD', 'Boulevard'], ['CHE', 'Chemin']] as const;

/** Profession, label, specialty, its label, share in a thousand. */
const trades = [
  ['10', 'Médecin', 'SM54', 'Médecine Générale', 250], ['10', 'Médecin', 'SM26', 'Qualifié en Médecine Générale', 100],
  ['10', 'Médecin', 'SM53', 'Spécialiste en Médecine Générale', 50], ['10', 'Médecin', 'SM40', 'Pédiatrie', 40],
  ['10', 'Médecin', 'SM04', 'Cardiologie et maladies vasculaires', 40], ['10', 'Médecin', 'SM38', 'Ophtalmologie', 30],
  ['60', 'Infirmier', '', '', 260], ['70', 'Masseur-Kinésithérapeute', '', '', 120], ['40', 'Chirurgien-Dentiste', '', '', 60],
  ['21', 'Pharmacien', '', '', 40], ['50', 'Sage-Femme', '', '', 10],
] as const;

/** Numbers in [0, 1[ from a seed: the same seed gives the same extract (mulberry32). */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Draws by weight in logarithmic time. */
function drawer<T>(items: readonly T[], weight: (item: T) => number): (at: number) => T {
  const sums: number[] = [];
  for (const item of items) sums.push((sums.at(-1) ?? 0) + weight(item));
  return (at) => {
    const target = at * sums.at(-1)!;
    let low = 0;
    let high = sums.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle]! > target) high = middle;
      else low = middle + 1;
    }
    return items[low]!;
  };
}

/**
 * The header and `count` lines of fictional professionals, in the published format: RPPS beginning with 19 (not given to
 * anybody), telephone numbers reserved to fiction by the regulator. About one in three practises in two places.
 */
export function* extractLines(count: number, seed: number, communes: readonly SampleCommune[] = sampleCommunes): Generator<string> {
  const next = random(seed);
  const commune = drawer(communes, ({ weight }) => weight);
  const trade = drawer(trades, (item) => item[4]);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)]!;
  yield headerLine;
  for (let written = 0, person = 0; written < count; person++) {
    const rpps = `19${String(person).padStart(9, '0')}`;
    const [professionCode, profession, specialty, specialtyLabel] = trade(next());
    const who = {
      "Type d'identifiant PP": '8', 'Identifiant PP': rpps, 'Identification nationale PP': `8${rpps}`,
      "Code civilité d'exercice": professionCode === '10' ? 'DR' : '', "Libellé civilité d'exercice": professionCode === '10' ? 'Docteur' : '',
      'Code civilité': next() < 0.5 ? 'MME' : 'M', "Nom d'exercice": `${pick(lastNames)}${next() < 0.3 ? ` ${pick(lastNames)}` : ''}`,
      "Prénom d'exercice": pick(firstNames), 'Code profession': professionCode, 'Libellé profession': profession,
      'Code catégorie professionnelle': 'C', 'Libellé catégorie professionnelle': 'Civil',
      ...(specialty ? { 'Code type savoir-faire': 'S', 'Libellé type savoir-faire': 'Spécialité ordinale', 'Code savoir-faire': specialty, 'Libellé savoir-faire': specialtyLabel } : {}),
    };
    for (let places = next() < 0.3 ? 2 : 1; places > 0 && written < count; places--, written++) {
      yield extractLine({ ...who, ...placeOf(commune(next()), Math.floor(next() * 400), next, pick) });
    }
  }
}

/** One of the places of a commune: the same number is always the same place, shared by those who practise there. */
function placeOf(commune: SampleCommune, number: number, next: () => number, pick: <T>(items: readonly T[]) => T) {
  const [typeCode, type] = streetTypes[number % streetTypes.length]!;
  const key = String(Number.parseInt(commune.insee, 36) % 100_000_000).padStart(8, '0') + String(number).padStart(4, '0');
  const digits = String(number).padStart(4, '0');
  const shared = number < 120;
  const siret = shared ? `9${key.padStart(13, '0')}` : '';
  const practice = `4${key}${String(Math.floor(next() * 100)).padStart(2, '0')}`;
  return {
    'Numéro SIRET site': siret,
    'Raison sociale site': shared ? `MAISON MEDICALE ${commune.name.toUpperCase()} ${number}` : `CABINET ${pick(lastNames)}`,
    'Numéro Voie (coord. structure)': String(number + 1), 'Code type de voie (coord. structure)': typeCode,
    'Libellé type de voie (coord. structure)': type, 'Libellé Voie (coord. structure)': streets[number % streets.length]!,
    'Bureau cedex (coord. structure)': `${commune.postcode} ${commune.name.toUpperCase()}`, 'Code postal (coord. structure)': commune.postcode,
    'Code commune (coord. structure)': commune.insee, 'Libellé commune (coord. structure)': commune.name,
    'Téléphone (coord. structure)': `053649${digits}`,
    'Code mode exercice': 'L', 'Libellé mode exercice': 'Libéral',
    'Ancien identifiant de la structure': shared ? `3${siret}` : practice,
    "Autorité d'enregistrement": 'CNOM/CNOM/CNOM', "Code secteur d'activité": 'SA07', "Libellé secteur d'activité": 'Cabinet individuel',
  };
}
