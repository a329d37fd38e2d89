import Fastify from 'fastify';
import { expect, test, vi } from 'vitest';
import { z } from 'zod';
import { conflict } from '../errors.ts';
import { openApiDocument } from './openapi.ts';
import { toProblem } from './problem.ts';
import { registerRoutes } from './register.ts';
import { defineRoute } from './route.ts';

const routes = {
  read: defineRoute({
    method: 'GET', path: '/things/:id', summary: 'Lire', access: ['reader'], params: z.object({ id: z.uuid() }),
    query: z.object({ limit: z.coerce.number().int().max(10).default(5) }), response: z.object({ limit: z.number() }),
  }),
  write: defineRoute({
    method: 'POST', path: '/things', summary: 'Écrire', access: 'signed-in', status: 201,
    body: z.strictObject({ name: z.string().min(1), nested: z.object({ age: z.number() }) }), response: z.object({ ok: z.boolean() }),
  }),
} as const;

function createServer(roles: string[] | null) {
  const onRefused = vi.fn(async () => undefined);
  const server = Fastify();
  server.setErrorHandler((error, request, reply) => {
    const problem = toProblem(error, request.url, request.id);
    return reply.status(problem.status).send(problem);
  });
  registerRoutes(
    server, routes,
    {
      read: async ({ query }) => ({ limit: query.limit }),
      write: async ({ body }) => {
        if (body.name === 'taken') throw conflict('name-taken', 'Ce nom est déjà pris.', { possible: ['other'] });
        if (body.name === 'boom') throw new Error('secret detail');
        return { ok: true };
      },
    },
    { actorOf: async () => roles, rolesOf: (actor: string[]) => actor, onRefused },
  );
  return { server, onRefused };
}

const id = '11111111-2222-4333-8444-555555555555';

test('[ACT-02] a route answers to its roles only; others get 401 or 403, and the refusal is told', async () => {
  const anonymous = createServer(null);
  expect((await anonymous.server.inject(`/things/${id}`)).statusCode).toBe(401);
  const other = createServer(['writer']);
  const refused = await other.server.inject(`/things/${id}`);
  expect(refused.statusCode).toBe(403);
  expect(refused.json()).toMatchObject({ code: 'permission-denied', allowedRoles: ['reader'] });
  expect(other.onRefused).toHaveBeenCalledOnce();
  expect((await createServer(['reader']).server.inject(`/things/${id}?limit=3`)).json()).toEqual({ limit: 3 });
});

test('every wrong field is named at once, with its path, and unknown fields are refused', async () => {
  const { server } = createServer([]);
  const answer = await server.inject({ method: 'POST', url: '/things', payload: { name: '', nested: { age: 'x' }, more: 1 } });
  expect(answer.statusCode).toBe(422);
  expect(answer.json().errors.map((error: { path: string }) => error.path).sort()).toEqual(['(corps)', 'name', 'nested.age']);
  const badQuery = await createServer(['reader']).server.inject('/things/nope?limit=99');
  expect(badQuery.statusCode).toBe(400);
});

test('a refusal keeps its code and what is possible; the unexpected tells nothing but a reference', async () => {
  const { server } = createServer([]);
  const write = (name: string) => server.inject({ method: 'POST', url: '/things', payload: { name, nested: { age: 1 } } });
  expect((await write('fine')).statusCode).toBe(201);
  expect((await write('taken')).json()).toMatchObject({ status: 409, code: 'name-taken', possible: ['other'] });
  const crash = await write('boom');
  expect(crash.statusCode).toBe(500);
  expect(crash.body).not.toContain('secret detail');
});

test('OpenAPI lists every route with its parameters, body, roles and errors', () => {
  const document = openApiDocument([routes], { title: 't', version: '1', description: 'd' });
  expect(document.openapi).toBe('3.1.0');
  expect(document.paths['/things/{id}']!.get).toMatchObject({
    'x-roles': ['reader'],
    parameters: [{ name: 'id', in: 'path', required: true }, { name: 'limit', in: 'query', required: false }],
  });
  expect(document.paths['/things']!.post).toMatchObject({ responses: { 201: {}, default: {} } });
});
