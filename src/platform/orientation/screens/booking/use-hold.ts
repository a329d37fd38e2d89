import { useEffect, useRef, useState } from 'react';
import { ApiProblem, call } from '../../../../ui/api.ts';
import { routes as availability } from '../../../availability/contract.ts';

export type Hold =
  | { readonly state: 'none' }
  | { readonly state: 'asking' }
  | { readonly state: 'held'; readonly holdId: string; readonly expiresAt: string }
  | { readonly state: 'refused'; readonly problem: ApiProblem };

/**
 * Holds a slot of the platform's agenda while its panel is open, and gives it back when it closes. `slotId` null: nothing
 * to hold (a vendor's slot, a request en sus). `booked`: the booking took the place over, there is nothing to give back.
 */
export function useHold(slotId: string | null, booked: boolean): { hold: Hold; again: () => void } {
  const [hold, setHold] = useState<Hold>({ state: slotId ? 'asking' : 'none' });
  const [attempt, setAttempt] = useState(0);
  const done = useRef(booked);
  done.current = booked;

  useEffect(() => {
    if (!slotId) return;
    let closed = false;
    let held: string | null = null;
    setHold({ state: 'asking' });
    call(availability.hold, { body: { slotId } }).then(
      ({ holdId, expiresAt }) => {
        if (closed) return release(holdId);
        held = holdId;
        setHold({ state: 'held', holdId, expiresAt });
      },
      (error: unknown) => {
        if (!closed && error instanceof ApiProblem) setHold({ state: 'refused', problem: error });
      },
    );
    return () => {
      closed = true;
      if (held && !done.current) release(held);
    };
  }, [slotId, attempt]);

  return { hold, again: () => setAttempt((before) => before + 1) };
}

/** Best effort: a hold that is not given back ends by itself after two minutes. */
function release(holdId: string): void {
  call(availability.releaseHold, { params: { holdId } }).catch(() => undefined);
}
