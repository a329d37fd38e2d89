export const contactStates = ['received', 'taken', 'answered', 'closed'] as const;
export type ContactState = (typeof contactStates)[number];
export const contactActs = ['take', 'answer', 'close'] as const;
export type ContactAct = (typeof contactActs)[number];
/** On which side somebody stands: whoever asked, or whoever helps. */
export type Side = 'author' | 'support';

interface Transition {
  readonly to: ContactState;
  readonly by: readonly Side[];
}

/** What may be done of a request for help in each state, and by whom. */
export const transitions: Record<ContactState, Partial<Record<ContactAct, Transition>>> = {
  received: { take: { to: 'taken', by: ['support'] }, answer: { to: 'answered', by: ['support'] }, close: { to: 'closed', by: ['author', 'support'] } },
  taken: { take: { to: 'taken', by: ['support'] }, answer: { to: 'answered', by: ['support'] }, close: { to: 'closed', by: ['author', 'support'] } },
  answered: { answer: { to: 'answered', by: ['support'] }, close: { to: 'closed', by: ['author', 'support'] } },
  closed: {},
};

/** The state that follows, or null when that side may not do this now. */
export function after(state: ContactState, act: ContactAct, side: Side): ContactState | null {
  const transition = transitions[state][act];
  return transition?.by.includes(side) ? transition.to : null;
}
