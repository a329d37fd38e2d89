import { Button } from '../../../../ui/button.tsx';
import { PhoneIcon } from '../../../../ui/icons.tsx';
import { formatPhone } from '../../../../ui/phone.ts';
import type { Dossier } from '../../contract.ts';
import { usePost } from '../phone/use-post.ts';

/** The number to ring back; a press rings it from my post when I hold one and am free, and the call belongs to this dossier. */
export function CallbackNumber({ dossier: { id, callback } }: { dossier: Pick<Dossier, 'id' | 'callback'> }) {
  const post = usePost();
  if (!callback) return <>rappel à noter</>;
  const free = post.agent !== null && ['available', 'wrap-up', 'pause'].includes(post.agent.state) && post.call === null;
  if (!free) return <>{formatPhone(callback)}</>;
  return (
    <Button small look="quiet" isPending={post.busy} aria-label={`Appeler le ${formatPhone(callback)}`} onPress={() => void post.callOut(callback, { dossierId: id })}>
      <PhoneIcon size={13} /> {formatPhone(callback)}
    </Button>
  );
}
