import { createHash, randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import type { Transaction } from '../../../foundation/db/database.ts';
import { conflict, forbidden, ruleBroken } from '../../../foundation/errors.ts';
import { writeJournal } from '../../../foundation/journal.ts';
import type { Actor } from '../../../identity/contract.ts';
import type { Dossier as DossierView } from '../contract.ts';
import { partiesOf } from '../domain/actors.ts';
import { type Dossier, isFrozen } from '../domain/dossier.ts';
import { dossierNumber } from '../domain/number.ts';
import { openDossier } from '../domain/open.ts';
import type { CallFacts } from '../domain/situation.ts';
import { recordOpening, writeDeed } from './record.ts';
import { authorOf, deedOf, dossierNotFound, outOfScope, type Room, seeDossier, territoryFor, viewOf } from './room.ts';
import type { Settings } from './settings.ts';
import { loadDossier, nextRank } from './store.ts';

export interface OpenRequest {
  readonly callId?: string;
  readonly suiteOf?: string;
  readonly programmedFor?: string;
  readonly degradedFrom?: string;
  readonly formNumber?: string;
  readonly territory?: string;
}

/** The one dossier that a paper form of a territory may open. */
function idOfForm(territory: string, formNumber: string): string {
  const hex = createHash('sha256').update(`degraded ${territory} ${formNumber}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}

/** Still as the ring opened it: a call may leave it for the dossier of its event. */
const isEmpty = (dossier: Dossier) =>
  dossier.step === 'OUVERT' && dossier.type === 'D' && dossier.calls.length === 1 && dossier.notes.length === 0 && dossier.motive === null && dossier.location === null;

/** The call as the rules need it, with the dossier that holds it now, locked; null when the phone does not know it. */
export async function callFacts(room: Room, tx: Transaction, territory: string, callId: string): Promise<{ facts: CallFacts; holder: Dossier | null } | null> {
  const call = await room.telephony.call(tx, callId);
  if (!call) return null;
  // Two people who open the same call at once come one after the other: the second sees the dossier of the first.
  await tx.for('dossier').run(sql`select pg_advisory_xact_lock(hashtextextended(${`call ${territory} ${callId}`}, 0))`);
  const held = await tx.for('dossier').maybeOne<{ dossierId: string }>(sql`
    select dossier_id as "dossierId" from dossier.call where territory = ${territory} and call_id = ${callId}`);
  const holder = held && (await loadDossier(tx.for('dossier'), held.dossierId, [territory], true));
  const facts = {
    id: call.id, presentedAt: call.presentedAt.toString(), answered: call.answered, ended: call.ended, caller: call.caller,
    heldBy: holder && { id: holder.id, empty: isEmpty(holder) },
  };
  return { facts, holder };
}

/** National number of the next dossier, by the day on the territory's wall clock. */
export async function nextNumber(tx: Transaction, territory: string, { timeZone, department }: Pick<Settings, 'timeZone' | 'department'>, at: Temporal.Instant): Promise<string> {
  const day = at.toZonedDateTimeISO(timeZone).toPlainDate();
  return dossierNumber(territory, department, day, await nextRank(tx, territory, day));
}

/** Opens dossiers (T01, T28, T33 and the re-entry of paper forms). */
export function createOpening(room: Room) {
  const { db, clock } = room;

  async function suite(tx: Transaction, territory: string, id: string | undefined): Promise<string | null> {
    if (!id) return null;
    const previous = await loadDossier(tx, id, [territory]);
    if (!previous) throw dossierNotFound();
    if (isFrozen(previous)) return previous.id;
    throw conflict('dossier-still-open', "Ce dossier n'est pas clôturé : rattachez-lui l'appel au lieu d'ouvrir une suite. Rien n'a été créé.", { dossierId: previous.id });
  }

  async function callToOpen(tx: Transaction, territory: string, callId: string): Promise<CallFacts> {
    const known = await callFacts(room, tx, territory, callId);
    if (!known?.facts.answered) throw conflict('call-not-answered', "Cet appel n'est pas connu, ou pas encore décroché. Aucun dossier n'a été ouvert.");
    if (known.holder) throw conflict('call-has-dossier', `Cet appel a déjà son dossier, ${known.holder.number}. Ouvrez-le.`, { dossierId: known.holder.id });
    return known.facts;
  }

  /** The dossier that this form already opened, or null; two that enter it at once come one after the other. */
  async function reentered(tx: Transaction, actor: Actor, id: string, { formNumber, degradedFrom }: OpenRequest): Promise<DossierView | null> {
    await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`form ${id}`}, 0))`);
    if (!(await tx.maybeOne(sql`select 1 as one from dossier.dossier where id = ${id}`))) return null;
    const seen = await seeDossier(room, tx, actor, id);
    if (seen.dossier.openedAt !== Temporal.Instant.from(degradedFrom!).toString()) {
      throw conflict('form-already-entered', `La fiche ${formNumber} est déjà ressaisie, avec une autre heure d'appel : dossier ${seen.dossier.number}. Rien n'a été créé ; vérifiez le numéro et l'heure de la fiche.`);
    }
    if (seen.because === null) throw outOfScope();
    await writeDeed(tx, seen.dossier, deedOf(actor, clock.now(), 'read', { reason: `fiche ${formNumber}`, careContext: seen.because }));
    return viewOf(room, tx, seen);
  }

  async function refuseParty(actor: Actor, territory: string): Promise<never> {
    await db.transaction((tx) => writeJournal(tx, {
      at: clock.now(), territory, actor: actor.accountId, role: actor.roles[0] ?? null, objectType: 'dossier', objectId: 'new', event: 'refused', payload: { action: 'open' },
    }));
    throw forbidden('transition-forbidden', "Votre rôle n'ouvre pas de dossier : il arrive par le décroché. Rien n'a été créé.");
  }

  /**
   * @throws forbidden `transition-forbidden`, `territory-not-covered`; conflict `call-not-answered`, `call-has-dossier`,
   * `dossier-still-open`, `form-already-entered`; rule `incomplete`; not-found `dossier-not-found`
   */
  return async (actor: Actor, request: OpenRequest): Promise<DossierView> => {
    const now = clock.now();
    const known = request.callId ? await db.transaction((tx) => room.telephony.call(tx, request.callId!)) : null;
    const territory = territoryFor(actor, request.territory ?? known?.territory);
    if (!partiesOf(actor).some((party) => party !== 'OS')) return refuseParty(actor, territory);
    checkRequest(request, now);
    return db.transaction(async (tx) => {
      const id = request.formNumber ? idOfForm(territory, request.formNumber) : randomUUID();
      const known = request.formNumber ? await reentered(tx, actor, id, request) : null;
      if (known) return known;
      const settings = await room.settings.of(tx, territory);
      const author = await authorOf(room, tx, actor, territory);
      const call = request.callId ? await callToOpen(tx, territory, request.callId) : null;
      const suiteOf = await suite(tx, territory, request.suiteOf);
      const openedAt = request.degradedFrom ? Temporal.Instant.from(request.degradedFrom) : now;
      const dossier = openDossier({
        id, territory, number: await nextNumber(tx, territory, settings, openedAt), now, author, call, suiteOf,
        programmedFor: request.programmedFor ? Temporal.Instant.from(request.programmedFor).toString() : null,
        degradedFrom: request.degradedFrom ? openedAt.toString() : null,
      });
      const payload = { t: suiteOf ? 'T28' : 'T01', number: dossier.number, callId: request.callId ?? null, degradedFrom: dossier.degraded ? dossier.openedAt : null, formNumber: request.formNumber ?? null };
      await recordOpening(tx, dossier, settings.rules, deedOf(actor, now, 'open', { payload }));
      if (call) await room.telephony.link(tx, actor, call.id, dossier.id);
      return viewOf(room, tx, { dossier, author, settings });
    });
  };
}

function checkRequest({ callId, suiteOf, programmedFor, degradedFrom, formNumber }: OpenRequest, now: Temporal.Instant): void {
  const wrong = [
    ...(callId || suiteOf || programmedFor || degradedFrom ? [] : [{ path: 'callId', message: 'un dossier s’ouvre sur un appel décroché' }]),
    ...(degradedFrom && Temporal.Instant.compare(Temporal.Instant.from(degradedFrom), now) > 0 ? [{ path: 'degradedFrom', message: "l'heure de la fiche papier est dans le futur" }] : []),
    ...(formNumber && !degradedFrom ? [{ path: 'degradedFrom', message: "l'heure de l'appel est celle de la fiche papier" }] : []),
    ...(programmedFor && Temporal.Instant.compare(Temporal.Instant.from(programmedFor), now) <= 0 ? [{ path: 'programmedFor', message: "l'heure prévue est passée" }] : []),
  ];
  if (wrong.length > 0) throw ruleBroken('incomplete', `À compléter : ${wrong.map((one) => one.message).join(' ; ')}. Rien n'a été créé.`, wrong);
}
