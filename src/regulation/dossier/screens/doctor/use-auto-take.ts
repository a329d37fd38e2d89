import { useEffect, useEffectEvent, useRef } from 'react';
import { partiesOf } from '../../domain/actors.ts';
import { isOwnDoctor } from '../../domain/guards-decision.ts';
import type { DossierDesk } from '../file/use-dossier.ts';
import { judged } from './draft.ts';
import { useAuthor } from './use-author.ts';

/** Who answers the call of a dossier that waits for him takes it in regulation by that alone; a dossier of the other filière asks for its code first. */
export function useAutoTake({ dossier, act }: DossierDesk, onCall: boolean): void {
  const author = useAuthor();
  const done = useRef(false);
  const waits = dossier !== undefined && dossier.owner?.accountId !== author.accountId && ['P0_ENGAGE', 'ATTENTE_MR'].includes(dossier.step ?? '') && dossier.possible.includes('start-regulation');
  const takes = onCall && waits && isOwnDoctor({ dossier: judged(dossier), author, parties: partiesOf(author) });
  const take = useEffectEvent(() => void act('start-regulation'));
  useEffect(() => {
    if (!takes || done.current) return;
    done.current = true;
    take();
  }, [takes]);
}
