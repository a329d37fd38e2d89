import type { EditorSlot } from './editor.ts';
import type { Window } from './questions.ts';

/** Whom a slot belongs to among the ids asked for: the professional, or the association when he is not known yet. */
export const ownerOf = (slot: EditorSlot): string | null => slot.nationalId ?? slot.structureId;

/**
 * The slots of an answer that may be shown: of somebody who was asked for, inside the window (ends included), not begun,
 * with a length; each once. The vendor is trusted on none of this.
 */
export function acceptSlots(
  slots: readonly EditorSlot[],
  asked: { readonly ids: ReadonlySet<string> } & Window,
  now: Temporal.Instant,
): EditorSlot[] {
  const from = Math.max(asked.from.epochMilliseconds, now.epochMilliseconds);
  const to = asked.to.epochMilliseconds;
  const accepted = new Map<string, EditorSlot>();
  for (const slot of slots) {
    const owner = ownerOf(slot);
    const start = slot.start.epochMilliseconds;
    const end = slot.end.epochMilliseconds;
    if (owner === null || !asked.ids.has(owner) || start < from || start > to || end <= start) continue;
    const key = [owner, start, end, slot.place.id ?? slot.place.address, slot.withAppointment, ...slot.modalities].join('|');
    const twin = accepted.get(key);
    accepted.set(key, twin ? merge(twin, slot) : slot);
  }
  return [...accepted.values()];
}

/** The same slot told twice, e.g. once for each of its CPTS. */
function merge(first: EditorSlot, second: EditorSlot): EditorSlot {
  return {
    ...first,
    types: [...new Set([...first.types, ...second.types])],
    cptsIds: [...new Set([...first.cptsIds, ...second.cptsIds])],
    bookingUrl: first.bookingUrl ?? second.bookingUrl,
  };
}
