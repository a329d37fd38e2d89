import { dCodeLabels, dCodes, type Dossier } from '../../contract.ts';
import { ChoicesDialog } from './choices-dialog.tsx';
import type { Plan } from './use-plan.ts';

const choices = dCodes.map((value) => ({ value, label: dCodeLabels[value] }));

/** F2: a call that is no request for care leaves the count of dossiers (REG-18). */
export function CloseDialog({ dossier, plan, onDone, onClose }: { dossier: Dossier; plan: Plan; onDone: () => void; onClose: () => void }) {
  const close = async (code: (typeof dCodes)[number]) => {
    if (await plan.run(dossier, [{ kind: 'act', action: 'close-as-d', body: { code } }])) onDone();
  };
  return <ChoicesDialog title="Classer sans demande de soins" choices={choices} busy={plan.busy} problem={plan.problem} onChoose={(code) => void close(code)} onClose={onClose} />;
}
