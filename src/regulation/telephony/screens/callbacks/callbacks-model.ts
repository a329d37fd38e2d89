import type { AnswerOf } from '../../../../ui/api.ts';
import type { routes } from '../../contract.ts';

export type Callback = AnswerOf<typeof routes.callbacks>['callbacks'][number];
export type Outcome = NonNullable<Callback['outcome']>;

/** What came of a call-back, the letter that notes it, and its words. */
export const outcomes: readonly { readonly outcome: Outcome; readonly key: string; readonly label: string }[] = [
  { outcome: 'reached', key: 'J', label: 'Joint' },
  { outcome: 'unreachable', key: 'I', label: 'Injoignable' },
  { outcome: 'called-again', key: 'R', label: 'A rappelé' },
];
export const outcomeWords = Object.fromEntries(outcomes.map(({ outcome, label }) => [outcome, label])) as Record<Outcome, string>;

/** What a key asks for on a line of the list. */
export function keyDeed(key: string): { readonly deed: 'call' } | { readonly deed: 'note'; readonly outcome: Outcome } | null {
  if (key === 'Enter') return { deed: 'call' };
  const found = outcomes.find((one) => one.key.toLowerCase() === key.toLowerCase());
  return found ? { deed: 'note', outcome: found.outcome } : null;
}

/** Numbers still to ring back, broken calls first, then the oldest; and those treated today, the latest first. */
export function partition(callbacks: readonly Callback[]): { open: Callback[]; done: Callback[] } {
  const broken = (one: Callback) => (one.reason === 'coupure' ? 0 : 1);
  return {
    open: callbacks.filter(({ outcome }) => outcome === null).sort((a, b) => broken(a) - broken(b) || (a.firstAt < b.firstAt ? -1 : a.firstAt > b.firstAt ? 1 : 0)),
    done: callbacks.filter(({ outcome }) => outcome !== null).sort((a, b) => (a.lastAt < b.lastAt ? 1 : -1)),
  };
}

/** `2 appels, 1 essai`. */
export function countWords({ callCount, attempts }: Pick<Callback, 'callCount' | 'attempts'>): string {
  const calls = `${callCount} appel${callCount > 1 ? 's' : ''}`;
  return attempts === 0 ? calls : `${calls}, ${attempts} essai${attempts > 1 ? 's' : ''}`;
}
