import type { FastifyReply } from 'fastify';
import type { Readable } from 'node:stream';
import type { Handlers } from '../../../foundation/http/register.ts';
import type { Actor } from '../../../identity/contract.ts';
import type { routes } from '../contract-outcomes.ts';
import { type ActsDependencies, createActCounts } from './outcome-acts.ts';
import { createOutcomeLists, type OutcomeListDependencies } from './outcome-lists.ts';
import type { Orientations } from './orientations.ts';
import { createFollowUp } from './supervision-list.ts';
import { createStudy, type StudyDependencies } from './supervision-study.ts';
import { createSummary, type SummaryDependencies } from './supervision-summary.ts';

export interface OutcomeDependencies extends OutcomeListDependencies, Omit<ActsDependencies, 'territories'>, Omit<SummaryDependencies, 'territories'>, Omit<StudyDependencies, 'territories'> {
  readonly territories: OutcomeListDependencies['territories'] & ActsDependencies['territories'];
  readonly orientations: Pick<Orientations, 'freeSlots'>;
}

const sendFile = (reply: FastifyReply, name: string, file: Readable) =>
  reply.header('content-type', 'text/csv; charset=utf-8').header('content-disposition', `attachment; filename="${name}.csv"`).send(file);

/** Handlers of what became of the appointments: for those who receive, and for those who supervise. */
export function outcomeHandlers(deps: OutcomeDependencies): Handlers<typeof routes, Actor> {
  const lists = createOutcomeLists(deps);
  const counts = createActCounts(deps);
  const followUp = createFollowUp(deps);
  const summary = createSummary(deps);
  const study = createStudy(deps);
  return {
    myAppointments: ({ actor }) => lists.appointments(actor),
    myActs: ({ actor, query }) => counts.ofQuarter(actor, query.quarter),
    freeSlots: async ({ actor, params }) => ({ slots: await deps.orientations.freeSlots(actor, params.id) }),
    async followUp({ actor, query, reply }) {
      if (query.format === 'json') return reply.send(await followUp.page(actor, query));
      return sendFile(reply, 'suivi-orientations', await followUp.csv(actor, query));
    },
    followUpSummary: ({ actor, query }) => summary(actor, query),
    appointmentStudy: async ({ actor, query, reply }) => sendFile(reply, 'etude-rendez-vous', await study(actor, query)),
  };
}
