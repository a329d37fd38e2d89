import { SidePanel } from '../../../../ui/dialog.tsx';
import { RequestChain } from './request-chain.tsx';

/** A request en sus beside the search. */
export const RequestPanel = ({ requestId, onClose }: { requestId: string; onClose: () => void }) => (
  <SidePanel open onClose={onClose} over="En sus des disponibilités" title="Demande en cours">
    <RequestChain requestId={requestId} onClose={onClose} />
  </SidePanel>
);
