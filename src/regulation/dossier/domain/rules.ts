import { z } from 'zod';
import { drCodes, type Filiere, filieres, type Step } from './codes.ts';
import { reminderWays } from './reminders.ts';

/**
 * What the règlement intérieur of the SAS decides, approved by its governance: versioned, every change dated and journaled.
 */
export const regulationRulesSchema = z.object({
  /** Answers that need no doctor (D1); every other DR waits for a doctor's validation. */
  withoutDoctor: z.array(z.enum(drCodes)),
  p0: z.object({
    /** Seconds before a P0 that no doctor took alerts the supervisor and every doctor. */
    alertSeconds: z.number().int().min(1).max(600),
    /** National vehicle codes engaged by reflex. */
    reflexMeans: z.array(z.string().max(20)).min(1).max(6),
  }),
  deferral: z.object({ maxMinutes: z.number().int().min(1).max(1_440), allowed: z.boolean() }),
  /** Assistants may pass a dossier to a specialised filière (T08). */
  assistantsReachFilieres: z.boolean(),
  followUp: z.object({ vulnerableHours: z.number().int().min(1).max(240) }),
  /** How patients are reminded of an appointment when they chose nothing (RDV-11), how many hours before, and the number they ring to cancel. */
  reminder: z.object({ by: z.enum(reminderWays), hours: z.number().int().min(1).max(72), phone: z.string().regex(/^\d[\d ]{1,13}$/, 'numéro attendu, par exemple 116117') })
    .default({ by: 'sms', hours: 18, phone: '116117' }),
  /** Minutes without any change before a dossier where all is done ends by itself (T24). */
  quietMinutes: z.number().int().min(1).max(240),
});
export type RegulationRules = z.infer<typeof regulationRulesSchema>;

export const defaultRules: RegulationRules = {
  withoutDoctor: ['DR.DREG.DRPHARMA', 'DR.DREG.DRDENT', 'DR.DREG.DRINFO', 'DR.DREG.DRMED', 'DR.DREG.DOS-SIS', 'DR.DREG.DOS-FDO'],
  p0: { alertSeconds: 10, reflexMeans: ['SMUR.VLM', 'SIS.VSAV'] },
  deferral: { maxMinutes: 240, allowed: true },
  assistantsReachFilieres: true,
  followUp: { vulnerableHours: 24 },
  reminder: { by: 'sms', hours: 18, phone: '116117' },
  quietMinutes: 10,
};

export const filiereSettingsSchema = z.object({
  filiere: z.enum(filieres),
  active: z.boolean(),
  label: z.string().trim().min(1).max(80),
  /** Organisational scheme (FIL-02): how it regulates, its effectors, its aims. A filière is not switched on without it. */
  scheme: z.string().max(4_000),
  /** Weekly hours; none means day and night. */
  hours: z.array(z.object({ day: z.number().int().min(1).max(7), from: z.iso.time({ precision: -1 }), to: z.iso.time({ precision: -1 }) })).max(50),
});
export type FiliereSettings = z.infer<typeof filiereSettingsSchema>;

/** The two base services of a SAS are never closed. */
export const baseFilieres: readonly Filiere[] = ['AMU', 'SNP'];
export const isSpecialised = (filiere: Filiere | null): filiere is Filiere => filiere !== null && !baseFilieres.includes(filiere);

/** Whether a filière receives dossiers at that moment of the territory's wall clock. An end before its start passes midnight. */
export function filiereOpen(filiere: Filiere, settings: readonly FiliereSettings[], at: Temporal.ZonedDateTime): boolean {
  if (baseFilieres.includes(filiere)) return true;
  const found = settings.find((one) => one.filiere === filiere);
  if (!found?.active) return false;
  if (found.hours.length === 0) return true;
  const time = at.toPlainTime().toString({ smallestUnit: 'minute' });
  const before = at.dayOfWeek === 1 ? 7 : at.dayOfWeek - 1;
  return found.hours.some(({ day, from, to }) => {
    if (from < to) return day === at.dayOfWeek && from <= time && time < to;
    return (day === at.dayOfWeek && from <= time) || (day === before && time < to);
  });
}

/** Steps where the patient waits for somebody: a P0 never enters them (I5). */
export const waitingSteps: readonly Step[] = ['ATTENTE_N2', 'ATTENTE_MR', 'REPORTE'];
