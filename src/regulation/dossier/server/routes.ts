import type { FastifyReply } from 'fastify';
import type { Clock } from '../../../foundation/clock.ts';
import type { Database } from '../../../foundation/db/database.ts';
import type { Handlers } from '../../../foundation/http/register.ts';
import type { Actor } from '../../../identity/contract.ts';
import type { Dossier, routes } from '../contract.ts';
import type { Dossiers } from './dossiers.ts';
import { territoryFor } from './room.ts';

const withTag = (reply: FastifyReply, dossier: Dossier): Dossier => {
  reply.header('etag', `"${dossier.version}"`);
  return dossier;
};

/** Handlers of the dossiers: the version of a dossier is its ETag. */
export function dossierHandlers(dossiers: Dossiers, { database, clock }: { database: Database; clock: Clock }): Handlers<typeof routes, Actor> {
  const { settings, handovers, appointments } = dossiers;
  return {
    openDossier: async ({ actor, body, reply }) => withTag(reply, await dossiers.open(actor, body)),
    dossier: async ({ actor, params, query, reply }) => withTag(reply, await dossiers.get(actor, params.id, query.reason)),
    dossierJournal: async ({ actor, params }) => ({
      entries: (await dossiers.journal(actor, params.id)).map(({ careContext: _context, ...entry }) => ({ ...entry, at: entry.at.toString() })),
    }),
    actOnDossier: async ({ actor, params, body, request, reply }) => withTag(reply, await dossiers.act(actor, params.id, body, request.headers['if-match'])),
    updateDossier: async ({ actor, params, body, reply }) => withTag(reply, await dossiers.update(actor, params.id, body)),
    addNote: ({ actor, params, body }) => dossiers.addNote(actor, params.id, body),
    presence: async ({ actor, params, body }) => ({ here: await dossiers.presence(actor, params.id, body.field) }),
    queues: async ({ actor }) => ({ queues: await dossiers.queues(actor) }),
    searchDossiers: async ({ actor, query }) => ({ dossiers: await dossiers.search(actor, query) }),
    breakGlass: async ({ actor, params, body, reply }) => withTag(reply, await dossiers.breakGlass(actor, params.id, body.reason)),
    similarDossiers: async ({ actor, params }) => ({ dossiers: await dossiers.similar(actor, params.id) }),
    searchLink: async ({ actor, params }) => ({ url: await appointments.searchLink(actor, params.id) }),
    unattachedAppointments: async ({ actor }) => ({ appointments: await appointments.unattached(actor) }),
    attachAppointment: async ({ actor, params, body, reply }) => withTag(reply, await appointments.attach(actor, params.appointmentId, body.dossierId)),
    patientTasks: ({ actor }) => dossiers.patientTasks.list(actor),
    async closePatientTask({ actor, params, body }) {
      await dossiers.patientTasks.close(actor, params.id, body.outcome);
      return { closed: true };
    },
    absences: ({ actor, query }) => dossiers.patientTasks.absences(actor, query),
    appointmentMessages: async ({ actor }) => ({ messages: await appointments.messages(actor) }),
    async recallStudy({ actor, query, reply }) {
      if (query.format === 'json') return reply.send(await dossiers.recallStudy.figures(actor, query));
      return reply
        .header('content-type', 'text/csv; charset=utf-8').header('content-disposition', 'attachment; filename="etude-rappels.csv"')
        .send(await dossiers.recallStudy.csv(actor, query));
    },
    async regulationRules({ actor, query }) {
      const now = clock.now();
      const { version, rules, filieres, isOpen } = await settings.of(database.for('dossier'), territoryFor(actor, query.territory));
      return { version, rules, filieres: filieres.map((one) => ({ ...one, open: isOpen(one.filiere, now) })) };
    },
    saveRegulationRules: async ({ actor, body }) => ({ version: await settings.saveRules(actor, territoryFor(actor, body.territory), body.rules, body.approval) }),
    saveFiliere: ({ actor, params, body: { territory, ...body } }) => settings.saveFiliere(actor, territoryFor(actor, territory), { ...body, filiere: params.filiere }),
    regulators: async ({ actor }) => ({ regulators: await dossiers.regulators(actor) }),
    saveRegulator: ({ actor, params, body: { territory, ...body } }) =>
      settings.saveRegulator(actor, territoryFor(actor, territory), { ...body, accountId: params.accountId }),
    handover: ({ actor }) => handovers.list(actor),
    async signHandover({ actor, body }) {
      await handovers.sign(actor, body);
      return { signed: true };
    },
    roomAlerts: ({ actor }) => dossiers.roomAlerts(actor),
  };
}
