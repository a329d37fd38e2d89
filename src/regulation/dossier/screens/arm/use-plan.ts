import { useState } from 'react';
import { ApiProblem, call } from '../../../../ui/api.ts';
import { useKeep } from '../../../../ui/query.ts';
import { type ActionBody, type Dossier, type DossierAction, routes } from '../../contract.ts';
import type { Post } from '../phone/use-post.ts';
import { type Deed, sameGround } from './passing.ts';

/** Several deeds as one: what a key does. The first refusal stops the rest and is told; what was done stays done. */
export interface Plan {
  /** True when all was done. */
  readonly run: (dossier: Dossier, deeds: readonly Deed[]) => Promise<boolean>;
  readonly busy: boolean;
  readonly problem: ApiProblem | null;
  readonly forget: () => void;
}

export function usePlan(post: Post): Plan {
  const keep = useKeep(routes.dossier);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);

  const show = (dossier: Dossier): Dossier => {
    keep({ params: { id: dossier.id } }, dossier);
    return dossier;
  };

  async function act(before: Dossier, action: DossierAction, body: ActionBody): Promise<Dossier> {
    const params = { id: before.id };
    const send = async ({ version }: Dossier) => show(await call(routes.actOnDossier, { params, body: { ...body, action }, headers: { 'if-match': `"${version}"` } }));
    try {
      return await send(before);
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status !== 412) throw error;
      const after = show(await call(routes.dossier, { params }));
      if (!sameGround(before, after)) throw error;
      return send(after);
    }
  }

  async function run(dossier: Dossier, deeds: readonly Deed[]): Promise<boolean> {
    setBusy(true);
    setProblem(null);
    try {
      let present = dossier;
      for (const deed of deeds) {
        if (deed.kind === 'act') present = await act(present, deed.action, deed.body);
        else if (!(await post.transfer(deed.level, { warm: deed.warm }))) return false;
      }
      return true;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      setProblem(error);
      return false;
    } finally {
      setBusy(false);
    }
  }

  return { run, busy, problem, forget: () => setProblem(null) };
}
