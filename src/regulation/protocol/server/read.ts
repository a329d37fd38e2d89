import sql from 'sql-template-tag';
import type { Clock } from '../../../foundation/clock.ts';
import type { Database } from '../../../foundation/db/database.ts';
import { announce } from '../../../foundation/events.ts';
import { writeJournal } from '../../../foundation/journal.ts';
import type { Actor } from '../../../identity/contract.ts';
import { type P0List, p0ListSchema, type ProtocolStatus, type ProtocolVersion, type TreeProtocol, treeProtocolSchema, type VersionLine } from '../contract.ts';
import { approvalsOf, lineOf, selectVersions, viewOf } from './store.ts';
import { knownVersions, protocolNotFound, territoryFor } from './versions.ts';

/** Questions on the longest path beyond which a writer is warned, where the head of the SAS set nothing. */
const WARN_ABOVE = 5;

/** What is in force, for the desks; every version, for those who write and approve. */
export function createReading({ database, clock }: { database: Database; clock: Clock }) {
  const db = database.for('protocol');

  const settingsOf = async (territory: string): Promise<{ warnAbove: number }> =>
    (await db.maybeOne<{ warnAbove: number }>(sql`select warn_above as "warnAbove" from protocol.settings where territory = ${territory}`)) ?? { warnAbove: WARN_ABOVE };

  return {
    /** The trees in force, by title, and the list of P0. */
    async inForce(actor: Actor, asked?: string): Promise<{ protocols: TreeProtocol[]; p0List: P0List | null }> {
      const territory = territoryFor(actor, asked);
      const versions = await selectVersions(db, sql`territory = ${territory} and status = 'en-vigueur'`);
      const told = versions.map(({ id, version, status, sheet, content, inForceAt }) => ({ id, version, status, ...sheet, ...content, inForceAt: inForceAt!.toString() }));
      const list = told.find(({ kind }) => kind === 'liste-p0');
      return {
        protocols: told.filter(({ kind }) => kind === 'arbre').map((one) => treeProtocolSchema.parse(one)),
        p0List: list ? p0ListSchema.parse(list) : null,
      };
    },

    async list(actor: Actor, { territory: asked, status }: { territory?: string | undefined; status?: ProtocolStatus | undefined }): Promise<{ versions: VersionLine[]; settings: { warnAbove: number } }> {
      const territory = territoryFor(actor, asked);
      const versions = await selectVersions(db, sql`territory = ${territory} and (${status ?? null}::text is null or status = ${status ?? null})`);
      const approvals = await approvalsOf(db, versions);
      return { versions: versions.map((one) => lineOf(one, approvals(one))), settings: await settingsOf(territory) };
    },

    /** @throws not-found `protocol-not-found` */
    async get(actor: Actor, id: string, version?: number): Promise<{ protocol: ProtocolVersion; versions: VersionLine[]; settings: { warnAbove: number } }> {
      const versions = await knownVersions(db, actor, id);
      const chosen = version === undefined ? (versions.find(({ status }) => status === 'en-vigueur') ?? versions[0]) : versions.find((one) => one.version === version);
      if (!chosen) throw protocolNotFound();
      const approvals = await approvalsOf(db, versions);
      return { protocol: viewOf(chosen, approvals(chosen)), versions: versions.map((one) => lineOf(one, approvals(one))), settings: await settingsOf(chosen.territory) };
    },

    async saveSettings(actor: Actor, warnAbove: number, asked?: string): Promise<{ warnAbove: number }> {
      const territory = territoryFor(actor, asked);
      await db.transaction(async (tx) => {
        await tx.run(sql`
          insert into protocol.settings (territory, warn_above) values (${territory}, ${warnAbove})
          on conflict (territory) do update set warn_above = excluded.warn_above`);
        await writeJournal(tx, { at: clock.now(), territory, actor: actor.accountId, role: actor.roles[0] ?? null, objectType: 'protocol-settings', objectId: territory, event: 'protocol-settings', payload: { warnAbove } });
        await announce(tx, { topic: 'protocol', ids: { territory }, audience: { territories: [territory] } });
      });
      return { warnAbove };
    },
  };
}
