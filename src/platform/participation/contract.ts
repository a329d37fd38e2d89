import { z } from 'zod';

export const viaSchema = z.enum(['individual', 'cpts', 'msp', 'sos', 'cds']);
export type Via = z.infer<typeof viaSchema>;

export const viaLabels: Record<Via, string> = {
  individual: 'à titre individuel',
  cpts: 'via sa CPTS',
  msp: 'via sa MSP',
  sos: 'via SOS Médecins',
  cds: 'avec son centre de santé',
};

/** How somebody takes part, as a search shows it. `via` null: he does not take part. */
export const participationSchema = z.object({
  via: viaSchema.nullable(),
  viaStructureId: z.string().nullable(),
  enSus: z.boolean(),
  contact: z.string().nullable(),
  /** Access details that the professional wants the regulation to read; never about a patient. */
  note: z.string().nullable(),
  /** How many patients in excess he accepts at most; null: no limit said. */
  caps: z.object({ halfDay: z.number().int().nullable(), week: z.number().int().nullable() }),
});
export type Participation = z.infer<typeof participationSchema>;

/** Of whoever does not take part. */
export const noParticipation: Participation = { via: null, viaStructureId: null, enSus: false, contact: null, note: null, caps: { halfDay: null, week: null } };
