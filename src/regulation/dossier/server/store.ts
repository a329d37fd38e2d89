import sql, { join, type Sql } from 'sql-template-tag';
import type { Queryable, Transaction } from '../../../foundation/db/database.ts';
import { normaliseName } from '../../../territory/server/index.ts';
import { type Act, type Dossier, rankOf } from '../domain/dossier.ts';

/** What of a dossier is one document; calls, notes and acts have their own rows. */
type Body = Omit<Dossier, 'calls' | 'notes' | 'acts' | 'version'> & { readonly executed: Readonly<Record<string, string>> };

interface StoredDossier {
  readonly version: number;
  readonly body: Body;
  readonly calls: { id: string; at: string; repeated: boolean; onLine: boolean; number: string | null }[];
  readonly notes: Dossier['notes'];
  readonly acts: Act[];
}

/** The digits that tell two writings of one number apart from another: the last nine. */
export const phoneKey = (number: string | null): string | null => {
  const digits = number?.replace(/\D/g, '') ?? '';
  return digits.length >= 3 ? digits.slice(-9) : null;
};

export const nameKey = ({ lastName, firstName }: { lastName: string; firstName: string }): string | null =>
  normaliseName(`${lastName} ${firstName}`).trim() || null;

/** Everything of a dossier in one query; the indexes that serve it do not depend on how many dossiers there are. */
const selection = sql`
  select d.version, d.body,
    coalesce((select jsonb_agg(jsonb_build_object('id', c.call_id, 'at', c.at, 'repeated', c.repeated, 'onLine', c.ended_at is null, 'number', c.number) order by c.at, c.call_id)
      from dossier.call c where c.territory = d.territory and c.dossier_id = d.id), '[]') as calls,
    coalesce((select jsonb_agg(jsonb_build_object('id', n.id, 'at', n.at, 'author', n.author, 'role', n.role, 'kind', n.kind, 'text', n.text, 'writtenAt', n.written_at) order by n.seq)
      from dossier.note n where n.territory = d.territory and n.dossier_id = d.id), '[]') as notes,
    coalesce((select jsonb_agg(a.content order by a.seq) from dossier.act a where a.territory = d.territory and a.dossier_id = d.id), '[]') as acts
  from dossier.dossier d`;

const inUtc = (text: string): string => Temporal.Instant.from(text).toString();

function toDossier({ version, body: { executed, ...body }, calls, notes, acts }: StoredDossier): Dossier {
  return {
    // A dossier of before this choice existed has none.
    ...body, version, reminder: body.reminder ?? null,
    calls: calls.map((call) => ({ ...call, at: inUtc(call.at) })),
    notes: notes.map((note) => ({ ...note, at: inUtc(note.at), writtenAt: note.writtenAt && inUtc(note.writtenAt) })),
    acts: acts.map((act) => ({ ...act, decisions: act.decisions.map((one) => ({ ...one, executedAt: executed[one.id] ?? null })) })),
  };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The dossier of this id in one of these territories (`'*'`: any), locked for a change when asked; null when there is none. */
export async function loadDossier(db: Queryable, id: string, territories: readonly string[], lock = false): Promise<Dossier | null> {
  if (!UUID.test(id)) return null;
  const covered = territories.includes('*') ? sql`true` : sql`d.territory = any(${territories})`;
  const row = await db.maybeOne<StoredDossier>(sql`${selection} where d.id = ${id} and ${covered} ${lock ? sql`for update of d` : sql``}`);
  return row && toDossier(row);
}

function columnsOf(dossier: Dossier): Sql {
  const { calls: _calls, notes: _notes, acts, version: _version, ...rest } = dossier;
  const executed = Object.fromEntries(acts.flatMap((act) => act.decisions).filter((one) => one.executedAt !== null).map((one) => [one.id, one.executedAt]));
  return sql`${dossier.type}, ${dossier.state}, ${dossier.step}, ${dossier.filiere}, ${dossier.priority}, ${dossier.queue}, ${rankOf(dossier)}::smallint,
    ${dossier.owner?.accountId ?? null}, ${dossier.openedAt}::timestamptz, ${dossier.updatedAt}::timestamptz, ${phoneKey(dossier.callback)}, ${nameKey(dossier.patient)},
    ${dossier.patient.birthDate}::date, ${JSON.stringify({ ...rest, executed })}::jsonb`;
}

/** Inserts a new dossier with its calls. */
export async function insertDossier(tx: Transaction, dossier: Dossier, nextAt: Temporal.Instant | null): Promise<void> {
  await tx.for('dossier').run(sql`
    insert into dossier.dossier (territory, id, number, version, next_at, type, state, step, filiere, priority, queue, rank, owner, opened_at, updated_at,
      phone_key, name_key, birth_date, body)
    values (${dossier.territory}, ${dossier.id}, ${dossier.number}, ${dossier.version}, ${nextAt}::timestamptz, ${columnsOf(dossier)})`);
  await saveCalls(tx, dossier, dossier.calls);
}

/** Stores a change of a locked dossier: its row, what was added to it. */
export async function updateDossier(tx: Transaction, before: Dossier, after: Dossier, nextAt: Temporal.Instant | null): Promise<void> {
  await tx.for('dossier').run(sql`
    update dossier.dossier set (version, next_at, type, state, step, filiere, priority, queue, rank, owner, opened_at, updated_at, phone_key, name_key, birth_date, body)
      = (${after.version}::int, ${nextAt}::timestamptz, ${columnsOf(after)})
    where territory = ${after.territory} and id = ${after.id}`);
  const known = new Map(before.calls.map((call) => [call.id, call]));
  await saveCalls(tx, after, after.calls.filter((call) => known.get(call.id)?.repeated !== call.repeated));
  const signed = new Set(before.acts.map((act) => act.id));
  await insertActs(tx, after, after.acts.filter((act) => !signed.has(act.id)));
}

/** A call that was in an empty dossier, or in the one merged, moves here; the key keeps it in one dossier alone. */
async function saveCalls(tx: Transaction, { territory, id }: Dossier, calls: Dossier['calls']): Promise<void> {
  for (const call of calls) {
    await tx.for('dossier').run(sql`
      insert into dossier.call (territory, call_id, dossier_id, at, repeated, number, phone_key, ended_at)
      values (${territory}, ${call.id}, ${id}, ${call.at}::timestamptz, ${call.repeated}, ${call.number}, ${phoneKey(call.number)},
        ${call.onLine ? null : call.at}::timestamptz)
      on conflict (territory, call_id) do update set dossier_id = excluded.dossier_id, repeated = excluded.repeated`);
  }
}

async function insertActs(tx: Transaction, { territory, id }: Dossier, acts: readonly Act[]): Promise<void> {
  for (const act of acts) {
    const content = { ...act, decisions: act.decisions.map((one) => ({ ...one, executedAt: null })) };
    await tx.for('dossier').run(sql`
      insert into dossier.act (territory, dossier_id, id, at, role, status, mode, filiere, care_level, attribution, amends, content)
      values (${territory}, ${id}, ${act.id}, ${act.at}::timestamptz, ${act.role}, ${act.status}, ${act.mode}, ${act.filiere}, ${act.careLevel},
        ${act.attribution}, ${act.amends}, ${JSON.stringify(content)}::jsonb)`);
    if (act.decisions.length === 0) continue;
    const rows = act.decisions.map((one) => sql`(${territory}, ${id}::uuid, ${act.id}::uuid, ${one.id}::uuid, ${act.at}::timestamptz, ${one.type}, ${one.careLevel}, ${act.role})`);
    await tx.for('dossier').run(sql`insert into dossier.decision (territory, dossier_id, act_id, id, at, type, care_level, role) values ${join(rows)}`);
  }
}

/** Rank of the next dossier of the day in the territory. */
export async function nextRank(tx: Transaction, territory: string, day: Temporal.PlainDate): Promise<number> {
  const { last } = await tx.for('dossier').one<{ last: number }>(sql`
    insert into dossier.counter (territory, day, last) values (${territory}, ${day}, 1)
    on conflict (territory, day) do update set last = dossier.counter.last + 1 returning last`);
  return last;
}
