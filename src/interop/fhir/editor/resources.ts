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
export function itemsOf<T>(items: readonly (T | undefined)[] | undefined): { item: T; index: number }[] {
  const defined: { item: T; index: number }[] = [];
  for (let index = 0; index < (items?.length ?? 0); index += 1) {
    const item = items![index];
    if (item !== undefined) defined.push({ item, index });
  }
  return defined;
}

type Container = Readonly<Record<string | number, unknown>>;
const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null;
const isBlank = (text: string): boolean => text.length === 0 || (text.charCodeAt(0) <= 32 && text.trim() === '');
const isEmpty = (value: unknown): boolean =>
  typeof value === 'string' ? isBlank(value) : value === null || (isContainer(value) && Object.keys(value).length === 0);
const keysOf = (value: Container): readonly (string | number)[] => (Array.isArray(value) ? [...value.keys()] : Object.keys(value));

/** Names of the elements that lead to one; written as a path only when there is something to say, which is rare. */
type Trail = (string | number)[];
const written = (root: string, trail: Trail, last: string | number): string =>
  root + [...trail, last].map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');

/** Deeper than any FHIR resource: what a hostile answer nests below is not visited. */
const MAX_DEPTH = 24;

/** Calls back with the path of each element that holds nothing. */
export function visitEmpty(value: unknown, root: string, found: (path: string) => void): void {
  const trail: Trail = [];
  const visit = (parent: Container) => {
    for (const key of keysOf(parent)) {
      const child = parent[key];
      if (isEmpty(child)) found(written(root, trail, key));
      else if (isContainer(child) && trail.length < MAX_DEPTH) {
        trail.push(key);
        visit(child);
        trail.pop();
      }
    }
  };
  if (isContainer(value)) visit(value);
}

/** Calls back with each element of `raw` that the tolerant schema read as undefined although it holds something. */
export function visitLost(raw: unknown, read: unknown, root: string, found: (path: string, value: unknown) => void): void {
  const trail: Trail = [];
  const visit = (before: unknown, after: unknown) => {
    if (!isContainer(before) || !isContainer(after)) return;
    for (const key of keysOf(after)) {
      const [given, kept] = [before[key], after[key]];
      if (given === undefined || given === kept) continue;
      if (kept === undefined) {
        if (!isEmpty(given)) found(written(root, trail, key), given);
      } else if (isContainer(kept)) {
        trail.push(key);
        visit(given, kept);
        trail.pop();
      }
    }
  };
  visit(raw, read);
}
