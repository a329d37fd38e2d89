import type { AnyRoute, BodyInputOf, ParamsOf, QueryInputOf, ResponseOf } from '../foundation/http/route.ts';
import { readEvents, type ServerEvent } from './sse.ts';

export interface FieldProblem {
  readonly path: string;
  readonly message: string;
}

/** Any refusal or failure of the API. `message` is in French and is shown as it is; programs test `code`. */
export class ApiProblem extends Error {
  /** HTTP status; 0 when the server could not be reached. */
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly fields: readonly FieldProblem[];
  /** Everything else the server said (allowed roles, possible transitions…). */
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(problem: { status: number; code: string; title: string; detail: string; errors?: readonly FieldProblem[] } & Record<string, unknown>) {
    super(problem.detail);
    this.name = 'ApiProblem';
    this.status = problem.status;
    this.code = problem.code;
    this.title = problem.title;
    this.fields = problem.errors ?? [];
    this.extra = problem;
  }
}

/** Told each time the server answers that nobody is signed in (event `lost`). */
export const sessionLost = new EventTarget();

type Part<Name extends string, T> = [T] extends [never]
  ? { readonly [K in Name]?: undefined }
  : {} extends T
    ? { readonly [K in Name]?: T }
    : { readonly [K in Name]: T };

/** What a call of the route takes: its parameters, query and body when it has some. */
export type InputOf<R> = Part<'params', ParamsOf<R>> &
  Part<'query', QueryInputOf<R>> &
  Part<'body', BodyInputOf<R>> & { readonly headers?: Readonly<Record<string, string>>; readonly signal?: AbortSignal };

/** What a call of the route gives. */
export type AnswerOf<R> = ResponseOf<R>;

interface AnyInput {
  readonly params?: unknown;
  readonly query?: unknown;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** The address of a call: parameters in the path, query with arrays repeated and absent values dropped. */
export function urlOf(route: AnyRoute, { params, query }: AnyInput): string {
  const path = route.path.replace(/:([a-z]\w*)/gi, (_, name: string) => encodeURIComponent(String((params as Record<string, unknown>)[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries((query ?? {}) as Record<string, unknown>)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined && item !== null && item !== '') search.append(name, String(item));
    }
  }
  return search.size > 0 ? `${path}?${search}` : path;
}

/** Calls a route and gives its typed answer. @throws ApiProblem, or the abort reason when `signal` aborts. */
export async function call<R extends AnyRoute>(route: R, input: InputOf<R>): Promise<ResponseOf<R>> {
  const response = await send(route, input as AnyInput, 'application/json');
  return (await response.json()) as ResponseOf<R>;
}

/** Calls a route that answers event by event. @throws ApiProblem, or the abort reason when `signal` aborts. */
export async function* stream<R extends AnyRoute>(route: R, input: InputOf<R>): AsyncGenerator<ServerEvent> {
  const { signal } = input as AnyInput;
  const response = await send(route, input as AnyInput, 'text/event-stream');
  try {
    yield* readEvents(response.body!);
  } catch (error) {
    if (signal?.aborted || error instanceof ApiProblem) throw error;
    throw unreachable('La liaison a été coupée avant la fin.');
  }
}

async function send(route: AnyRoute, input: AnyInput, accept: string): Promise<Response> {
  const response = await fetchOrProblem(urlOf(route, input), {
    method: route.method,
    headers: {
      accept,
      ...(route.body && input.body !== undefined ? { 'content-type': 'application/json' } : {}),
      ...input.headers,
    },
    ...(route.body && input.body !== undefined ? { body: JSON.stringify(input.body) } : {}),
    ...(input.signal ? { signal: input.signal } : {}),
  });
  if (!response.ok) throw await problemOf(response);
  return response;
}

async function fetchOrProblem(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw unreachable('Le serveur ne répond pas.');
  }
}

const unreachable = (what: string) =>
  new ApiProblem({
    status: 0, code: 'unreachable', title: 'Serveur injoignable',
    detail: `${what} Ce qui est affiché est conservé ; vérifiez la connexion puis réessayez.`,
  });

/** The problem a refused response carries; a body that is no problem (a proxy's page) still gives a sentence. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  if (response.status === 401) sessionLost.dispatchEvent(new Event('lost'));
  const body = (await response.json().catch(() => null)) as ConstructorParameters<typeof ApiProblem>[0] | null;
  if (body && typeof body.detail === 'string') return new ApiProblem({ ...body, status: response.status });
  return new ApiProblem({
    status: response.status, code: 'unexpected-answer', title: 'Réponse inattendue',
    detail: `Le serveur a répondu de façon inattendue (${response.status}). Réessayez dans un instant.`,
  });
}
