import type { OrientationStatus } from '../contract.ts';
import type { ReceivedAppointment } from './appointment.ts';

type Told = ReceivedAppointment['status'];

/** Every status of an appointment, from the time it is awaited. Pending without a doctor is a structure's acceptance (SOS). */
const open: Readonly<Record<Told, OrientationStatus>> = {
  pending: 'DEMANDE', booked: 'PRIS', fulfilled: 'HONORE', noshow: 'NON_HONORE', cancelled: 'ANNULE_EFFECTEUR',
};
const taken: Readonly<Partial<Record<Told, OrientationStatus>>> = {
  booked: 'PRIS', fulfilled: 'HONORE', noshow: 'NON_HONORE', cancelled: 'ANNULE_EFFECTEUR',
};

/**
 * What a vendor's message makes of an orientation (INT_R03). A missing entry is a message that comes late, after a later one:
 * nothing changes, the fact is kept. So an appointment cancelled is never revived by an old "booked", nor a HONORE edited.
 */
export const effects: Readonly<Record<OrientationStatus, Readonly<Partial<Record<Told, OrientationStatus>>>>> = {
  BROUILLON: {}, PROPOSE: {}, SOLLICITE: {}, ACCEPTE: {}, ECHEC_CRENEAU_PRIS: {}, REFUSE: {}, SANS_REPONSE: {}, EXPIRE: {},
  RESERVATION: open,
  DEMANDE: open,
  ACCEPTE_SANS_NOM: open,
  ACCEPTE_NOMME: taken,
  PRIS: taken,
  MODIFIE: { ...taken, booked: 'MODIFIE' },
  NON_RENSEIGNE: { fulfilled: 'HONORE', noshow: 'NON_HONORE', cancelled: 'ANNULE_EFFECTEUR' },
  HONORE: { fulfilled: 'HONORE' },
  NON_HONORE: { noshow: 'NON_HONORE', fulfilled: 'HONORE' },
  ANNULE_EFFECTEUR: { cancelled: 'ANNULE_EFFECTEUR' },
  ANNULE_PATIENT: { cancelled: 'ANNULE_PATIENT' },
  ANNULE_SAS: { cancelled: 'ANNULE_SAS' },
};

const final: readonly OrientationStatus[] = ['HONORE', 'NON_HONORE', 'ANNULE_EFFECTEUR', 'ANNULE_PATIENT', 'ANNULE_SAS'];
const booked: readonly OrientationStatus[] = ['PRIS', 'MODIFIE'];

export interface Known {
  readonly status: OrientationStatus;
  readonly start: Temporal.Instant | null;
  readonly end: Temporal.Instant | null;
  readonly nationalId: string | null;
}

export type Effect =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'late' }
  | {
      readonly kind: 'changed';
      readonly event: 'appointment-received' | 'appointment-moved' | 'practitioner-named' | 'practitioner-replaced' | 'status-told';
      readonly status: OrientationStatus;
      readonly start: Temporal.Instant;
      readonly end: Temporal.Instant;
      readonly nationalId: string | null;
    };

const differs = (one: Temporal.Instant | null, other: Temporal.Instant) => one === null || !one.equals(other);

/** What the message changes in what is known. */
export function effectOf(known: Known, appointment: ReceivedAppointment): Effect {
  const next = effects[known.status][appointment.status];
  if (!next) return { kind: 'late' };
  const { start, end, practitionerId } = appointment;
  const nationalId = practitionerId ?? known.nationalId;
  const moved = differs(known.start, start) || differs(known.end, end);
  const named = nationalId !== known.nationalId;
  const replaced = named && known.nationalId !== null;
  const target = next === 'DEMANDE' && nationalId === null ? 'ACCEPTE_SANS_NOM' : next;
  const status = target === 'PRIS' && booked.includes(known.status) && (moved || replaced) ? 'MODIFIE' : target;
  const settled = status === known.status && (final.includes(status) || (!moved && !named));
  if (settled) return { kind: 'unchanged' };
  const event = eventOf(known, status, { moved, named, replaced });
  return { kind: 'changed', event, status, start, end, nationalId };
}

function eventOf(known: Known, status: OrientationStatus, what: { moved: boolean; named: boolean; replaced: boolean }) {
  if (known.status === 'RESERVATION') return 'appointment-received';
  if (final.includes(status)) return 'status-told';
  if (what.moved) return 'appointment-moved';
  if (what.replaced) return 'practitioner-replaced';
  return what.named ? 'practitioner-named' : 'status-told';
}
