import { type Html, html, page } from '../../shared/html.ts';
import type { Appointment, AppointmentStatus, Operator } from '../appointments.ts';
import { spokenDate } from '../dates.ts';
import type { Transmission } from '../platform.ts';
import type { AssociationSlot, PractitionerSlot } from '../slots.ts';

const banner = 'Éditeur fictif — démonstration. Les professionnels, les lieux et les rendez-vous sont imaginaires.';
const reload = 'setTimeout(() => location.reload(), 1500)';

export type Slot = PractitionerSlot | AssociationSlot;
export const ownerName = (slot: Slot): string =>
  'practitioner' in slot ? `Dr ${slot.practitioner.firstName} ${slot.practitioner.lastName}` : slot.association.name;

const modalityLabels = { AMB: 'au cabinet', HH: 'à domicile', VR: 'en téléconsultation' } as const;
export const statusLabels: Record<AppointmentStatus, string> = {
  pending: 'réservé, médecin à désigner', booked: 'réservé', fulfilled: 'honoré', noshow: 'non honoré', cancelled: 'annulé',
};

export const messagePage = (product: string, title: string, ...paragraphs: readonly (string | Html)[]): string =>
  page({ title, product, banner, main: html`<section><h1>${title}</h1>${paragraphs.map((text) => html`<p>${text}</p>`)}</section>` });

/** The vendor's own login: nobody has an account here, the regulators come from the platform. */
export const loginPage = (product: string, failed: boolean): string =>
  page({
    title: 'Connexion', product, banner,
    main: html`<form class="card" method="post" action="/connexion"><h1>Connexion à votre espace</h1>
${failed && html`<p role="alert">Identifiant ou mot de passe inconnu. Rien n'a été réservé. Les régulateurs entrent par la plateforme SAS.</p>`}
<div class="row"><label for="identifiant">Identifiant</label><input id="identifiant" name="identifiant" autocomplete="username"></div>
<div class="row"><label for="secret">Mot de passe</label><input id="secret" name="secret" type="password" autocomplete="current-password"></div>
<button>Se connecter</button></form>`,
  });

export interface AgendaView {
  readonly product: string;
  readonly operator: Operator;
  readonly formToken: string;
  readonly slot: Slot | null;
  /** Why the slot asked for cannot be booked, or null. */
  readonly refusal: string | null;
  readonly others: readonly { readonly slot: Slot; readonly url: string }[];
}

/** The agenda: the slot asked for, and the other free ones of the same professional. */
export function agendaPage({ product, operator, formToken, slot, refusal, others }: AgendaView): string {
  return page({
    title: 'Réserver', product, banner,
    main: html`<p class="hint">Connecté depuis la plateforme SAS : ${operator.name}</p>
${refusal && html`<section role="alert"><h1>Ce créneau ne peut pas être réservé</h1><p>${refusal}</p></section>`}
${slot && !refusal && slotSection(slot, formToken)}
${others.length > 0 && html`<section><h2>Autres créneaux libres de cet agenda</h2>
<ul>${others.map((other) => html`<li><a href="${other.url}">${spokenDate(other.slot.start)}</a> (${modalities(other.slot)})</li>`)}</ul></section>`}`,
  });
}

const modalities = (slot: Slot): string => slot.modalities.map((modality) => modalityLabels[modality]).join(' ou ');

function slotSection(slot: Slot, formToken: string): Html {
  const { place } = slot;
  const own = 'practitioner' in slot;
  const details = html`<dl><dt>Quand</dt><dd>${spokenDate(slot.start)}</dd><dt>Comment</dt><dd>${modalities(slot)}</dd>
<dt>Où</dt><dd>${place.name}<br>${place.line}<br>${place.postcode} ${place.city}</dd>
${own && slot.practitioner.specialties.length > 0 && html`<dt>Spécialité</dt><dd>${slot.practitioner.specialties.map(({ label }) => label).join(', ')}</dd>`}
${place.phone && html`<dt>Téléphone</dt><dd>${place.phone}</dd>`}</dl>`;
  if (!slot.withAppointment) {
    return html`<section><h1>${ownerName(slot)}</h1>${details}<p>Consultation sans rendez-vous : il n'y a rien à réserver, le patient se présente à cette heure.</p></section>`;
  }
  return html`<section><h1>${ownerName(slot)}</h1>${details}</section>
<form class="card" method="post" action="/reserver"><h2>Réserver pour un patient</h2>
<input type="hidden" name="jeton" value="${formToken}"><input type="hidden" name="${own ? 'ps' : 'association'}" value="${own ? slot.practitioner.nationalId : slot.association.siret}">
<input type="hidden" name="place" value="${place.internalId}"><input type="hidden" name="start" value="${slot.start.toString()}">
<div class="row"><label for="patient">Nom du patient (facultatif, reste chez l'éditeur)</label><input id="patient" name="patient" maxlength="80" autocomplete="off"></div>
<button>Réserver</button></form>`;
}

/** Where the transmission to the platform stands, in one sentence. */
export function transmissionText({ accepted, attempts, lastError }: Transmission): string {
  if (accepted) return 'Transmis à la plateforme SAS.';
  if (attempts === 0) return 'Pas encore transmis à la plateforme SAS.';
  return `Pas encore accepté par la plateforme SAS (${attempts} essai${attempts > 1 ? 's' : ''}). ${lastError ?? ''} Un nouvel essai part tout seul.`;
}

/** The booking once made; the page comes back by itself until the platform has it. */
export function appointmentPage(product: string, appointment: Appointment, transmission: Transmission, patientName: string | null): string {
  return page({
    title: 'Rendez-vous', product, banner,
    main: html`<section><h1>Rendez-vous ${statusLabels[appointment.status]}</h1>
<dl><dt>Avec</dt><dd>${appointment.ownerName}</dd><dt>Quand</dt><dd>${spokenDate(appointment.start)}</dd><dt>Où</dt><dd>${appointment.placeName}</dd>
${appointment.flow === 'sos' && html`<dt>Médecin</dt><dd>${appointment.doctor?.name ?? 'à désigner'}</dd>`}
${patientName && html`<dt>Patient</dt><dd>${patientName}</dd>`}</dl></section>
<section><h2>Plateforme SAS</h2><p role="status">${transmissionText(transmission)}</p></section>`,
    ...(!transmission.accepted && { script: reload }),
  });
}

export const errorPage = (product: string, text: string): string => messagePage(product, 'Connexion impossible', text, 'Rien n\'a été réservé. Revenez à la plateforme SAS et recommencez.');
export const adminFrame = (product: string, main: Html): string => page({ title: 'Agenda du cabinet', product, banner, main });
