import { useSyncExternalStore } from 'react';

const kept = new Map<string, unknown>();
const subscribers = new Set<() => void>();
const subscribe = (subscriber: () => void) => {
  subscribers.add(subscriber);
  return () => void subscribers.delete(subscriber);
};

/** A state that outlives its component: another call may come in between, what was begun is found again. It never leaves the browser. */
export function useKept<T>(key: string, initial: T): [T, (next: T) => void] {
  const value = useSyncExternalStore(subscribe, () => (kept.has(key) ? (kept.get(key) as T) : initial));
  const set = (next: T) => {
    kept.set(key, next);
    for (const subscriber of subscribers) subscriber();
  };
  return [value, set];
}
