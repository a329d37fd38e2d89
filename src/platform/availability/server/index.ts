import type { Transaction } from '../../../foundation/db/database.ts';
import type { EditorState, SlotView } from '../contract.ts';
import type { EditorPlace, EditorSlot } from '../domain/editor.ts';

export type { EditorPlace, EditorSlot };
export type { EditorShowing, ShownAgenda, Visibility } from './visibility.ts';

/** A slot and whom it belongs to, ready to be attached to a candidate. */
export interface FoundSlot {
  readonly slot: SlotView;
  readonly nationalId: string | null;
  readonly structureId: string | null;
  /** Our place id for the platform's own slots. */
  readonly placeId: string | null;
  /** The vendor's description of the place, for vendors' slots. */
  readonly place: EditorPlace | null;
  readonly specialties: readonly string[];
  readonly cptsIds: readonly string[];
}

/** What one source answered. `platform` is the first, then each vendor as it comes. */
export interface SourceAnswer {
  readonly state: EditorState;
  readonly slots: readonly FoundSlot[];
}

export interface SlotQuestion {
  /** Prefixed national ids of the professionals. */
  readonly professionals: readonly string[];
  /** Prefixed SIRET of SOS Médecins associations; structures with a platform agenda are asked too. */
  readonly structures: readonly string[];
  readonly from: Temporal.Instant;
  readonly to: Temporal.Instant;
}

/** A seat taken on a slot of the platform. */
export interface Seat {
  readonly seatId: string;
  readonly slotId: string;
  readonly territory: string;
  readonly nationalId: string | null;
  readonly structureId: string | null;
  readonly placeId: string;
  readonly start: Temporal.Instant;
  readonly end: Temporal.Instant;
  readonly modalities: readonly string[];
}

/** What other contexts may ask about availabilities. */
export interface Availability {
  /** The platform's own free slots, at once. */
  ownSlots(question: SlotQuestion): Promise<SourceAnswer>;
  /**
   * Asks every vendor side by side; `onAnswer` is called for each as soon as it is known. Resolves when the last has
   * answered, failed or reached the deadline. Never rejects because of a vendor.
   */
  askVendors(question: SlotQuestion, onAnswer: (answer: SourceAnswer) => void, signal?: AbortSignal): Promise<void>;
  /** Names of the vendors that would be asked. */
  vendorNames(): Promise<string[]>;
  /** Opens a sealed vendor slot id. @throws rule `slot-id-invalid` when it was forged or is unreadable. */
  openSealedSlot(id: string): Promise<EditorSlot & { editor: string; origin: string }>;
  /**
   * Takes a seat in the caller's transaction, turning a hold of the same actor into a booking when `holdId` is given.
   * @throws conflict `slot-taken` when no seat is left, the hold has expired and somebody took it, or the slot was removed.
   */
  takeSeat(tx: Transaction, request: { slotId: string; holdId?: string; actor: string; now: Temporal.Instant }): Promise<Seat>;
  /** Gives a seat back (cancellation); the slot is bookable again. */
  releaseSeat(tx: Transaction, seatId: string): Promise<void>;
  /** Ends a booking without offering the seat again: the professional himself cancelled. */
  withdrawSeat(tx: Transaction, seatId: string): Promise<void>;
}
