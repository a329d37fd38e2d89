import type { EditorAnswer, EditorSlot } from '../../../platform/availability/domain/editor.ts';
import { type Found, indexBundles } from './bundle.ts';
import { createFindings, type Findings } from './findings.ts';
import { associationOwners, oncePerResource, professionalOwners } from './owners.ts';
import type { Schedule } from './resources.ts';
import { type Asked, cptsReader, readBooking, readServices, readSpecialties, readTimes, readTypes } from './slots.ts';

/**
 * The usable slots of a vendor's answer (the JSON of each page) and everything that departs from the specification.
 * Never throws, whatever the JSON.
 */
export function readAnswer(pages: readonly unknown[], asked: Asked, findings: Findings = createFindings()): EditorAnswer {
  const { report } = findings;
  const index = indexBundles(pages, report);
  const wanted = new Set(asked.ids);
  const { owner, knownIds } = (asked.flow === 'sos' ? associationOwners : professionalOwners)(index, wanted, report);
  const ownerOf = oncePerResource((schedule: Found<Schedule>) => owner(schedule));
  const cptsOf = asked.flow === 'cpts' ? cptsReader(index, report) : () => [];

  const slots = new Map<string, EditorSlot>();
  for (const slot of index.slots) {
    const times = readTimes(slot, asked, report);
    if (!times) continue;
    const schedule = index.follow('Schedule', slot.resource.schedule, `${slot.path}.schedule`);
    if (!schedule) {
      report('slot-schedule', `${slot.path}.schedule`, slot.resource.schedule?.reference);
      continue;
    }
    const belongs = ownerOf(schedule);
    if (!belongs) continue;
    const types = readTypes(slot, asked.flow, report);
    const read: EditorSlot = {
      ...belongs,
      ...times,
      types,
      ...readServices(slot, report),
      ...readBooking(slot, report),
      specialties: readSpecialties(slot),
      cptsIds: cptsOf(slot, types),
    };
    const key = identityOf(read, slot.resource.id);
    const known = slots.get(key);
    if (known) report('slot-duplicate', slot.path);
    slots.set(key, known ? merge(known, read) : read);
  }
  return { slots: [...slots.values()], problems: findings.problems(), knownIds: [...new Set(knownIds)] };
}

/** A professional is once at a place at a time; an association has several doctors there, told apart by their slots' ids. */
function identityOf(slot: EditorSlot, resourceId: string | undefined): string {
  const { id, address, postcode, city } = slot.place;
  const where = id ?? [address, postcode, city].join('|');
  const who = slot.nationalId ?? `${slot.structureId}|${resourceId ?? slot.bookingUrl}`;
  return [who, where, slot.start.epochMilliseconds, slot.end.epochMilliseconds].join('|');
}

const union = <T>(left: readonly T[], right: readonly T[]): T[] => [...new Set([...left, ...right])];

const merge = (first: EditorSlot, second: EditorSlot): EditorSlot => ({
  ...first,
  modalities: union(first.modalities, second.modalities),
  types: union(first.types, second.types),
  specialties: union(first.specialties, second.specialties),
  reasons: union(first.reasons, second.reasons),
  cptsIds: union(first.cptsIds, second.cptsIds),
  withAppointment: first.withAppointment || second.withAppointment,
  bookingUrl: first.bookingUrl ?? second.bookingUrl,
});
