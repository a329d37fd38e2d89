import type { DecisionType } from '../../contract.ts';

/** How the delay of an orientation is said. */
export const delays = { '6h': 'dans les 6 heures', '24h': 'dans les 24 heures', '48h': 'dans les 48 heures', 'plus-tard': 'dans la semaine' } as const;
export type Delay = keyof typeof delays;

/** Specialties asked for by name (TRE_R38): the platform's search opens on the code. */
export const specialties = {
  SM54: 'Médecine générale', SM40: 'Pédiatrie', SM42: 'Psychiatrie', SM20: 'Gynécologie-obstétrique', SM38: 'Ophtalmologie', SM39: 'ORL', SM15: 'Dermatologie', SM04: 'Cardiologie',
  SM41: 'Pneumologie', SM48: 'Rhumatologie', SM24: 'Gastro-entérologie', SM32: 'Neurologie', 'PRO:40': 'Chirurgien-dentiste', 'PRO:50': 'Sage-femme', 'PRO:60': 'Infirmier',
  'PRO:70': 'Kinésithérapeute',
} as const;

/** The particulars of a decision on one line: delay and specialty, drug and pharmacy, number of teams… */
export function detailWords(type: DecisionType, details: Readonly<Record<string, unknown>>): string {
  const said = (name: string): string => (typeof details[name] === 'string' ? (details[name] as string) : '');
  const delay = delays[said('delay') as Delay] ?? said('delay');
  const teams = type === 'SMUR' && Number(details['teams']) > 1 ? `${Number(details['teams'])} équipes` : '';
  const pharmacy = said('pharmacy') && `à ${said('pharmacy')}`;
  return [teams, specialties[said('specialty') as keyof typeof specialties] ?? said('specialty'), delay, said('drug'), said('dose'), pharmacy, said('destination'), said('comment')].filter(Boolean).join(', ');
}
