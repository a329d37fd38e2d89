import type { DecisionType } from '../../contract.ts';

/** How the delay of an orientation is said. */
export const delays = { '6h': 'dans les 6 heures', '24h': 'dans les 24 heures', '48h': 'dans les 48 heures', 'plus-tard': 'dans la semaine' } as const;
export type Delay = keyof typeof delays;

/** The particulars of a decision on one line: delay and specialty, drug and pharmacy, number of teams… */
export function detailWords(type: DecisionType, details: Readonly<Record<string, unknown>>): string {
  const said = (name: string): string => (typeof details[name] === 'string' ? (details[name] as string) : '');
  const delay = delays[said('delay') as Delay] ?? said('delay');
  const teams = type === 'SMUR' && Number(details['teams']) > 1 ? `${Number(details['teams'])} équipes` : '';
  const pharmacy = said('pharmacy') && `à ${said('pharmacy')}`;
  return [teams, said('specialtyLabel') || said('specialty'), delay, said('drug'), said('dose'), pharmacy, said('destination'), said('comment')].filter(Boolean).join(', ');
}
