/** How long a place is kept for an operator who fills the form. */
export const HOLD = Temporal.Duration.from({ minutes: 2 });

/** What is known of a slot's places at an instant. `booked` counts the withdrawn ones too: nobody may take them. */
export interface Occupancy {
  readonly capacity: number;
  readonly booked: number;
  /** Holds that have not expired. */
  readonly liveHolds: number;
  /** Removed, closed by its owner, or covered by a leave. */
  readonly removed: boolean;
  /** The slot is over for booking from this instant on. */
  readonly bookableUntil: Temporal.Instant;
}

/**
 * How many places of a slot may still be taken at `now`: the only definition of "free", used to show a slot and to accept a
 * booking on it.
 */
export function remainingSeats(slot: Occupancy, now: Temporal.Instant): number {
  if (slot.removed || Temporal.Instant.compare(slot.bookableUntil, now) <= 0) return 0;
  return Math.max(0, slot.capacity - slot.booked - slot.liveHolds);
}
