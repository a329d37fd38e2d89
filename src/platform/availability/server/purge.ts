import sql from 'sql-template-tag';
import { keepingOf } from '../../../foundation/retention.ts';

/** The questions asked to the vendors. */
export const editorCallKeeping = keepingOf({
  context: 'availability', table: sql`availability.editor_call`, id: sql`id::text`, settledAt: sql`at`,
});
