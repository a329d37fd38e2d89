import sql from 'sql-template-tag';
import type { Clock } from '../../foundation/clock.ts';
import type { Database, Queryable, Transaction } from '../../foundation/db/database.ts';
import { conflict, forbidden, notFound, ruleBroken } from '../../foundation/errors.ts';
import { announce } from '../../foundation/events.ts';
import { writeJournal } from '../../foundation/journal.ts';
import type { AccountRequest, Actor, RefusalReason } from '../contract.ts';
import { grantorRoles, keptTerritories } from '../domain/granting.ts';
import type { Attempts } from './attempts.ts';
import type { Keeping } from './keeping.ts';
import type { IdentityOutside } from './outside.ts';

export interface AccountRequestDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly attempts: Attempts;
  readonly keeping: Pick<Keeping, 'heldBy' | 'openInvited'>;
  readonly outside: IdentityOutside;
}

interface StoredRequest extends Omit<AccountRequest, 'askedAt' | 'structureName'> {
  readonly askedAt: Temporal.Instant;
  readonly state: 'waiting' | 'accepted' | 'refused';
}

export interface RequestedAccount {
  readonly email: string;
  readonly lastName: string;
  readonly firstName: string;
  readonly territory: string;
  readonly structureId: string;
}

const columns = sql`id, email, last_name as "lastName", first_name as "firstName", territory, structure_id as "structureId", asked_at as "askedAt", state`;
/** A whole CPTS may ask from behind one address. */
const FROM_ONE_MACHINE = { hours: 1, wait: (tries: number) => (tries < 10 ? 0 : 3_600) };
const FOR_ONE_ADDRESS = { hours: 24, wait: (tries: number) => (tries < 3 ? 0 : 24 * 3_600) };

/** Structure managers' accounts are opened on request: mail, nom, prénom, territoire, structure (STR-01; seed 004, p. 7). */
export function createAccountRequests({ database, clock, attempts, keeping, outside }: AccountRequestDependencies) {
  const db = database.for('identity');
  const deed = (actor: Actor) => ({ at: clock.now(), actor: actor.accountId, role: actor.roles[0] ?? null });

  async function locked(tx: Transaction, actor: Actor, id: string): Promise<StoredRequest> {
    const request = await tx.maybeOne<StoredRequest>(sql`select ${columns} from identity.account_request where id = ${id} for update`);
    if (!request) throw notFound('request-not-found', "Cette demande n'existe pas.");
    const codes = keptTerritories(await keeping.heldBy(actor));
    if (!codes.includes('*') && !codes.includes(request.territory)) {
      throw forbidden('territory-out-of-reach', `Cette demande dépend du territoire ${request.territory}, dont vous ne tenez pas les comptes. L'accès est refusé et journalisé.`);
    }
    if (request.state !== 'waiting') throw conflict('request-decided', 'Cette demande a déjà reçu une réponse. Rien n’a été changé.');
    return request;
  }

  async function close(tx: Transaction, request: StoredRequest, actor: Actor, decision: { state: 'accepted' | 'refused'; refusal?: string; accountId?: string }): Promise<void> {
    const { at, ...by } = deed(actor);
    await tx.run(sql`
      update identity.account_request set state = ${decision.state}, refusal = ${decision.refusal ?? null}, account_id = ${decision.accountId ?? null},
        decided_by = ${actor.accountId}, decided_at = ${at} where id = ${request.id}`);
    await writeJournal(tx, {
      at, ...by, territory: request.territory, objectType: 'account-request', objectId: request.id, event: decision.state, from: 'waiting', to: decision.state,
      reason: decision.refusal ?? null,
    });
    await announce(tx, { topic: 'accounts', ids: { requestId: request.id }, audience: { roles: grantorRoles, territories: [request.territory] } });
  }

  return {
    /** Keeps a request for the account managers of the territory. The same is answered whether the address has an account or not. */
    async ask(request: RequestedAccount, address: string): Promise<void> {
      await attempts.take('account-request-from', address, FROM_ONE_MACHINE);
      await attempts.take('account-request', request.email, FOR_ONE_ADDRESS);
      if ((await outside.structure(request.structureId))?.territory !== request.territory) {
        throw ruleBroken('structure-unknown', 'Cette structure n’est pas de ce territoire.', [{ path: 'structureId', message: 'Choisissez une structure de la liste.' }]);
      }
      await db.transaction(async (tx) => {
        const now = clock.now();
        const { email, lastName, firstName, territory, structureId } = request;
        const { id } = await tx.one<{ id: string }>(sql`
          insert into identity.account_request (email, last_name, first_name, territory, structure_id, asked_at)
          values (${email}, ${lastName}, ${firstName}, ${territory}, ${structureId}, ${now}) returning id`);
        await writeJournal(tx, { at: now, territory, actor: 'visitor', objectType: 'account-request', objectId: id, event: 'asked', payload: { structureId } });
        await announce(tx, { topic: 'accounts', ids: { requestId: id }, audience: { roles: grantorRoles, territories: [territory] } });
      });
    },

    /** The requests that wait in these territories, the oldest first. */
    async waiting(territories: readonly string[]): Promise<AccountRequest[]> {
      const rows = await waitingIn(db, territories);
      return Promise.all(rows.map(async ({ askedAt, state: _, ...request }) => ({
        ...request, askedAt: askedAt.toString(), structureName: (await outside.structure(request.structureId))?.name ?? null,
      })));
    },

    /** Opens the account and sends its invitation. Gives its id. @throws not-found, forbidden `territory-out-of-reach`, conflict `request-decided`, `email-taken` */
    accept: (actor: Actor, id: string): Promise<string> =>
      db.transaction(async (tx) => {
        const request = await locked(tx, actor, id);
        const { email, lastName, firstName, territory, structureId } = request;
        const person = { email, lastName, firstName, nationalId: null, phone: null, department: null, team: null, available: null };
        const grant = { role: 'gestionnaire-structure', territory, structureId, validUntil: null } as const;
        const accountId = await keeping.openInvited(tx, actor, person, [grant]);
        await close(tx, request, actor, { state: 'accepted', accountId });
        return accountId;
      }),

    /** @throws not-found, forbidden `territory-out-of-reach`, conflict `request-decided` */
    refuse: (actor: Actor, id: string, reason: RefusalReason): Promise<void> =>
      db.transaction(async (tx) => {
        const request = await locked(tx, actor, id);
        await close(tx, request, actor, { state: 'refused', refusal: reason });
        const structure = (await outside.structure(request.structureId))?.name ?? request.structureId;
        await outside.messages.tellRefusal(tx, { to: request.email, name: `${request.firstName} ${request.lastName}`, structure, reason, key: `refused/${id}` });
      }),
  };
}
export type AccountRequests = ReturnType<typeof createAccountRequests>;

const waitingIn = (db: Queryable, territories: readonly string[]): Promise<StoredRequest[]> =>
  db.query<StoredRequest>(sql`
    select ${columns} from identity.account_request
    where state = 'waiting' and (${territories.includes('*')} or territory = any(${[...territories]})) order by asked_at, id`);
