import type { EditorPlace } from '../../../platform/availability/domain/editor.ts';
import { isNormalPhone, normalisePhone } from '../phone.ts';
import type { BundleIndex, Found } from './bundle.ts';
import type { Report } from './findings.ts';
import { professionalIdOf, referencedStructureId, structureIdOf } from './identity.ts';
import { type ContactPoint, itemsOf, type Location, type PractitionerRole, type Resource, type Schedule } from './resources.ts';

/** To whom and where the slots of a Schedule belong. */
export interface Owner {
  readonly nationalId: string | null;
  readonly structureId: string | null;
  readonly place: EditorPlace;
}

/** Reads the owner of a Schedule; null when it cannot be told, which is then reported. */
export type ReadOwner = (schedule: Found<Schedule>) => Owner | null;

/** The same function, called once per resource: its slots are many, what is wrong with it is said once. */
export function oncePerResource<T, R>(read: (found: Found<T>) => R): (found: Found<T>) => R {
  const known = new Map<string, R>();
  return (found) => {
    if (!known.has(found.path)) known.set(found.path, read(found));
    return known.get(found.path)!;
  };
}

/** Owners for INT_R01 and INT_R04: Schedule → Practitioner and PractitionerRole → contained Location. */
export function professionalOwners(index: BundleIndex, asked: ReadonlySet<string>, report: Report): { owner: ReadOwner; knownIds: string[] } {
  const idOf = oncePerResource((practitioner: Found<Resource<'Practitioner'>>) => {
    const { identifier, name } = practitioner.resource;
    const first = name?.[0];
    if (!first?.family || !itemsOf(first.given).some(({ item }) => item.trim())) report('practitioner-name', `${practitioner.path}.name`);
    const id = professionalIdOf(identifier, `${practitioner.path}.identifier`, report);
    if (!id) report('practitioner-id', `${practitioner.path}.identifier`, identifier?.[0]?.value);
    else if (!asked.has(id)) report('professional-not-asked', `${practitioner.path}.identifier`, id);
    return id && asked.has(id) ? id : null;
  });

  const owner: ReadOwner = (schedule) => {
    const actors = itemsOf(schedule.resource.actor).map(({ item, index: at }) => ({ item, path: `${schedule.path}.actor[${at}]` }));
    const roles = actors.flatMap(({ item, path }) => index.follow('PractitionerRole', item, path) ?? []);
    const named = actors.flatMap(({ item, path }) => index.follow('Practitioner', item, path) ?? []);
    const role = roles[0];
    if (!role || roles.length > 1) {
      report('schedule-role', `${schedule.path}.actor`);
      return null;
    }
    const ofRole = index.follow('Practitioner', role.resource.practitioner, `${role.path}.practitioner`);
    const practitioner = named[0] ?? ofRole;
    if (!practitioner || named.length > 1) {
      report('schedule-practitioner', `${schedule.path}.actor`);
      return null;
    }
    if (named.length === 0) report('schedule-practitioner-missing', `${schedule.path}.actor`);
    if (ofRole && ofRole.path !== practitioner.path) {
      report('role-practitioner', `${role.path}.practitioner`);
      return null;
    }
    const nationalId = idOf(practitioner);
    const location = locationOf(role, index, report);
    if (!nationalId || !location) return null;
    const structureId = referencedStructureId(role.resource.organization?.identifier, `${role.path}.organization.identifier`, report);
    const phone = phoneOf(role.resource.telecom, `${role.path}.telecom`, report);
    const place = readPlace(location, report);
    return { nationalId, structureId, place: { ...place, phone: phone ?? place.phone } };
  };
  return { owner, knownIds: index.all('Practitioner').flatMap((practitioner) => idOf(practitioner) ?? []) };
}

/** Owners for SOS Médecins: Schedule → Location → Organization; the doctor is not known. */
export function associationOwners(index: BundleIndex, asked: ReadonlySet<string>, report: Report): { owner: ReadOwner; knownIds: string[] } {
  const idOf = oncePerResource((organization: Found<Resource<'Organization'>>) => {
    const { identifier } = organization.resource;
    const id = structureIdOf(identifier, `${organization.path}.identifier`, report);
    if (!id) report('organization-id', `${organization.path}.identifier`, identifier?.[0]?.value);
    else if (!asked.has(id)) report('association-not-asked', `${organization.path}.identifier`, id);
    return id && asked.has(id) ? id : null;
  });
  const placeOf = oncePerResource((location: Found<Location>) => readPlace(location, report));

  const owner: ReadOwner = (schedule) => {
    const locations = itemsOf(schedule.resource.actor).flatMap(
      ({ item, index: at }) => index.follow('Location', item, `${schedule.path}.actor[${at}]`) ?? [],
    );
    const location = locations[0];
    if (!location || locations.length > 1) {
      report('schedule-location', `${schedule.path}.actor`);
      return null;
    }
    const organization = index.follow('Organization', location.resource.managingOrganization, `${location.path}.managingOrganization`);
    if (!organization) {
      report('location-organization', `${location.path}.managingOrganization`);
      return null;
    }
    const structureId = idOf(organization);
    return structureId ? { nationalId: null, structureId, place: placeOf(location) } : null;
  };
  return { owner, knownIds: index.all('Organization').flatMap((organization) => idOf(organization) ?? []) };
}

function locationOf(role: Found<PractitionerRole>, index: BundleIndex, report: Report): Found<Location> | null {
  const reference = itemsOf(role.resource.location)[0]?.item;
  const target = reference?.reference;
  if (target?.startsWith('#')) {
    const contained = itemsOf(role.resource.contained).find(({ item }) => item.resourceType === 'Location' && item.id === target.slice(1));
    if (contained) return { resource: contained.item, path: `${role.path}.contained[${contained.index}]` };
  }
  const apart = index.follow('Location', reference, `${role.path}.location[0]`);
  if (apart) report('location-not-contained', `${role.path}.location`, target);
  else report('role-location', `${role.path}.location`, target);
  return apart;
}

function readPlace({ resource, path }: Found<Location>, report: Report): EditorPlace {
  const { address, position } = resource;
  const line = itemsOf(address?.line).map(({ item }) => item).join(', ');
  if (!line || !address?.city || address.postalCode?.length !== 5) report('address-incomplete', `${path}.address`);
  return {
    id: structureIdOf(resource.identifier, `${path}.identifier`, report),
    name: resource.name ?? null,
    address: line,
    postcode: address?.postalCode ?? '',
    city: address?.city ?? '',
    phone: phoneOf(resource.telecom, `${path}.telecom`, report),
    lat: position?.latitude ?? null,
    lon: position?.longitude ?? null,
  };
}

function phoneOf(telecom: readonly (ContactPoint | undefined)[] | undefined, path: string, report: Report): string | null {
  const found = itemsOf(telecom).find(({ item }) => item.value && (item.system ?? 'phone') === 'phone');
  const value = found?.item.value;
  if (!found || !value) return null;
  const element = `${path}[${found.index}].value`;
  const phone = normalisePhone(value);
  if (!phone) report('phone-unreadable', element, value);
  else if (!isNormalPhone(value)) report('phone-format', element, value);
  return phone;
}
