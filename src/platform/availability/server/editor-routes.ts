import type { Clock } from '../../../foundation/clock.ts';
import type { Database } from '../../../foundation/db/database.ts';
import type { Handlers } from '../../../foundation/http/register.ts';
import type { Logger } from '../../../foundation/log.ts';
import type { Actor } from '../../../identity/contract.ts';
import type { EditorHealth, routes } from '../contract.ts';
import type { Breaker } from '../domain/breaker.ts';
import { certificateAlert } from '../domain/certificate.ts';
import type { Aggregation } from './aggregation.ts';
import type { Author } from './editors.ts';
import { type EditorFigures, readFigures, readProblems } from './editors-health.ts';

export interface EditorHandlersDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly aggregation: Aggregation;
  /** When the certificate in this file ends; null when it cannot be read. */
  readonly certificateExpiry: (path: string) => Promise<Temporal.Instant | null>;
  /** Prefixed national ids of the professionals who take part today (AGR-16). */
  readonly participants: () => Promise<readonly string[]>;
}

type EditorRoutes = Pick<typeof routes, 'editors' | 'saveEditor' | 'removeEditor' | 'editorProblems' | 'testEditor'>;

/** The handlers of the routes about vendors. */
export function editorHandlers(dependencies: EditorHandlersDependencies): Handlers<EditorRoutes, Actor> {
  const { database, clock, log, aggregation, certificateExpiry, participants } = dependencies;
  const db = database.for('availability');
  const { editors } = aggregation;

  async function healthOf(figures: EditorFigures): Promise<EditorHealth> {
    const { p50, p90, p99, lastAnswerAt, ...rest } = figures;
    const expiresAt = figures.certPath ? await certificateExpiry(figures.certPath) : null;
    const breaker = aggregation.breakers().get(figures.name);
    return {
      ...rest,
      circuit: breaker?.state ?? 'closed',
      suspendedSince: suspendedSince(breaker),
      latencyMs: { p50, p90, p99 },
      lastAnswerAt: lastAnswerAt?.toString() ?? null,
      certificateExpiresAt: expiresAt?.toString() ?? null,
      certificateAlert: certificateAlert(expiresAt, clock.now()),
    };
  }

  return {
    async editors() {
      const [figures, ids, slotsPerDay] = await Promise.all([readFigures(db, clock.now()), participants(), aggregation.slotsPerDay()]);
      return {
        editors: await Promise.all(figures.map(healthOf)),
        interfaced: { participants: ids.length, interfaced: await aggregation.countKnown(ids) },
        slotsPerDay,
      };
    },

    async saveEditor({ params, body, actor }) {
      const known = (await editors.list()).find(({ name }) => name === params.name);
      return editors.save({ ...body, name: params.name, stage: known?.stage ?? body.stage }, authorOf(actor));
    },

    async removeEditor({ params, actor }) {
      await editors.remove(params.name, authorOf(actor));
      return { removed: true };
    },

    async editorProblems({ params }) {
      const { problems, calls } = await readProblems(db, params.name);
      return {
        problems: problems.map((problem) => ({ ...problem, firstSeen: problem.firstSeen.toString(), lastSeen: problem.lastSeen.toString() })),
        calls: calls.map((call) => ({ ...call, at: call.at.toString() })),
      };
    },

    async testEditor({ params, reply }) {
      await editors.get(params.name);
      reply.hijack();
      const response = reply.raw;
      response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
      const send = (event: string, data: unknown) => response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
      try {
        for await (const step of editors.test(params.name)) {
          if (response.destroyed) return;
          send('step', step);
        }
        send('done', {});
      } catch (error) {
        log.error({ err: error, editor: params.name }, 'the conformity test of a vendor stopped');
        send('failed', { detail: "Le test s'est arrêté de façon imprévue ; les étapes déjà affichées restent valables. Relancez-le." });
      } finally {
        response.end();
      }
    },
  };
}

const authorOf = (actor: Actor): Author => ({ actor: actor.accountId, role: actor.roles[0] ?? null });

const suspendedSince = (breaker: Breaker | undefined): string | null =>
  !breaker || breaker.state === 'closed' ? null : breaker.since.toString();
