import type { Transaction } from '../../../foundation/db/database.ts';
import { AppError, ruleBroken } from '../../../foundation/errors.ts';
import { versionOf } from '../../../foundation/http/if-match.ts';
import type { Actor } from '../../../identity/contract.ts';
import type { Dossier as DossierView } from '../contract.ts';
import { roleAs } from '../domain/actors.ts';
import { callerQueue, type Dossier, placeOf } from '../domain/dossier.ts';
import { type DossierAction, dossierActions, readInput } from '../domain/fields.ts';
import { judge, type Outcome, possibleActions } from '../domain/life.ts';
import { missing, type Refusal, type Situation } from '../domain/situation.ts';
import { everAllowed } from '../domain/transitions.ts';
import { callFacts, nextNumber } from './open.ts';
import { recordChange, recordOpening, refusalError, refuseHealthNumbers } from './record.ts';
import { deedOf, outOfScope, receiverOf, refuse, type Room, type Seen, seeDossier, situationFor, viewOf } from './room.ts';
import { loadDossier } from './store.ts';

export type ActionRequest = Readonly<Record<string, unknown>> & { readonly action: string };

/** @throws stale `dossier-moved-on` (412), unversioned `if-match-required` (428) */
export function checkVersion(dossier: Pick<Dossier, 'version'>, ifMatch: string | undefined): void {
  const version = versionOf(ifMatch);
  if (version === null) throw new AppError('unversioned', 'if-match-required', "Dites sur quelle version du dossier vous agissez (en-tête If-Match). Rien n'a été modifié.");
  if (version === '*' || version === dossier.version) return;
  throw new AppError('stale', 'dossier-moved-on', "Le dossier a changé depuis que vous l'avez lu. Rien n'a été modifié ; relisez-le puis recommencez.", { extra: { version: dossier.version } });
}

interface Refused {
  readonly dossier: Dossier;
  readonly error: AppError;
}

/** Moves dossiers along the table of transitions (T02 to T34). */
export function createActs(room: Room) {
  const { db, clock } = room;

  /** What the action needs to know beside the dossier: the call to attach, the dossier to keep. */
  async function beside(tx: Transaction, { dossier }: Seen, action: DossierAction, { callId, into }: { callId?: string; into?: string }) {
    if (action === 'attach-call' && callId) {
      const known = await callFacts(room, tx, dossier.territory, callId);
      const holder = known?.facts.heldBy?.empty ? known.holder : null;
      return { call: known?.facts ?? null, other: holder };
    }
    return { call: null, other: action === 'merge' && into ? await loadDossier(tx, into, [dossier.territory], true) : null };
  }

  async function attempt(tx: Transaction, actor: Actor, id: string, action: DossierAction, body: ActionRequest, ifMatch: string | undefined): Promise<DossierView | Refused> {
    const seen = await seeDossier(room, tx, actor, id, true);
    const { dossier, author, settings } = seen;
    if (seen.because === null) return { dossier, error: outOfScope() };
    const situation = await situationFor(room, tx, seen);
    const refused = (refusals: readonly Refusal[]): Refused => ({ dossier, error: refusalError(refusals, placeOf(dossier), possibleActions(situation)) });
    if (!everAllowed(action, author)) return refused([{ kind: 'forbidden', path: 'action', message: 'Votre rôle ne permet pas cette action.' }]);
    checkVersion(dossier, ifMatch);
    const { input, wrong } = readInput(action, body);
    const to = input.to && (await receiverOf(room, input.to.accountId, [dossier.territory]));
    const asked = { ...situation, input: { ...input, ...(to && { to }) }, ...(await beside(tx, seen, action, input)) };
    const verdict = judge(action, asked);
    const reported = new Set(wrong.map(({ path }) => path.split('.')[0]));
    const refusals = [
      ...wrong.map(({ path, message }) => missing(path, message)),
      ...('refusals' in verdict ? verdict.refusals.filter((one) => !(one.kind === 'incomplete' && reported.has(one.path.split('.')[0]))) : []),
    ];
    if (refusals.length > 0) return refused(refusals);
    const { outcome } = verdict as { outcome: Outcome };
    const after = await record(tx, actor, asked, action, outcome, seen);
    return viewOf(room, tx, { dossier: after, author, settings });
  }

  async function record(tx: Transaction, actor: Actor, { dossier, other, input }: Situation, action: DossierAction, outcome: Outcome, { author, settings, because }: Seen): Promise<Dossier> {
    const now = clock.now();
    const { transition, alerts, payload, opened } = outcome;
    const deed = deedOf(actor, now, action, {
      role: roleAs(author, transition.by), careContext: because ?? undefined, reason: input.reason ?? null,
      payload: { t: transition.t, ...payload, ...prescriptions(outcome, dossier) },
    });
    const after = await recordChange(tx, dossier, outcome.dossier, settings.rules, deed, alerts);
    if (outcome.other && other) await recordChange(tx, other, outcome.other, settings.rules, { ...deed, payload: { t: transition.t, with: dossier.number } });
    if (opened) {
      const numbered = { ...opened, number: await nextNumber(tx, dossier.territory, settings, now) };
      await recordOpening(tx, numbered, settings.rules, { ...deed, payload: { t: 'T32', from: dossier.number } });
      for (const call of numbered.calls) await room.telephony.link(tx, actor, call.id, numbered.id);
    }
    const joined = outcome.dossier.calls.filter((call) => !dossier.calls.some((one) => one.id === call.id));
    for (const call of joined) await room.telephony.link(tx, actor, call.id, dossier.id);
    await moveCalls(tx, actor, dossier, after);
    if (action === 'merge' && outcome.other) for (const call of dossier.calls) await room.telephony.link(tx, actor, call.id, outcome.other.id);
    return after;
  }

  async function moveCalls(tx: Transaction, actor: Actor, before: Dossier, after: Dossier): Promise<void> {
    if (before.priority === after.priority && before.queue === after.queue) return;
    const taken = after.owner?.accountId === actor.accountId && before.owner?.accountId !== actor.accountId;
    for (const call of after.calls.filter(({ onLine }) => onLine)) await room.telephony.follow(tx, actor, call.id, { priority: after.priority, queue: callerQueue(after), taken });
  }

  /**
   * @throws rule `unknown-action`, `incomplete`, `national-health-number-refused`; forbidden `transition-forbidden`,
   * `dossier-out-of-scope`, both journaled; conflict `transition-impossible` with `possible`; stale `dossier-moved-on`;
   * unversioned `if-match-required`; not-found `dossier-not-found`
   */
  return async (actor: Actor, id: string, body: ActionRequest, ifMatch: string | undefined): Promise<DossierView> => {
    const action = dossierActions.find((one) => one === body.action);
    if (!action) throw ruleBroken('unknown-action', `L'action « ${body.action} » n'existe pas.`, [{ path: 'action', message: `une de : ${dossierActions.join(', ')}` }]);
    refuseHealthNumbers(body);
    const result = await db.transaction((tx) => attempt(tx, actor, id, action, body, ifMatch));
    if (!('error' in result)) return result;
    if (result.error.family === 'forbidden') return refuse(room, actor, result.dossier, result.error, { action, code: result.error.code, state: placeOf(result.dossier) });
    throw result.error;
  };
}

/** Content and recipient of prescriptions are in the journal (requirements 6.7). */
function prescriptions({ dossier }: Outcome, before: Dossier) {
  const fresh = dossier.acts.slice(before.acts.length).flatMap((act) => act.decisions).filter((one) => one.type === 'PMT');
  return fresh.length > 0 ? { prescriptions: fresh.map((one) => one.details) } : {};
}
