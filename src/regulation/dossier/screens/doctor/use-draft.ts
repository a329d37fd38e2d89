import { useState } from 'react';
import { type Draft, emptyDraft, isEmptyDraft } from './draft.ts';

/** Acts being prepared, by dossier: going to look at another dossier loses nothing. */
const kept = new Map<string, Draft>();

/** The act being prepared for this dossier (the component is keyed by it), and what writes it. */
export function useDraft(dossierId: string): [Draft, (next: Draft) => void] {
  const [draft, setDraft] = useState(kept.get(dossierId) ?? emptyDraft);
  return [draft, (next) => {
    if (isEmptyDraft(next)) kept.delete(dossierId);
    else kept.set(dossierId, next);
    setDraft(next);
  }];
}
