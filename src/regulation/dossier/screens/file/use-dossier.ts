import { useLayoutEffect, useRef, useState } from 'react';
import type { UseQueryResult } from '@tanstack/react-query';
import { ApiProblem, call, type InputOf } from '../../../../ui/api.ts';
import { useLiveEvent } from '../../../../ui/live.tsx';
import { useApi, useKeep } from '../../../../ui/query.ts';
import { type ActionBody, type Dossier, type DossierAction, routes } from '../../contract.ts';

/** What a form changes of a dossier, field by field. */
export type Patch = Omit<InputOf<typeof routes.updateDossier>['body'], 'base'>;
export type NewNote = InputOf<typeof routes.addNote>['body'];

/** A dossier and what one can do with it. Each deed gives true when it was done; otherwise `error` says why, and nothing typed is lost. */
export interface DossierDesk {
  readonly query: UseQueryResult<Dossier, ApiProblem>;
  readonly dossier: Dossier | undefined;
  readonly version: number | undefined;
  readonly act: (action: DossierAction, body?: ActionBody) => Promise<boolean>;
  /** `base`: the version one was looking at when one began to write; by default the present one. */
  readonly update: (patch: Patch, base?: number) => Promise<boolean>;
  readonly addNote: (note: NewNote) => Promise<boolean>;
  readonly busy: boolean;
  readonly error: ApiProblem | null;
  readonly forget: () => void;
}

/**
 * One dossier, kept fresh: read when it is opened, for nobody told what changed while it was away, then only when it changes
 * (each reading is journaled). When somebody else changed
 * it first, the new state is shown and the refused deed is told: whoever acted looks, then decides again.
 */
export function useDossier(id: string): DossierDesk {
  const query = useApi(routes.dossier, { params: { id } }, { staleMs: 0 });
  useLiveEvent('dossier', ({ dossierId }) => dossierId === id && void query.refetch());
  return { ...useDeeds(id, query.data, () => query.refetch()), query, dossier: query.data, version: query.data?.version };
}

/** The deeds alone, for a part of the screen that is given its dossier. */
export function useDeeds(id: string, dossier: Pick<Dossier, 'version'> | undefined, refresh?: () => Promise<unknown>): Omit<DossierDesk, 'query' | 'dossier' | 'version'> {
  const keep = useKeep(routes.dossier);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiProblem | null>(null);
  const last = useRef<Promise<unknown>>(Promise.resolve());
  const version = useRef(0);
  useLayoutEffect(() => void (version.current = dossier?.version ?? 0), [dossier?.version]);

  const show = (changed: Dossier) => {
    version.current = changed.version;
    keep({ params: { id } }, changed);
  };
  const reread = refresh ?? (async () => show(await call(routes.dossier, { params: { id } })));

  async function attempt(work: () => Promise<Dossier | null>): Promise<boolean> {
    setBusy(true);
    setError(null);
    try {
      const changed = await work();
      if (changed) show(changed);
      return true;
    } catch (thrown) {
      if (!(thrown instanceof ApiProblem)) throw thrown;
      setError(thrown);
      if (thrown.status === 412 || thrown.status === 409) await reread();
      return false;
    } finally {
      setBusy(false);
    }
  }

  /** One after the other: each deed sees the version that the former one made. */
  const inTurn = (work: () => Promise<Dossier | null>): Promise<boolean> => {
    const done = last.current.then(() => attempt(work));
    last.current = done.catch(() => undefined);
    return done;
  };

  return {
    act: (action, body = {}) =>
      inTurn(() => call(routes.actOnDossier, { params: { id }, body: { ...body, action }, headers: { 'if-match': `"${version.current}"` } })),
    update: (patch, base = version.current) => inTurn(() => call(routes.updateDossier, { params: { id }, body: { ...patch, base } })),
    addNote: (note) => inTurn(async () => (await call(routes.addNote, { params: { id }, body: note }), null)),
    busy, error, forget: () => setError(null),
  };
}
