import { type GivenAnswer, nextStep, type Outcome, type Question, type TreeProtocol } from '../../../protocol/contract.ts';
import { digitOf } from '../phone/digits.ts';

/** A protocol being followed for one dossier. */
export interface Walk {
  readonly protocolId: string;
  readonly version: number;
  readonly answers: readonly GivenAnswer[];
}

export const startOf = ({ id, version }: TreeProtocol): Walk => ({ protocolId: id, version, answers: [] });

/** Where one stands: which protocol, which question, or what comes out of it; null when none is followed, or it is no longer in force. */
export function standing(protocols: readonly TreeProtocol[], walk: Walk | null): { protocol: TreeProtocol; question: Question | null; outcome: Outcome | null } | null {
  const protocol = protocols.find(({ id, version }) => id === walk?.protocolId && version === walk.version);
  const step = protocol && nextStep(protocol.tree, walk!.answers);
  return step ? { protocol: protocol!, question: step.question, outcome: step.outcome } : null;
}

export interface Press {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** What a key does in the column of questions; null: nothing. */
export function pressed(press: Press, protocols: readonly TreeProtocol[], walk: Walk | null): Walk | 'none' | 'keep' | null {
  if (press.ctrlKey || press.metaKey || press.altKey) return null;
  const here = standing(protocols, walk);
  if (press.key === 'Backspace') return walk === null ? null : back(walk);
  if (!here) {
    const chosen = protocols[(digitOf(press) ?? 0) - 1];
    return chosen ? startOf(chosen) : null;
  }
  if (here.outcome) return press.key === 'Enter' ? 'keep' : null;
  const answer = here.question!.answers.find(({ key }) => key === press.key.toLowerCase() || key === String(digitOf(press)));
  return answer ? { ...walk!, answers: [...walk!.answers, { question: here.question!.id, answer: answer.key }] } : null;
}

/** One answer back; from the first question, out of the protocol. */
export const back = (walk: Walk): Walk | 'none' => (walk.answers.length === 0 ? 'none' : { ...walk, answers: walk.answers.slice(0, -1) });
