import sql from 'sql-template-tag';
import type { Transaction } from '../../../foundation/db/database.ts';
import type { Dossier } from '../domain/dossier.ts';

export type Note = Dossier['notes'][number];

/** Adds a note to a dossier. False when it is already there. */
export async function insertNote(tx: Transaction, { territory, id }: Pick<Dossier, 'territory' | 'id'>, note: Note, authorId: string): Promise<boolean> {
  const added = await tx.query(sql`
    insert into dossier.note (territory, dossier_id, id, at, author, author_id, role, kind, text, written_at)
    values (${territory}, ${id}, ${note.id}, ${note.at}::timestamptz, ${note.author}, ${authorId}, ${note.role}, ${note.kind}, ${note.text}, ${note.writtenAt}::timestamptz)
    on conflict (territory, dossier_id, id) do nothing returning 1 as one`);
  return added.length > 0;
}
