import { ruleBroken } from '../../../foundation/errors.ts';
import { type Actor, coversTerritory } from '../../../identity/contract.ts';
import { modalityLabels, type Modality } from '../../availability/contract.ts';
import type { EditorSlot } from '../../availability/server/index.ts';
import type { Seat } from '../../availability/server/index.ts';
import type { BookingDependencies } from './booking.ts';
import type { LabelReader, Labels } from './booking-labels.ts';
import type { CreateOrientation } from './orientations-bodies.ts';
import type { OrientationRow } from './orientations-store.ts';
import { createOpener, type Opening, type OpeningDependencies } from './request-open.ts';

/** What an orientation will be. */
export type BookingPlan = Pick<
  OrientationRow,
  | 'territory' | 'kind' | 'status' | 'category' | 'nationalId' | 'structureId' | 'placeId' | 'label' | 'placeLabel' | 'specialty'
  | 'modality' | 'slotId' | 'editor' | 'redirectUrl' | 'start' | 'end'
>;

/** Somebody to ask beyond the agendas: the request it begins is written with it. */
export interface RequestPlan extends BookingPlan {
  readonly opening: Opening;
}

/** A place of the platform's agenda to take: what it is, is known once it is taken. */
export interface SeatPlan {
  readonly slotId: string;
  /** @throws rule `invalid-input` when the slot is not offered as asked */
  of(seat: Seat, labels: Labels): BookingPlan;
}

/** Who answers for a commune, and on which wall clock. */
interface PlannerTerritories {
  readonly territories: BookingDependencies['territories'] & OpeningDependencies['territories'];
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const HORIZON = Temporal.Duration.from({ hours: 24 * 30 });

/** Reads what a request is about: a slot of the agenda, a vendor's slot, or a request beyond the agendas. */
export function createPlanner(
  { availability, territories, bookingUrl, ...opening }: Pick<BookingDependencies, 'availability' | 'bookingUrl'> & PlannerTerritories & OpeningDependencies,
  labels: LabelReader,
) {
  const open = createOpener({ ...opening, territories });

  async function territoryOf(actor: Actor, insee: string | null): Promise<string> {
    return territoryFor(actor, insee ? ((await territories.ofCommune(insee))?.code ?? null) : null);
  }

  const ownSlot = (actor: Actor, slotId: string, asked: Modality | undefined): SeatPlan => ({
    slotId,
    of: ({ territory, nationalId, structureId, placeId, start, end, modalities }, { label, placeLabel, specialty, category }) => ({
      territory: territoryFor(actor, territory), kind: 'slot', status: 'PRIS', category, nationalId, structureId, placeId, label, placeLabel,
      specialty, modality: modalityOf(asked, modalities), slotId, editor: null, redirectUrl: null, start, end,
    }),
  });

  async function editorSlot(actor: Actor, sealed: string, asked: Modality | undefined): Promise<BookingPlan> {
    const slot = await availability.openSealedSlot(sealed);
    const redirectUrl = slot.bookingUrl === null ? null : bookingUrl(slot.bookingUrl, slot.origin);
    if (redirectUrl === null) {
      throw ruleBroken('slot-without-booking', `${slot.editor} ne donne pas d'adresse où réserver ce créneau : appelez le cabinet. Rien n'a été réservé.`);
    }
    const { nationalId, structureId, place, start, end, editor } = slot;
    const who = await labels.of({ nationalId, structureId, placeId: place.id });
    return {
      territory: await territoryOf(actor, who.insee), kind: 'editor', status: 'RESERVATION', category: categoryOf(slot), nationalId, structureId,
      placeId: place.id, label: who.known ? who.label : (place.name ?? who.label), placeLabel: [place.name, place.city].filter(Boolean).join(', '),
      specialty: slot.specialties[0] ?? who.specialty, modality: modalityOf(asked, slot.modalities), slotId: null, editor, redirectUrl, start, end,
    };
  }

  async function enSus(actor: Actor, body: CreateOrientation, now: Temporal.Instant): Promise<RequestPlan> {
    const { rpps, structureId: structure, at } = body.enSus!;
    const start = Temporal.Instant.from(at);
    if (Temporal.Instant.compare(start, now) < 0 || Temporal.Instant.compare(start, now.add(HORIZON)) > 0) {
      throw refused('enSus.at', "L'heure demandée doit être à venir, dans les 30 jours.");
    }
    if ((rpps === undefined) === (structure === undefined)) throw refused('enSus', 'Indiquez un professionnel (rpps) ou une structure (structureId).');
    const nationalId = rpps ? rpps.padStart(12, '8') : null;
    const structureId = structure ?? null;
    const { insee, known, ...who } = await labels.of({ nationalId, structureId, placeId: null });
    if (!known) throw refused(nationalId ? 'enSus.rpps' : 'enSus.structureId', "L'annuaire ne connaît pas ce destinataire.");
    const territory = await territoryOf(actor, insee);
    return {
      ...who, territory, kind: 'surnumeraire', status: nationalId ? 'SOLLICITE' : 'DEMANDE', nationalId, structureId, placeId: null,
      modality: body.modality ?? null, slotId: null, editor: null, redirectUrl: null, start, end: null,
      opening: await open({ actor, body, candidate: { nationalId, structureId }, at: start, territory, now }),
    };
  }

  /** @throws rule naming what the request lacks or asks wrongly */
  return async (actor: Actor, body: CreateOrientation, now: Temporal.Instant): Promise<BookingPlan | SeatPlan | RequestPlan> => {
    const { slotId, enSus: beyond, modality } = body;
    if (slotId !== undefined && beyond !== undefined) throw refused('enSus', "Choisissez un créneau ou une demande en sus, pas les deux.");
    if (beyond) return enSus(actor, body, now);
    if (slotId === undefined) throw refused('slotId', 'Indiquez le créneau à réserver (slotId) ou une demande en sus (enSus).');
    return UUID.test(slotId) ? ownSlot(actor, slotId, modality) : editorSlot(actor, slotId, modality);
  };
}

/** The territory that makes the orientation: the receiver's when the actor works there, else the actor's own. */
export function territoryFor(actor: Actor, receiver: string | null): string {
  if (receiver !== null && coversTerritory(actor, receiver)) return receiver;
  const own = actor.territories.find((territory) => territory !== '*');
  if (own) return own;
  throw ruleBroken('territory-unknown', "Le territoire de cette orientation n'est pas connu : choisissez un lieu couvert par un SAS. Rien n'a été réservé.");
}

const refused = (path: string, message: string) => ruleBroken('invalid-input', `${message} Rien n'a été enregistré.`, [{ path, message }]);

function modalityOf(asked: Modality | undefined, offered: readonly string[]): Modality | null {
  if (asked && !offered.includes(asked)) throw refused('modality', `Ce créneau n'est pas proposé ${modalityLabels[asked]}.`);
  return asked ?? (offered.length === 1 ? (offered[0] as Modality) : null);
}

/** The flow a slot came by (INT_L02): the associations of SOS Médecins name no doctor, the communities mark their slots. */
function categoryOf(slot: EditorSlot): BookingPlan['category'] {
  if (slot.nationalId === null) return 'SOS';
  return slot.cptsIds.length > 0 || slot.types.includes('CPTS') ? 'CPTS' : 'PS';
}
