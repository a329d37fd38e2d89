/** Near a request nothing is typed: every answer is chosen in one of these lists (SEC-05). */

/** RDV-04: who answered, on the telephone. */
export const answererLabels = {
  medecin: 'Le médecin',
  secretariat: 'Le secrétariat',
  remplacant: 'Un remplaçant',
} as const;
export type Answerer = keyof typeof answererLabels;

export const refusalLabels = {
  full: 'Planning complet',
  absent: 'Absent ou en visite',
  'no-doctor': 'Aucun médecin disponible',
  activity: 'Hors de son activité',
  'too-far': 'Trop loin',
  time: 'L’heure ne convient pas',
} as const;
export type Refusal = keyof typeof refusalLabels;

/** SUR-02: why somebody is asked en sus although no slot search came back empty. */
export const openingReasonLabels = {
  'doctor-decision': 'Décision du médecin régulateur',
  'slots-too-late': 'Créneaux trop tardifs',
  'slots-too-far': 'Créneaux trop éloignés',
  modality: 'Aucun créneau dans la modalité voulue',
  'sources-away': 'Sources de créneaux indisponibles',
} as const;
export type OpeningReason = keyof typeof openingReasonLabels;

export const passReasonLabels = {
  'no-longer-accepts': 'N’accepte plus de patient en sus',
  'not-reachable': 'Structure fermée ou sans contact',
  'full-half-day': 'Plafond de la demi-journée atteint',
  'full-week': 'Plafond de la semaine atteint',
} as const;

export const requestStateLabels = {
  EN_COURS: 'En cours',
  ACCEPTE: 'Acceptée',
  ANNULE: 'Annulée par le SAS',
  EPUISE: 'Plus personne à solliciter',
} as const;
