import sql from 'sql-template-tag';
import { keepingOf } from '../../foundation/retention.ts';

/** Requests on personal data that were answered. */
export const rightsRequestKeeping = keepingOf({
  context: 'privacy', table: sql`privacy.request`, id: sql`id::text`, settledAt: sql`answered_at`, territory: sql`territory`,
});
