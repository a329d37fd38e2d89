import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import type { Clock } from '../../foundation/clock.ts';
import type { Database, Queryable, Transaction } from '../../foundation/db/database.ts';
import { conflict, forbidden, notFound, ruleBroken } from '../../foundation/errors.ts';
import { readJournal } from '../../foundation/journal-read.ts';
import { type AccountDetails, type AccountView, type Actor, type NewGrant, type Role, roleLabels } from '../contract.ts';
import { type HeldRole, keptTerritories, mayGrant, mayKeep, rolesGrantableOn } from '../domain/granting.ts';
import { accountOfEmail, type AccountRow, type Deed, holdEmail, lockAccount, moveAccount, recordOnAccount } from './changes.ts';
import { createLink, pageOf } from './links.ts';
import type { IdentityOutside } from './outside.ts';
import { createAccountViews, liveGrants } from './views.ts';

export interface KeepingDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly outside: IdentityOutside;
}

/** Roles whose coming or going vendors must know. */
const rolesVendorsKnow: readonly Role[] = ['osnp', 'mrg', 'mru', 'ioa'];

/** What the account managers do, each on his territories and not above his own rights (ACT-01, ACT-02, ACT-17). */
export function createKeeping({ database, clock, outside }: KeepingDependencies) {
  const db = database.for('identity');
  const views = createAccountViews(database, clock, outside);
  const deedOf = (actor: Actor, territory: string | null = null): Deed => ({ at: clock.now(), actor: actor.accountId, role: actor.roles[0] ?? null, territory });

  /** The rights by which somebody keeps accounts: role and territory together, as they were granted. */
  async function heldBy(db: Queryable, actor: Actor): Promise<HeldRole[]> {
    const grants = await liveGrants(db, [actor.accountId], clock.now());
    return grants.filter(({ role, territory }) => actor.roles.includes(role) && actor.territories.includes(territory));
  }

  /** The account, locked, when it may be changed as a whole. @throws not-found, forbidden `account-out-of-reach`, `own-account`, `account-above` */
  async function kept(tx: Transaction, actor: Actor, id: string): Promise<{ account: AccountRow; held: HeldRole[] }> {
    const { account, held } = await inReach(tx, actor, id);
    if (!mayKeep(held, await liveGrants(tx, [id], clock.now()))) {
      throw forbidden('account-above', 'Ce compte a des droits que vous ne pouvez pas donner, ou dans un autre territoire. Rien n’a été changé ; un administrateur peut le faire.');
    }
    return { account, held };
  }

  async function inReach(tx: Transaction, actor: Actor, id: string): Promise<{ account: AccountRow; held: HeldRole[] }> {
    const account = await lockAccount(tx, id);
    if (!account) throw notFound('account-not-found', "Ce compte n'existe pas.");
    const held = await heldBy(tx, actor);
    if (!(await views.isOf(tx, id, keptTerritories(held)))) throw forbidden('account-out-of-reach', "Ce compte dépend d'un autre territoire que les vôtres. L'accès est refusé et journalisé.");
    if (id === actor.accountId) throw forbidden('own-account', 'Personne ne change ses propres droits : un autre gestionnaire de comptes peut le faire.');
    return { account, held };
  }

  /** Gives a role. @throws forbidden `role-out-of-reach`, rule `structure-needed`, `national-id-needed`, conflict `role-held` */
  async function give(tx: Transaction, held: readonly HeldRole[], account: AccountRow, grant: NewGrant, deed: Deed): Promise<void> {
    const { role, territory, structureId, validUntil } = grant;
    if (!mayGrant(held, grant)) throw forbidden('role-out-of-reach', `Vous ne pouvez pas donner le rôle « ${roleLabels[role]} » sur le territoire ${territory}. Rien n’a été changé.`);
    if (role === 'effecteur' && account.nationalId === null) throw ruleBroken('national-id-needed', 'Un effecteur est connu par son identifiant national (RPPS ou ADELI).', [{ path: 'nationalId', message: 'Donnez l’identifiant national.' }]);
    if ((role === 'gestionnaire-structure') !== (structureId !== null)) throw structureNeeded();
    if (structureId !== null && (await outside.structure(structureId))?.territory !== territory) throw structureNeeded();
    const zone = (await outside.territories()).find(({ code }) => code === territory)?.timeZone ?? 'Europe/Paris';
    const until = validUntil ? Temporal.PlainDate.from(validUntil).add({ days: 1 }).toZonedDateTime(zone).toInstant() : null;
    const given = await tx.run(sql`
      insert into identity.grant (account_id, role, territory, structure_id, granted_at, granted_by, valid_until)
      values (${account.id}, ${role}, ${territory}, ${structureId}, ${deed.at}, ${deed.actor}, ${until}) on conflict do nothing`);
    if (given === 0) throw conflict('role-held', `Ce compte a déjà le rôle « ${roleLabels[role]} » sur le territoire ${territory}.`);
    await recordOnAccount(tx, account.id, 'role-granted', { ...deed, territory }, { role, territory, structureId, validUntil });
    if (rolesVendorsKnow.includes(role)) await outside.regulatorChanged(tx, account.id);
  }

  async function invite(tx: Transaction, account: AccountRow, deed: Deed, by: string): Promise<void> {
    if (!account.email) throw ruleBroken('email-needed', 'Sans adresse e-mail, aucune invitation ne peut partir.', [{ path: 'email', message: 'Donnez une adresse.' }]);
    await tx.run(sql`delete from identity.credential where account_id = ${account.id}`);
    await tx.run(sql`delete from identity.recovery_code where account_id = ${account.id}`);
    const token = await createLink(tx, { purpose: 'invitation', email: account.email, accountId: account.id }, deed.at);
    await outside.messages.sendInvitation(tx, { to: account.email, name: account.displayName, by, what: await placeOf(tx, account.id), ...pageOf(token) });
  }

  /** What somebody is invited to: the structure that he manages, else his SAS. */
  async function placeOf(tx: Transaction, accountId: string): Promise<string> {
    const grants = await liveGrants(tx, [accountId], clock.now());
    const structureId = grants.find((grant) => grant.structureId !== null)?.structureId;
    const structure = structureId ? await outside.structure(structureId) : null;
    return structure?.name ?? (await outside.territories()).find(({ code }) => code === grants[0]?.territory)?.name ?? 'SAS';
  }

  /** Opens an account that its owner has yet to enter. @throws conflict `email-taken`, `national-id-taken`, and what `give` throws */
  async function openInvited(tx: Transaction, actor: Actor, person: AccountDetails & { email: string; nationalId: string | null }, grants: readonly NewGrant[]): Promise<string> {
    const held = await heldBy(tx, actor);
    const deed = deedOf(actor, grants[0]!.territory);
    await holdEmail(tx, person.email);
    if (await accountOfEmail(tx, person.email)) throw conflict('email-taken', 'Un compte a déjà cette adresse. Rien n’a été ouvert : donnez-lui le rôle voulu.');
    if (person.nationalId && (await tx.maybeOne(sql`select 1 as one from identity.account where national_id = ${person.nationalId}`))) {
      throw conflict('national-id-taken', 'Un compte a déjà cet identifiant national. Rien n’a été ouvert.');
    }
    const id = randomUUID();
    await tx.run(sql`
      insert into identity.account (id, display_name, last_name, first_name, email, national_id, state, created_at)
      values (${id}, ${`${person.firstName} ${person.lastName}`}, ${person.lastName}, ${person.firstName}, ${person.email}, ${person.nationalId}, 'invited', ${deed.at})`);
    await writeDetails(tx, id, person);
    const account = (await lockAccount(tx, id))!;
    await recordOnAccount(tx, id, 'opened', deed, { by: 'manager' });
    for (const grant of grants) await give(tx, held, account, grant, deed);
    await invite(tx, account, deed, actor.displayName);
    return id;
  }

  const viewOf = async (actor: Actor, id: string): Promise<AccountView> => (await views.read(await heldBy(db, actor), actor.accountId, [id]))[0]!;

  return {
    heldBy: (actor: Actor) => heldBy(db, actor),
    openInvited,

    /** The accounts of the reader's territories, or of the one asked. @throws forbidden `territory-out-of-reach` */
    async list(actor: Actor, territory?: string): Promise<AccountView[]> {
      const held = await heldBy(db, actor);
      const all = keptTerritories(held);
      if (territory !== undefined && !all.includes('*') && !all.includes(territory)) {
        throw forbidden('territory-out-of-reach', `Vous ne tenez pas les comptes du territoire ${territory}. L'accès est refusé et journalisé.`);
      }
      return views.read(held, actor.accountId, await views.idsOf(territory === undefined ? all : [territory]));
    },

    async grantable(actor: Actor) {
      const held = await heldBy(db, actor);
      const codes = keptTerritories(held);
      const all = codes.includes('*') ? ['*', ...(await outside.territories()).map(({ code }) => code)] : codes;
      return all.map((territory) => ({ territory, roles: rolesGrantableOn(held, territory) }));
    },

    /** @throws forbidden `account-out-of-reach`, not-found */
    async read(actor: Actor, id: string) {
      await db.transaction(async (tx) => {
        if (id !== actor.accountId) await inReach(tx, actor, id);
      });
      const lines = await readJournal(database, 'account', id, 200);
      const names = await views.names(lines.map(({ actor: by }) => by));
      const history = lines.map(({ at, actor: by, event, reason, payload }) => ({ at: at.toString(), by: names.get(by) ?? by, event, reason, detail: payload }));
      return { account: await viewOf(actor, id), history: history.reverse() };
    },

    async create(actor: Actor, person: AccountDetails & { email: string; nationalId: string | null; grants: readonly NewGrant[] }): Promise<AccountView> {
      const id = await db.transaction((tx) => openInvited(tx, actor, person, person.grants));
      return viewOf(actor, id);
    },

    async change(actor: Actor, id: string, details: AccountDetails): Promise<AccountView> {
      await db.transaction(async (tx) => {
        const { account } = await kept(tx, actor, id);
        const email = details.email?.toLowerCase() ?? null;
        if (email && email !== account.email?.toLowerCase()) {
          await holdEmail(tx, email);
          if (await accountOfEmail(tx, email)) throw conflict('email-taken', 'Un autre compte a déjà cette adresse. Rien n’a été changé.');
        }
        await writeDetails(tx, id, details);
        const changed = (['email', 'lastName', 'firstName'] as const).filter((field) => details[field] !== account[field]);
        await recordOnAccount(tx, id, 'details-changed', deedOf(actor), { changed });
        if (changed.length > 0) await outside.regulatorChanged(tx, id);
      });
      return viewOf(actor, id);
    },

    async act(actor: Actor, id: string, event: 'validate' | 'invite' | 'suspend' | 'reopen', grants: readonly NewGrant[]): Promise<AccountView> {
      await db.transaction(async (tx) => {
        const { account, held } = await kept(tx, actor, id);
        const deed = deedOf(actor);
        for (const grant of grants) await give(tx, held, account, grant, deed);
        if (event === 'validate' && (await liveGrants(tx, [id], deed.at)).length === 0) {
          throw ruleBroken('role-needed', 'Un compte se valide avec au moins un rôle.', [{ path: 'grants', message: 'Donnez un rôle.' }]);
        }
        await moveAccount(tx, account, event, deed, outside);
        if (event === 'invite') await invite(tx, account, deed, actor.displayName);
        if (event === 'validate' && account.email) await outside.messages.tellOpened(tx, { to: account.email, name: account.displayName, path: '/', key: `validated/${id}` });
      });
      return viewOf(actor, id);
    },

    async grant(actor: Actor, id: string, grant: NewGrant): Promise<AccountView> {
      await db.transaction(async (tx) => {
        const { account, held } = await inReach(tx, actor, id);
        await give(tx, held, account, grant, deedOf(actor));
      });
      return viewOf(actor, id);
    },

    async revoke(actor: Actor, id: string, grantId: string): Promise<AccountView> {
      await db.transaction(async (tx) => {
        const { held } = await inReach(tx, actor, id);
        const grant = (await liveGrants(tx, [id], clock.now())).find((one) => one.id === grantId);
        if (!grant) throw notFound('grant-not-found', 'Ce rôle a déjà été retiré.');
        if (!mayGrant(held, grant)) throw forbidden('role-out-of-reach', `Vous ne pouvez pas retirer le rôle « ${roleLabels[grant.role]} » sur le territoire ${grant.territory}. Rien n’a été changé.`);
        const deed = deedOf(actor, grant.territory);
        await tx.run(sql`update identity.grant set revoked_at = ${deed.at}, revoked_by = ${deed.actor} where id = ${grantId}`);
        await recordOnAccount(tx, id, 'role-revoked', deed, { role: grant.role, territory: grant.territory });
        if (rolesVendorsKnow.includes(grant.role)) await outside.regulatorChanged(tx, id);
      });
      return viewOf(actor, id);
    },
  };
}
export type Keeping = ReturnType<typeof createKeeping>;

const structureNeeded = () =>
  ruleBroken('structure-needed', 'Un gestionnaire de structure gère une structure de son territoire.', [{ path: 'structureId', message: 'Choisissez une structure de ce territoire.' }]);

async function writeDetails(tx: Transaction, id: string, { lastName, firstName, email, phone, department, team, available }: AccountDetails): Promise<void> {
  await tx.run(sql`
    update identity.account set last_name = ${lastName}, first_name = ${firstName}, email = ${email}, phone = ${phone}, department = ${department}, team = ${team},
      display_name = case when display_name like 'Dr %' then 'Dr ' else '' end || ${`${firstName} ${lastName}`},
      available = ${available?.amount ?? null}, available_unit = ${available?.unit ?? null}
    where id = ${id}`);
}
