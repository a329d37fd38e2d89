import type { Place, Practitioner } from '../catalog.ts';
import { slotDate } from '../dates.ts';
import type { PractitionerSlot } from '../slots.ts';
import {
  type Bundle, coded, type Entry, identifier, profiles, type Resource, serviceTypeExtension, systems, telecom,
} from './resources.ts';

/** What the resources of one vendor share. */
export interface Origin {
  /** FHIR base address, without a final `/`. */
  readonly base: string;
  /** Constant system of the vendor's own ids. */
  readonly identifierSystem: string;
  /** Page of the agenda where a slot is booked. */
  agendaUrl(slot: { readonly start: Temporal.Instant }, ownerParameter: Record<string, string>): string;
}

export interface PractitionerAnswer {
  readonly slots: readonly PractitionerSlot[];
  /** True for INT_R04: the CPTS that see a slot come along. */
  readonly withCpts: boolean;
  readonly includes: ReadonlySet<string>;
  readonly selfUrl: string;
}

const roleId = (practitioner: Practitioner, place: Place): string => `${practitioner.nationalId}-${place.internalId}`.replaceAll(/[^\w.-]/g, '-').slice(-60);

/** The searchset of INT_R01 or INT_R04: one Schedule, one PractitionerRole and one contained Location a place. */
export function practitionerBundle(origin: Origin, { slots, withCpts, includes, selfUrl }: PractitionerAnswer): Bundle {
  const resources = new Map<string, Entry>();
  const add = (resource: Resource, mode: 'match' | 'include'): void => {
    const key = `${resource.resourceType}/${resource.id}`;
    if (!resources.has(key)) resources.set(key, { fullUrl: `${origin.base}/${key}`, search: { mode }, resource });
  };

  for (const slot of slots) add(slotResource(origin, slot, withCpts), 'match');
  for (const { practitioner, place, cpts } of slots) {
    if (!includes.has('Slot:schedule')) break;
    add(scheduleResource(practitioner, place), 'include');
    if (includes.has('Schedule:actor')) {
      add(practitionerResource(practitioner), 'include');
      add(roleResource(origin, practitioner, place), 'include');
    }
    for (const { finess, name, phone } of withCpts ? cpts : []) {
      add(healthcareService(finess), 'include');
      if (includes.has('HealthcareService:organization')) add(cptsOrganization(finess, name, phone), 'include');
    }
  }
  return searchset(withCpts ? profiles.cptsBundle : profiles.bundle, selfUrl, slots.length, [...resources.values()]);
}

/** A searchset; without entries the element is absent. */
export const searchset = (profile: string, selfUrl: string, total: number, entries: Entry[]): Bundle => ({
  resourceType: 'Bundle',
  meta: { profile: [profile] },
  type: 'searchset',
  total,
  link: [{ relation: 'self', url: selfUrl }],
  ...(entries.length > 0 && { entry: entries }),
});

function slotResource(origin: Origin, slot: PractitionerSlot, withCpts: boolean): Resource {
  const { practitioner, place } = slot;
  const consultation = slot.modalities.length > 0 && { coding: slot.modalities.map((code) => ({ system: systems.actCode, code })) };
  const cpts = withCpts ? slot.cpts : [];
  const serviceType = [
    ...(consultation ? [consultation] : []),
    ...slot.reasons.map((text) => ({ text })),
    ...cpts.map(({ finess }) => ({
      extension: [{ url: serviceTypeExtension, valueReference: { reference: `HealthcareService/${finess}` } }],
      ...coded(systems.structureCategory, '604'),
    })),
  ];
  const specialty = practitioner.specialties.map(({ code, label }) => (code ? coded(systems.specialty, code) : { text: label }));
  return {
    resourceType: 'Slot',
    id: slot.id,
    meta: {
      profile: [withCpts ? profiles.cptsSlot : profiles.slot],
      security: slot.types.map((code) => ({ system: systems.slotType, code })),
    },
    ...(serviceType.length > 0 && { serviceType }),
    ...(specialty.length > 0 && { specialty }),
    appointmentType: coded(systems.appointmentType, slot.withAppointment ? 'ROUTINE' : 'WALKIN'),
    schedule: { reference: `Schedule/${roleId(practitioner, place)}` },
    status: 'free',
    start: slotDate(slot.start),
    end: slotDate(slot.end),
    comment: origin.agendaUrl(slot, { ps: practitioner.nationalId, place: place.internalId }),
  };
}

const scheduleResource = (practitioner: Practitioner, place: Place): Resource => ({
  resourceType: 'Schedule',
  id: roleId(practitioner, place),
  meta: { profile: [profiles.schedule] },
  actor: [
    { reference: `Practitioner/${practitioner.nationalId}` },
    { reference: `PractitionerRole/${roleId(practitioner, place)}` },
  ],
});

const practitionerResource = (practitioner: Practitioner): Resource => ({
  resourceType: 'Practitioner',
  id: practitioner.nationalId,
  meta: { profile: [profiles.practitioner] },
  identifier: [identifier(systems.identifierType, 'IDNPS', systems.person, practitioner.nationalId)],
  name: [{ family: practitioner.lastName, given: [practitioner.firstName] }],
});

function roleResource(origin: Origin, practitioner: Practitioner, place: Place): Resource {
  return {
    resourceType: 'PractitionerRole',
    id: roleId(practitioner, place),
    meta: { profile: [profiles.practitionerRole] },
    contained: [locationResource(origin, place)],
    practitioner: { reference: `Practitioner/${practitioner.nationalId}` },
    ...(place.id && { organization: { identifier: identifier(systems.identifierType, 'IDNST', systems.structure, place.id) } }),
    location: [{ reference: '#lieu' }],
    ...telecom(place.phone),
  };
}

const locationResource = (origin: Origin, place: Place): Resource => ({
  resourceType: 'Location',
  id: 'lieu',
  meta: { profile: [profiles.location] },
  identifier: [
    place.id
      ? identifier(systems.locationIdentifierType, 'IDNST', systems.structure, place.id)
      : identifier(systems.locationIdentifierType, 'INTRN', origin.identifierSystem, place.internalId),
  ],
  ...(place.name && { name: place.name }),
  address: { line: [place.line], city: place.city, postalCode: place.postcode },
  ...(place.lat !== null && place.lon !== null && { position: { longitude: place.lon, latitude: place.lat } }),
});

const healthcareService = (finess: string): Resource => ({
  resourceType: 'HealthcareService',
  id: finess,
  meta: { profile: [profiles.cptsHealthcareService] },
  providedBy: { reference: `Organization/${finess}` },
});

/** The identifier's type carries both codings: versions 1.1.0 and 1.2.0 of the guide each want their own. */
const cptsOrganization = (finess: string, name: string, phone: string | null): Resource => ({
  resourceType: 'Organization',
  id: finess,
  meta: { profile: [profiles.cptsOrganization] },
  identifier: [{
    type: { coding: [{ system: systems.locationIdentifierType, code: 'IDNST' }, { system: systems.frCoreIdentifierType, code: 'IDNST' }] },
    system: systems.structure,
    value: finess,
  }],
  name,
  ...telecom(phone),
});
