import type { Dossier } from '../../contract.ts';

/** The one thing an OSNP has to do with a dossier now, and whether he may raise the alarm on it. */
export interface Work {
  readonly main: 'take' | 'pass' | 'execute' | 'read';
  readonly escalate: boolean;
}

const decided = ['DECIDE', 'EN_EXECUTION', 'EN_SUIVI'];

export function workOf({ possible, owner, step }: Pick<Dossier, 'possible' | 'owner' | 'step'>, me: string): Work {
  const may = (action: string) => possible.includes(action);
  const escalate = may('requalify');
  if (step !== null && decided.includes(step)) return { main: 'execute', escalate };
  if (may('send-to-doctor') && owner?.accountId === me) return { main: 'pass', escalate };
  if (may('take')) return { main: 'take', escalate };
  return { main: may('send-to-doctor') ? 'pass' : 'read', escalate };
}
