import { type Clock, stopwatch } from '../../../foundation/clock.ts';
import type { Logger } from '../../../foundation/log.ts';
import type { Metrics } from '../../../foundation/metrics.ts';
import type { Editor } from '../../../platform/availability/contract.ts';
import { type AskEditor, EditorFailure, type EditorQuestion } from '../../../platform/availability/domain/editor.ts';
import { bundleOf } from './answer.ts';
import { createFindings, type Report } from './findings.ts';
import { createEditorHttp, type EditorHttp, type HttpLimits } from './http.ts';
import { readAnswer } from './read-answer.ts';
import { effectiveFlow, slotRequestUrl } from './request.ts';
import { itemsOf, linksSchema } from './resources.ts';

export interface ClientLimits extends HttpLimits {
  /** Pages read of one answer (`next` links). */
  readonly pages: number;
}

export const defaultLimits: ClientLimits = { responseBytes: 5 * 1024 * 1024, redirects: 3, silenceMs: 30_000, pages: 5 };

export interface ClientDeps {
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics?: Pick<Metrics, 'editorDuration'>;
  readonly limits?: Partial<ClientLimits>;
}

/** Asks vendors in FHIR; `http` is the same connection pools for the conformity checks, `close` ends them. */
export type FhirEditorClient = AskEditor & { readonly http: EditorHttp; close(): Promise<void> };

/**
 * The vendors' client of INT_R01, INT_R04 and SOS Médecins. The deadline is the caller's signal.
 * @throws TypeError for a question that one call cannot carry
 */
export function createFhirEditorClient({ clock, log, metrics, limits: given }: ClientDeps): FhirEditorClient {
  const limits = { ...defaultLimits, ...given };
  const http = createEditorHttp(limits);

  const ask: AskEditor = async (editor, question, signal) => {
    const url = slotRequestUrl(editor, question);
    const elapsed = stopwatch();
    const told = { editor: editor.name, flow: question.flow, asked: question.ids.length };
    const observe = (outcome: string) => metrics?.editorDuration.observe({ editor: editor.name, outcome }, elapsed() / 1000);
    try {
      const findings = createFindings();
      const now = clock.now();
      const pages = await readPages(http, editor, url, signal, limits.pages, findings.report);
      const answer = readAnswer(pages, { ...askedOf(editor, question), now }, findings);
      observe('ok');
      log.debug({ ...told, ms: Math.round(elapsed()), slots: answer.slots.length, problems: answer.problems.length }, 'editor answered');
      return answer;
    } catch (error) {
      const kind = error instanceof EditorFailure ? error.kind : 'bug';
      observe(kind);
      log.warn({ ...told, ms: Math.round(elapsed()), kind, reason: (error as Error).message }, 'editor call failed');
      throw error;
    }
  };
  return Object.assign(ask, { http, close: () => http.close() });
}

const askedOf = (editor: Editor, question: EditorQuestion) => ({
  flow: effectiveFlow(editor, question),
  ids: question.ids,
  from: question.from,
  to: question.to,
});

/** The first page and those its `next` links name, on the same origin. A later page that fails does not lose the first. */
async function readPages(http: EditorHttp, editor: Editor, first: URL, signal: AbortSignal, cap: number, report: Report): Promise<unknown[]> {
  const pages: unknown[] = [];
  const visited = new Set<string>();
  for (let url: URL | null = first; url; ) {
    if (pages.length === cap || visited.has(url.href)) {
      report('next-link-cap', 'Bundle.link', `${pages.length} pages`);
      break;
    }
    visited.add(url.href);
    const here: URL = url;
    try {
      const response = await http.get(editor, here, signal);
      const page = bundleOf(response);
      pages.push(page);
      url = nextOf(page, response.url, first.origin, report);
    } catch (error) {
      if (pages.length === 0 || signal.aborted) throw error;
      report('next-link-failed', 'Bundle.link', (error as Error).message);
      break;
    }
  }
  return pages;
}

function nextOf(page: unknown, here: URL, origin: string, report: Report): URL | null {
  const links = itemsOf(linksSchema.safeParse(page).data?.link);
  const next = links.find(({ item }) => item.relation === 'next' && item.url);
  if (!next?.item.url) return null;
  const url = URL.canParse(next.item.url, here) ? new URL(next.item.url, here) : null;
  if (url?.origin === origin) return url;
  report('next-link-foreign', `Bundle.link[${next.index}].url`, next.item.url);
  return null;
}
