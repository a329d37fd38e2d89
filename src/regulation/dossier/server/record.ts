import type { Transaction } from '../../../foundation/db/database.ts';
import { AppError, conflict, forbidden, ruleBroken } from '../../../foundation/errors.ts';
import { announce } from '../../../foundation/events.ts';
import { writeJournal } from '../../../foundation/journal.ts';
import type { Role } from '../../../identity/contract.ts';
import { type Dossier, placeOf } from '../domain/dossier.ts';
import type { Alert } from '../domain/effects.ts';
import { healthNumbersIn } from '../domain/health-number.ts';
import { nextDue, worstKind } from '../domain/life.ts';
import { stamped } from '../domain/merge-fields.ts';
import type { RegulationRules } from '../domain/rules.ts';
import type { Refusal } from '../domain/situation.ts';
import { insertDossier, updateDossier } from './store.ts';

/** Everybody who works on dossiers: screens read again what they may read. */
const room: readonly Role[] = ['arm', 'arm-coordonnateur', 'superviseur', 'osnp', 'mru', 'mrg', 'medecin-specialise'];
/** Those whom a P0 that nobody takes must reach (I6). */
const rescuers: readonly Role[] = ['superviseur', 'mru', 'mrg', 'medecin-specialise'];

/** Who did what, for the journal and the fields. */
export interface Deed {
  readonly at: Temporal.Instant;
  readonly accountId: string;
  readonly name: string;
  readonly role: Role | null;
  readonly event: string;
  readonly reason?: string | null;
  readonly payload?: Readonly<Record<string, unknown>>;
  readonly careContext?: string;
}

export const writeDeed = (tx: Transaction, dossier: Pick<Dossier, 'id' | 'territory'>, deed: Deed, move: { from?: string; to?: string } = {}) =>
  writeJournal(tx, {
    at: deed.at, territory: dossier.territory, actor: deed.accountId, role: deed.role, objectType: 'dossier', objectId: dossier.id, event: deed.event,
    from: move.from ?? null, to: move.to ?? null, payload: { by: deed.name, ...deed.payload }, reason: deed.reason, careContext: deed.careContext ?? null,
  });

/** Stores a dossier just opened, with its journal entry, and tells the room. */
export async function recordOpening(tx: Transaction, dossier: Dossier, rules: RegulationRules, deed: Deed): Promise<void> {
  await insertDossier(tx, dossier, nextDue(dossier, rules)?.at ?? null);
  await writeDeed(tx, dossier, deed, { to: placeOf(dossier) });
  await tell(tx, dossier, [null, dossier.queue]);
}

/**
 * Stores a change of a locked dossier in one transaction with its journal entry and its announcement (I13). Gives the dossier
 * with its new version.
 */
export async function recordChange(tx: Transaction, before: Dossier, after: Dossier, rules: RegulationRules, deed: Deed, alerts: readonly Alert[] = []): Promise<Dossier> {
  const version = before.version + 1;
  const next = stamped(before, { ...after, version }, { version, by: deed.name, at: deed.at.toString() });
  await updateDossier(tx, before, next, nextDue(next, rules)?.at ?? null);
  await writeDeed(tx, next, deed, { from: placeOf(before), to: placeOf(next) });
  await tell(tx, next, [before.queue, next.queue]);
  for (const alert of alerts) {
    const audience = { territories: [next.territory], roles: alert === 'p0-late' ? rescuers : room };
    await announce(tx, { topic: alert.startsWith('p0') ? 'p0' : 'queue', ids: { dossierId: next.id, alert }, audience });
  }
  return next;
}

async function tell(tx: Transaction, dossier: Dossier, queues: readonly (string | null)[]): Promise<void> {
  const audience = { territories: [dossier.territory], roles: room };
  await announce(tx, { topic: 'dossier', ids: { dossierId: dossier.id }, audience });
  const concerned = [...new Set(queues.filter((queue) => queue !== null))];
  if (concerned.length > 0) await announce(tx, { topic: 'queue', ids: { queues: concerned.join(','), dossierId: dossier.id }, audience });
}

/** Tells those who have the dossier open, without a new version: notes, presence. */
export const tellDossier = (tx: Transaction, dossier: Pick<Dossier, 'id' | 'territory'>, what: Record<string, string> = {}) =>
  announce(tx, { topic: 'dossier', ids: { dossierId: dossier.id, ...what }, audience: { territories: [dossier.territory], roles: room } });

/** @throws rule `national-health-number-refused` when a text holds a NIR; it is not repeated. */
export function refuseHealthNumbers(body: unknown): void {
  const paths = healthNumbersIn(body);
  if (paths.length === 0) return;
  throw ruleBroken(
    'national-health-number-refused', "Un numéro de sécurité sociale a été saisi : il n'est jamais gardé ici. Rien n'a été enregistré ; retirez-le.",
    paths.map((path) => ({ path, message: 'numéro de sécurité sociale à retirer' })),
  );
}

/** The answer to a refused action: the gravest reason gives the family, all are listed. */
export function refusalError(refusals: readonly Refusal[], place: string, possible: readonly string[]): AppError {
  const kind = worstKind(refusals);
  const told = refusals.filter((one) => one.kind === kind);
  const sentence = [...new Set(told.map((one) => one.message))].join(' ');
  const fields = refusals.filter((one) => one.kind === 'incomplete').map(({ path, message }) => ({ path, message }));
  if (kind === 'forbidden') return forbidden('transition-forbidden', `${sentence} Rien n'a été modifié.`, { possible });
  if (kind === 'impossible') return conflict('transition-impossible', `${sentence} Rien n'a été modifié.`, { state: place, possible });
  const list = fields.map(({ path, message }) => `${path} : ${message}`).join(' ; ');
  return ruleBroken('incomplete', `À compléter : ${list}. Rien n'a été modifié.`, fields);
}
