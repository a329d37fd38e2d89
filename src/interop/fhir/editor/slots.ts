import { type Modality, modalitySchema, type SlotType, slotTypeSchema } from '../../../platform/availability/contract.ts';
import { isBookableUrl } from '../booking-url.ts';
import { readInstant } from '../dates.ts';
import type { BundleIndex, Found } from './bundle.ts';
import type { Report } from './findings.ts';
import { structureIdOf } from './identity.ts';
import { oncePerResource } from './owners.ts';
import { type Concept, itemsOf, type Resource, type Slot } from './resources.ts';

/** What an answer is read against. */
export interface Asked {
  readonly flow: 'ps' | 'cpts' | 'sos';
  readonly ids: readonly string[];
  readonly from: Temporal.Instant;
  readonly to: Temporal.Instant;
  /** The instant of the call: what starts before is past. */
  readonly now: Temporal.Instant;
}

const codesOf = (concept: Concept | undefined): string[] => itemsOf(concept?.coding).flatMap(({ item }) => item.code ?? []);
const unique = <T>(items: readonly T[]): T[] => [...new Set(items)];

/** Start and end of a slot that may be shown; null when it must be dropped, which is then reported. */
export function readTimes({ resource, path }: Found<Slot>, asked: Asked, report: Report) {
  if (resource.status !== 'free') {
    report('slot-not-free', `${path}.status`, resource.status);
    return null;
  }
  const start = readDate(resource.start, `${path}.start`, report);
  const end = readDate(resource.end, `${path}.end`, report);
  if (!start || !end) return null;
  if (Temporal.Instant.compare(end, start) <= 0) {
    report('slot-end-before-start', `${path}.end`, resource.end);
    return null;
  }
  if (Temporal.Instant.compare(start, asked.now) < 0) {
    report('slot-past', `${path}.start`, resource.start);
    return null;
  }
  if (Temporal.Instant.compare(start, asked.from) < 0 || Temporal.Instant.compare(start, asked.to) > 0) {
    report('slot-outside-window', `${path}.start`, resource.start);
    return null;
  }
  return { start, end };
}

function readDate(text: string | undefined, path: string, report: Report): Temporal.Instant | null {
  const read = text ? readInstant(text) : null;
  if (!read) report('slot-dates', path, text);
  else if (!read.zoned) report('date-without-zone', path, text);
  else if (!read.exact) report('date-format', path, text);
  return read?.instant ?? null;
}

/** Who the slot is visible to. */
export function readTypes({ resource, path }: Found<Slot>, flow: Asked['flow'], report: Report): SlotType[] {
  const element = `${path}.meta.security`;
  const codes = itemsOf(resource.meta?.security).flatMap(({ item }) => item.code ?? []);
  const known = codes.filter((code): code is SlotType => slotTypeSchema.safeParse(code).success);
  const misplaced = flow === 'sos' ? known.find((code) => code === 'PRO' || code === 'CPTS') : undefined;
  const unknown = codes.find((code) => !known.includes(code as SlotType));
  if (codes.length === 0) report('slot-type', element);
  if (unknown ?? misplaced) report('slot-type', element, unknown ?? misplaced);
  return unique(known);
}

const CPTS_CATEGORY = '604';

/** Kinds of consultation and reasons in words. */
export function readServices({ resource, path }: Found<Slot>, report: Report): { modalities: Modality[]; reasons: string[] } {
  const services = itemsOf(resource.serviceType).map(({ item }) => item);
  const codes = services.flatMap(codesOf).filter((code) => code !== CPTS_CATEGORY);
  const modalities = codes.filter((code): code is Modality => modalitySchema.safeParse(code).success);
  const unknown = codes.find((code) => !modalities.includes(code as Modality));
  if (modalities.length === 0 || unknown) report('slot-modality', `${path}.serviceType`, unknown);
  const reasons = services.flatMap((service) => (service.text && !codesOf(service).includes(CPTS_CATEGORY) ? service.text : []));
  return { modalities: unique(modalities), reasons: unique(reasons) };
}

/** Specialty codes; a specialty that is only in words is kept as its words. */
export const readSpecialties = ({ resource }: Found<Slot>): string[] =>
  unique(itemsOf(resource.specialty).flatMap(({ item }) => (codesOf(item).length > 0 ? codesOf(item) : (item.text ?? []))));

/** Whether one books, and where; a URL that is not http(s) is refused. */
export function readBooking({ resource, path }: Found<Slot>, report: Report): { withAppointment: boolean; bookingUrl: string | null } {
  const codes = codesOf(resource.appointmentType);
  const walkIn = codes.includes('WALKIN');
  if (!walkIn && !codes.includes('ROUTINE')) report('slot-appointment-type', `${path}.appointmentType`, codes[0]);
  const url = resource.comment;
  const refused = url !== undefined && !isBookableUrl(url);
  if (refused) report('booking-url-refused', `${path}.comment`, url);
  if (!url && !walkIn) report('booking-url-missing', `${path}.comment`);
  return { withAppointment: !walkIn, bookingUrl: url && !refused ? url : null };
}

/** Gives the prefixed FINESS of each CPTS that sees a slot: serviceType extension → HealthcareService → Organization. */
export function cptsReader(index: BundleIndex, report: Report): (slot: Found<Slot>, types: readonly SlotType[]) => string[] {
  const idOf = oncePerResource((service: Found<Resource<'HealthcareService'>>) => {
    const organization = index.follow('Organization', service.resource.providedBy, `${service.path}.providedBy`);
    const id = organization && structureIdOf(organization.resource.identifier, `${organization.path}.identifier`, report);
    if (!id) report('cpts-link', `${service.path}.providedBy`);
    return id;
  });
  return ({ resource, path }, types) => {
    const links = itemsOf(resource.serviceType).flatMap(({ item, index: at }) =>
      itemsOf(item.extension).flatMap(({ item: extension, index: position }) =>
        extension.valueReference ? [{ reference: extension.valueReference, path: `${path}.serviceType[${at}].extension[${position}].valueReference` }] : [],
      ),
    );
    if (links.length === 0 && types.includes('CPTS')) report('cpts-missing', `${path}.serviceType`);
    const ids = links.flatMap((link) => {
      const service = index.follow('HealthcareService', link.reference, link.path);
      if (!service) report('cpts-link', link.path, link.reference.reference);
      return (service && idOf(service)) ?? [];
    });
    return unique(ids);
  };
}
