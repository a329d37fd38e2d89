import type { Actor } from '../../../identity/contract.ts';
import type { Orientation } from '../contract.ts';
import { isStale } from '../domain/booking.ts';
import { type Act, possibleActs } from '../domain/states.ts';
import { partiesOf } from '../domain/states-parties.ts';
import type { OrientationRow } from './orientations-store.ts';

/** The public name of an act: a cancellation is one action, whoever decides it. */
const publicName = (act: Act): string => (act === 'cancel-for-patient' ? 'cancel' : act);

/** The actions this reader may do now. */
export const possibleFor = (row: OrientationRow, reader: Actor): string[] => [
  ...new Set(possibleActs(row.status, row.kind, partiesOf(reader, row)).map(publicName)),
];

/** An orientation as a reader sees it. `names` gives the display names of the accounts. */
export function toView(row: OrientationRow, reader: Actor, now: Temporal.Instant, names: ReadonlyMap<string, string>): Orientation {
  const { seatId: _seat, slotId: _slot, placeId: _place, appointmentKey: _key, requestHash: _hash, bookedAt: _booked, actor, actorRole, ...shown } = row;
  return {
    ...shown,
    start: row.start?.toString() ?? null,
    end: row.end?.toString() ?? null,
    createdAt: row.createdAt.toString(),
    updatedAt: row.updatedAt.toString(),
    by: { accountId: actor, name: names.get(actor) ?? actor, role: actorRole },
    flags: [...row.flags, ...(isStale(row.status, row.createdAt, now) ? ['sans-retour-editeur'] : [])],
    redirectUrl: row.status === 'RESERVATION' ? row.redirectUrl : null,
    possible: possibleFor(row, reader),
  };
}
