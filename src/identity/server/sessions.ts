import { createHash, randomBytes } from 'node:crypto';
import sql from 'sql-template-tag';
import type { Clock } from '../../foundation/clock.ts';
import type { Database } from '../../foundation/db/database.ts';
import { writeJournal } from '../../foundation/journal.ts';

/** Length of a shift: nobody signs in again in the middle of one. */
const SESSION_HOURS = 13;

export const digest = (secret: string): Buffer => createHash('sha256').update(secret).digest();
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** An emergency session reads for an hour: the provider comes back, or a person decides again. */
const EMERGENCY_HOURS = 1;

export interface Session {
  readonly accountId: string;
  /** Nothing is shown nor done until somebody signs in again. */
  readonly locked: boolean;
  readonly readOnly: boolean;
}

export interface Sessions {
  /** Opens a session and gives the cookie's value, which is stored nowhere. */
  open(accountId: string, providerSession: string | null): Promise<string>;
  /** Opens the session of somebody who gave his password and a code. */
  openLocal(accountId: string): Promise<string>;
  /** Opens a session that only reads, for whoever cannot sign in while the identity provider is away (SEC-10). */
  openEmergency(accountId: string): Promise<string>;
  /** The live session of a cookie. */
  find(cookie: string): Promise<Session | null>;
  /** Locks the workstation: the session waits for somebody to sign in again. */
  lock(cookie: string): Promise<void>;
  /** Ends the session; gives the text that the provider wants at sign-out. */
  close(cookie: string): Promise<{ providerSession: string | null } | null>;
}

export function createSessions(database: Database, clock: Clock): Sessions {
  const db = database.for('identity');
  const open = (accountId: string, { hours, event, method, providerSession = null }: Opening): Promise<string> =>
    db.transaction(async (tx) => {
      const cookie = newSecret();
      const now = clock.now();
      await tx.run(sql`
        insert into identity.session (id_hash, account_id, created_at, expires_at, provider_session, read_only, method)
        values (${digest(cookie)}, ${accountId}, ${now}, ${now.add({ hours })}, ${providerSession}, ${method === 'emergency'}, ${method})`);
      await writeJournal(tx, { at: now, actor: accountId, objectType: 'session', objectId: accountId, event, payload: { method } });
      return cookie;
    });
  return {
    open: (accountId, providerSession) => open(accountId, { hours: SESSION_HOURS, event: 'sign-in', method: 'card', providerSession }),
    openLocal: (accountId) => open(accountId, { hours: SESSION_HOURS, event: 'sign-in', method: 'password-and-code' }),
    openEmergency: (accountId) => open(accountId, { hours: EMERGENCY_HOURS, event: 'emergency-sign-in', method: 'emergency' }),
    find: (cookie) =>
      db.maybeOne<Session>(sql`
        select account_id as "accountId", locked_at is not null as locked, read_only as "readOnly" from identity.session
        where id_hash = ${digest(cookie)} and expires_at > ${clock.now()}`),
    lock: (cookie) =>
      db.transaction(async (tx) => {
        const now = clock.now();
        const row = await tx.maybeOne<{ accountId: string }>(sql`
          update identity.session set locked_at = ${now} where id_hash = ${digest(cookie)} and locked_at is null returning account_id as "accountId"`);
        if (row) await writeJournal(tx, { at: now, actor: row.accountId, objectType: 'session', objectId: row.accountId, event: 'locked' });
      }),
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
  };
}

interface Opening {
  readonly hours: number;
  readonly event: string;
  readonly method: 'card' | 'password-and-code' | 'emergency';
  readonly providerSession?: string | null;
}
