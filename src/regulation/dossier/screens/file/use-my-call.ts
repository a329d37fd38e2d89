import { useEffect, useEffectEvent } from 'react';
import { usePost } from '../phone/use-post.ts';

/** The call whose dossier was opened last: going to another screen and back does not open it again. */
let opened: string | null = null;

/** Opens the dossier of the call that was just passed to my post, once for each call: I may look elsewhere afterwards. `shown`: the dossier I look at. */
export function useMyCall(shown: string | null, onOpen: (dossierId: string) => void): { readonly dossierId: string | null; readonly inCall: boolean } {
  const { agent, call } = usePost();
  const dossierId = call?.dossierId ?? null;
  const inCall = agent?.state === 'in-call' && call !== null;
  const open = useEffectEvent((call: string) => {
    if (opened === call && shown !== null) return;
    opened = call;
    onOpen(call.split(' ')[1]!);
  });
  const key = inCall && dossierId ? `${call.id} ${dossierId}` : null;
  useEffect(() => {
    if (key !== null) open(key);
  }, [key]);
  return { dossierId, inCall };
}
