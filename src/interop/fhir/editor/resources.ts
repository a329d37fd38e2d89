import { z } from 'zod';

/*
 * The parts we read of the few profiles of the guide. Tolerant: what is missing or of the wrong type becomes undefined,
 * extensions and unknown elements are passed over. `lostElements` then tells what was of the wrong type.
 */
const soft = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);
const list = <T extends z.ZodType>(item: T) => soft(z.array(soft(item)));
const text = soft(z.string().trim().min(1));

const coding = z.object({ system: text, code: text });
const concept = z.object({ coding: list(coding), text });
const reference = z.object({ reference: text });
const identifier = z.object({ system: text, value: text, type: soft(concept) });
const contactPoint = z.object({ system: text, value: text });
const meta = soft(z.object({ profile: list(z.string()), security: list(coding) }));
const base = { resourceType: text, id: text, meta };

const slot = z.object({
  ...base,
  status: text,
  start: text,
  end: text,
  comment: text,
  schedule: soft(reference),
  serviceType: list(concept.extend({ extension: list(z.object({ url: text, valueReference: soft(reference) })) })),
  specialty: list(concept),
  appointmentType: soft(concept),
});

const schedule = z.object({ ...base, actor: list(reference) });

const practitioner = z.object({
  ...base,
  identifier: list(identifier),
  name: list(z.object({ family: text, given: list(z.string()) })),
});

const location = z.object({
  ...base,
  identifier: list(identifier),
  name: text,
  telecom: list(contactPoint),
  address: soft(z.object({ line: list(z.string().trim().min(1)), city: text, postalCode: text })),
  position: soft(z.object({ latitude: soft(z.number().min(-90).max(90)), longitude: soft(z.number().min(-180).max(180)) })),
  managingOrganization: soft(reference),
});

const practitionerRole = z.object({
  ...base,
  contained: list(location),
  practitioner: soft(reference),
  organization: soft(z.object({ identifier: soft(identifier) })),
  location: list(reference),
  telecom: list(contactPoint),
});

const healthcareService = z.object({ ...base, providedBy: soft(reference) });
const organization = z.object({ ...base, identifier: list(identifier), name: text, telecom: list(contactPoint) });

export const resourceSchemas = {
  Slot: slot,
  Schedule: schedule,
  Practitioner: practitioner,
  PractitionerRole: practitionerRole,
  Location: location,
  HealthcareService: healthcareService,
  Organization: organization,
} as const;
export type Kind = keyof typeof resourceSchemas;
export type Resource<K extends Kind> = z.output<(typeof resourceSchemas)[K]>;

export type Slot = Resource<'Slot'>;
export type Schedule = Resource<'Schedule'>;
export type Location = Resource<'Location'>;
export type PractitionerRole = Resource<'PractitionerRole'>;
export type Concept = z.output<typeof concept>;
export type Identifier = z.output<typeof identifier>;
export type Reference = z.output<typeof reference>;
export type ContactPoint = z.output<typeof contactPoint>;

export const bundleSchema = z.object({
  resourceType: text,
  type: text,
  total: soft(z.number()),
  meta,
  link: list(z.object({ relation: text, url: text })),
  entry: list(z.object({ fullUrl: text, resource: soft(z.unknown()) })),
});
export type Bundle = z.output<typeof bundleSchema>;
export const linksSchema = bundleSchema.pick({ link: true });

/** The defined items of a list with their index. */
export const itemsOf = <T>(items: readonly (T | undefined)[] | undefined): { item: T; index: number }[] =>
  (items ?? []).flatMap((item, index) => (item === undefined ? [] : [{ item, index }]));

const isEmpty = (value: unknown): boolean =>
  value === null ||
  (typeof value === 'string' && value.trim() === '') ||
  (typeof value === 'object' && Object.keys(value).length === 0);

const isContainer = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const step = (path: string, parent: unknown, key: string) => (Array.isArray(parent) ? `${path}[${key}]` : `${path}.${key}`);

/** Calls back with the path of each element that holds nothing; deeper than any FHIR resource is not visited. */
export function visitEmpty(value: unknown, path: string, found: (path: string) => void, depth = 0): void {
  if (!isContainer(value) || depth > 24) return;
  for (const key of Object.keys(value)) {
    const child = value[key];
    if (isEmpty(child)) found(step(path, value, key));
    else if (isContainer(child)) visitEmpty(child, step(path, value, key), found, depth + 1);
  }
}

/** Calls back with each element of `raw` that the tolerant schema read as undefined although it holds something. */
export function visitLost(raw: unknown, read: unknown, path: string, found: (path: string, value: unknown) => void): void {
  if (!isContainer(raw) || !isContainer(read)) return;
  for (const key of Object.keys(read)) {
    const [before, after] = [raw[key], read[key]];
    if (before === undefined || before === after) continue;
    if (after === undefined) {
      if (!isEmpty(before)) found(step(path, read, key), before);
    } else visitLost(before, after, step(path, read, key), found);
  }
}
