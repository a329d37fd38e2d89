import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import type { z } from 'zod';
import type { Clock } from '../../../foundation/clock.ts';
import type { Database, Transaction } from '../../../foundation/db/database.ts';
import { conflict, ruleBroken } from '../../../foundation/errors.ts';
import { announce } from '../../../foundation/events.ts';
import { writeJournal } from '../../../foundation/journal.ts';
import { type Actor, coversTerritory } from '../../../identity/contract.ts';
import type { GivenAnswer, retainedSchema } from '../contract.ts';
import { isOverridden } from '../domain/usage.ts';
import { nextStep } from '../domain/walk.ts';
import { selectVersions, type StoredVersion } from './store.ts';
import { protocolNotFound } from './versions.ts';

/** What a dossier keeps of the path taken. */
export interface DossierPath {
  readonly id: string;
  readonly version: number;
  readonly answers: GivenAnswer[];
  readonly overridden: boolean;
}

/**
 * Writes the path in the dossier, inside the transaction of the use. It throws when there is no such dossier or when this
 * person may not write in it. `reason`: why something else was kept.
 */
export type RecordOnDossier = (tx: Transaction, actor: Actor, dossierId: string, path: DossierPath, reason: string | null) => Promise<void>;

export interface RecordRequest {
  readonly protocolId: string;
  readonly version: number;
  readonly answers: GivenAnswer[];
  readonly retained: z.infer<typeof retainedSchema>;
  readonly reason?: string | undefined;
}

/** Records the paths taken: walked again in the version named, kept in the dossier, counted for the quality review. */
export function createRecording({ database, clock, recordOnDossier }: { database: Database; clock: Clock; recordOnDossier: RecordOnDossier }) {
  /** The version walked: one that is or was in force, so that a new version never breaks a call under way. */
  async function walked(tx: Transaction, actor: Actor, { protocolId, version }: RecordRequest): Promise<StoredVersion> {
    const [found] = await selectVersions(tx, sql`protocol_id = ${protocolId} and version = ${version}`);
    if (!found || !coversTerritory(actor, found.territory)) throw protocolNotFound();
    if (found.inForceAt === null) throw conflict('protocol-not-in-force', "Cette version n'a jamais été en vigueur. Rien n'a été gardé ; reprenez avec la version en vigueur.");
    return found;
  }

  return {
    /**
     * The same path again changes nothing. What is kept may differ from what the tree proposes, or the tree may be left
     * before its end: a reason is then needed, except to go to P0, which nothing may slow down.
     * @throws rule `not-a-path`, `override-reason-required`; conflict `protocol-not-in-force`; not-found `protocol-not-found`
     */
    record: (actor: Actor, dossierId: string, request: RecordRequest): Promise<{ outcome: string | null; overridden: boolean }> =>
      database.for('protocol').transaction(async (tx) => {
        const { answers, retained, reason = '' } = request;
        const { territory, id, version, content } = await walked(tx, actor, request);
        const step = content.kind === 'arbre' ? nextStep(content.tree, answers) : null;
        if (!step) throw ruleBroken('not-a-path', "Ces réponses ne sont pas un chemin de cette version du protocole. Rien n'a été gardé ; reprenez les questions.", [{ path: 'answers', message: 'ne suivent pas les questions' }]);
        const { outcome } = step;
        const proposed = outcome && outcome.priority && outcome.filiere ? { priority: outcome.priority, filiere: outcome.filiere } : null;
        const overridden = isOverridden(proposed, retained);
        if (overridden && reason.length < 3 && retained.priority !== 'P0') {
          throw ruleBroken('override-reason-required', "Vous gardez autre chose que ce que propose le protocole : dites pourquoi en quelques mots. Rien n'a été gardé.", [{ path: 'reason', message: 'motif à écrire' }]);
        }
        const told = { outcome: outcome?.id ?? null, overridden };
        const use = JSON.stringify({ id, version, answers, retained, reason });
        const last = await tx.maybeOne<{ use: unknown }>(sql`
          select jsonb_build_object('id', protocol_id, 'version', version, 'answers', answers, 'retained', retained, 'reason', reason) = ${use}::jsonb as use
          from protocol.use where territory = ${territory} and dossier_id = ${dossierId} order by at desc, id limit 1`);
        if (last?.use === true) return told;
        const now = clock.now();
        await tx.run(sql`
          insert into protocol.use (territory, id, protocol_id, version, dossier_id, at, account_id, answers, outcome, proposed, retained, overridden, reason)
          values (${territory}, ${randomUUID()}, ${id}, ${version}, ${dossierId}, ${now}, ${actor.accountId}, ${JSON.stringify(answers)}, ${told.outcome},
            ${proposed && JSON.stringify(proposed)}, ${JSON.stringify(retained)}, ${overridden}, ${reason})`);
        await recordOnDossier(tx, actor, dossierId, { id, version, answers, overridden }, reason || null);
        await writeJournal(tx, {
          at: now, territory, actor: actor.accountId, role: actor.roles[0] ?? null, objectType: 'protocol', objectId: id, event: 'protocol-used',
          payload: { by: actor.displayName, version, dossierId, ...told, proposed, retained }, reason: reason || null,
        });
        await announce(tx, { topic: 'protocol-use', ids: { protocolId: id, territory }, audience: { territories: [territory] } });
        return told;
      }),
  };
}
