import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import type { Transaction } from '../../../foundation/db/database.ts';
import { AppError, conflict, forbidden, notFound, ruleBroken } from '../../../foundation/errors.ts';
import type { BodyOf } from '../../../foundation/http/route.ts';
import { type Actor, hasRole } from '../../../identity/contract.ts';
import type { Level, routes } from '../contract.ts';
import { defaultConfiguration, entryOf, targetLevel } from '../domain/configuration.ts';
import type { CommandBody } from '../domain/port.ts';
import { skillFor } from '../domain/posts.ts';
import { isOver } from '../domain/states.ts';
import { countAttempt, openCallback } from './callbacks.ts';
import { outcomeOf, postCommand } from './commands.ts';
import { isBilevelOpen, readConfiguration } from './configuration.ts';
import { readLink } from './link-state.ts';
import { journal, requireRoom, type Room, tell } from './room.ts';
import { type CallRow, insertCall, lockCall } from './store.ts';

type Wish = BodyOf<typeof routes.callCommand>;
export type TransferWish = Omit<Extract<Wish, { op: 'transfer' }>, 'op'>;

export const callNotFound = () => notFound('call-not-found', "Cet appel n'existe pas dans la salle.");

const P0 = 0;

interface OwnLeg {
  readonly leg: number;
  readonly agent: string;
  readonly level: Level;
}

/** Acts on calls by their agents. `send` pushes what was just written to the phone system. */
export function createActions(room: Room, send: () => Promise<unknown>) {
  async function requireLink(): Promise<void> {
    const link = await readLink(room, room.db);
    if (!link.pilot) {
      throw conflict('telephony-follower', "La salle suit la téléphonie sans la piloter : faites cette action sur le poste téléphonique. L'appel continue.");
    }
    if (link.status === 'down') {
      throw new AppError('unavailable', 'telephony-link-down', "La liaison téléphonique est coupée. Rien n'a été demandé ; agissez sur le poste téléphonique ou réessayez.");
    }
  }

  const ownLeg = (tx: Transaction, callId: string, actor: Actor): Promise<OwnLeg | null> =>
    tx.maybeOne<OwnLeg>(sql`
      select leg, agent, level from telephony.leg
      where territory = ${room.territory} and call_id = ${callId} and agent = ${actor.accountId} and answered_at is not null and ended_at is null
      order by leg desc limit 1`);

  /** The call, locked, and the actor's part in it. The superviseur may act without one. */
  async function requirePart(tx: Transaction, actor: Actor, callId: string): Promise<{ call: CallRow; own: OwnLeg | null }> {
    const call = await lockCall(tx, room.territory, callId);
    if (!call) throw callNotFound();
    if (isOver(call.state)) throw conflict('call-over', "Cet appel est terminé. Rien n'a été fait.", { state: call.state });
    if (call.source === 'api') {
      throw conflict('telephony-follower', "Cet appel est conduit par la téléphonie : faites cette action sur le poste téléphonique. L'appel continue.");
    }
    const own = await ownLeg(tx, callId, actor);
    if (!own && !hasRole(actor, 'superviseur')) {
      throw forbidden('not-on-this-call', "Vous n'êtes pas en ligne sur cet appel. Rien n'a été fait.");
    }
    return { call, own };
  }

  /** What a wish asks of the phone system. */
  async function commandOf(tx: Transaction, actor: Actor, callId: string, wish: Wish): Promise<CommandBody> {
    const { call, own } = await requirePart(tx, actor, callId);
    switch (wish.op) {
      case 'transfer': return transferOf(tx, call, own, wish);
      case 'hold': {
        const leg = wish.leg ?? own?.leg;
        if (leg === undefined) throw ruleBroken('leg-missing', 'Dites quelle personne mettre en attente.', [{ path: 'leg', message: 'jambe attendue' }]);
        return { op: 'call.hold', callId, leg, on: wish.on };
      }
      case 'add-party': return { op: 'call.add-party', callId, target: { kind: 'external', number: wish.number, party: wish.party } };
      case 'drop-party': return { op: 'call.drop-party', callId, leg: wish.leg };
      case 'hang-up': return { op: 'call.hang-up', callId, reason: 'agent' };
    }
  }

  async function transferOf(tx: Transaction, call: CallRow, own: OwnLeg | null, wish: TransferWish): Promise<CommandBody> {
    const from = own?.agent ?? (await talkingAgent(tx, call.id));
    if (!from) throw conflict('nobody-on-line', "Personne n'est en ligne avec l'appelant : l'appel est déjà dans une file.");
    const configuration = await readConfiguration(room, tx);
    const level = targetLevel(wish.level, await isBilevelOpen(room, configuration));
    const skill = wish.skill ?? skillFor(own?.level ?? null, level);
    // I5: a P0 is never parked; whoever is on the line stays until the doctor answers.
    const mode = call.priority === P0 ? 'warm' : wish.mode;
    return {
      op: 'call.transfer', callId: call.id, from, mode,
      target: { kind: 'queue', level, ...(wish.agent && { agent: wish.agent }), ...(skill && { skill }) },
    };
  }

  /** A call that the room conducts now, locked; null otherwise. */
  async function lockConducted(tx: Transaction, callId: string): Promise<CallRow | null> {
    const call = await lockCall(tx, room.territory, callId);
    if (!call || isOver(call.state) || call.source === 'api') return null;
    return (await readLink(room, tx)).pilot ? call : null;
  }

  /** Marks a free post as ringing for that call, and gives its level; null when it is not free. */
  const reserveFor = async (tx: Transaction, actor: Actor, callId: string): Promise<Level | null> =>
    (await tx.maybeOne<{ level: Level }>(sql`
      update telephony.agent set state = 'ringing', since = ${room.clock.now()}, call_id = ${callId}
      where territory = ${room.territory} and account_id = ${actor.accountId} and state = 'available' returning level`))?.level ?? null;

  const talkingAgent = async (tx: Transaction, callId: string): Promise<string | null> =>
    (await tx.maybeOne<{ agent: string }>(sql`
      select agent from telephony.leg where territory = ${room.territory} and call_id = ${callId} and party = 'agent' and answered_at is not null
        and ended_at is null order by leg desc limit 1`))?.agent ?? null;

  async function answer(commandId: string, callId: string): Promise<{ accepted: boolean; commandId: string; callId: string }> {
    await send();
    const outcome = await outcomeOf(room, commandId);
    if (outcome?.state === 'rejected') throw conflict('command-refused', refusal(outcome.reason), { reason: outcome.reason });
    return { accepted: outcome?.state === 'accepted', commandId, callId };
  }

  return {
    /**
     * Passes a call on in the caller's transaction, by whoever is in conversation; the background work sends it. False when the
     * actor is not on the line, already holds that level, or when the room does not conduct this call: it then stays where it is.
     */
    async passOn(tx: Transaction, actor: Actor, callId: string, wish: TransferWish): Promise<boolean> {
      const own = tx.for('telephony');
      const call = await lockConducted(own, callId);
      const leg = call && (await ownLeg(own, callId, actor));
      if (!leg || leg.level === wish.level) return false;
      const commandId = await postCommand(room, own, await transferOf(own, call, leg, wish), { by: actor.accountId });
      await journal(room, own, { by: actor, objectType: 'call', objectId: callId, event: 'asked-transfer', payload: { ...wish, commandId } });
      return true;
    },

    /**
     * Gives a waiting caller to whoever took his dossier, whatever his level, in the caller's transaction. False when nobody waits, when
     * somebody is being rung already, or when the actor's post is not free: the caller keeps his place.
     */
    async pullIn(tx: Transaction, actor: Actor, callId: string): Promise<boolean> {
      const own = tx.for('telephony');
      const call = await lockConducted(own, callId);
      if (!call?.waitingLevel || call.offeredTo !== null) return false;
      const level = await reserveFor(own, actor, callId);
      if (level === null) return false;
      await own.run(sql`
        update telephony.call set offered_to = ${actor.accountId}, offered_at = ${room.clock.now()} where territory = ${room.territory} and id = ${callId}`);
      const commandId = await postCommand(room, own, { op: 'call.route', callId, target: { kind: 'agent', agent: actor.accountId, level }, priority: call.priority }, { expectVersion: call.version });
      await journal(room, own, { by: actor, objectType: 'call', objectId: callId, event: 'pulled-in', payload: { from: call.waitingLevel, to: level, commandId } });
      await tell(room, own, 'agent', { agentId: actor.accountId });
      return true;
    },

    /**
     * Acts on a call, as one of those who are in it or as the superviseur. `accepted` is false while the phone system has not answered.
     * @throws not-found `call-not-found`; forbidden `not-on-this-call`; conflict `call-over`, `command-refused`, `telephony-follower`;
     * unavailable `telephony-link-down`
     */
    async act(actor: Actor, callId: string, wish: Wish) {
      requireRoom(room, actor);
      await requireLink();
      const commandId = await room.db.transaction(async (tx) => {
        const body = await commandOf(tx, actor, callId, wish);
        const id = await postCommand(room, tx, body, { by: actor.accountId });
        await journal(room, tx, { by: actor, objectType: 'call', objectId: callId, event: `asked-${wish.op}`, payload: { ...wish, commandId: id } });
        return id;
      });
      return answer(commandId, callId);
    },

    /**
     * Calls somebody, from the actor's own post, linked to a dossier or to a line of the list to ring back (C10).
     * @throws rule `link-missing`; conflict `post-needed`, `agent-in-call`, `callback-closed`, `command-refused`; not-found `callback-not-found`
     */
    async callOut(actor: Actor, { number, dossierId, callbackId }: BodyOf<typeof routes.callOut>) {
      requireRoom(room, actor);
      if (!dossierId && !callbackId) {
        throw ruleBroken('link-missing', "Un appel sortant est toujours lié à un dossier ou à un rappel. Rien n'a été composé.", [{ path: 'dossierId', message: 'dossier ou rappel attendu' }]);
      }
      await requireLink();
      const callId = `out-${randomUUID()}`;
      const commandId = await room.db.transaction(async (tx) => {
        const line = callbackId ? await openCallback(room, tx, callbackId) : null;
        if (line && line.number !== number) throw conflict('callback-other-number', `Ce rappel concerne le ${line.number}. Rien n'a été composé.`);
        const level = await reserve(tx, actor, callId);
        await insertCall(tx, room.territory, callId, 'port', room.clock.now(), { ...entryOf(defaultConfiguration, ''), entryLevel: level });
        await tx.run(sql`
          update telephony.call set direction = 'out', state = 'RAPPEL', caller = ${number}, dossier_id = ${dossierId ?? line?.dossierId ?? null}
          where territory = ${room.territory} and id = ${callId}`);
        if (line) await countAttempt(room, tx, line.id);
        const id = await postCommand(room, tx, { op: 'call.originate', callId, agent: actor.accountId, level, number }, { by: actor.accountId });
        await journal(room, tx, { by: actor, objectType: 'call', objectId: callId, event: 'C10', to: 'RAPPEL', payload: { dossierId, callbackId } });
        await tell(room, tx, 'agent', { agentId: actor.accountId });
        return id;
      });
      return answer(commandId, callId);
    },
  };

  /** Keeps the actor's post for an outgoing call: the distribution gives it nothing meanwhile. */
  async function reserve(tx: Transaction, actor: Actor, callId: string): Promise<Level> {
    const agent = await tx.maybeOne<{ level: Level; state: string }>(sql`
      select level, state from telephony.agent where territory = ${room.territory} and account_id = ${actor.accountId} for update`);
    if (!agent || agent.state === 'offline') throw conflict('post-needed', "Prenez d'abord un poste. Rien n'a été composé.");
    if (agent.state === 'ringing' || agent.state === 'in-call') throw conflict('agent-in-call', "Vous êtes déjà en ligne. Rien n'a été composé.");
    await tx.run(sql`
      update telephony.agent set state = 'ringing', since = ${room.clock.now()}, call_id = ${callId}, wrap_until = null, pause_reason = null,
        after_call = case when state = 'pause' then 'pause' end
      where territory = ${room.territory} and account_id = ${actor.accountId}`);
    return agent.level;
  }
}

export type Actions = ReturnType<typeof createActions>;

const refusals: Record<string, string> = {
  'transfer-in-progress': "Un transfert de cet appel est déjà en cours. L'appel continue.",
  'call-ended': "L'appelant vient de raccrocher.",
  stale: "L'appel a changé entre-temps. Regardez son état, puis recommencez.",
};

const refusal = (reason: string | null): string =>
  refusals[reason ?? ''] ?? `La téléphonie a refusé (${reason ?? 'sans motif'}). L'appel continue ; réessayez ou agissez sur le poste téléphonique.`;
