import sql from 'sql-template-tag';
import type { ContextDatabase } from '../../../foundation/db/database.ts';
import { notFound } from '../../../foundation/errors.ts';
import type { ConformityProblem, Editor, Flow, SourceStatus } from '../contract.ts';
import { KNOWN_FOR_DAYS } from '../domain/knowledge.ts';

/** What a vendor did over the last 24 hours. Latencies are those of the calls that succeeded. */
export interface EditorFigures extends Editor {
  readonly stageSince: string;
  readonly calls24h: number;
  readonly ok24h: number;
  readonly late24h: number;
  readonly error24h: number;
  readonly slots24h: number;
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p99: number | null;
  readonly knownProfessionals: number;
  readonly lastAnswerAt: Temporal.Instant | null;
  readonly problemCount: number;
}

/** Every vendor with its figures. A suspension is noted among the calls but is not one. */
export function readFigures(db: ContextDatabase, now: Temporal.Instant): Promise<EditorFigures[]> {
  return db.query<EditorFigures>(sql`
    select e.name, e.base_url as "baseUrl", e.flows, e.origin, e.cert_path as "certPath", e.key_path as "keyPath", e.ca_path as "caPath",
      e.concurrency, e.active, e.stage, e.stage_since as "stageSince", c.*,
      (select count(*) from availability.editor_knowledge k
        where k.editor = e.name and k.seen_at > ${now.subtract({ hours: 24 * KNOWN_FOR_DAYS })}) as "knownProfessionals",
      (select max(l.at) from availability.editor_call l where l.editor = e.name and l.status = 'ok') as "lastAnswerAt",
      (select count(*) from availability.editor_problem p where p.editor = e.name) as "problemCount"
    from availability.editor e
    cross join lateral (
      select count(*) filter (where status <> 'circuit-open') as "calls24h",
        count(*) filter (where status = 'ok') as "ok24h", count(*) filter (where status = 'late') as "late24h",
        count(*) filter (where status = 'error') as "error24h", coalesce(sum(slots), 0)::bigint as "slots24h",
        percentile_cont(0.5) within group (order by latency_ms) filter (where status = 'ok') as p50,
        percentile_cont(0.9) within group (order by latency_ms) filter (where status = 'ok') as p90,
        percentile_cont(0.99) within group (order by latency_ms) filter (where status = 'ok') as p99
      from availability.editor_call where editor = e.name and at > ${now.subtract({ hours: 24 })}
    ) c
    where e.removed_at is null order by e.name`);
}

export interface StoredProblem extends ConformityProblem {
  readonly count: number;
  readonly firstSeen: Temporal.Instant;
  readonly lastSeen: Temporal.Instant;
}

export interface StoredCall {
  readonly at: Temporal.Instant;
  readonly flow: Flow;
  readonly status: SourceStatus;
  readonly latencyMs: number;
  readonly asked: number;
  readonly slots: number;
  readonly detail: string | null;
  readonly request: string | null;
}

const SHOWN_CALLS = 100;

/** What is wrong in a vendor's answers, errors and most frequent first, and its last calls. @throws not-found `editor-not-found` */
export async function readProblems(db: ContextDatabase, name: string): Promise<{ problems: StoredProblem[]; calls: StoredCall[] }> {
  const editor = await db.maybeOne(sql`select name from availability.editor where name = ${name}`);
  if (!editor) throw notFound('editor-not-found', `L'éditeur « ${name} » n'est pas connu.`);
  const problems = await db.query<StoredProblem>(sql`
    select rule, element, severity, message, sample, count, first_seen as "firstSeen", last_seen as "lastSeen"
    from availability.editor_problem where editor = ${name} order by severity, count desc, rule, element`);
  const calls = await db.query<StoredCall>(sql`
    select at, flow, status, latency_ms as "latencyMs", asked, slots, detail, request
    from availability.editor_call where editor = ${name} order by at desc, id desc limit ${SHOWN_CALLS}`);
  return { problems, calls };
}
