import type { z } from 'zod';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Who may call a route: everybody, whoever is signed in, or the roles listed. Objects are checked by the use case. */
export type Access = 'public' | 'signed-in' | readonly string[];

/**
 * A route as data, shared by the server, the browser and OpenAPI. `stream` routes write their own body (SSE, redirect,
 * file): `response` then only documents it.
 */
export interface Route<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Response extends z.ZodType = z.ZodType,
  Stream extends true | undefined = true | undefined,
> {
  readonly method: Method;
  /** Fastify syntax, e.g. `/api/v1/orientations/:id`. */
  readonly path: string;
  /** One sentence in French, shown in OpenAPI. */
  readonly summary: string;
  readonly access: Access;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  readonly response: Response;
  /** Status of a success, 200 when absent. */
  readonly status?: number;
  readonly stream?: Stream;
  /** Bytes; 64 KiB when absent. */
  readonly bodyLimit?: number;
}

/** Gives the route as it is; it exists to keep the exact types of the schemas. */
export function defineRoute<
  Params extends z.ZodType = z.ZodNever,
  Query extends z.ZodType = z.ZodNever,
  Body extends z.ZodType = z.ZodNever,
  Response extends z.ZodType = z.ZodType,
  Stream extends true | undefined = undefined,
>(route: Route<Params, Query, Body, Response, Stream>): Route<Params, Query, Body, Response, Stream> {
  return route;
}

export type AnyRoute = Route<any, any, any, any, any>;
export type Routes = Readonly<Record<string, AnyRoute>>;

export type ParamsOf<R> = R extends Route<infer P, infer _Q, infer _B, infer _R, infer _S> ? z.output<P> : never;
export type QueryOf<R> = R extends Route<infer _P, infer Q, infer _B, infer _R, infer _S> ? z.output<Q> : never;
export type QueryInputOf<R> = R extends Route<infer _P, infer Q, infer _B, infer _R, infer _S> ? z.input<Q> : never;
export type BodyOf<R> = R extends Route<infer _P, infer _Q, infer B, infer _R, infer _S> ? z.output<B> : never;
export type BodyInputOf<R> = R extends Route<infer _P, infer _Q, infer B, infer _R, infer _S> ? z.input<B> : never;
export type ResponseOf<R> = R extends Route<infer _P, infer _Q, infer _B, infer Res, infer _S> ? z.output<Res> : never;
export type ResponseInputOf<R> = R extends Route<infer _P, infer _Q, infer _B, infer Res, infer _S> ? z.input<Res> : never;
