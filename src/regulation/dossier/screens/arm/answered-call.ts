import type { Agent, Call } from '../../../telephony/contract.ts';

/** The call whose dossier the desk must show by itself: mine, and somebody can be heard. */
export const answeredCall = (agent: Agent | null, mine: Call | null): Call | null => (agent?.state === 'in-call' && agent.callId === mine?.id ? mine : null);
