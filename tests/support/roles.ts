import type { Database } from '../../src/foundation/db/database.ts';

/** The schemas, one a context. */
export const contexts = ['foundation', 'identity', 'territory', 'privacy', 'help', 'directory', 'participation', 'availability', 'orientation', 'telephony', 'interop', 'dossier', 'protocol', 'messages'] as const;

/** One role a context, with rights on its own schema and nothing else. */
export async function createContextRoles(database: Database): Promise<void> {
  for (const context of contexts) {
    const role = `sas_${context}`;
    await database.pool.query(`
      do $$ begin create role ${role} nologin; exception when duplicate_object then null; end $$;
      grant usage on schema ${context} to ${role};
      grant all on all tables in schema ${context} to ${role};
      grant all on all sequences in schema ${context} to ${role};
      grant execute on all functions in schema ${context} to ${role};`);
  }
}
