import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { stopwatch } from '../../foundation/clock.ts';
import { toProblem } from '../../foundation/http/problem.ts';
import type { Logger } from '../../foundation/log.ts';
import type { Metrics } from '../../foundation/metrics.ts';

/** Requests a minute from one address before 429. A whole room may be behind one: 200 screens that read their page again four times a second stay below. */
const REQUESTS_A_MINUTE = 60_000;
const CONTENT_SECURITY_POLICY = {
  defaultSrc: ["'self'"],
  // MapLibre starts its worker from a blob; React Aria and MapLibre set style attributes.
  workerSrc: ["'self'", 'blob:'],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:', 'blob:'],
  fontSrc: ["'self'", 'data:'],
  objectSrc: ["'none'"],
  frameAncestors: ["'none'"],
  upgradeInsecureRequests: null,
};

export interface HttpOptions {
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Origins of the base map and its tiles, when one is set. */
  readonly mapOrigins: readonly string[];
  readonly secure: boolean;
}

/** The HTTP server with what every route shares: security headers, limits, errors as problems, durations measured. */
export async function createHttpServer(options: HttpOptions): Promise<FastifyInstance> {
  const server = Fastify({
    loggerInstance: options.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: 'loopback',
    requestIdHeader: false,
    routerOptions: { maxParamLength: 300, ignoreTrailingSlash: true },
    forceCloseConnections: true,
  });
  await server.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        ...CONTENT_SECURITY_POLICY,
        connectSrc: ["'self'", ...options.mapOrigins],
        imgSrc: [...CONTENT_SECURITY_POLICY.imgSrc, ...options.mapOrigins],
      },
    },
    hsts: options.secure,
    referrerPolicy: { policy: 'same-origin' },
  });
  await server.register(cookie);
  await server.register(rateLimit, { max: REQUESTS_A_MINUTE, timeWindow: '1 minute' });

  server.addHook('onRequest', async (request) => {
    request.elapsed = stopwatch();
  });
  server.addHook('onResponse', async (request, reply) => {
    const elapsedMs = request.elapsed();
    const labels = { method: request.method, route: request.routeOptions.url ?? 'unknown', status: String(reply.statusCode) };
    options.metrics.httpDuration.observe(labels, elapsedMs / 1_000);
    request.log.info({ ...labels, elapsedMs: Math.round(elapsedMs) }, 'request');
  });
  server.setErrorHandler((error, request, reply) => {
    const problem = toProblem(error, request.url.split('?')[0]!, request.id);
    if (problem.status >= 500) request.log.error({ err: error }, 'request failed');
    if (problem.status === 503) reply.header('retry-after', '2');
    return reply.status(problem.status).type('application/problem+json').send(problem);
  });
  return server;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Milliseconds since the request arrived. */
    elapsed: () => number;
  }
}
