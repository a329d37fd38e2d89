import { useEffect, useState } from 'react';
import type { Criteria } from './criteria.ts';
import type { Run } from './run.ts';

/** The slot search of this place and specialty that just came back empty: what allows to ask en sus (SUR-02). */
export function useEmptySearch(run: Run, { enSus, place, insee, specialty }: Criteria): string | null {
  const need = JSON.stringify([place, insee, specialty]);
  const [empty, setEmpty] = useState<{ need: string; searchId: string } | null>(null);
  const searchId = run.answer?.searchId;
  const slots = run.results.some((result) => result.slots.length > 0);
  useEffect(() => {
    if (enSus || run.phase !== 'done' || !searchId) return;
    setEmpty(slots ? null : { need, searchId });
  }, [enSus, run.phase, searchId, slots, need]);
  return empty?.need === need ? empty.searchId : null;
}
