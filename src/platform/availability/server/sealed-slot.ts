import { createHmac, timingSafeEqual } from 'node:crypto';
import { ruleBroken } from '../../../foundation/errors.ts';
import type { Modality, SlotType } from '../contract.ts';
import type { EditorSlot } from '../domain/editor.ts';

/** A vendor's slot with the vendor's name and its `origin` parameter, as it was when proposed. */
export type SealedSlot = EditorSlot & { editor: string; origin: string };

/** The booking route refuses longer ids. */
const MAX_LENGTH = 4_000;
const VERSION = 'e1';
const MAC_BYTES = 16;

type Packed = [
  editor: string, origin: string, nationalId: string | null, structureId: string | null, start: number, end: number,
  modalities: readonly Modality[], types: readonly SlotType[], withAppointment: 0 | 1, specialties: readonly string[],
  reasons: readonly string[], cptsIds: readonly string[], bookingUrl: string | null,
  place: readonly [string | null, string | null, string, string, string, string | null, number | null, number | null],
];

/**
 * The slot as an id that holds all of it and cannot be forged: nothing is stored for a slot that is only shown.
 * The free-text reasons are left out when they would make it too long; null when it is too long even so.
 */
export function sealSlot(key: Buffer, editor: { name: string; origin: string }, slot: EditorSlot): string | null {
  const full = seal(key, pack(editor, slot, slot.reasons));
  const id = full.length <= MAX_LENGTH ? full : seal(key, pack(editor, slot, []));
  return id.length <= MAX_LENGTH ? id : null;
}

/** The slot that an id holds. @throws rule `slot-id-invalid` when it was not sealed here, or the slot has begun. */
export function openSlot(key: Buffer, id: string, now: Temporal.Instant): SealedSlot {
  const [version, text, mac, ...rest] = id.split('.');
  if (version !== VERSION || !text || !mac || rest.length > 0 || !sameMac(macOf(key, text), Buffer.from(mac, 'base64url'))) {
    throw invalidId("Ce créneau n'a pas été proposé par la plateforme. Rien n'a été réservé ; relancez la recherche.");
  }
  const slot = unpack(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Packed);
  if (Temporal.Instant.compare(slot.start, now) < 0) {
    throw invalidId("L'heure de ce créneau est passée. Rien n'a été réservé ; relancez la recherche.");
  }
  return slot;
}

/** Evenly spread bytes that stand for a sealed slot: its seal. */
export const sealHash = (id: string): Buffer => Buffer.from(id.slice(id.lastIndexOf('.') + 1), 'base64url');

const invalidId = (message: string) => ruleBroken('slot-id-invalid', message);

const macOf = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(VERSION).update(text).digest().subarray(0, MAC_BYTES);

const sameMac = (ours: Buffer, given: Buffer): boolean => ours.length === given.length && timingSafeEqual(ours, given);

function seal(key: Buffer, packed: Packed): string {
  const text = Buffer.from(JSON.stringify(packed)).toString('base64url');
  return `${VERSION}.${text}.${macOf(key, text).toString('base64url')}`;
}

function pack(editor: { name: string; origin: string }, slot: EditorSlot, reasons: readonly string[]): Packed {
  const { id, name, address, postcode, city, phone, lat, lon } = slot.place;
  return [
    editor.name, editor.origin, slot.nationalId, slot.structureId, slot.start.epochMilliseconds, slot.end.epochMilliseconds,
    slot.modalities, slot.types, slot.withAppointment ? 1 : 0, slot.specialties, reasons, slot.cptsIds, slot.bookingUrl,
    [id, name, address, postcode, city, phone, lat, lon],
  ];
}

function unpack(packed: Packed): SealedSlot {
  const [editor, origin, nationalId, structureId, start, end, modalities, types, withAppointment, specialties, reasons, cptsIds, bookingUrl, place] = packed;
  const [id, name, address, postcode, city, phone, lat, lon] = place;
  return {
    editor, origin, nationalId, structureId, modalities, types, specialties, reasons, cptsIds, bookingUrl,
    start: Temporal.Instant.fromEpochMilliseconds(start),
    end: Temporal.Instant.fromEpochMilliseconds(end),
    withAppointment: withAppointment === 1,
    place: { id, name, address, postcode, city, phone, lat, lon },
  };
}
