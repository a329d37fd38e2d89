import type { Actor } from '../../../identity/contract.ts';
import type { Orientation } from '../contract.ts';
import { isStale } from '../domain/booking.ts';
import { type Act, possibleActs } from '../domain/states.ts';
import { partiesOf } from './orientations-parties.ts';
import type { OrientationRow } from './orientations-store.ts';

/** The public name of an act: a cancellation is one action, whoever decides it; so is a call to make, whoever is called. */
const publicName = (act: Act): string => (act === 'cancel-for-patient' ? 'cancel' : act.startsWith('ask-') ? 'ask' : act);

/** The actions this reader may do now. */
export const possibleFor = (row: OrientationRow, reader: Actor): string[] => [
  ...new Set(possibleActs(row.status, row.kind, partiesOf(reader, row)).map(publicName)),
];

/** An orientation as a reader sees it. `names` gives the display names of the accounts. */
export const toView = (row: OrientationRow, reader: Actor, now: Temporal.Instant, names: ReadonlyMap<string, string>): Orientation => ({
  id: row.id,
  territory: row.territory,
  searchId: row.searchId,
  requestId: row.requestId,
  kind: row.kind,
  status: row.status,
  category: row.category,
  nationalId: row.nationalId,
  structureId: row.structureId,
  label: row.label,
  placeLabel: row.placeLabel,
  specialty: row.specialty,
  modality: row.modality,
  editor: row.editor,
  start: row.start?.toString() ?? null,
  end: row.end?.toString() ?? null,
  createdAt: row.createdAt.toString(),
  updatedAt: row.updatedAt.toString(),
  by: { accountId: row.actor, name: names.get(row.actor) ?? row.actor, role: row.actorRole },
  beyond48h: row.beyond48h,
  lateReason: row.lateReason,
  skipReason: row.skipReason,
  charterLevel: row.charterLevel,
  distanceM: row.distanceM,
  lrmReference: row.lrmReference,
  flags: [...row.flags, ...(isStale(row.status, row.createdAt, now) ? ['sans-retour-editeur'] : [])],
  redirectUrl: row.status === 'RESERVATION' ? row.redirectUrl : null,
  possible: possibleFor(row, reader),
});
