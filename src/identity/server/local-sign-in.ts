import sql from 'sql-template-tag';
import type { Clock } from '../../foundation/clock.ts';
import type { Database, Queryable, Transaction } from '../../foundation/db/database.ts';
import { conflict, forbidden, ruleBroken } from '../../foundation/errors.ts';
import { writeJournal } from '../../foundation/journal.ts';
import { TERMS_VERSION } from '../contract.ts';
import type { AccountState } from '../domain/account-state.ts';
import { passwordProblem } from '../domain/password.ts';
import { atMost, type Attempts, slowingDown } from './attempts.ts';
import { accountById, type AccountRow, accountOfEmail, lockAccount, moveAccount, recordOnAccount } from './changes.ts';
import { createLink, findLink, type LinkPurpose, pageOf, spendLink } from './links.ts';
import type { IdentityOutside } from './outside.ts';
import { decrypt, encrypt, hashPassword, newCodeSecret, newRecoveryCodes, nobodysPassword, passwordMatches, type PasswordCost, pairing, plainRecoveryCode, stepOfCode } from './secrets.ts';
import { digest, type Sessions } from './sessions.ts';

export interface LocalSignInDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly attempts: Attempts;
  readonly sessions: Pick<Sessions, 'openLocal'>;
  readonly outside: IdentityOutside;
  /** Encrypts the secrets of the codes. */
  readonly key: Buffer;
  readonly cost: PasswordCost;
}

interface Credential {
  readonly accountId: string;
  readonly state: AccountState;
  readonly passwordHash: string;
  readonly codeSecret: Buffer;
}

/** One person at one machine, one person from anywhere, one machine for anybody: each is slowed down. */
const paces = { pair: slowingDown(3), person: slowingDown(30), machine: slowingDown(100) } as const;

/** Signing in without a card: a password and a code, always both (SEC-01, SEC-02). */
export function createLocalSignIn({ database, clock, attempts, sessions, outside, key, cost }: LocalSignInDependencies) {
  const db = database.for('identity');

  async function checkPassword(password: string, person: { lastName: string; firstName: string; email: string }): Promise<string> {
    const problem = passwordProblem(password, person);
    if (problem) throw ruleBroken('password-weak', problem, [{ path: 'password', message: problem }]);
    return hashPassword(password, cost);
  }

  return {
    /** Opens a session; gives the cookie's value and whose it is. @throws forbidden `sign-in-refused`, `account-closed`; too-many */
    async signIn({ email, password, code, address }: { email: string; password: string; code: string; address: string }): Promise<{ cookie: string; accountId: string }> {
      const tried = { pair: `${email} ${address}`, person: email, machine: address };
      for (const who of ['pair', 'person', 'machine'] as const) await attempts.take(`sign-in-${who}`, tried[who], paces[who]);
      const credential = await credentialOf(db, email);
      const known = await passwordMatches(password, credential?.passwordHash ?? nobodysPassword(cost));
      const accepted = known && credential !== null && (await acceptCode(credential, code));
      if (!accepted) {
        await journalFailure(credential?.accountId ?? 'unknown');
        throw forbidden('sign-in-refused', "L'adresse, le mot de passe ou le code ne correspondent pas, ou ce code a déjà servi. Attendez le code suivant et réessayez.");
      }
      if (credential.state !== 'active') throw forbidden('account-closed', 'Votre compte n’est pas ouvert : il attend une validation, ou il est suspendu. Votre gestionnaire de comptes peut vous le dire.');
      await attempts.forget('sign-in-pair', tried.pair);
      await attempts.forget('sign-in-person', tried.person);
      return { cookie: await sessions.openLocal(credential.accountId), accountId: credential.accountId };
    },

    /** What a link will do, without using it: mail scanners open links. @throws not-found, conflict: see `findLink` */
    async readLink(token: string) {
      const now = clock.now();
      const link = await findLink(db, token, now, 'first-connection', 'invitation', 'password');
      const account = link.accountId ? await accountById(db, link.accountId) : await accountOfEmail(db, link.email);
      const name = link.accountId ? account!.displayName : `${link.firstName} ${link.lastName}`;
      const linkable = account !== null && account.nationalId === null && account.state !== 'suspended';
      return {
        purpose: link.purpose, email: link.email, name, nationalId: link.nationalId,
        existing: link.purpose === 'first-connection' && account ? { name: account.displayName, linkable } : null,
        codes: link.purpose === 'invitation' ? pairing(await secretOfInvitation(token), link.email) : null,
      };
    },

    /** Follows an invitation: password and telephone at once, so that no half-made means of signing in exists. */
    async acceptInvitation({ token, password, code }: { token: string; password: string; code: string }): Promise<{ cookie: string; accountId: string; recoveryCodes: string[] }> {
      await attempts.take('invitation', token, slowingDown(5));
      const invited = await invitedBy(token, 'invitation');
      const passwordHash = await checkPassword(password, invited);
      const recoveryCodes = newRecoveryCodes();
      await db.transaction(async (tx) => {
        const now = clock.now();
        const link = await spendLink(tx, token, now, 'invitation');
        if (!link.codeSecret) throw conflict('invitation-not-opened', 'Ouvrez d’abord l’invitation depuis son lien : la clé du téléphone n’a pas encore été donnée.');
        const secret = decrypt(key, link.codeSecret);
        const step = stepOfCode(secret, code, now);
        if (step === null) throw ruleBroken('code-wrong', 'Ce code ne correspond pas.', [{ path: 'code', message: 'Ce code ne correspond pas : vérifiez l’heure du téléphone, ou attendez le suivant.' }]);
        const account = (await lockAccount(tx, link.accountId!))!;
        await tx.run(sql`
          insert into identity.credential (account_id, password_hash, code_secret, last_step, changed_at)
          values (${account.id}, ${passwordHash}, ${encrypt(key, secret)}, ${step}, ${now})
          on conflict (account_id) do update set password_hash = excluded.password_hash, code_secret = excluded.code_secret, last_step = excluded.last_step, changed_at = excluded.changed_at`);
        await tx.run(sql`delete from identity.recovery_code where account_id = ${account.id}`);
        for (const one of recoveryCodes) await tx.run(sql`insert into identity.recovery_code (account_id, hash) values (${account.id}, ${digest(plainRecoveryCode(one))})`);
        await tx.run(sql`update identity.account set terms_version = ${TERMS_VERSION}, terms_accepted_at = ${now} where id = ${account.id}`);
        await moveAccount(tx, account, 'follow-invitation', { at: now, actor: account.id }, outside);
      });
      return { cookie: await sessions.openLocal(invited.id), accountId: invited.id, recoveryCodes };
    },

    /** Sends a link to whoever has a password; the same is answered to everybody. @throws too-many */
    async forgetPassword(email: string, address: string): Promise<void> {
      await attempts.take('forgotten', email, atMost(3, 1));
      await attempts.take('forgotten-from', address, { hours: 1, wait: (tries) => (tries < 20 ? 0 : 3_600) });
      const credential = await credentialOf(db, email);
      if (credential?.state !== 'active') return;
      await db.transaction(async (tx) => {
        const now = clock.now();
        const account = (await lockAccount(tx, credential.accountId))!;
        const token = await createLink(tx, { purpose: 'password', email: account.email!, accountId: account.id }, now);
        await outside.messages.sendPasswordReset(tx, { to: account.email!, name: account.displayName, ...pageOf(token) });
        await recordOnAccount(tx, account.id, 'password-forgotten', { at: now, actor: account.id });
      });
    },

    /** Another password; the code of the telephone stays asked. Sessions opened with the former one are closed. */
    async resetPassword({ token, password }: { token: string; password: string }): Promise<void> {
      const person = await invitedBy(token, 'password');
      const passwordHash = await checkPassword(password, person);
      await db.transaction(async (tx) => {
        const now = clock.now();
        const link = await spendLink(tx, token, now, 'password');
        await tx.run(sql`update identity.credential set password_hash = ${passwordHash}, changed_at = ${now} where account_id = ${link.accountId}`);
        await tx.run(sql`delete from identity.session where account_id = ${link.accountId}`);
        await recordOnAccount(tx, link.accountId!, 'password-changed', { at: now, actor: link.accountId! });
      });
    },
  };

  /** Who a link was sent to. */
  async function invitedBy(token: string, purpose: LinkPurpose): Promise<AccountRow & { email: string }> {
    const link = await findLink(db, token, clock.now(), purpose);
    return { ...(await accountById(db, link.accountId!))!, email: link.email };
  }

  /** The secret that the invitation enrols: the same each time it is opened. */
  async function secretOfInvitation(token: string): Promise<Buffer> {
    const fresh = encrypt(key, newCodeSecret());
    const { secret } = await db.one<{ secret: Buffer }>(sql`
      update identity.link set code_secret = coalesce(code_secret, ${fresh}) where hash = ${digest(token)} returning code_secret as secret`);
    return decrypt(key, secret);
  }

  /** Uses a code of the telephone, or one of the recovery codes; neither works twice. */
  async function acceptCode({ accountId, codeSecret }: Credential, code: string): Promise<boolean> {
    const step = /^\d{6}$/.test(code) ? stepOfCode(decrypt(key, codeSecret), code, clock.now()) : null;
    if (step !== null) return (await db.run(sql`update identity.credential set last_step = ${step} where account_id = ${accountId} and last_step < ${step}`)) === 1;
    return db.transaction(async (tx: Transaction) => {
      const now = clock.now();
      const used = await tx.run(sql`
        update identity.recovery_code set used_at = ${now} where account_id = ${accountId} and hash = ${digest(plainRecoveryCode(code))} and used_at is null`);
      if (used === 1) await recordOnAccount(tx, accountId, 'recovery-code-used', { at: now, actor: accountId });
      return used === 1;
    });
  }

  async function journalFailure(accountId: string): Promise<void> {
    await db.transaction((tx) =>
      writeJournal(tx, { at: clock.now(), actor: accountId, objectType: 'session', objectId: accountId, event: 'sign-in-refused', payload: { method: 'password-and-code' } }),
    );
  }
}
export type LocalSignIn = ReturnType<typeof createLocalSignIn>;

const credentialOf = (db: Queryable, email: string): Promise<Credential | null> =>
  db.maybeOne<Credential>(sql`
    select a.id as "accountId", a.state, c.password_hash as "passwordHash", c.code_secret as "codeSecret"
    from identity.credential c join identity.account a on a.id = c.account_id
    where lower(a.email) = lower(${email}) order by (a.state = 'active') desc limit 1`);
