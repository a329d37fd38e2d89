import { z } from 'zod';
import { AppError, type FieldProblem } from '../errors.ts';

/** RFC 9457 body of every error of the API. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string(),
  instance: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof problemSchema> & Record<string, unknown>;

const titles: Record<number, string> = {
  400: 'Demande incorrecte',
  401: 'Connexion nécessaire',
  403: 'Accès refusé',
  404: 'Introuvable',
  409: 'Conflit',
  412: 'Version dépassée',
  413: 'Demande trop volumineuse',
  415: 'Format non pris en charge',
  422: 'Règle non respectée',
  428: 'Version à préciser',
  429: 'Trop de demandes',
  500: 'Erreur interne',
  503: 'Service momentanément indisponible',
};

/** The fields that a zod error names, with a path a person can find. */
export function fieldsOf(error: z.ZodError, prefix = ''): FieldProblem[] {
  return error.issues.map((issue) => ({
    path: [prefix, ...issue.path.map(String)].filter(Boolean).join('.') || '(corps)',
    message: issue.message,
  }));
}

/** Any error as a problem: refusals say what they are, the unexpected says only that it happened and its reference. */
export function toProblem(error: unknown, instance: string, requestId: string): Problem {
  if (error instanceof AppError) {
    return {
      ...error.extra,
      type: `/problems/${error.code}`,
      title: titles[error.status] ?? 'Erreur',
      status: error.status,
      code: error.code,
      detail: error.message,
      instance,
      ...(error.fields.length > 0 ? { errors: [...error.fields] } : {}),
    };
  }
  const status = (error as { statusCode?: number }).statusCode ?? 500;
  const known = status < 500;
  return {
    type: 'about:blank',
    title: titles[status] ?? 'Erreur',
    status,
    code: known ? ((error as { code?: string }).code ?? 'http-error').toLowerCase().replaceAll('_', '-') : 'internal-error',
    detail: known ? explainHttp(status, error as Error) : `L'opération a échoué de façon imprévue. Référence à transmettre : ${requestId}.`,
    instance,
  };
}

function explainHttp(status: number, error: Error): string {
  if (status === 413) return 'Le contenu envoyé dépasse la taille permise.';
  if (status === 415) return "Le format du contenu envoyé n'est pas pris en charge.";
  if (status === 429) return 'Trop de demandes en peu de temps : attendez quelques secondes puis réessayez.';
  return error.message;
}
