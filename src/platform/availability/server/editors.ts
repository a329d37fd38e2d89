import sql from 'sql-template-tag';
import type { Clock } from '../../../foundation/clock.ts';
import type { Database, Transaction } from '../../../foundation/db/database.ts';
import { notFound, ruleBroken } from '../../../foundation/errors.ts';
import { announce } from '../../../foundation/events.ts';
import { writeJournal } from '../../../foundation/journal.ts';
import { type CheckStep, type Editor, editorSchema } from '../contract.ts';
import { referenceEditors, UNKNOWN_BASE_URL } from '../domain/reference-editors.ts';
import { recordStage } from './interfacing.ts';
import type { KnowledgeBook } from './knowledge.ts';

/** Runs the conformity checks of a vendor, step by step, on ids that it should know. */
export type CheckEditor = (editor: Editor, knownIds: readonly string[]) => AsyncIterable<CheckStep>;

/** Who changes a vendor, for the journal: an account id with its role, or the command line. */
export interface Author {
  readonly actor: string;
  readonly role: string | null;
}

/** The vendors: administered by people and the command line, read by the aggregation. */
export interface Editors {
  /** Those asked by searches. May be two seconds old. */
  active(): Promise<readonly Editor[]>;
  list(): Promise<Editor[]>;
  /** @throws not-found `editor-not-found` */
  get(name: string): Promise<Editor>;
  /** Adds or modifies a vendor. @throws rule `editor-invalid` */
  save(editor: Editor, by: Author): Promise<Editor>;
  /** Stops asking a vendor; its calls and problems stay readable. @throws not-found `editor-not-found` */
  remove(name: string, by: Author): Promise<void>;
  /** Adds the reference vendors that never were here, inactive (AGR-12). Gives their names. */
  addReferences(by: Author): Promise<string[]>;
  /** The conformity test of a vendor, on professionals it is known to have. @throws not-found `editor-not-found` */
  test(name: string): AsyncIterable<CheckStep>;
}

interface Dependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly knowledge: KnowledgeBook;
  readonly checkEditor: CheckEditor;
}

const ACTIVE_FRESH_MS = 2_000;
const TESTED_IDS = 25;

const columns = sql`name, base_url as "baseUrl", flows, origin, cert_path as "certPath", key_path as "keyPath", ca_path as "caPath",
  concurrency, active, stage`;

export function createEditors({ database, clock, knowledge, checkEditor }: Dependencies): Editors {
  const db = database.for('availability');
  let cached: { atMs: number; editors: Promise<Editor[]> } | null = null;

  const read = () => db.query<Editor>(sql`select ${columns} from availability.editor where removed_at is null order by name`);

  /** Writes the change, its journal entry and its announcement together; searches see it at once. */
  async function change(name: string, by: Author, event: string, payload: Record<string, unknown>, write: (tx: Transaction) => Promise<void>) {
    await db.transaction(async (tx) => {
      await write(tx);
      await writeJournal(tx, { at: clock.now(), actor: by.actor, role: by.role, objectType: 'editor', objectId: name, event, payload });
      await announce(tx, { topic: 'editor', ids: { name }, audience: {} });
    });
    cached = null;
  }

  const editors: Editors = {
    active() {
      const nowMs = clock.now().epochMilliseconds;
      if (!cached || nowMs - cached.atMs >= ACTIVE_FRESH_MS) {
        const fresh = { atMs: nowMs, editors: read().then((all) => all.filter((editor) => editor.active)) };
        fresh.editors.catch(() => {
          if (cached === fresh) cached = null;
        });
        cached = fresh;
      }
      return cached.editors;
    },

    list: read,

    async get(name) {
      const editor = await db.maybeOne<Editor>(sql`select ${columns} from availability.editor where name = ${name} and removed_at is null`);
      if (!editor) throw notFound('editor-not-found', `L'éditeur « ${name} » n'est pas connu.`);
      return editor;
    },

    async save(input, by) {
      const editor = checked(input);
      const { name, ...fields } = editor;
      const before = await db.maybeOne<Editor>(sql`select ${columns} from availability.editor where name = ${name} and removed_at is null`);
      const elsewhere = before?.baseUrl !== editor.baseUrl || before.flows.join() !== editor.flows.join();
      await change(name, by, before ? 'editor-modified' : 'editor-added', fields, async (tx) => {
        await upsert(tx, editor, clock.now());
        await recordStage(tx, { editor: name, stage: editor.stage, day: clock.now().toString().slice(0, 10), author: by.actor });
        if (elsewhere) await knowledge.forgetEditor(tx, name);
      });
      return editor;
    },

    async remove(name, by) {
      await editors.get(name);
      await change(name, by, 'editor-removed', {}, async (tx) => {
        await tx.run(sql`update availability.editor set active = false, removed_at = ${clock.now()} where name = ${name}`);
        await knowledge.forgetEditor(tx, name);
      });
    },

    async addReferences(by) {
      const rows = await db.query<{ name: string }>(sql`select name from availability.editor`);
      const present = new Set(rows.map((row) => row.name));
      const missing = referenceEditors.filter((editor) => !present.has(editor.name));
      for (const editor of missing) await editors.save(editor, by);
      return missing.map((editor) => editor.name);
    },

    async *test(name) {
      const editor = await editors.get(name);
      yield* checkEditor(editor, await knowledge.knownIds(name, TESTED_IDS));
    },
  };
  return editors;
}

function checked(input: Editor): Editor {
  const parsed = editorSchema.safeParse(input);
  const fields = parsed.success ? [] : parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  if (input.active && input.baseUrl === UNKNOWN_BASE_URL) {
    fields.push({ path: 'baseUrl', message: "adresse du serveur à renseigner avant d'activer l'éditeur" });
  }
  if ((input.certPath === null) !== (input.keyPath === null)) {
    fields.push({ path: input.certPath === null ? 'certPath' : 'keyPath', message: 'un certificat et sa clé vont ensemble' });
  }
  if (!parsed.success || fields.length > 0) {
    const list = fields.map(({ path, message }) => `${path} : ${message}`).join(' ; ');
    throw ruleBroken('editor-invalid', `Éditeur non enregistré. À corriger : ${list}.`, fields);
  }
  return parsed.data;
}

function upsert(tx: Transaction, editor: Editor, now: Temporal.Instant): Promise<number> {
  const today = now.toString().slice(0, 10);
  return tx.run(sql`
    insert into availability.editor as e (name, base_url, flows, origin, cert_path, key_path, ca_path, concurrency, active, stage,
      stage_since, created_at)
    values (${editor.name}, ${editor.baseUrl}, ${editor.flows}, ${editor.origin}, ${editor.certPath}, ${editor.keyPath}, ${editor.caPath},
      ${editor.concurrency}, ${editor.active}, ${editor.stage}, ${today}, ${now})
    on conflict (name) do update set base_url = excluded.base_url, flows = excluded.flows, origin = excluded.origin,
      cert_path = excluded.cert_path, key_path = excluded.key_path, ca_path = excluded.ca_path,
      concurrency = excluded.concurrency, active = excluded.active, removed_at = null, stage = excluded.stage,
      stage_since = case when e.stage = excluded.stage then e.stage_since else excluded.stage_since end`);
}
