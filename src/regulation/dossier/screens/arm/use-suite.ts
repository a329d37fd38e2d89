import { ApiProblem, call as callRoute } from '../../../../ui/api.ts';
import { useKeep } from '../../../../ui/query.ts';
import { toast } from '../../../../ui/toast.tsx';
import type { Call } from '../../../telephony/contract.ts';
import { type Dossier, routes } from '../../contract.ts';

/**
 * Opens a dossier that follows a closed one, and puts the call in hand into it: the empty dossier that this call had opened
 * closes by itself.
 */
export function useSuite(call: Call | null, onOpen: (id: string) => void): (suiteOf: string) => Promise<void> {
  const keep = useKeep(routes.dossier);
  const show = (dossier: Dossier) => {
    keep({ params: { id: dossier.id } }, dossier);
    return dossier;
  };
  return async (suiteOf) => {
    try {
      const { id, version } = show(await callRoute(routes.openDossier, { body: { suiteOf } }));
      onOpen(id);
      if (call) show(await callRoute(routes.actOnDossier, { params: { id }, body: { action: 'attach-call', callId: call.id }, headers: { 'if-match': `"${version}"` } }));
    } catch (error) {
      toast({ tone: 'bad', words: error instanceof ApiProblem ? error.message : String(error) });
    }
  };
}
