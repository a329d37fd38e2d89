import type { AnswerOf } from '../../../../ui/api.ts';
import type { Tone } from '../../../../ui/badge.tsx';
import { formatDuration } from '../../../../ui/time.ts';
import type { routes } from '../../contract.ts';

export type DirectoryImport = AnswerOf<typeof routes.imports>['imports'][number];
export type Rejection = DirectoryImport['rejections'][number];

const kinds: Readonly<Record<string, string>> = { 'annuaire-sante': 'Annuaire Santé', communes: 'Communes' };
export const kindInWords = (kind: string): string => kinds[kind] ?? kind;

/** How an import went: still running, finished, finished with refused lines. */
export function outcomeOf({ finishedAt, rejected }: DirectoryImport): { label: string; tone: Tone } {
  if (!finishedAt) return { label: 'en cours', tone: 'accent' };
  return rejected > 0 ? { label: 'terminé, à relire', tone: 'warn' } : { label: 'terminé', tone: 'ok' };
}

/** How long it lasted; null while it runs. */
export function lastedFor({ startedAt, finishedAt }: DirectoryImport): string | null {
  if (!finishedAt) return null;
  const milliseconds = Temporal.Instant.from(finishedAt).epochMilliseconds - Temporal.Instant.from(startedAt).epochMilliseconds;
  return milliseconds < 60_000 ? `${Math.max(1, Math.round(milliseconds / 1_000))} s` : formatDuration(milliseconds);
}
