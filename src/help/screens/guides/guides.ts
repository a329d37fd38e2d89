import { useEffect, useState } from 'react';
import type { Guide, NamedGuide } from '../../domain/guide.ts';

const files = import.meta.glob<Guide>('../../../../docs/guides/*.md', { import: 'default' });
const nameOf = (path: string): string => path.replace(/^.*\/|\.md$/g, '');

let loaded: Promise<readonly NamedGuide[]> | null = null;

/** Every guide, read once and kept: they open without the server afterwards. */
export function loadGuides(): Promise<readonly NamedGuide[]> {
  loaded ??= Promise.all(Object.entries(files).map(async ([path, load]) => ({ ...(await load()), name: nameOf(path) }))).catch((error: unknown) => {
    loaded = null;
    throw error;
  });
  return loaded;
}

/** The guides, null while they come, with what went wrong. */
export function useGuides(): { readonly guides: readonly NamedGuide[] | null; readonly failed: boolean; readonly retry: () => void } {
  const [guides, setGuides] = useState<readonly NamedGuide[] | null>(null);
  const [failed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    setFailed(false);
    loadGuides().then(setGuides, () => setFailed(true));
  }, [attempt]);
  return { guides, failed, retry: () => setAttempt((count) => count + 1) };
}

// The screens of help are fetched at sign-in: so are the guides, for the day the server is lost.
void loadGuides().catch(() => undefined);
