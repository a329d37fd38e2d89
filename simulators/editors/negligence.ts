import { randomOf } from '../shared/random.ts';
import type { Behaviour } from './behaviours.ts';
import type { Bundle, Entry, Resource } from './fhir/resources.ts';

interface Negligence {
  /** Kind of resource it spoils. */
  readonly spoils: 'Slot' | 'Practitioner' | 'PractitionerRole';
  spoil(resource: Resource, base: string): void;
}

interface WithIdentifier { value: string }
interface WithTelecom { telecom?: { value: string }[] }
interface SlotLike { start: string; end: string; schedule: { reference: string } }
interface RoleLike { organization?: { identifier: WithIdentifier } }

const unprefixed = (identifier: WithIdentifier): void => {
  identifier.value = identifier.value.slice(1);
};

/** The errors that vendors make again and again (national FAQ), one function each. */
const negligences = {
  'unprefixed-person': {
    spoils: 'Practitioner',
    spoil: (resource) => (resource.identifier as WithIdentifier[]).forEach(unprefixed),
  },
  'unprefixed-structure': {
    spoils: 'PractitionerRole',
    spoil: (resource) => {
      const { organization } = resource as unknown as RoleLike;
      if (organization) unprefixed(organization.identifier);
    },
  },
  'phone-format': {
    spoils: 'PractitionerRole',
    spoil: (resource) => {
      const phone = (resource as unknown as WithTelecom).telecom?.[0];
      if (phone) phone.value = phone.value.replace('+33', '0').replaceAll(/\d{2}(?=\d)/g, '$& ');
    },
  },
  'text-specialty': { spoils: 'Slot', spoil: (resource) => void (resource.specialty = [{ text: 'Médecine générale' }]) },
  'empty-element': { spoils: 'Practitioner', spoil: (resource) => void (resource.telecom = [{ system: 'phone', value: '' }]) },
  'no-comment': { spoils: 'Slot', spoil: (resource) => void delete resource.comment },
  'absolute-reference': {
    spoils: 'Slot',
    spoil: (resource, base) => {
      const { schedule } = resource as unknown as SlotLike;
      schedule.reference = `${base}/${schedule.reference}`;
    },
  },
  'busy-slot': { spoils: 'Slot', spoil: (resource) => void (resource.status = 'busy') },
  'wrong-profile': { spoils: 'Slot', spoil: (resource) => void (resource.meta = { ...(resource.meta as object), profile: ['http://hl7.org/fhir/StructureDefinition/Slot'] }) },
  'end-before-start': {
    spoils: 'Slot',
    spoil: (resource) => {
      const slot = resource as unknown as SlotLike;
      [slot.start, slot.end] = [slot.end, slot.start];
    },
  },
} as const satisfies Record<string, Negligence>;

/** The last two concern a whole answer: a practitioner nobody asked for, a count that is not that of the slots. */
export type NegligenceName = keyof typeof negligences | 'unasked-practitioner' | 'wrong-total';

/** Decides, always the same way for the same thing, whether a negligence happens to it. */
export const happens = (behaviour: Behaviour, name: NegligenceName, seed: number, thing: string): boolean =>
  randomOf(seed, name, thing)() < (behaviour.negligences[name] ?? 0);

/** Spoils a conformant answer the way the behaviour says. The answer is changed in place. */
export function spoil(bundle: Bundle, behaviour: Behaviour, seed: number, base: string): void {
  for (const { resource } of bundle.entry ?? ([] as Entry[])) {
    for (const [name, negligence] of Object.entries(negligences) as [keyof typeof negligences, Negligence][]) {
      if (resource.resourceType === negligence.spoils && happens(behaviour, name, seed, resource.id!)) negligence.spoil(resource, base);
    }
  }
  const first = bundle.entry?.[0]?.resource.id;
  if (first && happens(behaviour, 'wrong-total', seed, first)) bundle.total = bundle.entry!.length;
}
