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
});
export type Participation = z.infer<typeof participationSchema>;
