import { randomUUID } from 'node:crypto';
import type { AssociationSlot, PractitionerSlot } from './slots.ts';

export type AppointmentStatus = 'pending' | 'booked' | 'fulfilled' | 'noshow' | 'cancelled';

/** Who booked, by the very identifier the platform gave (INT_R02), or that of the card. */
export interface Operator {
  readonly kind: 'national' | 'technical';
  readonly value: string;
  readonly name: string;
}

export interface Doctor {
  readonly nationalId: string;
  readonly name: string;
}

/** One booking. It says nothing of the patient: a name typed on the page is kept apart, by the pages. */
export interface Appointment {
  readonly id: string;
  readonly flow: 'ps' | 'sos';
  /** Prefixed national id of the practitioner, or SIRET of the association. */
  readonly ownerId: string;
  readonly ownerName: string;
  readonly placeId: string;
  readonly placeName: string;
  readonly start: Temporal.Instant;
  readonly end: Temporal.Instant;
  readonly status: AppointmentStatus;
  /** Null while an association has not named its doctor. */
  readonly doctor: Doctor | null;
  readonly operator: Operator;
  readonly created: Temporal.Instant;
}

type Slot = PractitionerSlot | AssociationSlot;
const overlaps = (appointment: Appointment, slot: Slot): boolean =>
  Temporal.Instant.compare(appointment.start, slot.end) < 0 && Temporal.Instant.compare(slot.start, appointment.end) < 0;

const ownerOf = (slot: Slot): { id: string; name: string } =>
  'practitioner' in slot
    ? { id: slot.practitioner.nationalId, name: `${slot.practitioner.firstName} ${slot.practitioner.lastName}` }
    : { id: slot.association.siret, name: slot.association.name };

export interface AppointmentBook {
  /** True when nothing booked overlaps the slot. */
  isFree(slot: Slot): boolean;
  /** Null when somebody was faster. */
  book(slot: Slot, operator: Operator, at: Temporal.Instant): Appointment | null;
  /** Null when the appointment is unknown, or the new slot taken. */
  move(id: string, slot: Slot): Appointment | null;
  change(id: string, change: Partial<Pick<Appointment, 'status' | 'doctor'>>): Appointment | null;
  get(id: string): Appointment | null;
  /** In the order of the bookings. */
  list(): readonly Appointment[];
}

/** The bookings of a vendor, from those of a former run. `changed` is told of each new state. */
export function appointmentBook(former: readonly Appointment[], changed: (appointment: Appointment) => void): AppointmentBook {
  const appointments = new Map(former.map((appointment) => [appointment.id, appointment]));

  // A practitioner is in one place at a time; the places of an association each have their own doctors.
  const isFree = (slot: Slot, except: string | null = null): boolean => {
    const { id } = ownerOf(slot);
    return ![...appointments.values()].some(
      (appointment) =>
        appointment.id !== except && appointment.status !== 'cancelled' && appointment.ownerId === id && overlaps(appointment, slot) &&
        (appointment.flow === 'ps' || appointment.placeId === slot.place.internalId),
    );
  };

  const keep = (appointment: Appointment): Appointment => {
    appointments.set(appointment.id, appointment);
    changed(appointment);
    return appointment;
  };

  return {
    isFree: (slot) => isFree(slot),
    book(slot, operator, at) {
      if (!isFree(slot)) return null;
      const owner = ownerOf(slot);
      const own = 'practitioner' in slot;
      return keep({
        id: randomUUID(), flow: own ? 'ps' : 'sos', ownerId: owner.id, ownerName: owner.name,
        placeId: slot.place.internalId, placeName: `${slot.place.name}, ${slot.place.line}, ${slot.place.postcode} ${slot.place.city}`,
        start: slot.start, end: slot.end, status: own ? 'booked' : 'pending',
        doctor: own ? { nationalId: owner.id, name: owner.name } : null, operator, created: at,
      });
    },
    move(id, slot) {
      const appointment = appointments.get(id);
      if (!appointment || !isFree(slot, id)) return null;
      return keep({ ...appointment, start: slot.start, end: slot.end, placeId: slot.place.internalId, placeName: `${slot.place.name}, ${slot.place.line}, ${slot.place.postcode} ${slot.place.city}` });
    },
    change(id, change) {
      const appointment = appointments.get(id);
      return appointment ? keep({ ...appointment, ...change }) : null;
    },
    get: (id) => appointments.get(id) ?? null,
    list: () => [...appointments.values()],
  };
}
