import { useEffect, useReducer, useRef, useState } from 'react';
import { ApiProblem, call, stream, type InputOf } from '../../../../ui/api.ts';
import { useLiveEvent } from '../../../../ui/live.tsx';
import { useZone } from '../../../../ui/moments.tsx';
import { now } from '../../../../ui/time.ts';
import { routes as availability } from '../../../availability/contract.ts';
import { routes, type SearchAnswer, type SlotsEvent } from '../../contract.ts';
import { hasPlace, toQuery, type Criteria, type Memory } from './criteria.ts';
import { advance, idle, type Run, type RunEvent } from './run.ts';

export interface Search {
  readonly run: Run;
  /** Asks the same question anew. */
  readonly again: () => void;
  /** Asks for the next page of the same search. */
  readonly more: () => void;
}

/** Runs the search of the criteria, source after source; a change of criteria abandons the one under way. */
export function useSearch(criteria: Criteria, memory: Memory): Search {
  const zone = useZone();
  const [run, dispatch] = useReducer(advance, idle);
  const [attempt, setAttempt] = useState(0);
  const current = useRef({ abort: new AbortController(), question: '' });
  // The filter on shown results asks the server nothing.
  const { withSlots: _, ...asked } = criteria;
  const question = JSON.stringify([asked, memory.precise]);

  useEffect(() => {
    const controller = new AbortController();
    const same = current.current.question === question;
    current.current = { abort: controller, question };
    if (hasPlace(criteria, memory)) {
      dispatch({ type: 'ask', same });
      void follow(toQuery(criteria, memory, now(), zone), controller.signal, dispatch);
    } else {
      dispatch({ type: 'clear' });
    }
    return () => controller.abort();
  }, [question, zone, attempt]);

  useLiveEvent('slot', ({ slotId }) => {
    if (!slotId || !run.results.some(({ slots }) => slots.some(({ id }) => id === slotId))) return;
    call(availability.slot, { params: { id: slotId } }).then(
      ({ available }) => dispatch({ type: 'slot', slotId, available }),
      (error: unknown) => error instanceof ApiProblem && error.status === 404 && dispatch({ type: 'slot', slotId, available: false }),
    );
  });

  return {
    run,
    again: () => setAttempt((before) => before + 1),
    more: () => {
      const { answer } = run;
      if (!answer?.nextCursor) return;
      dispatch({ type: 'ask-more' });
      const query = { ...toQuery(criteria, memory, now(), zone), seed: answer.seed, cursor: answer.nextCursor };
      void follow(query, current.current.abort.signal, dispatch);
    },
  };
}

async function follow(query: Record<string, unknown>, signal: AbortSignal, dispatch: (event: RunEvent) => void): Promise<void> {
  let done = false;
  try {
    for await (const { event, data } of stream(routes.search, { query, signal } as InputOf<typeof routes.search>)) {
      const read = readEvent(event, JSON.parse(data));
      if (read) dispatch(read);
      done ||= read?.type === 'done' || read?.type === 'failed';
    }
    if (!done) dispatch({ type: 'failed', problem: cut() });
  } catch (error) {
    if (!signal.aborted) dispatch({ type: 'failed', problem: error instanceof ApiProblem ? error : cut() });
  }
}

function readEvent(event: string, data: unknown): RunEvent | null {
  switch (event) {
    case 'candidates':
    case 'done':
      return { type: event, answer: data as SearchAnswer };
    case 'slots':
      return { type: 'slots', added: data as SlotsEvent };
    case 'editor':
      return { type: 'editor', state: data as SearchAnswer['editors'][number] };
    case 'error':
      return { type: 'failed', problem: new ApiProblem(data as ConstructorParameters<typeof ApiProblem>[0]) };
    default:
      return null;
  }
}

const cut = () =>
  new ApiProblem({ status: 0, code: 'cut', title: 'Recherche interrompue', detail: 'La liaison a été coupée avant la fin. Ce qui est affiché reste utilisable ; relancez pour avoir la suite.' });
