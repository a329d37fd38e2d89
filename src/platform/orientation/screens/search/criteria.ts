import { z } from 'zod';
import { modalitySchema } from '../../../availability/contract.ts';

export const windows = ['48h', 'today', 'tomorrow', 'week'] as const;
export type Window = (typeof windows)[number];
export const windowLabels: Record<Window, string> = { '48h': '48 h', today: 'Aujourd’hui', tomorrow: 'Demain', week: '7 j' };

export const DEFAULT_SPECIALTY = { code: 'SM54', label: 'Médecine générale' } as const;

const optional = z.string().max(120).optional().catch(undefined);
const flag = z.literal('1').optional().catch(undefined);

/**
 * The search as its address tells it. A precise address, which could be a patient's home, is never here: the address
 * holds the commune, and the point stays in the memory of the tab (`Precise`).
 */
export const criteriaSchema = z.object({
  place: optional,
  insee: z.string().regex(/^\d[\dAB]\d{3}$/).optional().catch(undefined),
  specialty: z.string().regex(/^[A-Za-z0-9:_-]{1,20}$/).catch(DEFAULT_SPECIALTY.code),
  specialtyName: optional,
  radius: z.coerce.number().positive().max(200).optional().catch(undefined),
  modality: z.preprocess((value) => (value === undefined || Array.isArray(value) ? value : [value]), z.array(modalitySchema)).optional().catch(undefined),
  window: z.enum(windows).catch('48h'),
  enSus: flag,
  withSlots: flag,
  participating: flag,
  usualDoctor: z.string().regex(/^[08]?\d{9,11}$/).optional().catch(undefined),
  origin: z.string().max(60).optional().catch(undefined),
});
export type Criteria = z.output<typeof criteriaSchema>;

/** What the tab remembers beside the address: the exact point searched around, the name of the usual doctor. A stranger reading the address learns none of it. */
export interface Memory {
  readonly precise?: { readonly label: string; readonly lat: number; readonly lon: number };
  readonly usualDoctorName?: string;
  /** What was not understood of the link that opened the search. */
  readonly messages?: readonly string[];
}

/** True when there is somewhere to search around. */
export const hasPlace = (criteria: Criteria, memory: Memory): boolean => Boolean(memory.precise ?? criteria.insee ?? criteria.place);

/** The question put to the API. Days are those of the SAS's own clock. */
export function toQuery(criteria: Criteria, memory: Memory, at: Temporal.Instant, zone: string): Record<string, unknown> {
  return {
    ...placeOf(criteria, memory),
    ...windowOf(criteria.window, at, zone),
    specialty: criteria.specialty,
    radiusKm: criteria.radius,
    modality: criteria.modality,
    enSus: criteria.enSus && 'true',
    participating: criteria.participating && 'true',
    usualDoctor: criteria.usualDoctor,
    origin: criteria.origin,
  };
}

function placeOf({ insee, place }: Criteria, { precise }: Memory) {
  if (precise) return { lat: precise.lat, lon: precise.lon };
  return insee ? { insee } : { address: place };
}

/** `from` and `to` of the window; without `from` it begins now, and the default one (48 h) is the server's. */
export function windowOf(window: Window, at: Temporal.Instant, zone: string): { from?: string; to?: string } {
  const present = at.toZonedDateTimeISO(zone);
  const midnight = present.startOfDay().add({ days: 1 });
  const text = (moment: Temporal.ZonedDateTime) => moment.toInstant().toString();
  if (window === '48h') return {};
  if (window === 'today') return { to: text(midnight) };
  if (window === 'tomorrow') return { from: text(midnight), to: text(midnight.add({ days: 1 })) };
  return { to: text(present.add({ days: 7 })) };
}
