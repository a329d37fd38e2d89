import { useRef, useState } from 'react';
import type { z } from 'zod';
import { ApiProblem } from '../../../../ui/api.ts';
import { useAction } from '../../../../ui/query.ts';
import { routes, type createOrientationSchema, type Orientation } from '../../contract.ts';
import { createKeyring } from './booking-model.ts';
import type { Booking } from './booking-panel.tsx';
import { useHold, type Hold } from './use-hold.ts';

export type Request = z.input<typeof createOrientationSchema>;

export interface BookingState {
  readonly hold: Hold;
  readonly holdAgain: () => void;
  readonly orientation: Orientation | null;
  readonly pending: boolean;
  readonly problem: ApiProblem | null;
  /** Set when somebody else has the place. */
  readonly lost: ApiProblem | null;
  readonly send: (more: Omit<Request, 'slotId' | 'holdId' | 'searchId'>) => void;
}

/** One booking from the hold to the answer. The same request sent twice books once. */
export function useBooking({ slot }: Booking, searchId: string | null): BookingState {
  const [orientation, setOrientation] = useState<Orientation | null>(null);
  const [keyOf] = useState(() => createKeyring(() => crypto.randomUUID()));
  const { hold, again } = useHold(slot?.source === 'platform' ? slot.id : null, orientation !== null);
  // A second Enter may come before the button shows that the first was heard.
  const sending = useRef(false);
  const action = useAction(routes.createOrientation, {
    onSuccess: (made) => {
      setOrientation(made);
      if (made.redirectUrl) openElsewhere(made.redirectUrl);
    },
  });
  const taken = (problem: ApiProblem | null) => (problem?.code === 'slot-taken' ? problem : null);
  return {
    hold, holdAgain: again, orientation,
    pending: action.isPending,
    problem: action.error,
    lost: taken(action.error) ?? (hold.state === 'refused' ? taken(hold.problem) : null),
    send: (more) => {
      if (sending.current) return;
      sending.current = true;
      const body: Request = {
        ...(slot ? { slotId: slot.id } : {}),
        ...(hold.state === 'held' ? { holdId: hold.holdId } : {}),
        ...(searchId ? { searchId } : {}),
        ...more,
      };
      action.mutate({ body, headers: { 'idempotency-key': keyOf(body) } }, { onSettled: () => (sending.current = false) });
    },
  };
}

/** Opens the vendor's page in its own tab, which gets no hold on this one. A browser that refuses leaves the link of the panel. */
function openElsewhere(url: string): void {
  const tab = window.open(url, '_blank');
  if (tab) tab.opener = null;
}
