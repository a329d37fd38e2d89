import sql from 'sql-template-tag';
import type { Clock } from '../../foundation/clock.ts';
import type { Database } from '../../foundation/db/database.ts';
import { AppError } from '../../foundation/errors.ts';
import { secondsToWait } from '../domain/delay.ts';
import { digest } from './sessions.ts';

/** How often something may be tried: what was tried in the last `hours` tells how many seconds to leave after the last time. */
export interface Pace {
  readonly hours: number;
  readonly wait: (tries: number) => number;
}

/** So many failures before each other one waits longer than the former. */
export const slowingDown = (free: number): Pace => ({ hours: 24, wait: (failures) => secondsToWait(failures, free) });
/** So many in the time given, and not two in the same minute. */
export const atMost = (times: number, hours: number): Pace => ({ hours, wait: (tries) => (tries === 0 ? 0 : tries < times ? 60 : hours * 3_600) });

const KEPT_HOURS = 48;

/** What was tried, and by whom, as a digest: whoever tries too much waits. */
export function createAttempts(database: Database, clock: Clock) {
  const db = database.for('identity');
  return {
    /** Counts a try before it is made, so that tries made at once all count. @throws too-many `too-many-attempts` */
    async take(kind: string, key: string, pace: Pace): Promise<void> {
      const wait = await db.transaction(async (tx) => {
        const hash = digest(key);
        const now = clock.now();
        await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`${kind} ${hash.toString('hex')}`}, 0))`);
        const { tries, last } = await tx.one<{ tries: number; last: Temporal.Instant | null }>(sql`
          select count(*) as tries, max(at) as last from identity.attempt
          where kind = ${kind} and key = ${hash} and at > ${now.subtract({ hours: pace.hours })}`);
        const left = last ? Math.ceil(last.add({ seconds: pace.wait(tries) }).since(now).total('seconds')) : 0;
        if (left <= 0) await tx.run(sql`insert into identity.attempt (kind, key, at) values (${kind}, ${hash}, ${now})`);
        return left;
      });
      if (wait > 0) throw tooMany(wait);
    },
    /** Forgets the failures: the next one counts as the first. */
    async forget(kind: string, key: string): Promise<void> {
      await db.run(sql`delete from identity.attempt where kind = ${kind} and key = ${digest(key)}`);
    },
    /** Deletes what no longer counts. */
    purge: () => db.run(sql`delete from identity.attempt where at <= ${clock.now().subtract({ hours: KEPT_HOURS })}`),
  };
}
export type Attempts = ReturnType<typeof createAttempts>;

function tooMany(seconds: number): AppError {
  const words = seconds < 90 ? `${seconds} secondes` : seconds < 5_400 ? `${Math.ceil(seconds / 60)} minutes` : `${Math.ceil(seconds / 3_600)} heures`;
  return new AppError('too-many', 'too-many-attempts', `Trop d'essais à la suite. Rien n'a été fait ; réessayez dans ${words}.`, { extra: { retryAfter: seconds } });
}
