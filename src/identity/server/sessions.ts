import { createHash, randomBytes } from 'node:crypto';
import sql from 'sql-template-tag';
import type { Clock } from '../../foundation/clock.ts';
import type { Database } from '../../foundation/db/database.ts';
import { writeJournal } from '../../foundation/journal.ts';

/** Length of a shift: nobody signs in again in the middle of one. */
const SESSION_HOURS = 13;

export const digest = (secret: string): Buffer => createHash('sha256').update(secret).digest();
export const newSecret = (): string => randomBytes(32).toString('base64url');

export interface Sessions {
  /** Opens a session and gives the cookie's value, which is stored nowhere. */
  open(accountId: string, providerSession: string | null): Promise<string>;
  /** The account of a live session. */
  accountOf(cookie: string): Promise<string | null>;
  /** Ends the session; gives the text that the provider wants at sign-out. */
  close(cookie: string): Promise<{ providerSession: string | null } | null>;
  /** Deletes the sessions that are over. */
  purge(): Promise<number>;
}

export function createSessions(database: Database, clock: Clock): Sessions {
  const db = database.for('identity');
  return {
    open: (accountId, providerSession) =>
      db.transaction(async (tx) => {
        const cookie = newSecret();
        const now = clock.now();
        await tx.run(sql`
          insert into identity.session (id_hash, account_id, created_at, expires_at, provider_session)
          values (${digest(cookie)}, ${accountId}, ${now}, ${now.add({ hours: SESSION_HOURS })}, ${providerSession})`);
        await writeJournal(tx, { at: now, actor: accountId, objectType: 'session', objectId: accountId, event: 'sign-in' });
        return cookie;
      }),
    async accountOf(cookie) {
      const row = await db.maybeOne<{ accountId: string }>(sql`
        select account_id as "accountId" from identity.session
        where id_hash = ${digest(cookie)} and expires_at > ${clock.now()}`);
      return row?.accountId ?? null;
    },
    close: (cookie) =>
      db.transaction(async (tx) => {
        const row = await tx.maybeOne<{ accountId: string; providerSession: string | null }>(sql`
          delete from identity.session where id_hash = ${digest(cookie)}
          returning account_id as "accountId", provider_session as "providerSession"`);
        if (!row) return null;
        await writeJournal(tx, {
          at: clock.now(), actor: row.accountId, objectType: 'session', objectId: row.accountId, event: 'sign-out',
        });
        return { providerSession: row.providerSession };
      }),
    purge: () => db.run(sql`delete from identity.session where expires_at <= ${clock.now()}`),
  };
}
