import sql from 'sql-template-tag';
import { keepingOf } from '../../../foundation/retention.ts';

/** Dossiers: only counted, since their elimination is decided by a person and the database refuses it. */
export const dossierKeeping = keepingOf({
  context: 'dossier', table: sql`dossier.dossier`, id: sql`id::text`, settledAt: sql`updated_at`, territory: sql`territory`, also: sql`state <> 'ACTIF'`,
});
