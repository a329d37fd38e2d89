import { useQueryClient, type Query, type QueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useEffectEvent, useState, type ReactNode } from 'react';
import { keepListening, type LinkLoss } from './live-loop.ts';
import { now } from './time.ts';

export type LinkState =
  | { readonly status: 'connecting' | 'live' }
  | { readonly status: 'offline'; readonly since: Temporal.Instant; readonly loss: LinkLoss };

type Listener = (ids: Readonly<Record<string, string>>) => void;

const LinkContext = createContext<LinkState>({ status: 'connecting' });
const listeners = new Map<string, Set<Listener>>();
/** Changes that come together make one refetch. */
const GATHER_MS = 150;

/** Keeps the link for changes open and refetches the queries that depend on what changed (`topics` of `useApi`). */
export function LiveProvider({ url, children }: { url: string; children: ReactNode }) {
  const client = useQueryClient();
  const [state, setState] = useState<LinkState>({ status: 'connecting' });

  useEffect(() => {
    const stop = new AbortController();
    const gather = gatherTopics(client);
    void keepListening({
      url,
      fetch: globalThis.fetch.bind(globalThis),
      wait: waitOrOnline,
      signal: stop.signal,
      onEvent: ({ event, data }) => {
        if (event === 'refetch') return void client.invalidateQueries();
        gather(event);
        const ids = JSON.parse(data) as Record<string, string>;
        for (const listener of listeners.get(event) ?? []) listener(ids);
      },
      onUp: (again) => {
        setState({ status: 'live' });
        // What was read before the link was up may have changed in between.
        void client.invalidateQueries(again ? {} : { predicate: readBeforeTheLink });
      },
      onDown: (loss) => setState((before) => ({ status: 'offline', loss, since: before.status === 'offline' ? before.since : now() })),
    });
    return () => stop.abort();
  }, [client, url]);

  return <LinkContext value={state}>{children}</LinkContext>;
}

/** How the link for changes is doing. */
export const useLink = (): LinkState => useContext(LinkContext);

/** Calls `listener` at each change of this topic, with the identifiers the server gave. */
export function useLiveEvent(topic: string, listener: Listener): void {
  const latest = useEffectEvent(listener);
  useEffect(() => {
    const own: Listener = (ids) => latest(ids);
    const all = listeners.get(topic) ?? new Set();
    listeners.set(topic, all.add(own));
    return () => void all.delete(own);
  }, [topic]);
}

function gatherTopics(client: QueryClient): (topic: string) => void {
  const changed = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (topic) => {
    changed.add(topic);
    timer ??= setTimeout(() => {
      timer = undefined;
      const topics = new Set(changed);
      changed.clear();
      void client.invalidateQueries({ predicate: (query) => dependsOn(query, topics) });
    }, GATHER_MS);
  };
}

const readBeforeTheLink = (query: Query): boolean => query.meta?.topics !== undefined && query.state.dataUpdatedAt > 0;

const dependsOn = (query: Query, topics: ReadonlySet<string>): boolean =>
  ((query.meta?.topics ?? []) as readonly string[]).some((topic) => topics.has(topic));

function waitOrOnline(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener('online', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    window.addEventListener('online', done);
  });
}
