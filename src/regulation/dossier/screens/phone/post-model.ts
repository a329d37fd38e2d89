import { type Agent, type AgentState, type Call, type Level, levelSchema, mayHold } from '../../../telephony/contract.ts';

/** What people read for the state of a post. */
export const stateWords: Record<AgentState, string> = {
  offline: 'Hors poste', available: 'Disponible', ringing: 'Ça sonne', 'in-call': 'En ligne', 'wrap-up': 'Après-appel', pause: 'Pause',
};

export const pauseReasons = ['Pause', 'Repas', 'Réunion', 'Formation', 'Débriefing'] as const;

export const parties = ['sis', 'cap', 'interprete', 'dac', 'autre'] as const;
export type Party = (typeof parties)[number];
/** Those who can be added to a call, and how they are called in the list of who is on the line. */
export const partyWords: Record<Party, { readonly label: string; readonly short: string }> = {
  sis: { label: 'Pompiers (SIS)', short: 'SIS' }, cap: { label: 'Centre antipoison', short: 'CAP' }, interprete: { label: 'Interprète', short: 'Interprète' },
  dac: { label: 'Coordination (DAC)', short: 'DAC' }, autre: { label: 'Autre personne', short: 'Autre' },
};

/** Where an OSNP sits: with the second level, or asked for by the doctors of every filière (ACT-08). */
export const osnpPositions = ['N2-SNP', 'N4'] as const;
export type OsnpPosition = (typeof osnpPositions)[number];
export const positionWords: Record<OsnpPosition, string> = { 'N2-SNP': 'N2-SNP', N4: 'N4 (appels des médecins)' };

/** The position of an OSNP at his post; null for the other trades. */
export const positionOf = ({ level, skills }: Pick<Agent, 'level' | 'skills'>): OsnpPosition | null =>
  level !== 'SNP' ? null : skills.includes('N4') ? 'N4' : 'N2-SNP';

/** The levels somebody of these roles may hold a post of. */
export const levelsOf = (roles: readonly string[]): Level[] => levelSchema.options.filter((level) => mayHold(roles, level));

/** True when calls may be given to this post, or one is there. */
export const isAtPost = (agent: Agent | null): agent is Agent => agent !== null && agent.state !== 'offline';

/** True while the caller can be heard from this post. */
export const isTalking = (agent: Agent | null): boolean => agent?.state === 'in-call';

/** What the key that turns a post on and off does now. */
export function toggleOf(state: AgentState): { readonly to: 'available' | 'pause'; readonly label: string } {
  return state === 'available' || state === 'in-call' || state === 'ringing'
    ? { to: 'pause', label: state === 'available' ? 'Pause' : 'Pause après l’appel' }
    : { to: 'available', label: 'Disponible' };
}

export interface OnLine {
  readonly leg: number;
  readonly label: string;
  readonly mine: boolean;
  /** Somebody added from outside can be let go; a colleague leaves by himself. */
  readonly mayDrop: boolean;
}

/** Everybody on the line beside the caller, in the order they came. */
export function peopleOn(call: Call, accountId: string): OnLine[] {
  return call.legs
    .filter((leg) => leg.endedAt === null && leg.answeredAt !== null && leg.party !== 'correspondant')
    .map(({ leg, agent, agentName, level, party }) => ({
      leg, mine: agent === accountId,
      label: party === 'agent' ? [agentName ?? agent, level].filter(Boolean).join(', ') : (partyWords[party as Party]?.short ?? party),
      mayDrop: party !== 'agent',
    }));
}

/** The transfers offered from a post: every level that treats or decides, never one's own. */
export const transferLevels = (from: Level): Level[] => (['AMU', 'SNP', 'MRU', 'MRG', 'SPE', 'N1'] as const).filter((level) => level !== from);

/** How long the queue of a level is. */
export interface Load {
  readonly waiting: number;
  readonly longestWaitSeconds: number;
  /** Colleagues ready to answer. */
  readonly ready: readonly { readonly accountId: string; readonly name: string }[];
}

/** `personne n’attend, 2 prêts` ; `3 attendent, 1:20, aucun prêt`. */
export function loadWords({ waiting, longestWaitSeconds, ready }: Load): string {
  const minutes = Math.floor(longestWaitSeconds / 60);
  const longest = `${minutes}:${String(longestWaitSeconds % 60).padStart(2, '0')}`;
  const queue = waiting === 0 ? 'personne n’attend' : `${waiting} ${waiting > 1 ? 'attendent' : 'attend'}, ${longest}`;
  return `${queue}, ${ready.length === 0 ? 'aucun prêt' : `${ready.length} ${ready.length > 1 ? 'prêts' : 'prêt'}`}`;
}
