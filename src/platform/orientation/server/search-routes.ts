import type { FastifyReply, FastifyRequest } from 'fastify';
import { toProblem } from '../../../foundation/http/problem.ts';
import type { Handlers } from '../../../foundation/http/register.ts';
import type { Logger } from '../../../foundation/log.ts';
import type { Actor } from '../../../identity/contract.ts';
import type { routes, SearchQuery } from '../contract.ts';
import type { Search, SearchListener } from './search.ts';

type SearchRoutes = 'search' | 'searchEvent' | 'proof' | 'unmetNeeds' | 'charter' | 'saveCharter';

/** The routes of the search half of the context; the application joins them with those of the orientations. */
export function searchHandlers(search: Search, log: Logger): Pick<Handlers<typeof routes, Actor>, SearchRoutes> {
  return {
    search: async ({ query, actor, request, reply }) => {
      const stream = (request.headers.accept ?? '').includes('text/event-stream');
      await (stream ? streamSearch : answerSearch)(search, { query, actor, request, reply, log });
    },
    searchEvent: async ({ params, body, actor }) => {
      await search.refuse(params.id, body.rank, body.reason, actor);
      return { recorded: true };
    },
    proof: ({ params, actor }) => search.proof(params.id, actor),
    unmetNeeds: ({ query, actor }) => search.needs(query, actor),
    charter: ({ params }) => search.charters.list(params.territory),
    saveCharter: ({ params, body, actor }) => search.charters.save(params.territory, body.levels, actor),
  };
}

interface SearchCall {
  readonly query: SearchQuery;
  readonly actor: Actor;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly log: Logger;
}

const SILENT: SearchListener = { candidates: () => undefined, slots: () => undefined, editor: () => undefined };

/** Aborts when the client leaves before the answer is whole. */
function departure(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.on('close', () => {
    if (!reply.raw.writableFinished) gone.abort();
  });
  return gone.signal;
}

async function answerSearch(search: Search, { query, actor, reply }: SearchCall): Promise<void> {
  const signal = departure(reply);
  try {
    await reply.send(await search.find(query, actor, SILENT, signal));
  } catch (error) {
    if (!signal.aborted) throw error;
    reply.hijack(); // nobody is there to read an answer
  }
}

async function streamSearch(search: Search, { query, actor, request, reply, log }: SearchCall): Promise<void> {
  const signal = departure(reply);
  const send = (event: string, data: unknown) => {
    // Opened at the first event: a refusal before it is an ordinary HTTP problem.
    if (!reply.sent) openStream(reply);
    reply.raw.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  };
  try {
    const answer = await search.find(query, actor, {
      candidates: (candidates) => send('candidates', candidates),
      slots: (slots) => send('slots', slots),
      editor: (state) => send('editor', state),
    }, signal);
    send('done', { ...answer, results: [] });
  } catch (error) {
    if (!signal.aborted && !reply.sent) throw error;
    if (!signal.aborted) {
      log.error({ err: error, request: request.id }, 'search stream failed');
      send('error', toProblem(error, request.url.split('?')[0]!, request.id));
    } else if (!reply.sent) reply.hijack();
  }
  reply.raw.end();
}

function openStream(reply: FastifyReply): void {
  reply.hijack();
  reply.raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
}
