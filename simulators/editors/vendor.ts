import { setTimeout as wait } from 'node:timers/promises';
import type { RegulatorAccounts } from './accounts.ts';
import type { AppointmentBook } from './appointments.ts';
import type { Behaviour } from './behaviours.ts';
import type { Now } from './dates.ts';
import { type FaultKind, faultAt, latencyOf } from './faults.ts';
import type { Origin } from './fhir/practitioner-bundle.ts';
import type { Platform } from './platform.ts';
import type { Roster } from './roster.ts';
import type { RegulatorSignIn } from './sign-in.ts';
import { type AssociationSlot, associationSlots, type PractitionerSlot, practitionerSlots, type Window } from './slots.ts';

export interface RecordedRequest {
  readonly method: string;
  /** Path and query exactly as received. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly at: Temporal.Instant;
}

/** One vendor at work: what its FHIR server and its pages share. */
export interface Vendor {
  readonly name: string;
  readonly slug: string;
  readonly behaviour: Behaviour;
  readonly seed: number;
  readonly now: Now;
  readonly roster: Roster;
  readonly origin: Origin;
  readonly accounts: RegulatorAccounts;
  readonly book: AppointmentBook;
  readonly platform: Platform | null;
  readonly signIn: RegulatorSignIn | null;
  readonly requests: RecordedRequest[];
  /** `auto`: what the behaviour says. */
  fault: FaultKind | 'none' | 'auto';
}

/** Not past, not taken. Practitioners this vendor does not know give nothing. */
export function freePractitionerSlots(vendor: Vendor, ids: readonly string[], window: Window): PractitionerSlot[] {
  const future = { ...window, from: later(window.from, vendor.now()) };
  return ids
    .flatMap((id) => vendor.roster.practitioners.get(id) ?? [])
    .flatMap((practitioner) => practitionerSlots(practitioner, future, vendor.seed))
    .filter((slot) => vendor.book.isFree(slot));
}

/** The same for associations. */
export function freeAssociationSlots(vendor: Vendor, ids: readonly string[], window: Window): AssociationSlot[] {
  const future = { ...window, from: later(window.from, vendor.now()) };
  return ids
    .flatMap((id) => vendor.roster.associations.get(id) ?? [])
    .flatMap((association) => associationSlots(association, future, vendor.seed))
    .filter((slot) => vendor.book.isFree(slot));
}

const later = (a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant => (Temporal.Instant.compare(a, b) < 0 ? b : a);

/** The failure to show now, or null. */
export const currentFault = (vendor: Vendor): FaultKind | null => {
  if (vendor.fault === 'none') return null;
  return vendor.fault === 'auto' ? faultAt(vendor.behaviour, vendor.seed, vendor.now()) : vendor.fault;
};

/** Waits as long as the n-th answer of this vendor takes. @throws when the server closes meanwhile */
export const takeTime = (vendor: Vendor, n: number, closing: AbortSignal): Promise<void> =>
  wait(latencyOf(vendor.behaviour, vendor.seed, n), undefined, { signal: closing });

