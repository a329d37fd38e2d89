import type { FastifyInstance } from 'fastify';
import { type Html, html } from '../../shared/html.ts';
import type { Appointment } from '../appointments.ts';
import { spokenDate } from '../dates.ts';
import { type FaultKind, faults } from '../faults.ts';
import { freeAssociationSlots, freePractitionerSlots, type Vendor } from '../vendor.ts';
import { adminFrame, messagePage, type Slot, statusLabels, transmissionText } from './views.ts';

const outcomes = { fulfilled: 'Honoré', noshow: 'Non honoré', cancelled: 'Annuler' } as const;
type Fields = Record<string, string | undefined>;

/** The practice's side: what becomes of the bookings, and the failures that a test can order. */
export async function adminRoutes(server: FastifyInstance, { vendor }: { vendor: Vendor }): Promise<void> {
  server.get('/admin', (_request, reply) => reply.type('text/html').send(adminPage(vendor)));

  server.post<{ Params: { id: string }; Body: Fields }>('/admin/rendez-vous/:id', (request, reply) => {
    const appointment = vendor.book.get(request.params.id);
    if (!appointment) return reply.code(404).type('text/html').send(messagePage(vendor.name, 'Rendez-vous inconnu'));
    if (!act(vendor, appointment, request.body)) {
      return reply.code(409).type('text/html').send(messagePage(vendor.name, 'Impossible', "Le rendez-vous est resté comme il était : créneau pris, médecin inconnu ou rendez-vous déjà terminé."));
    }
    return reply.redirect('/admin', 303);
  });

  /** `fault`: a kind of failure, `none`, or `auto` for what the behaviour says. */
  server.post<{ Body: Fields }>('/admin/panne', (request, reply) => {
    const fault = request.body.fault ?? '';
    if (fault !== 'auto' && fault !== 'none' && !(fault in faults)) {
      return reply.code(400).send({ error: `fault: auto, none, ${Object.keys(faults).join(', ')}` });
    }
    vendor.fault = fault as FaultKind | 'auto' | 'none';
    return reply.redirect('/admin', 303);
  });
}

const isOpen = ({ status }: Appointment): boolean => status === 'pending' || status === 'booked';

function act(vendor: Vendor, appointment: Appointment, { action, start, doctor }: Fields): boolean {
  if (!isOpen(appointment)) return false;
  if (action === 'move') {
    const slot = nextSlots(vendor, appointment).find((candidate) => candidate.start.toString() === start);
    return slot !== undefined && vendor.book.move(appointment.id, slot) !== null;
  }
  if (action === 'name') {
    const named = doctorsOf(vendor, appointment).find(({ nationalId }) => nationalId === doctor);
    if (!named) return false;
    return vendor.book.change(appointment.id, { status: 'booked', doctor: { nationalId: named.nationalId, name: `${named.firstName} ${named.lastName}` } }) !== null;
  }
  return action !== undefined && action in outcomes && vendor.book.change(appointment.id, { status: action as keyof typeof outcomes }) !== null;
}

const doctorsOf = (vendor: Vendor, { ownerId }: Appointment) => vendor.roster.associations.get(ownerId)?.doctors ?? [];

/** Where an appointment can be moved: the free slots of the same agenda within a week. */
function nextSlots(vendor: Vendor, { flow, ownerId, placeId }: Appointment): Slot[] {
  const window = { from: vendor.now(), to: vendor.now().add({ hours: 7 * 24 }) };
  const slots = flow === 'ps' ? freePractitionerSlots(vendor, [ownerId], window) : freeAssociationSlots(vendor, [ownerId], window);
  return slots.filter((slot: Slot) => slot.withAppointment && (flow === 'ps' || slot.place.internalId === placeId)).slice(0, 40);
}

function adminPage(vendor: Vendor): string {
  const rows = vendor.book.list().toReversed();
  return adminFrame(vendor.name, html`<h1>Agenda du cabinet – ${vendor.name}</h1>
<p class="hint">Cet éditeur ${vendor.behaviour.label}. Ce que le cabinet dit ici part aussitôt vers la plateforme SAS.</p>
<section class="wide"><h2>Rendez-vous (${rows.length})</h2>
${rows.length === 0
    ? html`<p>Aucun rendez-vous : réservez un créneau depuis la plateforme SAS.</p>`
    : html`<table><thead><tr><th scope="col">Quand</th><th scope="col">Avec</th><th scope="col">État</th><th scope="col">Plateforme SAS</th><th scope="col">Suite</th></tr></thead>
<tbody>${rows.map((appointment) => row(vendor, appointment))}</tbody></table>`}</section>
<form class="card" method="post" action="/admin/panne"><h2>Panne simulée</h2>
<div class="row"><label for="fault">État du serveur FHIR</label><select id="fault" name="fault">${['auto', 'none', ...Object.keys(faults)].map((kind) =>
    html`<option value="${kind}"${kind === vendor.fault && html` selected`}>${kind}</option>`)}</select></div><button>Appliquer</button></form>`);
}

function row(vendor: Vendor, appointment: Appointment): Html {
  const transmission = vendor.platform ? transmissionText(vendor.platform.transmission(appointment.id)) : 'Aucune plateforme.';
  return html`<tr><td>${spokenDate(appointment.start)}</td><td>${appointment.ownerName}${appointment.flow === 'sos' && appointment.doctor && html`<br>${appointment.doctor.name}`}</td>
<td>${statusLabels[appointment.status]}</td><td>${transmission}</td><td>${isOpen(appointment) && actions(vendor, appointment)}</td></tr>`;
}

function actions(vendor: Vendor, appointment: Appointment): Html {
  const when = spokenDate(appointment.start);
  const slots = nextSlots(vendor, appointment);
  const doctors = appointment.doctor ? [] : doctorsOf(vendor, appointment);
  const form = (content: Html): Html => html`<form method="post" action="/admin/rendez-vous/${appointment.id}" class="actions">${content}</form>`;
  return html`${form(html`${Object.entries(outcomes).map(([action, label]) =>
    html`<button class="plain" name="action" value="${action}" aria-label="${label} : ${when}">${label}</button>`)}`)}
${doctors.length > 0 && form(html`<select name="doctor" aria-label="Médecin pour ${when}">${doctors.map((doctor) =>
    html`<option value="${doctor.nationalId}">${doctor.firstName} ${doctor.lastName}</option>`)}</select><button class="plain" name="action" value="name">Nommer</button>`)}
${slots.length > 0 && form(html`<select name="start" aria-label="Nouvel horaire pour ${when}">${slots.map((slot) =>
    html`<option value="${slot.start.toString()}">${spokenDate(slot.start)}</option>`)}</select><button class="plain" name="action" value="move">Déplacer</button>`)}`;
}
