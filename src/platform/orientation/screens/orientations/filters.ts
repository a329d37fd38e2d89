import { z } from 'zod';
import type { InputOf } from '../../../../ui/api.ts';
import { orientationStatuses, orientationStatusLabels, type OrientationStatus, type routes } from '../../contract.ts';

/** The statuses people look for together; each status in use belongs to one. */
export const families = {
  open: { label: 'À suivre', statuses: ['RESERVATION', 'SOLLICITE', 'DEMANDE', 'ACCEPTE', 'ACCEPTE_SANS_NOM', 'ACCEPTE_NOMME'] },
  booked: { label: 'Prises', statuses: ['PRIS', 'MODIFIE'] },
  ended: { label: 'Terminées', statuses: ['HONORE', 'NON_HONORE', 'NON_RENSEIGNE'] },
  lost: { label: 'Sans suite', statuses: ['REFUSE', 'SANS_REPONSE', 'EXPIRE', 'ECHEC_CRENEAU_PRIS', 'ANNULE_PATIENT', 'ANNULE_EFFECTEUR', 'ANNULE_SAS'] },
} as const satisfies Record<string, { label: string; statuses: readonly OrientationStatus[] }>;
export type Family = keyof typeof families;

const familyNames = Object.keys(families) as Family[];

/** Choices of the filter on the status: all, a family, or one status. */
export const statusChoices: readonly { readonly value: string; readonly label: string }[] = [
  { value: 'all', label: 'Tous les états' },
  ...familyNames.flatMap((name) => [
    { value: name as string, label: families[name].label },
    ...families[name].statuses.map((status) => ({ value: status as string, label: `— ${orientationStatusLabels[status]}` })),
  ]),
];

export const periods = {
  today: 'Aujourd’hui',
  tomorrow: 'Demain',
  week: 'Depuis 7 jours',
  month: 'Depuis 30 jours',
  all: 'Toutes',
  dates: 'Entre deux dates',
} as const;
export type Period = keyof typeof periods;

const optional = (max: number) => z.string().max(max).optional().catch(undefined);
const day = z.iso.date().optional().catch(undefined);

/** What the address of the dashboard holds. */
export const filterSchema = z.object({
  status: z.enum(['all', ...familyNames, ...orientationStatuses]).catch('all'),
  period: z.enum(Object.keys(periods) as [Period, ...Period[]]).catch('week'),
  from: day,
  to: day,
  q: optional(80),
  editor: optional(40),
  mine: z.literal('1').optional().catch(undefined),
  sort: z.enum(['created', 'start', 'status', 'label']).catch('created'),
  order: z.enum(['asc', 'desc']).catch('desc'),
  cursor: optional(200),
  /** Orientation open beside the list. */
  open: z.uuid().optional().catch(undefined),
});
export type Filters = z.output<typeof filterSchema>;

/** First and last days of a period, both included; `undefined`: no bound. */
export function boundsOf({ period, from, to }: Pick<Filters, 'period' | 'from' | 'to'>, today: Temporal.PlainDate): { from?: string; to?: string } {
  const plus = (days: number) => today.add({ days }).toString();
  switch (period) {
    case 'today': return { from: plus(0), to: plus(0) };
    case 'tomorrow': return { from: plus(1), to: plus(1) };
    case 'week': return { from: plus(-7) };
    case 'month': return { from: plus(-30) };
    case 'all': return {};
    case 'dates': return { ...(from ? { from } : {}), ...(to ? { to } : {}) };
  }
}

export type ListInput = NonNullable<InputOf<typeof routes.orientations>['query']>;

/** The question of these filters to the API, on the day `today` of the SAS. */
export function questionOf(filters: Filters, today: Temporal.PlainDate): ListInput {
  const { status, q, editor, mine, sort, order, cursor } = filters;
  const wanted = status === 'all' ? undefined : status in families ? families[status as Family].statuses : [status];
  return {
    status: wanted, q, editor, cursor, sort,
    ...(mine ? { mine: 'true' } : {}),
    descending: order === 'desc' ? 'true' : 'false',
    ...boundsOf(filters, today),
  };
}

/** True when the list shows everything the person may see. */
export const isUnfiltered = ({ status, period, q, editor, mine }: Filters): boolean =>
  status === 'all' && period === 'all' && !q && !editor && !mine;
