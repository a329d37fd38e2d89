import sql, { type Sql } from 'sql-template-tag';
import type { Queryable, Transaction } from '../../../foundation/db/database.ts';
import type { Approval, ProtocolContent, ProtocolKind, ProtocolStatus, ProtocolVersion, VersionLine, VersionSheet } from '../contract.ts';
import { missingParties } from '../domain/approval.ts';
import { questionCounts } from '../domain/walk.ts';

/** A version as it is stored. */
export interface StoredVersion {
  readonly territory: string;
  readonly id: string;
  readonly version: number;
  readonly kind: ProtocolKind;
  readonly status: ProtocolStatus;
  readonly sheet: VersionSheet;
  readonly content: ProtocolContent;
  readonly revision: number;
  readonly round: number;
  readonly authors: ProtocolVersion['authors'];
  readonly createdAt: Temporal.Instant;
  readonly updatedAt: Temporal.Instant;
  readonly submittedAt: Temporal.Instant | null;
  readonly inForceAt: Temporal.Instant | null;
  readonly endedAt: Temporal.Instant | null;
  readonly reason: string | null;
}

interface StoredApproval extends Omit<Approval, 'at'> {
  readonly id: string;
  readonly version: number;
  readonly round: number;
  readonly at: Temporal.Instant;
}

const columns = sql`territory, protocol_id as "id", version, kind, status, sheet, content, revision, round, authors, created_at as "createdAt",
  updated_at as "updatedAt", submitted_at as "submittedAt", in_force_at as "inForceAt", ended_at as "endedAt", reason`;

export const selectVersions = (db: Queryable, where: Sql): Promise<StoredVersion[]> =>
  db.query<StoredVersion>(sql`select ${columns} from protocol.version where ${where} order by lower(sheet->>'title'), protocol_id, version desc`);

export const versionsOf = (db: Queryable, id: string): Promise<StoredVersion[]> => selectVersions(db, sql`protocol_id = ${id}`);

export async function insertVersion(tx: Transaction, one: StoredVersion): Promise<void> {
  await tx.run(sql`
    insert into protocol.version (territory, protocol_id, version, kind, status, sheet, content, revision, round, authors, created_at, updated_at)
    values (${one.territory}, ${one.id}, ${one.version}, ${one.kind}, ${one.status}, ${JSON.stringify(one.sheet)}, ${JSON.stringify(one.content)},
      ${one.revision}, ${one.round}, ${JSON.stringify(one.authors)}, ${one.createdAt}, ${one.updatedAt})`);
}

export async function updateVersion(tx: Transaction, one: StoredVersion): Promise<void> {
  await tx.run(sql`
    update protocol.version set status = ${one.status}, sheet = ${JSON.stringify(one.sheet)}, content = ${JSON.stringify(one.content)}, revision = ${one.revision},
      round = ${one.round}, authors = ${JSON.stringify(one.authors)}, updated_at = ${one.updatedAt}, submitted_at = ${one.submittedAt},
      in_force_at = ${one.inForceAt}, ended_at = ${one.endedAt}, reason = ${one.reason}
    where territory = ${one.territory} and protocol_id = ${one.id} and version = ${one.version}`);
}

export async function insertApproval(tx: Transaction, { territory, id, version, round }: StoredVersion, { party, accountId, name, role, at, comment }: Approval): Promise<void> {
  await tx.run(sql`
    insert into protocol.approval (territory, protocol_id, version, round, party, account_id, name, role, at, comment)
    values (${territory}, ${id}, ${version}, ${round}, ${party}, ${accountId}, ${name}, ${role}, ${at}, ${comment})`);
}

/** The approvals of the last round of these versions. */
export async function approvalsOf(db: Queryable, versions: readonly StoredVersion[]): Promise<(one: StoredVersion) => Approval[]> {
  const ids = [...new Set(versions.map(({ id }) => id))];
  const rows = ids.length === 0 ? [] : await db.query<StoredApproval>(sql`
    select protocol_id as "id", version, round, party, account_id as "accountId", name, role, at, comment from protocol.approval
    where protocol_id = any(${ids}::uuid[]) order by at`);
  return (one) => rows
    .filter(({ id, version, round }) => id === one.id && version === one.version && round === one.round)
    .map(({ id: _id, version: _version, round: _round, at, ...approval }) => ({ ...approval, at: at.toString() }));
}

const text = (at: Temporal.Instant | null) => at?.toString() ?? null;

/** What people read of a version in a list. */
export function lineOf(one: StoredVersion, approvals: Approval[]): VersionLine {
  const { id, version, territory, kind, status, sheet, content, updatedAt, submittedAt, inForceAt, endedAt, reason } = one;
  const { entries } = content.kind === 'liste-p0' ? content : { entries: [] };
  return {
    id, version, territory, kind, status, title: sheet.title, filieres: sheet.filieres,
    questions: content.kind === 'arbre' ? questionCounts(content.tree) : { total: entries.length, longest: 0 },
    updatedAt: updatedAt.toString(), submittedAt: text(submittedAt), inForceAt: text(inForceAt), endedAt: text(endedAt), reason,
    approvals, missing: missingParties(approvals),
  };
}

/** A version whole. */
export const viewOf = (one: StoredVersion, approvals: Approval[]): ProtocolVersion => ({
  ...lineOf(one, approvals), ...one.sheet, revision: one.revision, authors: one.authors, content: one.content,
});
