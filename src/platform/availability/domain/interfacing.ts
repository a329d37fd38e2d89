import type { stages } from '../contract.ts';

export type Stage = (typeof stages)[number];

/** Where an interfacing project may go from each stage: on, or back to where the fault is mended (AGR-11). */
export const stageMoves: Readonly<Record<Stage, readonly Stage[]>> = {
  CADRAGE: ['DEVELOPPEMENT'],
  DEVELOPPEMENT: ['RECETTE_PROV', 'CADRAGE'],
  RECETTE_PROV: ['RECETTE_DEF', 'DEVELOPPEMENT'],
  RECETTE_DEF: ['PRODUCTION', 'DEVELOPPEMENT'],
  PRODUCTION: ['VSR', 'RECETTE_DEF'],
  VSR: ['EXPLOITATION', 'PRODUCTION'],
  EXPLOITATION: ['DEVELOPPEMENT'],
};

/** How long a local tool has to become interoperable (AGR-17). */
export const COMPLIANCE_MONTHS = 24;
/** Days before the deadline from which it is worth a warning. */
const SOON_DAYS = 90;

/** The day by which a tool registered that day must speak with the platform. */
export const complianceDeadline = (registeredOn: string): string => Temporal.PlainDate.from(registeredOn).add({ months: COMPLIANCE_MONTHS }).toString();

export type ComplianceState = 'compliant' | 'running' | 'soon' | 'overdue';

/** Where a local tool stands on a day; `days` are those left, or those since the deadline. */
export function complianceOf({ dueOn, compliantOn }: { dueOn: string; compliantOn: string | null }, today: Temporal.PlainDate): { state: ComplianceState; days: number } {
  const left = today.until(Temporal.PlainDate.from(dueOn), { largestUnit: 'days' }).days;
  if (compliantOn) return { state: 'compliant', days: Math.abs(left) };
  if (left < 0) return { state: 'overdue', days: -left };
  return { state: left <= SOON_DAYS ? 'soon' : 'running', days: left };
}
