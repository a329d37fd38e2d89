import type { FastifyInstance } from 'fastify';
import type { Background } from '../../foundation/background.ts';
import type { Database } from '../../foundation/db/database.ts';
import { pendingMigrations } from '../../foundation/db/migrate.ts';
import type { Metrics } from '../../foundation/metrics.ts';
import type { Realtime } from '../../foundation/realtime.ts';

export interface OperationsDependencies {
  readonly database: Database;
  readonly realtime: Realtime;
  readonly background: () => Background | null;
  readonly metrics: Metrics;
  readonly openApi: () => unknown;
}

/** What operators and integrators rely on: health, metrics, the OpenAPI document. */
export function mountOperations(server: FastifyInstance, deps: OperationsDependencies): void {
  server.get('/healthz', async () => ({ status: 'alive' }));

  server.get('/readyz', async (_request, reply) => {
    const checks = await readiness(deps);
    const ready = Object.values(checks).every((check) => check === 'ok');
    return reply.status(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not-ready', checks });
  });

  server.get('/metrics', async (_request, reply) =>
    reply.type(deps.metrics.registry.contentType).send(await deps.metrics.registry.metrics()),
  );

  server.get('/api/openapi.json', async () => deps.openApi());
}

async function readiness({ database, realtime, background }: OperationsDependencies): Promise<Record<string, string>> {
  const databaseCheck = await database.ping().then(() => 'ok', (error: Error) => error.message);
  const migrations =
    databaseCheck === 'ok'
      ? await pendingMigrations(database).then(
          (pending) => (pending.length === 0 ? 'ok' : `pending: ${pending.join(', ')}`),
          (error: Error) => error.message,
        )
      : 'unknown';
  const work = background();
  return {
    database: databaseCheck,
    migrations,
    realtime: realtime.connected ? 'ok' : 'reconnecting',
    background: work?.running && work.failing.size === 0 ? 'ok' : `failing: ${[...(work?.failing.keys() ?? [])].join(', ')}`,
  };
}
