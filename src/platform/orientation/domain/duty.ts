/** STR-06. `day-doctor`: one doctor receives all that day; `on-call`: several, the one named least recently first. */
export const dutyModes = ['none', 'day-doctor', 'on-call'] as const;
export type DutyMode = (typeof dutyModes)[number];

export const dutyModeLabels: Record<DutyMode, string> = {
  none: 'Sans planning : le médecin est choisi à chaque demande',
  'day-doctor': 'Médecin du jour : un seul médecin reçoit toutes les demandes',
  'on-call': 'Plusieurs médecins d’astreinte, à tour de rôle',
};

/** Somebody on duty, and when the structure last named him for the SAS (null: never). */
export interface OnDuty {
  readonly nationalId: string;
  readonly lastNamedAt: Temporal.Instant | null;
}

/** Those on duty in the order they are proposed: named least recently first, then by id. */
export const dutyOrder = (doctors: readonly OnDuty[]): OnDuty[] =>
  doctors.toSorted((a, b) => instantOrder(a.lastNamedAt, b.lastNamedAt) || (a.nationalId < b.nationalId ? -1 : 1));

/** Never comes before the oldest. */
export function instantOrder(a: Temporal.Instant | null, b: Temporal.Instant | null): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  return Temporal.Instant.compare(a, b);
}
