import { subjectsOf } from '../../../identity/contract.ts';
import { useAccount } from '../../../ui/session.ts';

/** Of whom a screen speaks, as the routes ask for it. */
export interface Subject {
  readonly nationalId?: string;
  readonly structureId?: string;
}

export const keyOf = ({ nationalId, structureId }: Subject): string => nationalId ?? structureId!;

/** The professionals whose participation the person keeps: himself, those who delegated it to him. */
export function useProfessionals(): Subject[] {
  return subjectsOf(useAccount(), 'participation').professionals.map((nationalId) => ({ nationalId }));
}
