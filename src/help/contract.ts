import { z } from 'zod';
import { defineRoute } from '../foundation/http/route.ts';
import { administratorRoles } from '../identity/contract.ts';
import { contactStates } from './domain/contact.ts';

export { after, type ContactAct, type ContactState } from './domain/contact.ts';

/** Those who answer the requests of their territories. */
export const supportRoles = [...administratorRoles, 'gestionnaire-comptes'] as const;

export const contactSubjects = {
  connexion: 'Me connecter', compte: 'Mon compte et mes droits', disponibilites: 'Mes disponibilités', participation: 'Ma participation et mes semaines',
  demandes: 'Demandes en sus', 'rendez-vous': 'Rendez-vous et suites', recherche: 'Chercher et orienter', salle: 'Poste de régulation, téléphonie',
  annuaire: 'Une erreur dans l’annuaire', donnees: 'Mes données personnelles', panne: 'Signaler une panne', idee: 'Une idée d’amélioration', autre: 'Autre question',
} as const;
export type ContactSubject = keyof typeof contactSubjects;
const subjects = Object.keys(contactSubjects) as [ContactSubject, ...ContactSubject[]];

export const TEXT_LIMIT = 2_000;
const textSchema = (missing: string) => z.string().trim().min(1, missing).max(TEXT_LIMIT, `${TEXT_LIMIT} caractères au plus`);

export const contactSchema = z.object({
  id: z.uuid(), number: z.string(), territory: z.string(), author: z.string(), role: z.string(), page: z.string().nullable(),
  subject: z.enum(subjects), body: z.string(), at: z.iso.datetime(), state: z.enum(contactStates),
  takenBy: z.string().nullable(), answer: z.string().nullable(), answeredBy: z.string().nullable(), answeredAt: z.iso.datetime().nullable(), closedAt: z.iso.datetime().nullable(),
  /** What whoever reads may do now. */
  acts: z.array(z.enum(['take', 'answer', 'close'])),
});
export type Contact = z.infer<typeof contactSchema>;

const listSchema = z.object({ contacts: z.array(contactSchema) });
const params = z.object({ id: z.uuid() });

export const routes = {
  videos: defineRoute({
    method: 'GET', path: '/api/v1/help/videos', access: 'public', summary: 'Vidéos de formation réglées par l’exploitant',
    response: z.object({ videos: z.array(z.object({ title: z.string(), url: z.url() })) }),
  }),
  myContacts: defineRoute({
    method: 'GET', path: '/api/v1/contacts/mine', access: 'signed-in', summary: "Mes demandes d'assistance", response: listSchema,
  }),
  contact: defineRoute({
    method: 'POST', path: '/api/v1/contacts', access: 'signed-in', status: 201, summary: "Demander de l'aide, sans aucune donnée de patient",
    body: z.strictObject({
      subject: z.enum(subjects), body: textSchema('dites ce qui vous arrive'),
      page: z.string().regex(/^\/[A-Za-z0-9/_$.-]{0,120}$/, "adresse d'un écran attendue").nullable(),
    }),
    response: contactSchema,
  }),
  contacts: defineRoute({
    method: 'GET', path: '/api/v1/contacts', access: supportRoles, summary: "Demandes d'assistance de mes territoires", response: listSchema,
  }),
  takeContact: defineRoute({
    method: 'POST', path: '/api/v1/contacts/:id/take', access: supportRoles, summary: "Prendre une demande d'assistance", params, response: contactSchema,
  }),
  answerContact: defineRoute({
    method: 'POST', path: '/api/v1/contacts/:id/answer', access: supportRoles, summary: "Répondre à une demande d'assistance", params,
    body: z.strictObject({ answer: textSchema('écrivez la réponse') }), response: contactSchema,
  }),
  closeContact: defineRoute({
    method: 'POST', path: '/api/v1/contacts/:id/close', access: 'signed-in', summary: "Clore une demande d'assistance", params, response: contactSchema,
  }),
} as const;
