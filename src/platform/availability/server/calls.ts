import sql from 'sql-template-tag';
import type { ContextDatabase, Transaction } from '../../../foundation/db/database.ts';
import type { Logger } from '../../../foundation/log.ts';
import type { Flow, SourceStatus } from '../contract.ts';
import { type CountedProblem, shapeOf } from '../domain/conformity.ts';
import type { EditorQuestion } from '../domain/editor.ts';

/** How a call ended, as it is kept for the vendor's engineer. */
export interface CallReport {
  readonly at: Temporal.Instant;
  readonly status: SourceStatus;
  readonly latencyMs: number;
  readonly slots: number;
  readonly detail: string | null;
  readonly problems: readonly CountedProblem[];
}

/** Keeps the calls made to the vendors and what was wrong in their answers: noted in memory, written in bulk behind. */
export interface CallBook {
  record(editor: string, question: EditorQuestion, report: CallReport): void;
  /** Notes that a vendor is left alone from now on. */
  recordSuspension(editor: string, flow: Flow, at: Temporal.Instant): void;
  flush(): Promise<void>;
}

interface CallRow {
  editor: string;
  flow: Flow;
  at: Temporal.Instant;
  status: SourceStatus;
  latencyMs: number;
  asked: number;
  slots: number;
  detail: string | null;
  request: string | null;
}

interface ProblemRow extends CountedProblem {
  editor: string;
  at: Temporal.Instant;
}

/** Beyond that, with the database away, the oldest calls are let go rather than the memory filled. */
const MAX_WAITING = 20_000;

export function createCalls({ db, log }: { db: ContextDatabase; log: Logger }): CallBook {
  let calls: CallRow[] = [];
  let problems = new Map<string, ProblemRow>();

  function addProblem(row: ProblemRow): void {
    const key = `${row.editor}|${row.rule}|${row.element}`;
    const before = problems.get(key);
    if (before || problems.size < MAX_WAITING) problems.set(key, before ? { ...row, count: before.count + row.count } : row);
  }

  function addCall(row: CallRow): void {
    calls.push(row);
    if (calls.length <= MAX_WAITING) return;
    log.warn({ dropped: calls.length - MAX_WAITING / 2 }, 'calls to the vendors could not be written, the oldest are let go');
    calls = calls.slice(-MAX_WAITING / 2);
  }

  return {
    record(editor, question, report) {
      const { at, status, slots, detail } = report;
      const clean = status === 'ok' && report.problems.length === 0;
      addCall({
        editor, flow: question.flow, at, status, latencyMs: Math.round(report.latencyMs), asked: question.ids.length, slots,
        detail: detail?.slice(0, 500) ?? null, request: clean ? null : requestOf(question),
      });
      for (const problem of report.problems) {
        addProblem({ ...problem, editor, at, element: shapeOf(problem.element).slice(0, 200), sample: problem.sample?.slice(0, 200) ?? null });
      }
    },

    recordSuspension(editor, flow, at) {
      addCall({
        editor, flow, at, status: 'circuit-open', latencyMs: 0, asked: 0, slots: 0, request: null,
        detail: 'Suspendu après des échecs répétés.',
      });
    },

    async flush() {
      if (calls.length === 0 && problems.size === 0) return;
      const [takenCalls, takenProblems] = [calls, problems];
      calls = [];
      problems = new Map();
      try {
        await db.transaction(async (tx) => {
          await writeCalls(tx, takenCalls);
          await writeProblems(tx, takenProblems);
        });
      } catch (error) {
        const later = calls;
        calls = [];
        for (const call of [...takenCalls, ...later]) addCall(call);
        for (const row of takenProblems.values()) addProblem(row);
        throw error;
      }
    },
  };
}

/** What was asked, for whoever mends the vendor's side. */
const requestOf = ({ flow, ids, from, to }: EditorQuestion): string => `${flow} ids=${ids.join(',')} from=${from} to=${to}`;

async function writeCalls(tx: Transaction, rows: readonly CallRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.run(sql`
    insert into availability.editor_call (editor, flow, at, status, latency_ms, asked, slots, detail, request)
    select * from unnest(${rows.map((row) => row.editor)}::text[], ${rows.map((row) => row.flow)}::text[],
      ${rows.map((row) => row.at.toString())}::timestamptz[], ${rows.map((row) => row.status)}::text[],
      ${rows.map((row) => row.latencyMs)}::int[], ${rows.map((row) => row.asked)}::int[], ${rows.map((row) => row.slots)}::int[],
      ${rows.map((row) => row.detail)}::text[], ${rows.map((row) => row.request)}::text[])`);
}

async function writeProblems(tx: Transaction, problems: ReadonlyMap<string, ProblemRow>): Promise<void> {
  if (problems.size === 0) return;
  const rows = [...problems.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  await tx.run(sql`
    insert into availability.editor_problem as p
      (editor, rule, element, severity, message, sample, count, first_seen, last_seen)
    select editor, rule, element, severity, message, sample, count, at, at from unnest(
      ${rows.map((row) => row.editor)}::text[], ${rows.map((row) => row.rule)}::text[], ${rows.map((row) => row.element)}::text[],
      ${rows.map((row) => row.severity)}::text[], ${rows.map((row) => row.message.slice(0, 500))}::text[],
      ${rows.map((row) => row.sample)}::text[], ${rows.map((row) => row.count)}::bigint[],
      ${rows.map((row) => row.at.toString())}::timestamptz[]
    ) as t (editor, rule, element, severity, message, sample, count, at)
    on conflict (editor, rule, element) do update set count = p.count + excluded.count, severity = excluded.severity,
      message = excluded.message, sample = excluded.sample, last_seen = greatest(p.last_seen, excluded.last_seen)`);
}
