import type { Modality, SlotType } from '../contract.ts';

/** What an occurrence offers beside its hours. */
export interface Offer {
  readonly placeId: string;
  readonly kind: 'single' | 'range';
  readonly modalities: readonly Modality[];
  readonly slotTypes: readonly SlotType[];
  readonly withAppointment: boolean;
  readonly capacity: number;
}

/** An occurrence wanted by a series. */
export interface Wanted {
  readonly day: string;
  readonly starts: string;
  readonly ends: string;
}

/** An occurrence already written for it. */
export interface Standing extends Wanted, Offer {
  readonly id: string;
  /** People oriented there. */
  readonly booked: number;
  /** Its owner took it away while people were oriented there. */
  readonly closed: boolean;
}

/** What must be done so that what stands is what is wanted. */
export interface Reconciliation<W extends Wanted> {
  readonly create: readonly W[];
  readonly remove: readonly Standing[];
  /** Booked and no longer wanted as it is: stays for those who are oriented there, offered to nobody else. */
  readonly close: readonly Standing[];
  /** Only the number of places or the public changes, or it is offered again: its patients see nothing. */
  readonly adjust: readonly { readonly id: string; readonly capacity: number }[];
}

const timesOf = ({ day, starts, ends }: Wanted): string => `${day} ${starts}-${ends}`;
const same = (one: readonly string[], other: readonly string[]): boolean => [...one].sort().join() === [...other].sort().join();

type OfferSeen = Pick<Offer, 'placeId' | 'kind' | 'modalities' | 'withAppointment'>;

/** True when a patient oriented there sees no difference. */
export const sameForPatients = (standing: OfferSeen, offer: OfferSeen): boolean =>
  standing.placeId === offer.placeId && standing.kind === offer.kind && standing.withAppointment === offer.withAppointment
  && same(standing.modalities, offer.modalities);

const overlap = (one: Wanted, other: Wanted): boolean => one.day === other.day && one.starts < other.ends && other.starts < one.ends;

/**
 * Compares what stands with what a series now wants. What is booked is never removed nor moved: it is kept as it is, and
 * nothing new is written over it. Applied once, a second comparison has nothing to do.
 */
export function reconcile<W extends Wanted>(standing: readonly Standing[], wanted: readonly W[], offer: Offer): Reconciliation<W> {
  const left = new Map(wanted.map((one) => [timesOf(one), one]));
  const remove: Standing[] = [];
  const close: Standing[] = [];
  const adjust: { id: string; capacity: number }[] = [];
  const kept: Standing[] = [];
  for (const one of standing) {
    const match = left.get(timesOf(one));
    if (match && sameForPatients(one, offer)) {
      left.delete(timesOf(one));
      const capacity = Math.max(offer.capacity, one.booked);
      if (one.closed || capacity !== one.capacity || !same(one.slotTypes, offer.slotTypes)) adjust.push({ id: one.id, capacity });
    } else if (one.booked === 0) {
      remove.push(one);
    } else {
      kept.push(one);
      if (!one.closed) close.push(one);
    }
  }
  const create = [...left.values()].filter((one) => !kept.some((protectedOne) => overlap(protectedOne, one)));
  return { create, remove, close, adjust };
}
