import { useState } from 'react';
import { call } from '../../../../ui/api.ts';
import { useLiveEvent } from '../../../../ui/live.tsx';
import { routes, type Orientation } from '../../contract.ts';

interface Row {
  readonly id: string;
  readonly updatedAt: string;
}

/**
 * The rows on screen, each as last known (from the latest answer, or read by itself since), in the order in which they were shown: nothing moves under the pointer. `fresh` is
 * how many rows of the latest answer are not on screen.
 */
export function holdRows<R extends Row>(shown: readonly R[], latest: readonly R[], changed: ReadonlyMap<string, R>): { rows: R[]; fresh: number } {
  const known = new Map(latest.map((row) => [row.id, row]));
  const onScreen = new Set(shown.map(({ id }) => id));
  const rows = shown.map((row) => {
    const listed = known.get(row.id);
    const read = changed.get(row.id);
    return read && (!listed || read.updatedAt > listed.updatedAt) ? read : (listed ?? row);
  });
  return { rows, fresh: latest.filter(({ id }) => !onScreen.has(id)).length };
}

interface Held {
  readonly question: string;
  readonly rows: readonly Orientation[];
  readonly changed: ReadonlyMap<string, Orientation>;
}

/**
 * Keeps the rows of a question where they are while the answer moves on. `latest` is undefined while the question waits for
 * its answer; the rows of the former question stay until then.
 */
export function useHeldRows(question: string, latest: readonly Orientation[] | undefined): { rows: readonly Orientation[] | undefined; fresh: number; show: () => void } {
  const [held, setHeld] = useState<Held | null>(null);
  const take = () => latest && setHeld({ question, rows: latest, changed: new Map() });
  if (latest && (held?.question !== question || (held.rows.length === 0 && latest.length > 0))) take();

  // A row on screen may have left the answer (another status, pushed to the next page): it is read by itself.
  useLiveEvent('orientation', ({ orientationId }) => {
    if (!held?.rows.some(({ id }) => id === orientationId)) return;
    call(routes.orientation, { params: { id: orientationId! } }).then(
      (row) => setHeld((before) => before && { ...before, changed: new Map(before.changed).set(row.id, row) }),
      // Read again with the list: nothing is lost.
      () => undefined,
    );
  });

  if (!held) return { rows: undefined, fresh: 0, show: take };
  const { rows, fresh } = holdRows(held.rows, held.question === question ? (latest ?? []) : [], held.changed);
  return { rows, fresh, show: take };
}
