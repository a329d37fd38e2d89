import { systemClock } from '../../foundation/clock.ts';
import { readActivityExtract } from '../../interop/annuaire-sante/reader.ts';
import { createDirectoryImporter, type ImportProgress, type ImportResult } from '../../platform/directory/server/index.ts';
import { createTerritories, ensureCommunes, importCommunes } from '../../territory/server/index.ts';
import { withStorage } from './storage.ts';

interface ImportOptions {
  readonly data?: string;
  readonly dryRun?: boolean;
  readonly allowMassEnding?: boolean;
}

const phases = { reading: 'lecture', comparing: 'comparaison', writing: 'écriture' } as const;
const BAR_WIDTH = 30;

export async function importDirectoryCommand(file: string, { data, dryRun, allowMassEnding }: ImportOptions): Promise<void> {
  const result = await withStorage(data, async (database) => {
    await ensureCommunes(database);
    const territories = createTerritories({ database, clock: systemClock, lookUpAddress: null });
    const importDirectory = createDirectoryImporter({ database, clock: systemClock, territories, readExtract: readActivityExtract });
    return importDirectory({ file, dryRun, allowMassEnding, onProgress: showProgress });
  });
  clearProgress();
  printDirectoryResult(result, dryRun ?? false);
}

/** A bar on the terminal; nothing when the output goes to a file. */
function showProgress({ phase, lines, bytes, totalBytes }: ImportProgress): void {
  if (!process.stderr.isTTY) return;
  const share = totalBytes === 0 ? 1 : bytes / totalBytes;
  const bar = '█'.repeat(Math.round(share * BAR_WIDTH)).padEnd(BAR_WIDTH, '░');
  process.stderr.write(`\r${phases[phase].padEnd(12)} ${bar} ${String(Math.round(share * 100)).padStart(3)} %  ${lines.toLocaleString('fr-FR')} lignes`);
}

const clearProgress = () => void (process.stderr.isTTY && process.stderr.write('\r\u001b[K'));

function printDirectoryResult(result: ImportResult, dryRun: boolean): void {
  const { created, updated, ended, skipped, rejectedCount, rejected, lines, resumedFrom, withoutPosition } = result;
  if (dryRun) console.log("Essai à blanc : rien n'a été écrit.");
  if (resumedFrom > 0) console.log(`repris à la ligne ${resumedFrom}`);
  console.log(`lignes ${lines} · créées ${created} · modifiées ${updated} · terminées ${ended} · sans lieu en France ${skipped} · refusées ${rejectedCount}`);
  if (withoutPosition > 0) console.log(`${withoutPosition} activités dans une commune sans coordonnées : « sas import communes » les situe.`);
  for (const { line, field, reason } of rejected) console.log(`  ligne ${line}${field ? `, ${field}` : ''} : ${reason}`);
  if (rejectedCount > rejected.length) console.log(`  … et ${rejectedCount - rejected.length} autres`);
}

export async function importCommunesCommand(file: string, { data, dryRun }: ImportOptions): Promise<void> {
  const { created, updated, unchanged, rejected } = await withStorage(data, (database) => importCommunes(database, { file, dryRun }));
  console.log(`communes créées ${created} · modifiées ${updated} · inchangées ${unchanged} · refusées ${rejected.length}`);
  for (const { line, field, reason } of rejected) console.log(`  n° ${line}${field ? `, ${field}` : ''} : ${reason}`);
}
