import sql from 'sql-template-tag';
import { keepingOf } from '../../foundation/retention.ts';

/** Requests for help that are closed. */
export const contactKeeping = keepingOf({
  context: 'help', table: sql`help.contact`, id: sql`id::text`, settledAt: sql`closed_at`, territory: sql`territory`,
});
