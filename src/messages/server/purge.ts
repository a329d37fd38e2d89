import sql from 'sql-template-tag';
import { keepingOf } from '../../foundation/retention.ts';

/** What was sent and when, once recipient and values are erased. */
export const sendingKeeping = keepingOf({
  context: 'messages', table: sql`messages.sending`, id: sql`id::text`, settledAt: sql`asked_at`, also: sql`recipient is null`,
});
