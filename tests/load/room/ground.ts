import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopwatch } from '../../../src/foundation/clock.ts';
import { type Database, openDatabase } from '../../../src/foundation/db/database.ts';
import { type EmbeddedPostgres, ensureDatabase, startEmbeddedPostgres } from '../../../src/foundation/db/embedded.ts';
import { migrate } from '../../../src/foundation/db/migrate.ts';
import type { Actor, Role } from '../../../src/identity/contract.ts';
import type { Territory } from '../../../src/territory/contract.ts';

export const territory: Territory = {
  code: '86', name: 'Vienne', departments: ['86'], timeZone: 'Europe/Paris', holidaySet: 'metropole', radiusKm: 20, launchedOn: null, status: 'LANCE',
};

export const actor = (role: Role, index = 0): Actor => ({
  accountId: randomUUID(), displayName: `${role} ${index}`, email: null, roles: [role], territories: ['86'], nationalId: null, structureIds: [], delegations: [], editor: null,
});

export const pause = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms));

const at = (values: readonly number[], rank: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * rank))] ?? Number.NaN;

export const median = (values: readonly number[]): number => at(values, 0.5);
export const spread = (values: readonly number[]): string => `p50 ${median(values).toFixed(1)} ms, p99 ${at(values, 0.99).toFixed(1)} ms`;

export const print = (what: string, figures: string): void => void process.stdout.write(`${what.padEnd(24)} ${figures}\n`);

/** Runs that are not counted. */
export const WARM_UP = 5;

/** How long each of `count` runs took, in milliseconds, after a few that are not counted. */
export async function timed(count: number, work: (index: number) => Promise<unknown>): Promise<number[]> {
  const taken: number[] = [];
  for (let index = 0; index < count + WARM_UP; index++) {
    const elapsed = stopwatch();
    await work(index);
    taken.push(elapsed());
  }
  return taken.slice(WARM_UP);
}

/** Makes a database of that name, migrated, closed with the server. */
export type OpenDatabase = (name: string) => Promise<Database>;

/** A PostgreSQL server of its own, gone with its data after `work`. */
export async function withPostgres<T>(
  work: (ground: { open: OpenDatabase; postgres: EmbeddedPostgres; folder: string }) => Promise<T>, settings: Record<string, string> = {},
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'sas-bench-room-'));
  const postgres = await startEmbeddedPostgres(folder, settings);
  const opened: Database[] = [];
  try {
    const open: OpenDatabase = async (name) => {
      await ensureDatabase(postgres, name);
      const database = openDatabase({ host: postgres.socketDir, user: postgres.user, database: name });
      opened.push(database);
      await migrate(database);
      return database;
    };
    return await work({ open, postgres, folder });
  } finally {
    for (const database of opened) await database.close();
    await postgres.discard();
    rmSync(folder, { recursive: true, force: true });
  }
}
