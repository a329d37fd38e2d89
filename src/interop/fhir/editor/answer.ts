import { z } from 'zod';
import { EditorFailure } from '../../../platform/availability/domain/editor.ts';
import type { EditorResponse } from './http.ts';

const outcomeSchema = z.object({
  resourceType: z.literal('OperationOutcome'),
  issue: z.array(z.object({ diagnostics: z.string().optional().catch(undefined), details: z.object({ text: z.string() }).optional().catch(undefined) })),
});

const OUTCOME_LENGTH = 300;

/** Parses a body as JSON whatever its content type says; undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The words of an OperationOutcome, on one line; null when the JSON is none. */
export function outcomeText(json: unknown): string | null {
  const outcome = outcomeSchema.safeParse(json);
  if (!outcome.success) return null;
  const words = outcome.data.issue.map((issue) => issue.details?.text ?? issue.diagnostics ?? '').filter(Boolean).join(' ; ');
  return words.replace(/\p{Cc}+/gu, ' ').slice(0, OUTCOME_LENGTH) || null;
}

const looksLikeHtml = (text: string): boolean => /^\s*</.test(text);

/**
 * The Bundle of a successful answer, as raw JSON.
 * @throws EditorFailure when the status is no success or the body is no Bundle
 */
export function bundleOf(response: EditorResponse): unknown {
  const { status, text } = response;
  const json = parseJson(text);
  if (status < 200 || status > 299) {
    const words = outcomeText(json);
    const silent = looksLikeHtml(text) ? " (une page HTML, sans OperationOutcome)" : ' (sans OperationOutcome)';
    throw new EditorFailure('http', `L'éditeur a répondu ${status}${words ? ` : ${words}` : silent}`);
  }
  if (text.trim() === '') throw new EditorFailure('format', "L'éditeur a répondu un contenu vide.");
  if (json === undefined) {
    throw new EditorFailure('format', looksLikeHtml(text) ? "L'éditeur a répondu une page HTML au lieu de JSON." : "La réponse de l'éditeur n'est pas du JSON valide.");
  }
  const type = (json as { resourceType?: unknown } | null)?.resourceType;
  if (type === 'Bundle') return json;
  const words = outcomeText(json);
  throw new EditorFailure('format', words ? `L'éditeur a répondu une erreur au lieu des créneaux : ${words}` : "La réponse de l'éditeur n'est pas un Bundle.");
}
