import { call } from '../../../../ui/api.ts';
import { useApi } from '../../../../ui/query.ts';
import { toast } from '../../../../ui/toast.tsx';
import { type Outcome, type P0List, routes as protocol, type TreeProtocol } from '../../../protocol/contract.ts';
import { type Dossier, routes } from '../../contract.ts';
import { type P0Draft } from './p0.ts';
import { proposalOf, type Qualification, qualificationOf } from './qualification.ts';
import { useKept } from './use-kept.ts';
import { standing, type Walk } from './walk.ts';

const none: readonly never[] = [];

/** What is being decided of one dossier before it leaves: the protocol followed, what is kept of it, the P0 being prepared. */
export interface Qualifying {
  readonly protocols: readonly TreeProtocol[];
  readonly p0List: P0List | null;
  /** National vehicle codes engaged by reflex when no situation says better. */
  readonly reflex: readonly string[];
  readonly walk: Walk | null;
  readonly outcome: Outcome | null;
  readonly proposal: Qualification | null;
  readonly kept: Qualification;
  readonly p0: P0Draft | null;
  readonly keep: (next: Qualification) => void;
  readonly follow: (next: Walk | null) => void;
  readonly prepareP0: () => void;
  readonly changeP0: (next: P0Draft | null) => void;
  /** Tells the server which way was followed and what was kept of it (PROT-02, PROT-07): counted once. */
  readonly record: (retained: Pick<Qualification, 'priority' | 'filiere' | 'reason'>) => Promise<void>;
}

const noReflex: readonly string[] = ['SMUR.VLM', 'SIS.VSAV'];

export function useQualifying(dossier: Dossier): Qualifying {
  const { data } = useApi(protocol.protocols, { query: { territory: dossier.territory } }, { topics: ['protocol'], staleMs: 300_000 });
  const rules = useApi(routes.regulationRules, { query: { territory: dossier.territory } }, { topics: ['regulation-settings'], staleMs: 300_000 });
  const [walk, setWalk] = useKept<Walk | null>(`walk ${dossier.id}`, null);
  const [chosen, keep] = useKept<Qualification | null>(`qualification ${dossier.id}`, null);
  const [p0, changeP0] = useKept<P0Draft | null>(`p0 ${dossier.id}`, null);
  const [recorded, setRecorded] = useKept<Walk | null>(`recorded ${dossier.id}`, null);
  const protocols = data?.protocols ?? none;
  const reflex = rules.data?.rules.p0.reflexMeans ?? noReflex;
  const outcome = standing(protocols, walk)?.outcome ?? null;

  const draftFrom = (found: Outcome | null): P0Draft => {
    const vital = found?.priority === 'P0' ? found : null;
    return { motive: vital?.motive ?? null, means: vital && vital.means.length > 0 ? vital.means : reflex, advice: vital?.advice ?? [] };
  };

  return {
    protocols, p0List: data?.p0List ?? null, reflex, walk, outcome, p0,
    proposal: outcome && proposalOf(outcome),
    kept: chosen ?? qualificationOf(dossier),
    keep,
    follow: (next) => {
      setWalk(next);
      const found = standing(protocols, next)?.outcome;
      if (!found) return;
      keep(proposalOf(found));
      if (found.priority === 'P0') changeP0(draftFrom(found));
    },
    prepareP0: () => changeP0(draftFrom(outcome)),
    changeP0,
    record: async ({ priority, filiere, reason }) => {
      if (walk === null || walk.answers.length === 0 || walk === recorded || priority === null || filiere === null) return;
      const body = { protocolId: walk.protocolId, version: walk.version, answers: [...walk.answers], retained: { priority, filiere }, ...(reason.trim() ? { reason: reason.trim() } : {}) };
      try {
        await call(protocol.recordProtocol, { params: { id: dossier.id }, body });
        setRecorded(walk);
      } catch (error) {
        toast({ tone: 'bad', words: `Le chemin du protocole n’a pas été gardé : ${(error as Error).message}` });
      }
    },
  };
}
