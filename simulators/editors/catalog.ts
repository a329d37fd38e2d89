import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** National ids and phones may be written the way a vendor would store them (prefixed or not, spaces): the answers normalise them. */
const placeSchema = z.object({
  /** National id of the structure, or null when the place has none. */
  id: z.string().nullable(),
  internalId: z.string().min(1),
  name: z.string(),
  line: z.string(),
  city: z.string(),
  postcode: z.string(),
  phone: z.string().nullable(),
  lat: z.number().nullable(),
  lon: z.number().nullable(),
});

/** A slot written by hand; a practitioner who has some gets no generated slot. */
const writtenSlotSchema = z.object({
  /** `internalId` of the place. */
  place: z.string(),
  /** Instant, e.g. `2026-10-14T09:00:00+02:00`. */
  start: z.string(),
  minutes: z.number().int().positive(),
  types: z.array(z.enum(['PUBLIC', 'PRO', 'SNP', 'CPTS'])),
  modalities: z.array(z.enum(['AMB', 'HH', 'VR'])),
  reasons: z.array(z.string()).default([]),
  withAppointment: z.boolean().default(true),
  /** FINESS of the CPTS that see the slot; all those of the practitioner when absent. */
  cpts: z.array(z.string()).optional(),
  /** Anything else than `free` is never shown: taken, or kept for the practitioner's own patients. */
  state: z.enum(['free', 'busy', 'own-patients']).default('free'),
});

const practitionerSchema = z.object({
  nationalId: z.string().min(1),
  lastName: z.string(),
  firstName: z.string(),
  /** TRE_R38 code, or null for a specialty the vendor only has as text. */
  specialties: z.array(z.object({ code: z.string().nullable(), label: z.string() })),
  cpts: z.array(z.object({ finess: z.string(), name: z.string(), phone: z.string().nullable() })),
  places: z.array(placeSchema).min(1),
  slots: z.array(writtenSlotSchema).optional(),
});

const daySchema = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);
const associationPlaceSchema = z.object({
  internalId: z.string().min(1),
  name: z.string(),
  line: z.string(),
  city: z.string(),
  postcode: z.string(),
  phone: z.string().nullable(),
  /** Opening hours, `HH:MM`. */
  hours: z.array(z.object({ days: z.array(daySchema).min(1), opens: z.string(), closes: z.string() })),
});

const associationSchema = z.object({
  siret: z.string().min(1),
  name: z.string(),
  places: z.array(associationPlaceSchema).min(1),
  /** Doctors on duty: one of them is named after the booking. */
  doctors: z.array(z.object({ nationalId: z.string(), lastName: z.string(), firstName: z.string() })).default([]),
});

export const catalogSchema = z.object({
  practitioners: z.array(practitionerSchema),
  associations: z.array(associationSchema),
});

/** Who a vendor has among its customers, as written in a catalog file (optional fields may be left out). */
export type CatalogInput = z.input<typeof catalogSchema>;
export type Catalog = z.output<typeof catalogSchema>;
export type Practitioner = Catalog['practitioners'][number];
export type Place = Practitioner['places'][number];
export type WrittenSlot = NonNullable<Practitioner['slots']>[number];
export type Cpts = Practitioner['cpts'][number];
export type Association = Catalog['associations'][number];
export type AssociationPlace = Association['places'][number];
export type Day = z.output<typeof daySchema>;

/** Reads a catalog file. @throws when it is not one, with the path of the wrong element. */
export function readCatalog(file: string): Catalog {
  return catalogSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}
