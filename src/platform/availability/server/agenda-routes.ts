import type { FastifyReply } from 'fastify';
import type { Handlers } from '../../../foundation/http/register.ts';
import type { Actor } from '../../../identity/contract.ts';
import type { routes } from '../contract.ts';
import { createAgendas } from './agendas.ts';
import { createAgendaView } from './agenda-view.ts';
import { createCopies } from './copies.ts';
import { createFeeds, type FeedDependencies } from './feeds.ts';
import { createImports, type ImportDependencies } from './imports.ts';
import { createLeaves, type LeaveDependencies } from './leaves.ts';
import type { Openings } from './openings.ts';
import { createPublications } from './publications.ts';
import { createSeries } from './series.ts';

type WeekRoutes = Pick<typeof routes,
  | 'changeOpening' | 'agendas' | 'agenda' | 'publish' | 'changeSeries' | 'removeSeries' | 'declareLeave' | 'leaveAppointments' | 'removeLeave' | 'copyAgenda'
  | 'importCalendar' | 'feeds' | 'createFeed' | 'revokeFeed' | 'feed'>;

export type AgendaDependencies = FeedDependencies & LeaveDependencies & Omit<ImportDependencies, 'leaves'> & {
  readonly openings: Openings;
  readonly directory: Parameters<typeof createAgendas>[0]['directory'];
};

const tagged = <T extends { readonly version: number }>(reply: FastifyReply, object: T): T => {
  reply.header('etag', `"${object.version}"`);
  return object;
};

/** Handlers of agendas: weeks, series, leave, copies, calendars. The version of an opening or of a series is its ETag. */
export function agendaHandlers(deps: AgendaDependencies): Handlers<WeekRoutes, Actor> {
  const { openings } = deps;
  const agendas = createAgendas(deps);
  const view = createAgendaView(deps);
  const publications = createPublications(deps);
  const series = createSeries(deps);
  const leaves = createLeaves(deps);
  const copies = createCopies(deps);
  const feeds = createFeeds(deps);
  const imports = createImports({ ...deps, leaves });
  return {
    changeOpening: async ({ actor, params, body, request, reply }) => tagged(reply, await openings.change(actor, params.id, body, request.headers['if-match'])),
    agendas: async ({ actor }) => ({ agendas: await agendas(actor) }),
    agenda: ({ actor, query }) => view.of(actor, query),
    publish: ({ actor, body }) => publications.publish(actor, body),
    changeSeries: ({ actor, params, body, request }) => series.change(actor, params.id, body, request.headers['if-match']),
    removeSeries: ({ actor, params, query, request }) => series.remove(actor, params.id, query.from, request.headers['if-match']),
    declareLeave: ({ actor, body }) => leaves.declare(actor, body),
    leaveAppointments: ({ actor, params }) => leaves.get(actor, params.id),
    removeLeave: async ({ actor, params }) => ({ givenBack: await leaves.remove(actor, params.id) }),
    copyAgenda: ({ actor, body }) => copies.copy(actor, body),
    importCalendar: ({ actor, body }) => imports.import(actor, body),
    feeds: async ({ actor, query }) => ({ feeds: await feeds.list(actor, { nationalId: query.nationalId ?? null, structureId: query.structureId ?? null }) }),
    createFeed: ({ actor, body }) => feeds.create(actor, body),
    revokeFeed: async ({ actor, params }) => {
      await feeds.revoke(actor, params.id);
      return { removed: true };
    },
    feed: async ({ params, reply }) => {
      const calendar = await feeds.read(params.secret.replace(/\.ics$/, ''));
      return reply.type('text/calendar; charset=utf-8').header('cache-control', 'private, max-age=300').send(calendar);
    },
  };
}
