import { z } from 'zod';
import type { InputOf } from '../../../../ui/api.ts';
import { outcomeFamilies, type OutcomeFamily, type routes } from '../../contract-outcomes.ts';

export const periods = { week: '7 derniers jours', month: '30 derniers jours', quarter: '90 derniers jours', year: '12 derniers mois', dates: 'Entre deux dates' } as const;
export type Period = keyof typeof periods;
const daysOf: Record<Exclude<Period, 'dates'>, number> = { week: 7, month: 30, quarter: 90, year: 365 };

const optional = (max: number) => z.string().max(max).optional().catch(undefined);
const day = z.iso.date().optional().catch(undefined);

/** What the address of the follow-up holds. */
export const filterSchema = z.object({
  view: z.enum(['figures', 'absence', 'list']).catch('figures'),
  period: z.enum(Object.keys(periods) as [Period, ...Period[]]).catch('month'),
  from: day,
  to: day,
  structure: optional(20),
  channel: optional(40),
  level: z.coerce.number().int().min(0).max(20).optional().catch(undefined),
  outcome: z.enum(Object.keys(outcomeFamilies) as [OutcomeFamily, ...OutcomeFamily[]]).optional().catch(undefined),
  beyond48h: z.literal('true').optional().catch(undefined),
  cursor: optional(200),
});
export type Filters = z.output<typeof filterSchema>;

export type Question = NonNullable<InputOf<typeof routes.followUpSummary>['query']>;

/** First and last days of the period, both included. */
export function boundsOf({ period, from, to }: Pick<Filters, 'period' | 'from' | 'to'>, today: Temporal.PlainDate): { readonly from: string; readonly to: string } {
  const last = period === 'dates' && to ? to : today.toString();
  if (period === 'dates') return { from: from ?? Temporal.PlainDate.from(last).subtract({ days: daysOf.month }).toString(), to: last };
  return { from: today.subtract({ days: daysOf[period] }).toString(), to: last };
}

/** The question of these filters to the API, on the day `today` of the SAS. */
export function questionOf(filters: Filters, today: Temporal.PlainDate): Question {
  const { structure, channel, level, outcome, beyond48h } = filters;
  return { ...boundsOf(filters, today), structure, channel, ...(level === undefined ? {} : { level: String(level) }), outcome, beyond48h };
}
