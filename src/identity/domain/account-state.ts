/** Where an account stands. Only an active one opens a session. */
export const accountStates = ['pending', 'invited', 'active', 'suspended'] as const;
export type AccountState = (typeof accountStates)[number];

export const accountStateLabels: Record<AccountState, string> = {
  pending: 'À valider',
  invited: 'Invitation envoyée',
  active: 'Actif',
  suspended: 'Suspendu',
};

/** What happens to an account. */
export const accountEvents = ['follow-invitation', 'validate', 'invite', 'suspend', 'reopen'] as const;
export type AccountEvent = (typeof accountEvents)[number];

const transitions: Record<AccountEvent, Partial<Record<AccountState, AccountState>>> = {
  'follow-invitation': { invited: 'active' },
  validate: { pending: 'active' },
  // Whoever lost his phone enrols it again: his former password and codes open nothing meanwhile.
  invite: { invited: 'invited', active: 'invited' },
  suspend: { pending: 'suspended', invited: 'suspended', active: 'suspended' },
  reopen: { suspended: 'active' },
};

/** The state that follows, or null when the event is impossible from this one. */
export const nextState = (state: AccountState, event: AccountEvent): AccountState | null => transitions[event][state] ?? null;

/** The states from which an event is possible. */
export const statesFor = (event: AccountEvent): AccountState[] => Object.keys(transitions[event]) as AccountState[];
