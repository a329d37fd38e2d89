import sql from 'sql-template-tag';
import type { Clock } from '../../foundation/clock.ts';
import type { Database, Queryable } from '../../foundation/db/database.ts';
import { ruleBroken } from '../../foundation/errors.ts';
import { writeJournal } from '../../foundation/journal.ts';
import type { Actor } from '../../identity/contract.ts';
import { optionalTemplates, type Preference, type TemplateId } from '../contract.ts';
import { templateOf } from '../domain/templates.ts';

/** Which of these accounts do not want the message. */
export async function refuses(db: Queryable, template: TemplateId, accounts: readonly string[]): Promise<ReadonlySet<unknown>> {
  const rows = await db.query<{ accountId: string }>(sql`
    select account_id as "accountId" from messages.refusal where template = ${template} and account_id = any(${[...accounts]})`);
  return new Set(rows.map(({ accountId }) => accountId));
}

/** What each person wants to receive, among what is optional. */
export function createPreferences({ database, clock }: { database: Database; clock: Clock }) {
  const db = database.for('messages');

  async function of({ accountId, roles }: Actor): Promise<Preference[]> {
    const rows = await db.query<{ template: string }>(sql`select template from messages.refusal where account_id = ${accountId}`);
    const refused = new Set(rows.map(({ template }) => template));
    return optionalTemplates(roles).map((template) => ({ template, name: templateOf(template).name, wanted: !refused.has(template) }));
  }

  return {
    of,
    /** @throws rule `message-mandatory` for a message that cannot be done without */
    async save(actor: Actor, template: TemplateId, wanted: boolean): Promise<void> {
      if (!optionalTemplates(actor.roles).includes(template)) {
        throw ruleBroken('message-mandatory', 'Ce message ne se refuse pas : il est nécessaire à votre compte, ou ne vous est pas destiné. Rien n’a été changé.');
      }
      const { accountId } = actor;
      const now = clock.now();
      await db.transaction(async (tx) => {
        await tx.run(wanted
          ? sql`delete from messages.refusal where account_id = ${accountId} and template = ${template}`
          : sql`insert into messages.refusal (account_id, template, at) values (${accountId}, ${template}, ${now}) on conflict do nothing`);
        await writeJournal(tx, { at: now, actor: accountId, objectType: 'message-preference', objectId: template, event: wanted ? 'wanted' : 'refused' });
      });
    },
  };
}
