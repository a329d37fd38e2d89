import type { Dossier } from '../../contract.ts';
import type { Deed } from './passing.ts';

/** A call-back is agreed for a dossier that waits for a doctor; one in hand goes there first. */
const inHand = ({ priority, step, possible }: Pick<Dossier, 'priority' | 'step' | 'possible'>): boolean =>
  priority === 'P3' && step === 'EN_COURS_N2' && possible.includes('send-to-doctor');

export const toDoctors = (dossier: Pick<Dossier, 'priority' | 'step' | 'possible'>): Deed[] =>
  inHand(dossier) ? [{ kind: 'act', action: 'send-to-doctor', body: {} }] : [];

/** Whether a call-back may be agreed; `on-line`: the caller would follow the dossier to the doctors, he hangs up first. */
export function deferralOf(dossier: Pick<Dossier, 'priority' | 'step' | 'possible'>, talking: boolean): 'possible' | 'on-line' | null {
  if (inHand(dossier)) return talking ? 'on-line' : 'possible';
  return dossier.priority === 'P3' && dossier.possible.includes('defer') ? 'possible' : null;
}
