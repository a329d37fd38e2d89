import { useEffect, useEffectEvent, useRef } from 'react';
import { usePost } from '../phone/use-post.ts';

/** Opens the dossier of the call that was just passed to my post, once for each call: I may look elsewhere afterwards. */
export function useMyCall(onOpen: (dossierId: string) => void): { readonly dossierId: string | null; readonly inCall: boolean } {
  const { agent, call } = usePost();
  const dossierId = call?.dossierId ?? null;
  const inCall = agent?.state === 'in-call' && call !== null;
  const opened = useRef<string | null>(null);
  const open = useEffectEvent(onOpen);
  const key = inCall && dossierId ? `${call.id} ${dossierId}` : null;
  useEffect(() => {
    if (key === null || opened.current === key) return;
    opened.current = key;
    open(key.split(' ')[1]!);
  }, [key]);
  return { dossierId, inCall };
}
