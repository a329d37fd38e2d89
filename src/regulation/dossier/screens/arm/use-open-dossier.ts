import { useEffect, useEffectEvent, useRef } from 'react';
import { z } from 'zod';
import { ApiProblem, call } from '../../../../ui/api.ts';
import { useKeep } from '../../../../ui/query.ts';
import { toast } from '../../../../ui/toast.tsx';
import { useUrlState } from '../../../../ui/url.ts';
import type { Call } from '../../../telephony/contract.ts';
import { routes } from '../../contract.ts';
import type { Post } from '../phone/use-post.ts';
import { answeredCall } from './answered-call.ts';

const address = z.object({ dossier: z.string().max(100).optional().catch(undefined) });

/**
 * The dossier on the desk, kept in its address. The one of a call opens by itself as soon as the call is answered (T01): the
 * call's own when it has one already, else a new one.
 */
export function useOpenDossier(post: Post): { readonly shownId: string | null; readonly open: (id: string | null) => void } {
  const [{ dossier }, write] = useUrlState(address);
  const keep = useKeep(routes.dossier);
  const opened = useRef<string | null>(null);
  const answered = answeredCall(post.agent, post.call);
  const open = (id: string | null) => write({ dossier: id ?? undefined });

  const openFor = useEffectEvent(async ({ id, dossierId }: Call) => {
    try {
      open(dossierId ?? (await openNew(id)));
    } catch (error) {
      opened.current = null;
      toast({ tone: 'bad', words: error instanceof ApiProblem ? error.message : String(error) });
    }
  });

  async function openNew(callId: string): Promise<string> {
    try {
      const created = await call(routes.openDossier, { body: { callId } });
      keep({ params: { id: created.id } }, created);
      return created.id;
    } catch (error) {
      const known = error instanceof ApiProblem && error.code === 'call-has-dossier' ? error.extra['dossierId'] : null;
      if (typeof known !== 'string') throw error;
      return known;
    }
  }

  useEffect(() => {
    if (!answered || opened.current === answered.id) return;
    opened.current = answered.id;
    void openFor(answered);
  }, [answered?.id]);

  return { shownId: dossier ?? null, open };
}
