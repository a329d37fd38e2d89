import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { toProblem } from '../../foundation/http/problem.ts';

export const DIST = fileURLToPath(new URL('../../../dist/', import.meta.url));

/** Serves the built web application; any path a person may type gives its first page, which routes by itself. */
export async function mountPages(server: FastifyInstance): Promise<void> {
  const built = existsSync(`${DIST}index.html`);
  if (built) {
    await server.register(fastifyStatic, { root: DIST, wildcard: false, index: false, maxAge: '1y', immutable: true });
  }
  server.setNotFoundHandler((request, reply) => {
    const wantsPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
    if (!wantsPage || request.url.startsWith('/api/') || request.url.startsWith('/fhir')) {
      const problem = toProblem(
        Object.assign(new Error('Cette adresse ne correspond à rien.'), { statusCode: 404, code: 'not-found' }),
        request.url.split('?')[0]!,
        request.id,
      );
      return reply.status(404).type('application/problem+json').send(problem);
    }
    if (!built) return reply.status(503).type('text/plain; charset=utf-8').send('Interface non construite : lancez « npm run build ».');
    return reply.header('cache-control', 'no-cache').sendFile('index.html', { maxAge: 0, immutable: false });
  });
}
