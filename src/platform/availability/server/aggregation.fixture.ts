import { createMetrics } from '../../../foundation/metrics.ts';
import { type Clock, ManualClock } from '../../../foundation/clock.ts';
import type { Database } from '../../../foundation/db/database.ts';
import { silentLogger } from '../../../foundation/log.ts';
import type { Editor } from '../contract.ts';
import { editorSlot } from '../domain/editor.fixture.ts';
import type { AskEditor, EditorAnswer, EditorQuestion } from '../domain/editor.ts';
import { type AggregationDependencies, createAggregation } from './aggregation.ts';
import type { SourceAnswer } from './index.ts';

export const NOW = '2026-01-13T08:00:00Z';
export const SEAL_KEY = Buffer.alloc(32, 7);
export const tester = { actor: 'test', role: null };

export const editorNamed = (name: string, change: Partial<Editor> = {}): Editor => ({
  name, baseUrl: `https://${name.toLowerCase().replaceAll(' ', '-')}.example/fhir`, flows: ['ps'], origin: 'sas', certPath: null, keyPath: null,
  caPath: null, concurrency: 4, active: true, stage: 'PRODUCTION', ...change,
});

/** An answer that knows everybody asked for and has one slot for each. */
export const fullAnswer = (question: EditorQuestion): EditorAnswer => ({
  slots: question.ids.map((id) => editorSlot(question.flow === 'sos' ? { nationalId: null, structureId: id } : { nationalId: id })),
  problems: [], knownIds: question.ids,
});

export const emptyAnswer: EditorAnswer = { slots: [], problems: [], knownIds: [] };

export interface PendingCall {
  readonly editor: string;
  readonly question: EditorQuestion;
  readonly signal: AbortSignal;
  readonly answer: (answer?: EditorAnswer) => void;
  readonly fail: (error: unknown) => void;
}

/** Vendors that answer when told to. */
export class HandVendors {
  readonly calls: PendingCall[] = [];

  readonly ask: AskEditor = (editor, question, signal) =>
    new Promise((resolve, reject) => {
      this.calls.push({ editor: editor.name, question, signal, answer: (given = fullAnswer(question)) => resolve(given), fail: reject });
    });

  of(editor: string): PendingCall[] {
    return this.calls.filter((call) => call.editor === editor);
  }
}

export const wanted = (ids: string[], clock: Clock, structures: string[] = []) => ({
  professionals: ids, structures, from: clock.now(), to: clock.now().add({ hours: 48 }),
});

/** An aggregation over these vendors, with a clock moved by hand. */
export async function aggregationOf(database: Database, editors: readonly Editor[], ask: AskEditor, change: Partial<AggregationDependencies> = {}) {
  const clock = new ManualClock(NOW);
  const aggregation = createAggregation({
    database, clock, log: silentLogger, metrics: createMetrics(), ask, deadlineMs: 7_000, sealKey: SEAL_KEY,
    bookingUrl: (url, origin) => `${url}&origin=${origin}`,
    checkEditor: async function* () {}, ...change,
  });
  for (const editor of editors) await aggregation.editors.save(editor, tester);
  const search = async (ids: string[], structures: string[] = []): Promise<SourceAnswer[]> => {
    const answers: SourceAnswer[] = [];
    await aggregation.askVendors(wanted(ids, clock, structures), (answer) => answers.push(answer));
    return answers;
  };
  return { aggregation, clock, search };
}

/** Lets everything that is ready happen, database answers included, until the condition holds. */
export async function until(condition: () => boolean): Promise<void> {
  for (let turn = 0; !condition(); turn++) {
    if (turn > 2_000) throw new Error('the condition never held');
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
