import { pick } from '../shared/random.ts';

/** What the caller of a fictional call has, and what colleagues make of it. */
export type Case =
  | { readonly kind: 'd'; readonly code: string }
  | { readonly kind: 'information'; readonly category: string; readonly answer: string }
  | { readonly kind: 'p0'; readonly motive: string; readonly note: string }
  | {
      readonly kind: 'care'; readonly filiere: 'AMU' | 'SNP'; readonly priority: 'P1' | 'P2' | 'P3'; readonly motive: string; readonly note: string;
      readonly decisions: readonly Decision[]; readonly advice: string;
    };

export interface Decision {
  readonly type: string;
  readonly careLevel: 'R1' | 'R2' | 'R3' | 'R4';
}

const one = (type: string, careLevel: Decision['careLevel']): readonly Decision[] => [{ type, careLevel }];

/** Fictional situations, with how often they come. Nothing in them is medical guidance. */
const cases: readonly (readonly [weight: number, value: Case])[] = [
  [6, { kind: 'd', code: 'D.D-MALV.ERR' }],
  [7, { kind: 'information', category: 'DR.DREG.DRPHARMA', answer: 'Pharmacie de garde fictive du Clain, 12 rue des Tanneurs' }],
  [4, { kind: 'information', category: 'DR.DREG.DRINFO', answer: 'Horaires de la maison médicale de garde fictive' }],
  [3, { kind: 'information', category: 'DR.DREG.DRDENT', answer: 'Dentiste de garde fictif, dimanche de 9 h à 12 h' }],
  [2, { kind: 'p0', motive: 'Arrêt cardiaque', note: 'Inconscient, ne respire pas ; massage guidé' }],
  [7, { kind: 'care', filiere: 'AMU', priority: 'P1', motive: 'Douleur thoracique', note: 'Serre depuis vingt minutes', decisions: [{ type: 'SMUR', careLevel: 'R1' }, { type: 'SU', careLevel: 'R1' }], advice: 'Allonger, ne rien manger' }],
  [6, { kind: 'care', filiere: 'AMU', priority: 'P1', motive: 'Difficulté à respirer', note: 'Parle par mots', decisions: [{ type: 'VSAV', careLevel: 'R2' }, { type: 'SU', careLevel: 'R2' }], advice: 'Position assise' }],
  [9, { kind: 'care', filiere: 'AMU', priority: 'P2', motive: 'Chute', note: 'Ne se relève pas seule, hanche douloureuse', decisions: [{ type: 'AMBULANCE', careLevel: 'R2' }, { type: 'ALLER_SU', careLevel: 'R2' }], advice: 'Ne pas mobiliser' }],
  [8, { kind: 'care', filiere: 'AMU', priority: 'P2', motive: 'Malaise', note: 'Rétabli, antécédents à préciser', decisions: one('CONSEIL', 'R3'), advice: 'Rappeler si cela revient' }],
  [12, { kind: 'care', filiere: 'SNP', priority: 'P2', motive: 'Fièvre de l’enfant', note: '39 depuis hier, joue encore', decisions: one('CONSULTATION', 'R3'), advice: 'Boire, surveiller le comportement' }],
  [10, { kind: 'care', filiere: 'SNP', priority: 'P2', motive: 'Mal de gorge', note: 'Déglutition difficile, médecin traitant absent', decisions: one('CONSULTATION', 'R4'), advice: 'Rappeler si gêne pour respirer' }],
  [9, { kind: 'care', filiere: 'SNP', priority: 'P3', motive: 'Renouvellement, traitement interrompu', note: 'Plus de comprimés depuis ce matin', decisions: one('MEDECIN_TRAITANT', 'R4'), advice: 'Médecin traitant lundi' }],
  [10, { kind: 'care', filiere: 'SNP', priority: 'P3', motive: 'Diarrhée, vomissements', note: 'Depuis la nuit, boit bien', decisions: one('CONSEIL', 'R4'), advice: 'Petites gorgées, rappeler si aggravation' }],
  [4, { kind: 'care', filiere: 'SNP', priority: 'P2', motive: 'Lombalgie', note: 'Ne peut pas se déplacer', decisions: one('VISITE', 'R3'), advice: 'Repos' }],
  [3, { kind: 'care', filiere: 'SNP', priority: 'P3', motive: 'Éruption', note: 'Sans fièvre, photo possible', decisions: one('TELECONSULTATION', 'R4'), advice: 'Ne pas gratter' }],
];

const streets = ['rue des Tilleuls', 'place du Lavoir', 'avenue des Acacias', 'chemin du Moulin', 'impasse des Lilas', 'rue du Vieux Pont'];
const towns: readonly (readonly [weight: number, value: { readonly city: string; readonly insee: string }])[] = [
  [8, { city: 'Poitiers', insee: '86194' }], [4, { city: 'Châtellerault', insee: '86066' }], [2, { city: 'Buxerolles', insee: '86041' }], [1, { city: 'Loudun', insee: '86137' }],
  [1, { city: 'Montmorillon', insee: '86165' }], [1, { city: 'Chauvigny', insee: '86070' }],
];
const firstNames = ['Adèle', 'Basile', 'Capucine', 'Désiré', 'Éloi', 'Fanny', 'Gaspard', 'Héloïse', 'Irène', 'Joachim', 'Lucien', 'Maëlle', 'Octave', 'Rose', 'Zoé'];
const lastNames = ['Aubanbert', 'Corelivaux', 'Lamidieu', 'Montoligny', 'Peravelle', 'Sarrimont', 'Villoract', 'Yvelafort'];

export interface CallerStory {
  readonly case: Case;
  readonly location: { readonly address: string; readonly city: string; readonly insee: string };
  readonly patient: { readonly lastName: string; readonly firstName: string; readonly age: number; readonly sex: 'M' | 'F' };
}

/** The story of a call, always the same for the same random stream. */
export function storyOf(random: () => number): CallerStory {
  const story = pick(random, cases);
  const among = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const child = story.kind === 'care' && story.motive.includes('enfant');
  return {
    case: story,
    location: { address: `${1 + Math.floor(random() * 80)} ${among(streets)}`, ...pick(random, towns) },
    patient: { lastName: among(lastNames), firstName: among(firstNames), age: child ? 1 + Math.floor(random() * 9) : 18 + Math.floor(random() * 75), sex: random() < 0.5 ? 'F' : 'M' },
  };
}
