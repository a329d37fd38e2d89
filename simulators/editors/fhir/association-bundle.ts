import type { Association, AssociationPlace } from '../catalog.ts';
import { slotDate } from '../dates.ts';
import type { AssociationSlot } from '../slots.ts';
import { type Origin, searchset } from './practitioner-bundle.ts';
import { type Bundle, coded, type Entry, identifier, profiles, type Resource, systems, telecom } from './resources.ts';

export interface AssociationAnswer {
  readonly slots: readonly AssociationSlot[];
  readonly includes: ReadonlySet<string>;
  readonly selfUrl: string;
}

const placeId = (association: Association, place: AssociationPlace): string =>
  `${association.siret}-${place.internalId}`.replaceAll(/[^\w.-]/g, '-').slice(-60);

/** The searchset of the SOS Médecins flow: one Schedule a fixed place of consultation; `total` counts the slots. */
export function associationBundle(origin: Origin, { slots, includes, selfUrl }: AssociationAnswer): Bundle {
  const resources = new Map<string, Entry>();
  const add = (resource: Resource, mode: 'match' | 'include'): void => {
    const key = `${resource.resourceType}/${resource.id}`;
    if (!resources.has(key)) resources.set(key, { fullUrl: `${origin.base}/${key}`, search: { mode }, resource });
  };

  for (const slot of slots) {
    const { association, place } = slot;
    add(scheduleResource(association, place), 'match');
    if (includes.has('Slot:schedule')) add(slotResource(origin, slot), 'include');
    if (includes.has('Schedule:actor:Location')) add(locationResource(origin, association, place), 'include');
    if (includes.has('Location:organization')) add(organizationResource(association), 'include');
  }
  return searchset(profiles.sosBundle, selfUrl, slots.length, [...resources.values()]);
}

const slotResource = (origin: Origin, slot: AssociationSlot): Resource => ({
  resourceType: 'Slot',
  id: slot.id,
  meta: { profile: [profiles.sosSlot], security: slot.types.map((code) => ({ system: systems.slotType, code })) },
  serviceType: [{ coding: slot.modalities.map((code) => ({ system: systems.actCode, code })) }],
  appointmentType: coded(systems.appointmentType, slot.withAppointment ? 'ROUTINE' : 'WALKIN'),
  schedule: { reference: `Schedule/${placeId(slot.association, slot.place)}` },
  status: 'free',
  start: slotDate(slot.start),
  end: slotDate(slot.end),
  comment: origin.agendaUrl(slot, { association: slot.association.siret, place: slot.place.internalId }),
});

const scheduleResource = (association: Association, place: AssociationPlace): Resource => ({
  resourceType: 'Schedule',
  id: placeId(association, place),
  meta: { profile: [profiles.sosSchedule] },
  actor: [{ reference: `Location/${placeId(association, place)}` }],
});

function locationResource(origin: Origin, association: Association, place: AssociationPlace): Resource {
  const hoursOfOperation = place.hours.map(({ days, opens, closes }) => ({
    daysOfWeek: days,
    openingTime: Temporal.PlainTime.from(opens).toString({ smallestUnit: 'second' }),
    closingTime: Temporal.PlainTime.from(closes).toString({ smallestUnit: 'second' }),
  }));
  return {
    resourceType: 'Location',
    id: placeId(association, place),
    meta: { profile: [profiles.sosLocation] },
    identifier: [identifier(systems.locationIdentifierType, 'INTRN', origin.identifierSystem, place.internalId)],
    name: place.name,
    ...telecom(place.phone),
    address: { line: [place.line], city: place.city, postalCode: place.postcode },
    managingOrganization: { reference: `Organization/${association.siret}` },
    ...(hoursOfOperation.length > 0 && { hoursOfOperation }),
  };
}

const organizationResource = (association: Association): Resource => ({
  resourceType: 'Organization',
  id: association.siret,
  meta: { profile: [profiles.sosOrganization] },
  identifier: [identifier(systems.locationIdentifierType, 'IDNST', systems.structure, association.siret)],
  name: association.name,
});
