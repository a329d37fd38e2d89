import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { AppError, forbidden } from '../errors.ts';
import { fieldsOf } from './problem.ts';
import type { AnyRoute, BodyOf, ParamsOf, QueryOf, ResponseInputOf, Routes } from './route.ts';

/** What a handler receives. `actor` is whoever calls, as the application authenticated it. */
export interface Call<R, Actor> {
  readonly params: ParamsOf<R>;
  readonly query: QueryOf<R>;
  readonly body: BodyOf<R>;
  readonly actor: Actor;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

export type Handler<R extends AnyRoute, Actor> = (
  call: Call<R, Actor>,
) => Promise<true extends R['stream'] ? unknown : ResponseInputOf<R>>;

/** One handler per route of a table: a route without its handler does not compile. */
export type Handlers<Table extends Routes, Actor> = { readonly [Name in keyof Table]: Handler<Table[Name], Actor> };

/** How the application tells who calls; `null` when nobody is signed in. */
export interface Authentication<Actor> {
  actorOf(request: FastifyRequest): Promise<Actor | null>;
  rolesOf(actor: Actor): readonly string[];
  /** Told of every refusal, so that it can be journaled: of the route to his role (`refusal` null), or of the object by its handler. */
  onRefused(actor: Actor, request: FastifyRequest, route: AnyRoute, refusal: AppError | null): Promise<void>;
}

const DEFAULT_BODY_LIMIT = 64 * 1024;

/** Mounts a table of routes: validation at the border, permission, then the handler. */
export function registerRoutes<Table extends Routes, Actor>(
  server: FastifyInstance,
  routes: Table,
  handlers: Handlers<Table, Actor>,
  authentication: Authentication<Actor>,
): void {
  for (const name of Object.keys(routes) as (keyof Table & string)[]) {
    const route = routes[name]!;
    const handler = handlers[name] as unknown as Handler<AnyRoute, Actor>;
    server.route({
      method: route.method,
      url: route.path,
      bodyLimit: route.bodyLimit ?? DEFAULT_BODY_LIMIT,
      handler: async (request, reply) => {
        const actor = await authorise(route, request, authentication);
        const call = { ...validate(route, request), actor, request, reply } as Call<AnyRoute, Actor>;
        const result = await told(() => handler(call), (refusal) => actor && authentication.onRefused(actor, request, route, refusal));
        if (route.stream) return reply;
        return reply.status(route.status ?? 200).send(result);
      },
    });
  }
}

/** The outcome of the handler; what it forbids is told before it is answered. */
async function told<T>(handle: () => Promise<T>, tell: (refusal: AppError) => Promise<void> | null): Promise<T> {
  try {
    return await handle();
  } catch (error) {
    if (error instanceof AppError && error.family === 'forbidden') await tell(error);
    throw error;
  }
}

async function authorise<Actor>(
  route: AnyRoute,
  request: FastifyRequest,
  authentication: Authentication<Actor>,
): Promise<Actor | null> {
  const actor = await authentication.actorOf(request);
  if (route.access === 'public') return actor;
  if (!actor) throw new AppError('unauthenticated', 'sign-in-required', 'Connectez-vous pour continuer.');
  if (route.access === 'signed-in') return actor;
  const roles = authentication.rolesOf(actor);
  if (route.access.some((role) => roles.includes(role))) return actor;
  await authentication.onRefused(actor, request, route, null);
  throw forbidden('permission-denied', "Votre rôle ne permet pas cette action. L'administrateur de votre territoire peut l'ouvrir.", {
    allowedRoles: route.access,
  });
}

function validate(route: AnyRoute, request: FastifyRequest) {
  return {
    params: parse(route.params, request.params, 'invalid', ''),
    query: parse(route.query, request.query, 'invalid', ''),
    body: parse(route.body, request.body ?? {}, 'rule', ''),
  };
}

function parse(schema: z.ZodType | undefined, value: unknown, family: 'invalid' | 'rule', prefix: string): unknown {
  if (!schema) return undefined;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields = fieldsOf(parsed.error, prefix);
  const list = fields.map((field) => `${field.path} : ${field.message}`).join(' ; ');
  throw new AppError(family, 'invalid-input', `À corriger : ${list}`, { fields });
}
