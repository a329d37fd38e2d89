import type { Clock } from '../../../foundation/clock.ts';
import type { Database, Transaction } from '../../../foundation/db/database.ts';
import type { Actor } from '../../../identity/contract.ts';
import type { Accounts } from '../../../identity/server/index.ts';
import type { Territories } from '../../../territory/server/index.ts';
import type { Priority } from '../contract.ts';

export { createDossiers, type Dossiers } from './dossiers.ts';
export { dossierHandlers } from './routes.ts';
export type { Kept, ToldAppointment } from './appointments.ts';

/** A call as the phone side knows it. */
export interface PhoneCall {
  readonly id: string;
  /** Null when the phone side does not know: the dossier then takes its author's. */
  readonly territory: string | null;
  readonly presentedAt: Temporal.Instant;
  readonly answered: boolean;
  readonly ended: boolean;
  readonly caller: string | null;
}

/** What dossiers ask of the telephone, whatever stands behind. */
export interface Telephony {
  /** The call, seen from the transaction of the dossier; null when unknown. */
  call(tx: Transaction, callId: string): Promise<PhoneCall | null>;
  /** Tells the call which dossier it belongs to now. */
  link(tx: Transaction, actor: Actor, callId: string, dossierId: string): Promise<void>;
  /** The dossier of a call on the line moved: so does its caller. */
  follow(tx: Transaction, actor: Actor, callId: string, move: CallerMove): Promise<void>;
  /** Whether the two answering levels are open at that hour (TEL-06). */
  bilevelOpen(tx: Transaction, territory: string, at: Temporal.Instant): Promise<boolean>;
}

/** What a caller does when his dossier moves. */
export interface CallerMove {
  readonly priority: Priority;
  /** Whose turn it is to speak with him; null: nobody has to. */
  readonly queue: string | null;
  /** Whoever acted has just taken the dossier in hand: a caller who waits goes to him. */
  readonly taken: boolean;
}

export interface DossierDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly territories: Pick<Territories, 'get'>;
  readonly accounts: Pick<Accounts, 'byId' | 'names' | 'holders'>;
  readonly telephony: Telephony;
  /** Reminds a patient of an appointment by SMS, in the caller's transaction; null: no SMS can leave, an OSNP rings. */
  readonly remind: ((tx: Transaction, reminder: PatientReminder) => Promise<unknown>) | null;
  /** Tells him by SMS that it is cancelled; null as for `remind`: the task of the dossier remains. */
  readonly tellCancelled: ((tx: Transaction, reminder: PatientReminder) => Promise<unknown>) | null;
  /** The address that opens the platform's search for what a dossier knows: a place, a specialty, a doctor; never a patient. */
  readonly searchAddress: (wish: SearchWish) => string;
  /** A name under which a study may follow an appointment, the same in both halves of an installation. */
  readonly pseudonymOf: (appointmentId: string) => string;
}

/** What an SMS on an appointment says, and to whom; the medical reason is not in it. */
export interface PatientReminder {
  readonly appointmentId: string;
  readonly phone: string;
  readonly start: Temporal.Instant;
  readonly timeZone: string;
  readonly practitioner: string;
  readonly structure: string | null;
  /** The number to ring to cancel. */
  readonly callBack: string;
}

/** What helps to search for care, and nothing else of a dossier. */
export interface SearchWish {
  /** Number and street in one line, as typed. */
  readonly address: string | null;
  readonly insee: string | null;
  readonly city: string | null;
  /** Code of the national table of specialties (`SM54`), or words. */
  readonly specialty: string | null;
  /** Prefixed or not. */
  readonly usualDoctorRpps: string | null;
  readonly usualDoctorName: string | null;
}

/** An appointment booked for a dossier, as the platform tells it (INT_L02). */
export interface AttachedAppointment {
  readonly appointmentId: string;
  readonly status: string;
  readonly start: Temporal.Instant;
  readonly practitioner: string;
}
