import type { Clock } from '../../foundation/clock.ts';
import type { Database } from '../../foundation/db/database.ts';
import type { Keeping } from '../../foundation/retention.ts';
import type { CategoryCode } from '../contract.ts';

export { createRetention, type Retention } from './retention.ts';
export { privacyHandlers } from './routes.ts';

/** What each context keeps for a time, by category; a category without one is kept nowhere. */
export type Keepings = Partial<Record<CategoryCode, Keeping>>;

export interface RetentionDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly keepings: Keepings;
  /** Codes of the territories served. */
  readonly territories: () => Promise<readonly string[]>;
}

