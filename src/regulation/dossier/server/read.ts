import sql from 'sql-template-tag';
import { AppError, conflict, forbidden, ruleBroken } from '../../../foundation/errors.ts';
import { announce } from '../../../foundation/events.ts';
import { type JournalLine, readJournal } from '../../../foundation/journal-read.ts';
import { type Actor, hasRole } from '../../../identity/contract.ts';
import type { Dossier as DossierView } from '../contract.ts';
import { mayBreakGlass } from '../domain/scope.ts';
import { tellDossier, writeDeed } from './record.ts';
import { deedOf, type Here, outOfScope, presenceIn, refuse, type Room, type Seen, seeDossier, viewOf } from './room.ts';

const GLASS_MINUTES = 60;

/** Reads of a dossier: each one is in the journal with its context (SEC-03). */
export function createReads(room: Room) {
  const { db, clock } = room;

  /** Runs a read on a dossier in the reader's scope; a refusal is journaled. */
  async function inScope<T>(actor: Actor, id: string, event: string, reason: string | undefined, work: (tx: Parameters<Parameters<typeof db.transaction>[0]>[0], seen: Seen) => Promise<T>): Promise<T> {
    const result = await db.transaction(async (tx) => {
      const seen = await seeDossier(room, tx, actor, id);
      if (seen.because === null) return { refused: seen.dossier };
      await writeDeed(tx, seen.dossier, deedOf(actor, clock.now(), event, { reason, careContext: seen.because }));
      return { value: await work(tx, seen) };
    });
    if ('refused' in result) return refuse(room, actor, result.refused!, outOfScope(), { action: event });
    return result.value as T;
  }

  return {
    /** @throws not-found `dossier-not-found`; forbidden `dossier-out-of-scope`, journaled */
    get: (actor: Actor, id: string, reason?: string): Promise<DossierView> => inScope(actor, id, 'read', reason, (tx, seen) => viewOf(room, tx, seen)),

    journal: (actor: Actor, id: string): Promise<JournalLine[]> => inScope(actor, id, 'journal-read', undefined, (tx) => readJournal(tx, 'dossier', id)),

    /**
     * Opens a dossier out of scope for an hour, with a reason; the supervisor and the head of the SAS are alerted (SEC-06).
     * @throws forbidden `break-glass-refused`, journaled
     */
    async breakGlass(actor: Actor, id: string, reason: string): Promise<DossierView> {
      const result = await db.transaction(async (tx) => {
        const seen = await seeDossier(room, tx, actor, id);
        if (!mayBreakGlass(seen.author)) return { refused: seen.dossier };
        const now = clock.now();
        await tx.run(sql`
          insert into dossier.break_glass (territory, dossier_id, account_id, at, until, reason)
          values (${seen.dossier.territory}, ${id}, ${actor.accountId}, ${now}, ${now.add({ minutes: GLASS_MINUTES })}, ${reason}) on conflict do nothing`);
        await writeDeed(tx, seen.dossier, deedOf(actor, now, 'break-glass', { reason, careContext: 'bris de glace', payload: { minutes: GLASS_MINUTES } }));
        await announce(tx, {
          topic: 'break-glass', ids: { dossierId: id, by: actor.accountId }, audience: { territories: [seen.dossier.territory], roles: ['superviseur', 'responsable-sas'] },
        });
        return { view: await viewOf(room, tx, seen) };
      });
      if ('view' in result) return result.view!;
      return refuse(room, actor, result.refused, forbidden('break-glass-refused', 'Le bris de glace est réservé aux médecins et au superviseur.'), { action: 'break-glass' });
    },

    /** Says that somebody is in a dossier, and in which field; gives who is there. Forgotten after 30 seconds without news. */
    async presence(actor: Actor, id: string, field: string | null): Promise<Here> {
      return db.transaction(async (tx) => {
        const seen = await seeDossier(room, tx, actor, id);
        if (seen.because === null) throw outOfScope();
        const before = await presenceIn(room, tx, seen.dossier);
        await tx.run(sql`
          insert into dossier.presence (territory, dossier_id, account_id, name, field, seen_at)
          values (${seen.dossier.territory}, ${id}, ${actor.accountId}, ${actor.displayName}, ${field}, ${clock.now()})
          on conflict (territory, dossier_id, account_id) do update set field = excluded.field, name = excluded.name, seen_at = excluded.seen_at`);
        const known = before.find((one) => one.accountId === actor.accountId);
        if (!known || known.field !== field) await tellDossier(tx, seen.dossier, { presence: actor.accountId });
        return presenceIn(room, tx, seen.dossier);
      });
    },
  };
}

/** Identity told by telephone stays provisoire: more asks for a document (D7). */
export function checkTrust(trust: string | undefined): void {
  if (trust !== 'validee' && trust !== 'qualifiee') return;
  throw ruleBroken('identity-trust', "Une identité dite au téléphone reste provisoire : il faut une pièce pour la valider. Rien n'a été enregistré.", [{ path: 'patient.trust', message: 'provisoire ou récupérée' }]);
}

export const frozen = () => conflict('dossier-frozen', 'Ce dossier est clôturé : complétez-le par un additif (amend). Rien n’a été modifié.');

/** Who may write the motive: an OSNP reads the qualification, he never changes it (ACT-05). */
export function checkMotive(actor: Actor, changesMotive: boolean): AppError | null {
  const onlyOsnp = hasRole(actor, 'osnp') && !hasRole(actor, 'arm', 'arm-coordonnateur', 'mru', 'mrg', 'medecin-specialise', 'superviseur');
  return changesMotive && onlyOsnp ? forbidden('transition-forbidden', "L'OSNP ne change pas la qualification. Rien n'a été modifié.") : null;
}
