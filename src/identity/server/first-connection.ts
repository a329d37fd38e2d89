import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import type { Clock } from '../../foundation/clock.ts';
import type { Database, Transaction } from '../../foundation/db/database.ts';
import { conflict, forbidden, ruleBroken } from '../../foundation/errors.ts';
import { writeJournal } from '../../foundation/journal.ts';
import { TERMS_VERSION } from '../contract.ts';
import { atMost, type Attempts } from './attempts.ts';
import { type AccountRow, accountOfEmail, holdEmail, moveAccount, recordOnAccount } from './changes.ts';
import { createLink, findLink, type Link, pageOf, spendLink } from './links.ts';
import type { IdentityOutside } from './outside.ts';
import { digest, newSecret } from './sessions.ts';

/** Somebody whom Pro Santé Connect recognised and who has no account. */
export interface Newcomer {
  readonly nationalId: string;
  readonly lastName: string;
  readonly firstName: string;
}

export interface FirstConnectionDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly attempts: Attempts;
  readonly outside: IdentityOutside;
}

/** How long somebody recognised may take to give his address. */
export const NEWCOMER_HOURS = 1;
const LINKS_A_DAY = atMost(5, 24);

/** From a card without account to an account, by a link sent to the professional address (seed 004, p. 5, steps 2a and 2b). */
export function createFirstConnection({ database, clock, attempts, outside }: FirstConnectionDependencies) {
  const db = database.for('identity');

  /** The newcomer of a cookie, or null. */
  const newcomerOf = (cookie: string | undefined): Promise<Newcomer | null> =>
    cookie === undefined ? Promise.resolve(null) : db.maybeOne<Newcomer>(sql`
      select national_id as "nationalId", last_name as "lastName", first_name as "firstName" from identity.newcomer
      where id_hash = ${digest(cookie)} and expires_at > ${clock.now()}`);

  return {
    newcomerOf,

    /** Remembers somebody recognised while he gives his address; gives the cookie's value. */
    welcome: ({ nationalId, lastName, firstName }: Newcomer): Promise<string> =>
      db.transaction(async (tx) => {
        const cookie = newSecret();
        const now = clock.now();
        await tx.run(sql`
          insert into identity.newcomer (id_hash, national_id, last_name, first_name, expires_at)
          values (${digest(cookie)}, ${nationalId}, ${lastName}, ${firstName}, ${now.add({ hours: NEWCOMER_HOURS })})`);
        await writeJournal(tx, { at: now, actor: nationalId, objectType: 'session', objectId: nationalId, event: 'first-connection' });
        return cookie;
      }),

    /** Sends the link that confirms the address, known or not. @throws forbidden `first-connection-over`, too-many, rule `territory-unknown` */
    async askConfirmation(cookie: string | undefined, { email, territory }: { email: string; territory: string }): Promise<void> {
      const newcomer = await newcomerOf(cookie);
      if (!newcomer) throw forbidden('first-connection-over', 'Votre reconnaissance par Pro Santé Connect a expiré. Reconnectez-vous : rien n’a été ouvert.');
      if (!(await outside.territories()).some(({ code }) => code === territory)) {
        throw ruleBroken('territory-unknown', 'Ce territoire n’est pas connu du SAS.', [{ path: 'territory', message: 'Choisissez un territoire de la liste.' }]);
      }
      await attempts.take('confirmation', newcomer.nationalId, LINKS_A_DAY);
      await attempts.take('confirmation-to', email, LINKS_A_DAY);
      await db.transaction(async (tx) => {
        const now = clock.now();
        const token = await createLink(tx, { purpose: 'first-connection', email, territory, ...newcomer }, now);
        await outside.messages.sendConfirmation(tx, { to: email, name: `${newcomer.firstName} ${newcomer.lastName}`, ...pageOf(token) });
        await writeJournal(tx, { at: now, territory, actor: newcomer.nationalId, objectType: 'account', objectId: newcomer.nationalId, event: 'confirmation-sent' });
      });
    },

    /**
     * Follows the link: links the card to the account of this address, or opens one. A professional of the directory is an
     * effecteur at once; anybody else waits for an account manager.
     * @throws not-found, conflict: see `findLink`, and `card-has-account`, `account-has-other-card`, `account-suspended`
     */
    async confirm(token: string): Promise<'linked' | 'opened' | 'to-validate'> {
      const { nationalId: card } = await findLink(db, token, clock.now(), 'first-connection');
      const practises = await outside.practiceTerritories(card!);
      return db.transaction(async (tx) => {
        const now = clock.now();
        const link = await spendLink(tx, token, now, 'first-connection');
        const nationalId = link.nationalId!;
        await holdEmail(tx, link.email);
        await holdEmail(tx, nationalId);
        await tx.run(sql`delete from identity.newcomer where national_id = ${nationalId}`);
        if (await tx.maybeOne(sql`select 1 as one from identity.account where national_id = ${nationalId}`)) {
          throw conflict('card-has-account', 'Un compte est déjà lié à votre carte : connectez-vous avec Pro Santé Connect. Rien n’a été changé.');
        }
        const existing = await accountOfEmail(tx, link.email);
        return existing ? linkCard(tx, existing, link, now) : open(tx, link, practises, now);
      });
    },

    /** Deletes those who did not go on. */
    purge: () => db.run(sql`delete from identity.newcomer where expires_at <= ${clock.now()}`),
  };

  async function linkCard(tx: Transaction, account: AccountRow, link: Link, now: Temporal.Instant): Promise<'linked' | 'to-validate'> {
    if (account.nationalId) throw conflict('account-has-other-card', 'Le compte de cette adresse est déjà lié à une autre carte. Rien n’a été changé ; demandez à votre gestionnaire de comptes.');
    if (account.state === 'suspended') throw conflict('account-suspended', 'Le compte de cette adresse est suspendu. Rien n’a été changé ; demandez à votre gestionnaire de comptes.');
    await tx.run(sql`
      update identity.account set national_id = ${link.nationalId}, terms_version = ${TERMS_VERSION}, terms_accepted_at = ${now} where id = ${account.id}`);
    const deed = { at: now, actor: account.id };
    await recordOnAccount(tx, account.id, 'card-linked', deed, { nationalId: link.nationalId });
    if (account.state === 'invited') await moveAccount(tx, account, 'follow-invitation', deed, outside);
    else await outside.regulatorChanged(tx, account.id);
    return account.state === 'pending' ? 'to-validate' : 'linked';
  }

  async function open(tx: Transaction, link: Link, practises: readonly string[], now: Temporal.Instant): Promise<'opened' | 'to-validate'> {
    const effecteur = link.nationalId!.startsWith('8') && practises.length > 0;
    const id = randomUUID();
    await tx.run(sql`
      insert into identity.account (id, display_name, last_name, first_name, email, national_id, state, asked_territory, terms_version, terms_accepted_at, created_at)
      values (${id}, ${`${link.firstName} ${link.lastName}`}, ${link.lastName}, ${link.firstName}, ${link.email}, ${link.nationalId},
        ${effecteur ? 'active' : 'pending'}, ${link.territory}, ${TERMS_VERSION}, ${now}, ${now})`);
    const granted = effecteur ? [...new Set(practises)] : [];
    for (const territory of granted) {
      await tx.run(sql`insert into identity.grant (account_id, role, territory, granted_at, granted_by) values (${id}, 'effecteur', ${territory}, ${now}, 'directory')`);
    }
    await recordOnAccount(tx, id, 'opened', { at: now, actor: id, territory: link.territory }, { by: 'first-connection', roles: granted.map((territory) => `effecteur ${territory}`) });
    return effecteur ? 'opened' : 'to-validate';
  }
}
export type FirstConnection = ReturnType<typeof createFirstConnection>;
