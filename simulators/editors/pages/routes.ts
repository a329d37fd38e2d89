import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AccountDisabled, type RegulatorSession } from '../sign-in.ts';
import { freeAssociationSlots, freePractitionerSlots, type Vendor } from '../vendor.ts';
import { agendaPage, appointmentPage, errorPage, loginPage, messagePage, type Slot } from './views.ts';

type Fields = Record<string, string | undefined>;

/** The value of `origin` differs by environment: `sas`, `sas-preprod`… */
const fromPlatform = /^sas(-[\w-]+)?$/;

/** The vendor's site as a regulator sees it: agenda, booking, follow-up. */
export async function agendaRoutes(server: FastifyInstance, { vendor }: { vendor: Vendor }): Promise<void> {
  const cookie = `editeur_${vendor.slug}`;
  /** What was typed on the page; it never leaves this process. */
  const patientNames = new Map<string, string>();
  const sessionOf = (request: FastifyRequest): RegulatorSession | null => vendor.signIn?.session(request.cookies[cookie]) ?? null;
  const html = (reply: FastifyReply, status: number, body: string): FastifyReply => reply.code(status).type('text/html; charset=utf-8').header('cache-control', 'no-store').send(body);

  server.get('/', (_request, reply) => reply.redirect('/admin'));

  server.get<{ Querystring: Fields }>('/agenda', async (request, reply) => {
    if (!fromPlatform.test(request.query.origin ?? '')) return html(reply, 200, loginPage(vendor.name, false));
    if (!vendor.signIn) return html(reply, 503, errorPage(vendor.name, "La connexion depuis la plateforme SAS n'est pas ouverte chez cet éditeur."));
    const session = sessionOf(request);
    if (session) return html(reply, 200, agenda(vendor, session, request.query));
    try {
      return reply.redirect(await vendor.signIn.begin(request.raw.url!));
    } catch {
      return html(reply, 502, errorPage(vendor.name, 'Pro Santé Connect ne répond pas.'));
    }
  });

  server.get('/retour', async (request, reply) => {
    if (!vendor.signIn) return html(reply, 404, errorPage(vendor.name, "La connexion depuis la plateforme SAS n'est pas ouverte chez cet éditeur."));
    try {
      const { session, returnTo } = await vendor.signIn.complete(new URL(request.raw.url!, vendor.origin.base));
      return reply.setCookie(cookie, session.id, { path: '/', httpOnly: true, sameSite: 'lax' }).redirect(returnTo);
    } catch (error) {
      const text = error instanceof AccountDisabled ? 'Votre compte de régulateur est désactivé chez cet éditeur.' : "Pro Santé Connect n'a pas confirmé votre identité.";
      return html(reply, 403, errorPage(vendor.name, text));
    }
  });

  server.post('/connexion', (_request, reply) => html(reply, 403, loginPage(vendor.name, true)));

  server.post<{ Body: Fields }>('/reserver', (request, reply) => {
    const session = sessionOf(request);
    if (!session || request.body.jeton !== session.formToken) return html(reply, 403, errorPage(vendor.name, 'Seul un régulateur venu de la plateforme SAS peut réserver ici.'));
    const slot = freeSlots(vendor, request.body).find(({ start }) => start.toString() === request.body.start);
    const appointment = slot?.withAppointment ? vendor.book.book(slot, session.operator, vendor.now()) : null;
    if (!appointment) return html(reply, 409, messagePage(vendor.name, 'Ce créneau vient d\'être pris', "Rien n'a été réservé. Revenez à la plateforme SAS et choisissez un autre créneau."));
    const patient = request.body.patient?.trim();
    if (patient) patientNames.set(appointment.id, patient);
    return reply.redirect(`/rendez-vous/${appointment.id}`, 303);
  });

  server.get<{ Params: { id: string } }>('/rendez-vous/:id', (request, reply) => {
    const appointment = sessionOf(request) && vendor.book.get(request.params.id);
    if (!appointment) return html(reply, 404, messagePage(vendor.name, 'Rendez-vous inconnu', 'Ce rendez-vous n\'existe pas, ou votre session est terminée.'));
    const transmission = vendor.platform?.transmission(appointment.id) ?? { attempts: 0, accepted: true, lastError: null, at: null };
    return html(reply, 200, appointmentPage(vendor.name, appointment, transmission, patientNames.get(appointment.id) ?? null));
  });
}

/** The free slots of the agenda that the fields name, for a week. */
function freeSlots(vendor: Vendor, { ps, association, place }: Fields): Slot[] {
  const window = { from: vendor.now(), to: vendor.now().add({ hours: 7 * 24 }) };
  const slots: Slot[] = ps ? freePractitionerSlots(vendor, [ps], window) : freeAssociationSlots(vendor, [association ?? ''], window);
  return slots.filter((slot) => slot.place.internalId === place);
}

function agenda(vendor: Vendor, session: RegulatorSession, query: Fields): string {
  const free = freeSlots(vendor, query);
  const slot = free.find(({ start }) => start.toString() === query.start) ?? null;
  const owner: Record<string, string> = query.ps ? { ps: query.ps } : { association: query.association ?? '' };
  const others = free.filter((other) => other !== slot && other.withAppointment).slice(0, 8);
  return agendaPage({
    product: vendor.name, operator: session.operator, formToken: session.formToken, slot,
    refusal: query.start && !slot ? 'Il vient d\'être pris, ou il est passé. Rien n\'a été réservé.' : null,
    others: others.map((other) => ({ slot: other, url: `${vendor.origin.agendaUrl(other, { ...owner, place: query.place ?? '' })}&origin=${query.origin}` })),
  });
}
