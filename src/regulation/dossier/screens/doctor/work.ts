import type { Dossier } from '../../contract.ts';

/** The one thing a doctor has to do with a dossier now. */
export type Work = 'validate' | 'take' | 'decide' | 'after' | 'read';

/** A dossier in somebody else's hands is taken before one decides in it. */
export function workOf({ possible, owner, acts, step }: Pick<Dossier, 'possible' | 'owner' | 'acts' | 'step'>, me: string): Work {
  const may = (action: string) => possible.includes(action);
  if (may('validate')) return 'validate';
  if (may('decide') && owner?.accountId === me) return 'decide';
  if (may('start-regulation')) return 'take';
  if (may('decide')) return 'decide';
  if (may('reopen') || may('execute') || may('complete')) return 'after';
  return acts.length > 0 && step !== null ? 'after' : 'read';
}
