import sql from 'sql-template-tag';
import { keepingOf } from '../../../foundation/retention.ts';

/** Reports of imports, with the lines rejected. */
export const importKeeping = keepingOf({
  context: 'directory', table: sql`directory.import`, id: sql`id::text`, settledAt: sql`finished_at`,
  dependents: [sql`delete from directory.import_rejection where import_id in (select id from gone)`],
});
