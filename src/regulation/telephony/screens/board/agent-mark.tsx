import type { ReactNode } from 'react';
import type { AgentState } from '../../contract.ts';

const shapes: Record<AgentState, ReactNode> = {
  available: <circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" strokeWidth="2.5" />,
  ringing: <><circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" strokeWidth="2" /><path d="M8 2.5a5.5 5.5 0 0 1 0 11Z" fill="currentColor" /></>,
  'in-call': <circle cx="8" cy="8" r="6.5" fill="currentColor" />,
  'wrap-up': <rect x="2.5" y="2.5" width="11" height="11" rx="1.5" fill="currentColor" />,
  pause: <path d="M5 3v10M11 3v10" stroke="currentColor" strokeWidth="3" />,
  offline: <path d="m3.5 3.5 9 9M12.5 3.5l-9 9" stroke="currentColor" strokeWidth="2.5" />,
};

/** A shape for each state of an agent; the word stands beside it. */
export const AgentMark = ({ state }: { state: AgentState }) => (
  <svg width="12" height="12" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{shapes[state]}</svg>
);
