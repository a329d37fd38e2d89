import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import { AppError, conflict, ruleBroken } from '../../../foundation/errors.ts';
import { type Actor, type Role } from '../../../identity/contract.ts';
import type { Dossier as DossierView } from '../contract.ts';
import { parties, roleAs } from '../domain/actors.ts';
import { isFrozen } from '../domain/dossier.ts';
import { withVulnerableTask } from '../domain/effects-medical.ts';
import { type FieldChanges, mergeFields } from '../domain/merge-fields.ts';
import { insertNote, type Note } from './notes.ts';
import { checkMotive, checkTrust, frozen } from './read.ts';
import { recordChange, refuseHealthNumbers, tellDossier, writeDeed } from './record.ts';
import { followAppointments } from './reminders.ts';
import { deedOf, outOfScope, refuse, type Room, seeDossier, viewOf } from './room.ts';

export interface NoteRequest {
  /** Chosen by the sender, who may send again what got no answer. */
  readonly id?: string;
  readonly kind: 'medicale' | 'logistique';
  readonly text: string;
  readonly writtenAt?: string;
}

/** Writing in a dossier beside its transitions: fields, notes. Nobody overwrites anybody. */
export function createUpdates(room: Room) {
  const { db, clock } = room;

  return {
    /**
     * Changes fields one by one on the version the author saw: what others changed meanwhile is kept.
     * @throws conflict `fields-conflict` with both values, `dossier-frozen`; forbidden; rule `identity-trust`,
     * `national-health-number-refused`; stale when `base` is ahead of the dossier
     */
    async update(actor: Actor, id: string, changes: FieldChanges): Promise<DossierView> {
      refuseHealthNumbers(changes);
      checkTrust(changes.patient?.trust);
      const result = await db.transaction(async (tx) => {
        const seen = await seeDossier(room, tx, actor, id, true);
        const { dossier, settings, author } = seen;
        const refusal = seen.because === null ? outOfScope() : checkMotive(actor, changes.motive !== undefined);
        if (refusal) return { dossier, refusal };
        if (isFrozen(dossier)) throw frozen();
        if (changes.base > dossier.version) throw new AppError('stale', 'dossier-moved-on', "Cette version du dossier n'existe pas. Relisez-le.", { extra: { version: dossier.version } });
        const merged = mergeFields(dossier, changes);
        if ('conflicts' in merged) {
          throw conflict('fields-conflict', "Un collègue a changé le même champ. Rien n'a été enregistré ; choisissez la bonne valeur.", { version: dossier.version, conflicts: merged.conflicts });
        }
        if (merged.changed.length === 0) return { view: await viewOf(room, tx, seen) };
        const now = clock.now();
        const changed = withVulnerableTask({ ...merged.dossier, updatedAt: now.toString() }, { newId: randomUUID, now }, settings.rules);
        const known = changed.participants.includes(actor.accountId);
        const after = known ? changed : { ...changed, participants: [...changed.participants, actor.accountId] };
        const deed = deedOf(actor, now, 'fields-changed', { role: roleAs(author, parties), payload: { fields: merged.changed, base: changes.base } });
        const recorded = await recordChange(tx, dossier, after, settings.rules, deed);
        if (merged.changed.includes('reminder')) await followAppointments(room, tx, recorded, settings);
        return { view: await viewOf(room, tx, { dossier: recorded, author, settings }) };
      });
      if ('view' in result) return result.view!;
      return refuse(room, actor, result.dossier, result.refusal, { action: 'update' });
    },

    /** Adds a note; medical and logistic ones stay apart. `writtenAt` re-enters a paper form with its own time (PCA-02). */
    async addNote(actor: Actor, id: string, request: NoteRequest): Promise<Note> {
      refuseHealthNumbers(request.text);
      const now = clock.now();
      const writtenAt = request.writtenAt ? Temporal.Instant.from(request.writtenAt) : null;
      if (writtenAt && Temporal.Instant.compare(writtenAt, now) > 0) {
        throw ruleBroken('incomplete', "L'heure de la fiche papier est dans le futur. Rien n'a été enregistré.", [{ path: 'writtenAt', message: 'heure passée attendue' }]);
      }
      const result = await db.transaction(async (tx) => {
        const { dossier, author, because } = await seeDossier(room, tx, actor, id, true);
        if (because === null) return { dossier };
        if (isFrozen(dossier)) throw frozen();
        const note: Note = {
          id: request.id ?? randomUUID(), at: now.toString(), author: actor.displayName, role: roleAs(author, parties) as Role, kind: request.kind, text: request.text, writtenAt: writtenAt?.toString() ?? null,
        };
        if (!(await insertNote(tx, dossier, note, actor.accountId))) return { note: dossier.notes.find((one) => one.id === note.id)! };
        if (writtenAt && !dossier.degraded) {
          await tx.run(sql`update dossier.dossier set body = jsonb_set(body, '{degraded}', 'true') where territory = ${dossier.territory} and id = ${id}`);
        }
        await writeDeed(tx, dossier, deedOf(actor, now, 'note-added', { role: note.role, careContext: because, payload: { note: note.id, kind: note.kind, degraded: writtenAt !== null, writtenAt: note.writtenAt } }));
        await tellDossier(tx, dossier, { note: note.id });
        return { note };
      });
      if ('note' in result) return result.note!;
      return refuse(room, actor, result.dossier, outOfScope(), { action: 'note' });
    },
  };
}
