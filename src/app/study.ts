import { createHmac } from 'node:crypto';
import type { Database } from '../foundation/db/database.ts';
import { secretKey } from '../foundation/secrets.ts';

/** Key of the pseudonyms of studies. Both halves of one installation have it: their extracts can be put side by side. */
export const studyKey = (database: Database): Promise<Buffer> => secretKey(database, 'study-pseudonym');

const LENGTH = 24;

/** A pseudonym that stays the same and leads back to nothing without the key. */
export const pseudonymsOf = (key: Buffer) => (id: string): string => createHmac('sha256', key).update(id).digest('hex').slice(0, LENGTH);
