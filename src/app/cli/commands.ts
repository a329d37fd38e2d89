import { systemClock } from '../../foundation/clock.ts';
import { migrate } from '../../foundation/db/migrate.ts';
import { chainJournal, verifyJournal } from '../../foundation/journal.ts';
import type { Role } from '../../identity/contract.ts';
import { issueToken } from '../../identity/server/tokens.ts';
import { openApi } from '../routes.ts';
import { openStorage, withStorage } from './storage.ts';

interface DataOption {
  readonly data?: string;
}

export async function migrateCommand({ data }: DataOption): Promise<void> {
  const storage = await openStorage(data);
  try {
    const applied = await migrate(storage.database);
    console.log(applied.length === 0 ? 'La base est à jour.' : applied.map((name) => `appliquée : ${name}`).join('\n'));
  } finally {
    await storage.close();
  }
}

export async function issueTokenCommand(
  options: DataOption & { role: Role; territory: string; email?: string; rpps?: string; editor?: string; structure?: string; ttl: string },
): Promise<void> {
  const token = await withStorage(options.data, (database) =>
    issueToken(database, systemClock, { ...options, structureId: options.structure }),
  );
  console.log(token);
}

export async function openApiCommand(): Promise<void> {
  console.log(JSON.stringify(openApi(), null, 2));
}

export async function verifyJournalCommand({ data }: DataOption): Promise<void> {
  const verdict = await withStorage(data, async (database) => {
    await chainJournal(database);
    return verifyJournal(database);
  });
  if (verdict.broken) {
    console.error(`Journal rompu au maillon ${verdict.broken.position} (entrée ${verdict.broken.seq}) : ${verdict.broken.why}.`);
    process.exitCode = 1;
    return;
  }
  const waiting = verdict.waiting > 0 ? ` ; ${verdict.waiting} en cours d'écriture, pas encore chaînées` : '';
  const sealed = verdict.sealed > 0 ? ` ; ${verdict.sealed} plus anciennes effacées sous scellé, à la fin de leur durée` : '';
  console.log(`${verdict.verified} entrées vérifiées, chaîne intacte${sealed}${waiting}.`);
}
