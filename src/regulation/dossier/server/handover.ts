import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import type { Transaction } from '../../../foundation/db/database.ts';
import { ruleBroken } from '../../../foundation/errors.ts';
import { announce } from '../../../foundation/events.ts';
import { writeJournal } from '../../../foundation/journal.ts';
import type { ResponseInputOf } from '../../../foundation/http/route.ts';
import { type Actor, hasRole } from '../../../identity/contract.ts';
import type { routes } from '../contract.ts';
import { parties, roleAs } from '../domain/actors.ts';
import { type Dossier, moved, placeOf } from '../domain/dossier.ts';
import { selectLines, within } from './lists.ts';
import { insertNote } from './notes.ts';
import { recordChange, refuseHealthNumbers } from './record.ts';
import { authorOf, deedOf, receiverOf, type Room } from './room.ts';
import { loadDossier } from './store.ts';

const SIGNATURE_HOURS = 12;
const LIST_LENGTH = 500;
const IS_ACCOUNT = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

type Handover = ResponseInputOf<typeof routes.handover>;

export interface HandoverRequest {
  /** The colleague's account, or his name when he has none: the dossiers then go back to their queues. */
  readonly to: string;
  readonly dossierIds: readonly string[];
  readonly comment: string;
  /** By dossier: what the colleague must know. */
  readonly comments?: Readonly<Record<string, string>>;
}

/** End of a shift, or of the SAS hours at 20 h: what is in hand is passed on, and signed (PDSA-05, I12). */
export function createHandovers(room: Room) {
  const { db, clock } = room;
  const inHand = (actor: Actor) => sql`${within(actor.territories)} and d.owner = ${actor.accountId} and d.state = 'ACTIF'`;

  /** What must be known of a dossier is read in it. */
  async function comment(tx: Transaction, actor: Actor, dossier: Dossier, text: string): Promise<void> {
    const role = roleAs(await authorOf(room, tx, actor, dossier.territory), parties);
    const note = { id: randomUUID(), at: clock.now().toString(), author: actor.displayName, role, kind: 'logistique' as const, text: `Transmission : ${text}`, writtenAt: null };
    await insertNote(tx, dossier, note, actor.accountId);
  }

  async function passOn(tx: Transaction, actor: Actor, id: string, owner: Dossier['owner'], signature: string, words: string | undefined): Promise<void> {
    const dossier = await loadDossier(tx, id, actor.territories, true);
    if (dossier?.owner?.accountId !== actor.accountId) return;
    if (words) await comment(tx, actor, dossier, words);
    const now = clock.now();
    const { rules } = await room.settings.of(tx, dossier.territory);
    const participants = owner ? [...new Set([...dossier.participants, owner.accountId])] : dossier.participants;
    const after = { ...moved(dossier, placeOf(dossier), now.toString(), owner), participants };
    await recordChange(tx, dossier, after, rules, deedOf(actor, now, 'hand-over', { reason: 'fin de poste', payload: { t: 'T31', to: owner, signature, comment: words ?? null } }));
  }

  return {
    /** What this person has to pass on; the supervisor and the coordinating ARM see all that is active. */
    async list(actor: Actor): Promise<Handover> {
      const everything = hasRole(actor, 'superviseur', 'arm-coordonnateur');
      const where = everything ? sql`${within(actor.territories)} and d.state = 'ACTIF'` : inHand(actor);
      const now = clock.now();
      const dossiers = await selectLines(db, where, sql`d.rank, d.opened_at, d.number`, LIST_LENGTH, now);
      const signed = await db.query<Omit<Handover['signedBy'][number], 'at'> & { at: Temporal.Instant }>(sql`
        select d.name, d.at, d.receiver as to, d.comment, cardinality(d.dossier_ids) as count from dossier.handover d where ${within(actor.territories)} and d.at > ${now.subtract({ hours: SIGNATURE_HOURS })} order by d.at desc limit 100`);
      return { dossiers, signedBy: signed.map((one) => ({ ...one, at: one.at.toString() })) };
    },

    /** True while this person has dossiers in hand: leaving the post asks for a signed handover. */
    async isDue(actor: Actor): Promise<boolean> {
      return (await db.maybeOne(sql`select 1 as one from dossier.dossier d where ${inHand(actor)} limit 1`)) !== null;
    },

    /**
     * Signs: the dossiers in hand go to the colleague, or back to their queues. All of them must be in the list.
     * @throws rule `handover-incomplete` with those that miss, `receiver-unknown`
     */
    async sign(actor: Actor, request: HandoverRequest): Promise<void> {
      refuseHealthNumbers(request);
      const receiver = IS_ACCOUNT.test(request.to) ? await receiverOf(room, request.to, actor.territories) : null;
      await db.transaction(async (tx) => {
        const mine = await tx.query<{ id: string; number: string }>(sql`select d.id, d.number from dossier.dossier d where ${inHand(actor)} for update`);
        const left = mine.filter((one) => !request.dossierIds.includes(one.id));
        if (left.length > 0) {
          throw ruleBroken('handover-incomplete', "La transmission doit contenir tous les dossiers que vous avez en main. Rien n'a été signé.",
            left.map(({ id, number }) => ({ path: `dossierIds.${id}`, message: `${number} est entre vos mains` })));
        }
        const now = clock.now();
        const territory = actor.territories[0] ?? '*';
        const id = randomUUID();
        await tx.run(sql`
          insert into dossier.handover (territory, id, at, account_id, name, role, receiver, dossier_ids, comment)
          values (${territory}, ${id}, ${now}, ${actor.accountId}, ${actor.displayName}, ${actor.roles[0] ?? ''}, ${receiver?.name ?? request.to}, ${[...request.dossierIds]}::uuid[], ${request.comment})`);
        await writeJournal(tx, {
          at: now, territory, actor: actor.accountId, role: actor.roles[0] ?? null, objectType: 'handover', objectId: id, event: 'handover-signed',
          payload: { to: request.to, dossiers: request.dossierIds },
        });
        for (const one of mine) await passOn(tx, actor, one.id, receiver, id, request.comments?.[one.id]);
        await announce(tx, { topic: 'handover', ids: { by: actor.accountId }, audience: { territories: [territory] } });
      });
    },
  };
}
