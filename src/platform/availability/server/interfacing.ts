import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import type { Clock } from '../../../foundation/clock.ts';
import type { Database, Transaction } from '../../../foundation/db/database.ts';
import { conflict, forbidden, notFound, ruleBroken } from '../../../foundation/errors.ts';
import { announce } from '../../../foundation/events.ts';
import { writeJournal } from '../../../foundation/journal.ts';
import { type Actor, coversTerritory } from '../../../identity/contract.ts';
import type { Flow } from '../contract.ts';
import type { KitLinks, LocalTool, StagePeriod, VendorKit } from '../contract-interfacing.ts';
import { complianceDeadline, complianceOf, type Stage, stageMoves } from '../domain/interfacing.ts';
import type { Author } from './editors.ts';

/** Interfacing projects of the vendors, what is given to their users, and the local tools that must become interoperable. */
export interface Interfacing {
  /** Oldest first. @throws not-found `editor-not-found` */
  stages(editor: string): Promise<StagePeriod[]>;
  /** @throws not-found, conflict `stage-impossible`, rule `stage-date` */
  move(editor: string, to: { stage: Stage; on: string }, actor: Actor): Promise<StagePeriod[]>;
  kits(editor: string): Promise<VendorKit[]>;
  saveKit(editor: string, flow: Flow, links: KitLinks, by: Author): Promise<void>;
  /** Those of the active flows of the vendors that know one of these professionals or associations. */
  kitsOf(ids: readonly string[]): Promise<VendorKit[]>;
  tools(territory: string, actor: Actor): Promise<LocalTool[]>;
  registerTool(tool: { territory: string; name: string; usedBy: string; registeredOn: string }, actor: Actor): Promise<void>;
  /** Says when a tool became interoperable, or that it is not yet (`null`). @throws not-found `tool-not-found` */
  complyTool(id: string, compliantOn: string | null, actor: Actor): Promise<void>;
  removeTool(id: string, actor: Actor): Promise<void>;
}

/** Closes the open stage of a vendor and opens this one. Nothing when it is already there. */
export async function recordStage(tx: Transaction, { editor, stage, day, author }: { editor: string; stage: Stage; day: string; author: string }): Promise<void> {
  const open = await tx.maybeOne<{ stage: string }>(sql`select stage from availability.editor_stage where editor = ${editor} and ended_on is null for update`);
  if (open?.stage === stage) return;
  await tx.run(sql`update availability.editor_stage set ended_on = greatest(started_on, ${day}::date) where editor = ${editor} and ended_on is null`);
  await tx.run(sql`insert into availability.editor_stage (editor, stage, started_on, author) values (${editor}, ${stage}, ${day}, ${author})`);
}

const kitColumns = sql`k.editor, k.flow, k.tutorial_url as "tutorialUrl", k.faq_url as "faqUrl", k.sheet_url as "sheetUrl", k.mails`;
const ACTIVE_DAYS = 30;

export function createInterfacing({ database, clock }: { database: Database; clock: Clock }): Interfacing {
  const db = database.for('availability');

  /** The civil day: deadlines and stages are told by days, in the time of metropolitan France. */
  const today = () => clock.now().toZonedDateTimeISO('Europe/Paris').toPlainDate();
  const entry = (actor: Actor, objectType: string, objectId: string, event: string, territory: string | null = null) => ({
    at: clock.now(), territory, actor: actor.accountId, role: actor.roles[0] ?? null, objectType, objectId, event,
  });
  const changed = (tx: Transaction, name: string) => announce(tx, { topic: 'editor', ids: { name }, audience: {} });

  async function exists(editor: string): Promise<void> {
    if (await db.maybeOne(sql`select 1 from availability.editor where name = ${editor} and removed_at is null`)) return;
    throw notFound('editor-not-found', `L'éditeur « ${editor} » n'est pas connu.`);
  }

  const stagesOf = (editor: string) => db.query<StagePeriod>(sql`
    select stage, started_on as "startedOn", ended_on as "endedOn" from availability.editor_stage where editor = ${editor} order by started_on, id`);

  async function mayReach(actor: Actor, territory: string, objectId: string): Promise<void> {
    if (coversTerritory(actor, territory)) return;
    await db.transaction((tx) => writeJournal(tx, entry(actor, 'local-tool', objectId, 'local-tool-refused', territory)));
    throw forbidden('territory-out-of-reach', `Vos droits ne couvrent pas le territoire ${territory}. Rien n'a été modifié.`);
  }

  async function changeTool(id: string, event: string, payload: Record<string, unknown>, actor: Actor, write: (tx: Transaction) => Promise<unknown>): Promise<void> {
    const tool = await db.maybeOne<{ territory: string }>(sql`select territory from availability.local_tool where id = ${id} and removed_at is null`);
    if (!tool) throw notFound('tool-not-found', "Cet outil n'est pas connu, ou a été retiré.");
    await mayReach(actor, tool.territory, id);
    await db.transaction(async (tx) => {
      await write(tx);
      await writeJournal(tx, { ...entry(actor, 'local-tool', id, event, tool.territory), payload });
      await announce(tx, { topic: 'local-tool', ids: { tool: id }, audience: { territories: [tool.territory, '*'] } });
    });
  }

  return {
    async stages(editor) {
      await exists(editor);
      return stagesOf(editor);
    },

    async move(editor, { stage, on }, actor) {
      await exists(editor);
      await db.transaction(async (tx) => {
        const now = await tx.one<{ stage: Stage; since: string }>(sql`select stage, stage_since as since from availability.editor where name = ${editor} for update`);
        const possible = stageMoves[now.stage];
        if (!possible.includes(stage)) throw conflict('stage-impossible', "Le projet ne peut pas passer à cette étape depuis celle où il est. Rien n'a été modifié.", { possible });
        if (on < now.since || on > today().toString()) {
          throw ruleBroken('stage-date', "Cette date est à corriger : entre le début de l'étape en cours et aujourd'hui.", [{ path: 'on', message: `entre le ${now.since} et le ${today()}` }]);
        }
        await recordStage(tx, { editor, stage, day: on, author: actor.accountId });
        await tx.run(sql`update availability.editor set stage = ${stage}, stage_since = ${on} where name = ${editor}`);
        await writeJournal(tx, { ...entry(actor, 'editor', editor, 'editor-stage-changed'), from: now.stage, to: stage, payload: { on } });
        await changed(tx, editor);
      });
      return stagesOf(editor);
    },

    async kits(editor) {
      await exists(editor);
      return db.query<VendorKit>(sql`select ${kitColumns} from availability.editor_kit k where k.editor = ${editor} order by k.flow`);
    },

    async saveKit(editor, flow, { tutorialUrl, faqUrl, sheetUrl, mails }, by) {
      await exists(editor);
      await db.transaction(async (tx) => {
        await tx.run(sql`
          insert into availability.editor_kit (editor, flow, tutorial_url, faq_url, sheet_url, mails)
          values (${editor}, ${flow}, ${tutorialUrl}, ${faqUrl}, ${sheetUrl}, ${JSON.stringify(mails)})
          on conflict (editor, flow) do update set tutorial_url = excluded.tutorial_url, faq_url = excluded.faq_url, sheet_url = excluded.sheet_url, mails = excluded.mails`);
        await writeJournal(tx, { at: clock.now(), ...by, objectType: 'editor', objectId: editor, event: 'editor-kit-changed', payload: { flow, tutorialUrl, faqUrl, sheetUrl, mails } });
        await changed(tx, editor);
      });
    },

    kitsOf: (ids) => db.query<VendorKit>(sql`
      select ${kitColumns} from availability.editor_kit k join availability.editor e on e.name = k.editor
      where e.active and e.removed_at is null and k.flow = any(e.flows) and exists (
        select from availability.editor_knowledge n where n.editor = e.name and n.national_id = any(${[...ids]}) and n.seen_at > ${clock.now().subtract({ hours: 24 * ACTIVE_DAYS })})
      order by k.editor, k.flow`),

    async tools(territory, actor) {
      await mayReach(actor, territory, territory);
      const rows = await db.query<Omit<LocalTool, 'state' | 'days'>>(sql`
        select id, name, used_by as "usedBy", registered_on as "registeredOn", due_on as "dueOn", compliant_on as "compliantOn"
        from availability.local_tool where territory = ${territory} and removed_at is null order by due_on, name`);
      return rows.map((row) => ({ ...row, ...complianceOf(row, today()) }));
    },

    async registerTool({ territory, name, usedBy, registeredOn }, actor) {
      const id = randomUUID();
      await mayReach(actor, territory, id);
      if (registeredOn > today().toString()) throw ruleBroken('tool-date', "Un outil ne peut pas être recensé dans l'avenir.", [{ path: 'registeredOn', message: "aujourd'hui au plus tard" }]);
      await db.transaction(async (tx) => {
        await tx.run(sql`
          insert into availability.local_tool (id, territory, name, used_by, registered_on, due_on, author)
          values (${id}, ${territory}, ${name}, ${usedBy}, ${registeredOn}, ${complianceDeadline(registeredOn)}, ${actor.accountId})`);
        await writeJournal(tx, { ...entry(actor, 'local-tool', id, 'local-tool-registered', territory), payload: { name, usedBy, registeredOn } });
        await announce(tx, { topic: 'local-tool', ids: { tool: id }, audience: { territories: [territory, '*'] } });
      });
    },

    complyTool: (id, compliantOn, actor) =>
      changeTool(id, 'local-tool-compliance', { compliantOn }, actor, (tx) => tx.run(sql`update availability.local_tool set compliant_on = ${compliantOn} where id = ${id}`)),
    removeTool: (id, actor) =>
      changeTool(id, 'local-tool-removed', {}, actor, (tx) => tx.run(sql`update availability.local_tool set removed_at = ${clock.now()} where id = ${id}`)),
  };
}
