import type { Clock } from '../../foundation/clock.ts';
import type { Database } from '../../foundation/db/database.ts';
import type { PersonalData } from '../../foundation/personal-data.ts';
import type { Keeping } from '../../foundation/retention.ts';
import type { CategoryCode } from '../contract.ts';

export { createRetention, type Retention } from './retention.ts';
export { createRights, type Rights } from './rights.ts';
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

export interface RightsDependencies {
  readonly database: Database;
  readonly clock: Clock;
  /** What every context keeps about somebody. */
  readonly providers: readonly PersonalData[];
  /** Display names by account. */
  readonly accountNames: (ids: string[]) => Promise<Map<string, string>>;
  /** What in a text looks like a patient's data, in words; null when nothing does. */
  readonly patientDataIn: (text: string) => string | null;
}
