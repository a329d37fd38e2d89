import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import type { ContextDatabase, Transaction } from '../../../foundation/db/database.ts';
import { forbidden, notFound, ruleBroken } from '../../../foundation/errors.ts';
import { type Actor, coversTerritory } from '../../../identity/contract.ts';
import { type Dossier as DossierView, regulationRoles } from '../contract.ts';
import { type Author, isDoctor, partiesOf } from '../domain/actors.ts';
import { type Dossier, medicalActs } from '../domain/dossier.ts';
import { possibleActions, situationOf } from '../domain/life.ts';
import { mayRead } from '../domain/scope.ts';
import type { Situation } from '../domain/situation.ts';
import type { DossierDependencies } from './index.ts';
import { type Deed, writeDeed } from './record.ts';
import { createSettings, type RegulationSettings, type Settings } from './settings.ts';
import { loadDossier } from './store.ts';

export const PRESENCE_SECONDS = 30;

/** What every use case of this context works with. */
export interface Room extends DossierDependencies {
  readonly db: ContextDatabase;
  readonly settings: RegulationSettings;
}

export const createRoom = (dependencies: DossierDependencies): Room => ({
  ...dependencies, db: dependencies.database.for('dossier'), settings: createSettings(dependencies),
});

/** The author that an actor is in a territory: a doctor's status and filières are those recorded there. */
export async function authorOf(room: Room, tx: Transaction | ContextDatabase, actor: Actor, territory: string): Promise<Author> {
  const author = { accountId: actor.accountId, name: actor.displayName, roles: actor.roles };
  if (!isDoctor(author)) return { ...author, status: null, filieres: [] };
  const { status, filieres } = await room.settings.regulator(tx, territory, actor.accountId);
  return { ...author, status, filieres };
}

export const deedOf = (actor: Actor, at: Temporal.Instant, event: string, more: Partial<Deed> = {}): Deed => ({
  at, accountId: actor.accountId, name: actor.displayName, role: actor.roles[0] ?? null, event, ...more,
});

export const dossierNotFound = () => notFound('dossier-not-found', "Ce dossier n'existe pas, ou n'est pas de votre territoire.");

/** The territory an actor opens a dossier in. @throws forbidden `territory-not-covered` */
export function territoryFor(actor: Actor, asked: string | null | undefined): string {
  const territory = asked ?? actor.territories.find((one) => one !== '*');
  if (!territory || !coversTerritory(actor, territory)) throw forbidden('territory-not-covered', `Vos droits ne couvrent pas le territoire ${territory ?? '(à préciser)'}.`);
  return territory;
}

/** Somebody of the regulation of these territories to whom a dossier may be given. @throws rule `receiver-unknown` */
export async function receiverOf(room: Room, accountId: string, territories: readonly string[]): Promise<{ accountId: string; name: string }> {
  const found = (await room.accounts.holders(regulationRoles, territories)).find(({ id }) => id === accountId);
  if (found) return { accountId: found.id, name: found.displayName };
  throw ruleBroken('receiver-unknown', "Ce destinataire ne régule pas dans ce territoire. Rien n'a été transmis.", [{ path: 'to', message: 'un collègue de la régulation' }]);
}

/** A dossier seen by somebody: the author, what is set in the territory, and whether he may read it. */
export interface Seen {
  readonly dossier: Dossier;
  readonly author: Author;
  readonly settings: Settings;
  /** Why he may read it; null: out of his scope. */
  readonly because: 'soins' | 'bris de glace' | null;
}

/** @throws not-found `dossier-not-found` */
export async function seeDossier(room: Room, tx: Transaction, actor: Actor, id: string, lock = false): Promise<Seen> {
  const dossier = await loadDossier(tx, id, actor.territories, lock);
  if (!dossier) throw dossierNotFound();
  const author = await authorOf(room, tx, actor, dossier.territory);
  const settings = await room.settings.of(tx, dossier.territory);
  const concerned = mayRead(dossier, author) || (await owesPatient(tx, dossier, author));
  const because = concerned ? 'soins' : (await glassBroken(room, tx, dossier, actor)) ? 'bris de glace' : null;
  return { dossier, author, settings, because };
}

/** An OSNP who must ring its patient reads a dossier that is closed already. */
const owesPatient = async (tx: Transaction, { territory, id }: Dossier, author: Author): Promise<boolean> =>
  partiesOf(author).includes('OS') && (await tx.maybeOne(sql`
    select 1 as one from dossier.patient_task where territory = ${territory} and dossier_id = ${id} and done_at is null limit 1`)) !== null;

const glassBroken = async (room: Room, tx: Transaction, dossier: Dossier, actor: Actor): Promise<boolean> =>
  (await tx.maybeOne(sql`
    select 1 as one from dossier.break_glass where territory = ${dossier.territory} and dossier_id = ${dossier.id}
      and account_id = ${actor.accountId} and until > ${room.clock.now()} limit 1`)) !== null;

/** Journals a refusal, which must stay although the request fails, and throws it. */
export async function refuse(room: Room, actor: Actor, dossier: Pick<Dossier, 'id' | 'territory'>, error: Error, payload: Record<string, unknown>): Promise<never> {
  await room.db.transaction((tx) => writeDeed(tx, dossier, deedOf(actor, room.clock.now(), 'refused', { payload })));
  throw error;
}

export const outOfScope = () =>
  forbidden('dossier-out-of-scope', "Ce dossier n'est pas dans votre périmètre de soins. Un médecin ou le superviseur peut l'ouvrir par bris de glace, avec un motif.");

export async function situationFor(
  room: Room, tx: Transaction, { dossier, author, settings }: Pick<Seen, 'dossier' | 'author' | 'settings'>, more: Partial<Situation> = {},
): Promise<Situation> {
  const now = room.clock.now();
  return situationOf(author, {
    dossier, now, rules: settings.rules, isOpen: (filiere) => settings.isOpen(filiere, now), newId: randomUUID, input: {}, call: null, other: null,
    bilevelOpen: await room.telephony.bilevelOpen(tx, dossier.territory, now), ...more,
  });
}

export type Here = DossierView['presence'];

/** Who is in a dossier now. */
export const presenceIn = (room: Room, tx: Transaction, { territory, id }: Pick<Dossier, 'territory' | 'id'>): Promise<Here> =>
  tx.for('dossier').query<Here[number]>(sql`
    select account_id as "accountId", name, field from dossier.presence
    where territory = ${territory} and dossier_id = ${id} and seen_at > ${room.clock.now().subtract({ seconds: PRESENCE_SECONDS })} order by name, account_id`);

/** What people read of a dossier, with what this reader may do now. */
export async function viewOf(room: Room, tx: Transaction, seen: Pick<Seen, 'dossier' | 'author' | 'settings'>): Promise<DossierView> {
  const { participants: _participants, stamps: _stamps, p0Since: _since, p0Alerts: _alerts, programmedFor: _programmed, ...told } = seen.dossier;
  const ask = told.filiere === 'SNP' && told.patient.usualDoctorContact === 'non-demande' && told.state === 'ACTIF' && medicalActs(told).length === 0;
  return {
    ...told, prompts: ask ? ['usual-doctor'] : [], possible: possibleActions(await situationFor(room, tx, seen)), presence: await presenceIn(room, tx, seen.dossier),
  };
}
