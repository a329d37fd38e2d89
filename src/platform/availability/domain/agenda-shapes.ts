import { z } from 'zod';

export const modalitySchema = z.enum(['AMB', 'HH', 'VR']);
export const slotTypeSchema = z.enum(['PUBLIC', 'PRO', 'SNP', 'CPTS']);
export const kindSchema = z.enum(['single', 'range']);

const clockTime = z.iso.time({ precision: -1 });

/** Whose agenda: a professional, a structure, or a professional inside a structure. */
export const ownerShape = {
  nationalId: z.string().regex(/^[08]\d{9,11}$/).nullable(),
  structureId: z.string().max(20).nullable(),
};
export const ownerSchema = z.strictObject(ownerShape);

/** What is offered, beside its hours. */
export const offerShape = {
  placeId: z.string().max(80),
  kind: kindSchema,
  modalities: z.array(modalitySchema).min(1).max(3),
  withAppointment: z.boolean().default(true),
  slotTypes: z.array(slotTypeSchema).min(1).max(4).default(['SNP']),
  capacity: z.number().int().min(1).max(200).default(1),
};

/** Hours of a day, `HH:MM` of the territory. */
export const hoursShape = { starts: clockTime, ends: clockTime };

/** Cuts the period into slots of so many minutes; null: in one piece. */
const slotMinutes = z.number().int().min(5).max(240).nullable().default(null);

export const weeklySchema = z.strictObject({
  /** ISO: 1 is Monday. */
  weekdays: z.array(z.number().int().min(1).max(7)).min(1).max(7),
  /** Included; null: until further notice. */
  lastDay: z.iso.date().nullable().default(null),
  everyWeeks: z.number().int().min(1).max(8).default(1),
  skipHolidays: z.boolean().default(true),
});

/** An availability to publish: once, or every week. `id` makes a second sending change nothing. */
export const publicationSchema = z.strictObject({
  id: z.uuid().optional(), ...ownerShape, ...offerShape, ...hoursShape, slotMinutes, day: z.iso.date(), weekly: weeklySchema.nullable(),
});
export type Publication = z.output<typeof publicationSchema>;

/** A series as it becomes, from a day on or from its beginning (`from: null`). */
export const seriesChangeSchema = z.strictObject({
  from: z.iso.date().nullable(), ...offerShape, ...hoursShape, slotMinutes, weekly: weeklySchema,
});
export type SeriesChange = z.output<typeof seriesChangeSchema>;

export const openingChangeSchema = z.strictObject({ ...offerShape, ...hoursShape, day: z.iso.date() });
export type OpeningChange = z.output<typeof openingChangeSchema>;

export const seriesSchema = z.object({
  id: z.string(), ...ownerShape, ...offerShape, ...hoursShape, slotMinutes, timeZone: z.string(),
  weekdays: z.array(z.number().int()), firstDay: z.iso.date(), lastDay: z.iso.date().nullable(), everyWeeks: z.number().int(), skipHolidays: z.boolean(),
  version: z.number().int(),
});
export type Series = z.output<typeof seriesSchema>;

/** What a publication, a change or a removal did. */
export const publishedSchema = z.object({
  series: seriesSchema.nullable(),
  created: z.number().int(),
  removed: z.number().int(),
  /** Occurrences where people are oriented: they were left as they are. */
  kept: z.array(z.object({ openingId: z.string(), day: z.iso.date(), starts: z.string(), ends: z.string(), booked: z.number().int() })),
  /** What the rule does not give: public holidays, hours that do not exist. */
  skipped: z.array(z.object({ day: z.iso.date(), starts: z.string(), why: z.enum(['holiday', 'clock-change']), holiday: z.string().nullable() })),
  /** Created inside a leave: hidden until it ends or is removed. */
  onLeave: z.number().int(),
});
export type Published = z.output<typeof publishedSchema>;

const wallTime = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, 'date et heure attendues, par exemple 2026-12-24T13:00');

/** A leave, in the wall clock of the territory. `preview`: says what it would do, and does nothing. */
export const leaveDeclarationSchema = z.strictObject({ ...ownerShape, from: wallTime, to: wallTime, preview: z.boolean().default(false) });
export type LeaveDeclaration = z.output<typeof leaveDeclarationSchema>;

export const leaveSchema = z.object({ id: z.string(), ...ownerShape, from: z.iso.datetime(), to: z.iso.datetime(), timeZone: z.string(), by: z.string() });
export type Leave = z.output<typeof leaveSchema>;

/** An appointment that a leave touches. Never who the patient is: the orientation leads to what can be done. */
export const touchedSchema = z.object({
  orientationId: z.string().nullable(), start: z.iso.datetime(), end: z.iso.datetime(), placeId: z.string(), nationalId: z.string().nullable(),
  modalities: z.array(modalitySchema), seatId: z.string(),
});
export type Touched = z.output<typeof touchedSchema>;

export const leaveOutcomeSchema = z.object({
  leave: leaveSchema.nullable(),
  /** Slots whose free places are hidden. */
  hidden: z.number().int(),
  /** Ranges that the leave covers in part only, hidden whole. */
  inPart: z.array(z.object({ openingId: z.string(), day: z.iso.date(), starts: z.string(), ends: z.string() })),
  appointments: z.array(touchedSchema),
});

export const copySchema = z.strictObject({
  from: ownerSchema,
  fromDay: z.iso.date(),
  /** A day or a week. */
  days: z.union([z.literal(1), z.literal(7)]),
  toDay: z.iso.date(),
  targets: z.array(z.strictObject({ ...ownerShape, placeId: z.string().max(80).nullable() })).min(1).max(100),
});
export type Copy = z.output<typeof copySchema>;

export const copiedSchema = z.object({
  results: z.array(z.object({
    ...ownerShape,
    created: z.number().int(),
    /** Already there, the same hours and place. */
    already: z.number().int(),
    /** Why nothing was copied for this agenda, in words. */
    refused: z.string().nullable(),
  })),
});

export const feedSchema = z.object({ id: z.string(), ...ownerShape, createdAt: z.iso.datetime(), lastReadAt: z.iso.datetime().nullable() });

/** A calendar file to read: seen first (`apply: false`), then written. The texts of its events are neither kept nor shown. */
export const calendarImportSchema = z.strictObject({
  ...ownerShape, ...offerShape, as: z.enum(['availability', 'leave']), calendar: z.string().max(1_000_000), apply: z.boolean().default(false),
});
export type CalendarImport = z.output<typeof calendarImportSchema>;

export const importedSchema = z.object({
  applied: z.boolean(),
  items: z.array(z.object({
    line: z.number().int(), kind: z.enum(['series', 'opening', 'leave']), first: z.string(), last: z.string().nullable(), occurrences: z.number().int(),
    already: z.boolean(),
  })),
  refused: z.array(z.object({ line: z.number().int(), uid: z.string().nullable(), why: z.string() })),
});
export type Imported = z.output<typeof importedSchema>;
