import { randomUUID } from 'node:crypto';
import sql, { type Sql } from 'sql-template-tag';
import type { Clock } from '../../foundation/clock.ts';
import type { Database, Transaction } from '../../foundation/db/database.ts';
import { conflict, forbidden, notFound, ruleBroken } from '../../foundation/errors.ts';
import { announce } from '../../foundation/events.ts';
import { writeJournal } from '../../foundation/journal.ts';
import { type Actor, type DelegationScope, type DelegationView, hasRole, type Subject } from '../contract.ts';
import { delegationDateProblems, delegationSpan, delegationState } from '../domain/delegation.ts';
import { grantorRoles, keptTerritories } from '../domain/granting.ts';
import { accountById, accountOfEmail, accountOfPerson, type AccountRow, holdEmail, recordOnAccount } from './changes.ts';
import type { Keeping } from './keeping.ts';
import { createLink, pageOf } from './links.ts';
import type { IdentityOutside } from './outside.ts';
import { liveGrants } from './views.ts';

export interface DelegatingDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly keeping: Pick<Keeping, 'heldBy'>;
  readonly outside: IdentityOutside;
}

/** A delegation as it is asked: from the first day to the last one, included. */
export interface AskedDelegation extends Subject {
  readonly email: string;
  readonly lastName: string;
  readonly firstName: string;
  readonly scopes: readonly DelegationScope[];
  readonly from: string;
  readonly until: string;
}

interface StoredDelegation extends Subject {
  readonly id: string;
  readonly accountId: string;
  readonly delegateName: string;
  readonly delegateEmail: string | null;
  readonly delegateState: string;
  readonly ownerName: string | null;
  readonly scopes: DelegationScope[];
  readonly validFrom: Temporal.Instant;
  readonly validUntil: Temporal.Instant;
  readonly grantedBy: string;
  readonly grantedByName: string | null;
  readonly grantedAt: Temporal.Instant;
  readonly revokedAt: Temporal.Instant | null;
  readonly revokedByName: string | null;
  readonly territory: string | null;
}

/** Whoever may delegate: an effecteur for himself, a structure manager for the structures he manages. Never a délégataire. */
const ownSubjects = (actor: Actor): Subject[] => [
  ...(hasRole(actor, 'effecteur') && actor.nationalId ? [{ nationalId: actor.nationalId, structureId: null }] : []),
  ...(hasRole(actor, 'gestionnaire-structure') ? actor.structureIds.map((structureId) => ({ nationalId: null, structureId })) : []),
];

const owns = (actor: Actor, one: Subject): boolean =>
  ownSubjects(actor).some(({ nationalId, structureId }) => nationalId === one.nationalId && structureId === one.structureId);

/** Acting for somebody else: explicit, dated, revocable, told to both (ACT-18). */
export function createDelegating({ database, clock, keeping, outside }: DelegatingDependencies) {
  const db = database.for('identity');

  const read = (where: Sql): Promise<StoredDelegation[]> =>
    db.query<StoredDelegation>(sql`
      select d.id, d.account_id as "accountId", a.display_name as "delegateName", a.email as "delegateEmail", a.state as "delegateState",
        o.display_name as "ownerName", d.national_id as "nationalId", d.structure_id as "structureId", d.scopes, d.valid_from as "validFrom", d.valid_until as "validUntil",
        d.granted_by as "grantedBy", g.display_name as "grantedByName", d.granted_at as "grantedAt", d.revoked_at as "revokedAt", r.display_name as "revokedByName", d.territory
      from identity.delegation d join identity.account a on a.id = d.account_id
        left join identity.account o on o.national_id = d.national_id
        left join identity.account g on g.id::text = d.granted_by left join identity.account r on r.id::text = d.revoked_by
      where ${where} order by d.revoked_at nulls first, d.valid_until desc, d.id`);

  async function nameOf({ nationalId, structureId }: Subject, owner: string | null): Promise<string> {
    return owner ?? (structureId ? (await outside.structure(structureId))?.name : null) ?? nationalId ?? structureId!;
  }

  async function viewsOf(actor: Actor, rows: readonly StoredDelegation[]): Promise<DelegationView[]> {
    const kept = keptTerritories(await keeping.heldBy(actor));
    const now = clock.now();
    return Promise.all(rows.map(async ({ accountId, delegateName, delegateEmail, delegateState, ownerName, grantedByName, revokedByName, territory, ...row }) => {
      const state = delegationState(row, now);
      return {
        ...row, scopes: [...row.scopes], subject: await nameOf(row, ownerName), state,
        delegate: { accountId, name: delegateName, email: delegateEmail, invited: delegateState === 'invited' },
        validFrom: row.validFrom.toString(), validUntil: row.validUntil.toString(), grantedAt: row.grantedAt.toString(), revokedAt: row.revokedAt?.toString() ?? null,
        grantedBy: grantedByName ?? 'Le SAS', revokedBy: revokedByName,
        revocable: (state === 'in-force' || state === 'coming') && mayRevoke(actor, kept, { accountId, territory, ...row }),
      };
    }));
  }

  /** The account that will act, invited when nobody has this address. @throws conflict `delegate-suspended`, rule `delegate-self` */
  async function delegateOf(tx: Transaction, actor: Actor, asked: AskedDelegation, territory: string, at: Temporal.Instant): Promise<AccountRow> {
    const { email, lastName, firstName } = asked;
    await holdEmail(tx, email);
    const known = await accountOfEmail(tx, email);
    if (known?.id === actor.accountId) throw ruleBroken('delegate-self', 'Une délégation se donne à quelqu’un d’autre.', [{ path: 'email', message: 'C’est votre propre adresse.' }]);
    if (known?.state === 'suspended') throw conflict('delegate-suspended', 'Le compte de cette adresse est suspendu. Rien n’a été délégué ; voyez votre gestionnaire de comptes.');
    const deed = { at, actor: actor.accountId, role: actor.roles[0] ?? null, territory };
    if (known) return giveRole(tx, known, deed);
    const id = randomUUID();
    await tx.run(sql`
      insert into identity.account (id, display_name, last_name, first_name, email, state, created_at)
      values (${id}, ${`${firstName} ${lastName}`}, ${lastName}, ${firstName}, ${email}, 'invited', ${at})`);
    await recordOnAccount(tx, id, 'opened', deed, { by: 'delegation' });
    const token = await createLink(tx, { purpose: 'invitation', email, accountId: id }, at);
    await outside.messages.sendInvitation(tx, { to: email, name: `${firstName} ${lastName}`, by: actor.displayName, what: await nameOf(asked, asked.nationalId ? actor.displayName : null), ...pageOf(token) });
    return giveRole(tx, (await accountById(tx, id))!, deed);
  }

  async function giveRole(tx: Transaction, account: AccountRow, deed: { at: Temporal.Instant; actor: string; territory: string }): Promise<AccountRow> {
    const given = await tx.run(sql`
      insert into identity.grant (account_id, role, territory, granted_at, granted_by)
      values (${account.id}, 'delegataire', ${deed.territory}, ${deed.at}, ${deed.actor}) on conflict do nothing`);
    if (given === 1) await recordOnAccount(tx, account.id, 'role-granted', deed, { role: 'delegataire', territory: deed.territory });
    return account;
  }

  async function territoryOf(tx: Transaction, actor: Actor, { structureId }: Subject, at: Temporal.Instant): Promise<string> {
    const grants = await liveGrants(tx, [actor.accountId], at);
    const grant = grants.find((one) => (structureId === null ? one.role === 'effecteur' : one.structureId === structureId));
    return grant?.territory ?? actor.territories[0]!;
  }

  const zoneOf = async (territory: string | null): Promise<string> =>
    (await outside.territories()).find(({ code }) => code === territory)?.timeZone ?? 'Europe/Paris';

  async function tell(tx: Transaction, accountIds: readonly string[], territory: string | null, id: string): Promise<void> {
    await announce(tx, { topic: 'delegation', ids: { delegationId: id }, audience: { accounts: [...accountIds] } });
    // The rights of whoever acts have changed: his session is read again.
    for (const accountId of accountIds) await announce(tx, { topic: 'account', ids: { accountId }, audience: { accounts: [accountId] } });
    await announce(tx, { topic: 'accounts', ids: { delegationId: id }, audience: { roles: grantorRoles, ...(territory ? { territories: [territory] } : {}) } });
  }

  /** For whom one acts, by name. */
  async function giverOf(tx: Transaction, subject: Subject): Promise<string> {
    const owner = subject.nationalId ? await accountOfPerson(tx, { nationalId: subject.nationalId, email: null }) : null;
    return nameOf(subject, owner?.displayName ?? null);
  }

  const one = async (actor: Actor, id: string): Promise<DelegationView> => (await viewsOf(actor, await read(sql`d.id = ${id}`)))[0]!;

  return {
    /** Those given for whom the actor answers, and those he received. */
    async list(actor: Actor) {
      const subjects = ownSubjects(actor);
      const ids = subjects.map(({ nationalId, structureId }) => nationalId ?? structureId!);
      const given = await read(sql`coalesce(d.national_id, d.structure_id) = any(${ids})`);
      const received = await read(sql`d.account_id::text = ${actor.accountId}`);
      return {
        given: await viewsOf(actor, given), received: await viewsOf(actor, received),
        subjects: await Promise.all(subjects.map(async (subject) => ({ ...subject, name: await nameOf(subject, subject.nationalId ? actor.displayName : null) }))),
      };
    },

    /** Those of the territories that end within the days given. */
    async endingWithin(actor: Actor, territories: readonly string[], days: number): Promise<DelegationView[]> {
      const now = clock.now();
      return viewsOf(actor, await read(sql`
        d.revoked_at is null and d.valid_until > ${now} and d.valid_until <= ${now.add({ hours: 24 * days })}
        and (${territories.includes('*')} or d.territory = any(${[...territories]}))`));
    },

    /** @throws forbidden `subject-out-of-reach`, rule `delegation-dates`, `delegate-self`, conflict `already-delegated`, `delegate-suspended` */
    async delegate(actor: Actor, asked: AskedDelegation): Promise<DelegationView> {
      const { nationalId, structureId, scopes } = asked;
      if (!owns(actor, asked)) throw forbidden('subject-out-of-reach', 'On ne délègue que pour soi, ou pour une structure que l’on gère. Rien n’a été délégué.');
      const id = randomUUID();
      await db.transaction(async (tx) => {
        const now = clock.now();
        const territory = await territoryOf(tx, actor, asked, now);
        const zone = await zoneOf(territory);
        const problems = delegationDateProblems({ from: asked.from, until: asked.until, today: now.toZonedDateTimeISO(zone).toPlainDate().toString() });
        if (problems.length > 0) throw ruleBroken('delegation-dates', problems.map(({ message }) => message).join(' '), problems);
        const span = delegationSpan({ ...asked, zone });
        const delegate = await delegateOf(tx, actor, asked, territory, now);
        const overlapping = await tx.maybeOne(sql`
          select 1 as one from identity.delegation where account_id = ${delegate.id} and coalesce(national_id, structure_id) = ${nationalId ?? structureId}
            and revoked_at is null and valid_from < ${span.until} and valid_until > ${span.from}`);
        if (overlapping) throw conflict('already-delegated', 'Cette personne a déjà une délégation à ces dates. Rien n’a été changé : mettez d’abord fin à l’autre.');
        await tx.run(sql`
          insert into identity.delegation (id, account_id, national_id, structure_id, scopes, valid_from, valid_until, granted_by, granted_at, territory)
          values (${id}, ${delegate.id}, ${nationalId}, ${structureId}, ${[...scopes]}, ${span.from}, ${span.until}, ${actor.accountId}, ${now}, ${territory})`);
        await writeJournal(tx, {
          at: now, territory, actor: actor.accountId, role: actor.roles[0] ?? null, objectType: 'delegation', objectId: id, event: 'granted',
          payload: { to: delegate.id, nationalId, structureId, scopes, from: asked.from, until: asked.until },
        });
        await outside.messages.tellDelegation(tx, {
          to: asked.email, name: delegate.displayName, path: '/delegations', key: `delegation/${id}`, until: asked.until,
          giver: await nameOf(asked, nationalId ? actor.displayName : null),
        });
        await tell(tx, [delegate.id, actor.accountId], territory, id);
      });
      return one(actor, id);
    },

    /** Ends it at once: by whoever answers for whom it is, its holder, or an account manager. @throws not-found, forbidden, conflict `delegation-over` */
    async revoke(actor: Actor, id: string): Promise<DelegationView> {
      const kept = keptTerritories(await keeping.heldBy(actor));
      await db.transaction(async (tx) => {
        const row = await tx.maybeOne<Subject & { accountId: string; grantedBy: string; territory: string | null; validUntil: Temporal.Instant; validFrom: Temporal.Instant; revokedAt: Temporal.Instant | null }>(sql`
          select account_id as "accountId", national_id as "nationalId", structure_id as "structureId", granted_by as "grantedBy", territory,
            valid_from as "validFrom", valid_until as "validUntil", revoked_at as "revokedAt"
          from identity.delegation where id = ${id} for update`);
        if (!row) throw notFound('delegation-not-found', "Cette délégation n'existe pas.");
        if (!mayRevoke(actor, kept, row)) throw forbidden('delegation-out-of-reach', 'Seuls celui qui a délégué, son délégataire et le gestionnaire de comptes peuvent mettre fin à une délégation. Rien n’a été changé.');
        const now = clock.now();
        if (!['coming', 'in-force'].includes(delegationState(row, now))) throw conflict('delegation-over', 'Cette délégation est déjà finie. Rien n’a été changé.');
        await tx.run(sql`update identity.delegation set revoked_at = ${now}, revoked_by = ${actor.accountId} where id = ${id}`);
        await writeJournal(tx, { at: now, territory: row.territory, actor: actor.accountId, role: actor.roles[0] ?? null, objectType: 'delegation', objectId: id, event: 'revoked' });
        const delegate = (await accountById(tx, row.accountId))!;
        if (delegate.email) {
          const moment = now.toZonedDateTimeISO(await zoneOf(row.territory)).toPlainDateTime().toString({ smallestUnit: 'minute' });
          await outside.messages.tellDelegationRevoked(tx, { to: delegate.email, name: delegate.displayName, giver: await giverOf(tx, row), moment, key: `delegation-revoked/${id}` });
        }
        await tell(tx, [row.accountId, row.grantedBy], row.territory, id);
      });
      return one(actor, id);
    },
  };
}
export type Delegating = ReturnType<typeof createDelegating>;

const mayRevoke = (actor: Actor, kept: readonly string[], one: Subject & { readonly accountId: string; readonly grantedBy: string; readonly territory: string | null }): boolean =>
  owns(actor, one) || one.grantedBy === actor.accountId || one.accountId === actor.accountId || kept.includes('*') || (one.territory !== null && kept.includes(one.territory));
