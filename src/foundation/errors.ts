/** The four families of refusals, and bad input: what the caller can do about it decides the family. */
export type ErrorFamily = 'not-found' | 'forbidden' | 'conflict' | 'stale' | 'unversioned' | 'rule' | 'invalid' | 'unauthenticated' | 'unavailable' | 'too-many';

const statusOf: Record<ErrorFamily, number> = {
  'not-found': 404,
  forbidden: 403,
  conflict: 409,
  /** The object has moved on since the version the caller saw. */
  stale: 412,
  /** A change without saying which version it is made on. */
  unversioned: 428,
  rule: 422,
  invalid: 400,
  unauthenticated: 401,
  unavailable: 503,
  /** Tried too often: `extra.retryAfter` says in how many seconds again. */
  'too-many': 429,
};

/** One place where an input is wrong: `path` names the field, element or line. */
export interface FieldProblem {
  readonly path: string;
  readonly message: string;
}

/**
 * A refusal meant for people: `code` is the literal that programs test, `message` the sentence people read (in French,
 * it is shown as it is).
 */
export class AppError extends Error {
  readonly family: ErrorFamily;
  readonly code: string;
  readonly fields: readonly FieldProblem[];
  /** What helps to go on, shown beside the sentence (e.g. the transitions that are possible). */
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(
    family: ErrorFamily,
    code: string,
    message: string,
    more: { fields?: readonly FieldProblem[]; extra?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'AppError';
    this.family = family;
    this.code = code;
    this.fields = more.fields ?? [];
    this.extra = more.extra ?? {};
  }

  /** The HTTP status of this refusal. */
  get status(): number {
    return statusOf[this.family];
  }
}

export const notFound = (code: string, message: string) => new AppError('not-found', code, message);
export const forbidden = (code: string, message: string, extra?: Record<string, unknown>) =>
  new AppError('forbidden', code, message, { extra });
export const conflict = (code: string, message: string, extra?: Record<string, unknown>) =>
  new AppError('conflict', code, message, { extra });
export const ruleBroken = (code: string, message: string, fields: readonly FieldProblem[] = []) =>
  new AppError('rule', code, message, { fields });
export const invalid = (code: string, message: string, fields: readonly FieldProblem[] = []) =>
  new AppError('invalid', code, message, { fields });
