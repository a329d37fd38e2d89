import { meansLabels, type P0Entry } from '../../../protocol/contract.ts';
import type { Motive } from './motives.ts';
import { meansWords } from '../file/words.ts';

/** What is about to be engaged before any doctor (US-N1-03). */
export interface P0Draft {
  readonly motive: Motive | null;
  readonly means: readonly string[];
  readonly advice: readonly string[];
}

/** Other means that a reflex may need, offered after those of the règlement intérieur. */
const others = ['SMUR.VLM', 'SIS.VSAV', 'TSU.AMB', 'SMUR.HELISMUR', 'FSI.VLFSI'];

/** The means one may choose among, the reflex ones first: each has its digit. */
export const meansChoices = (reflex: readonly string[], chosen: readonly string[]): string[] => [...new Set([...reflex, ...chosen, ...others])];

/** A vehicle of the room in its own words, else in those of the protocols. */
export const meansName = (type: string): string => (meansWords(type) === type ? (meansLabels[type] ?? type) : meansWords(type));

export const toggled = (means: readonly string[], type: string): string[] => (means.includes(type) ? means.filter((one) => one !== type) : [...means, type]);

/** What a situation of the P0 list asks for. */
export const draftOf = ({ motive, means, advice }: Pick<P0Entry, 'motive' | 'means' | 'advice'>): P0Draft => ({ motive, means, advice });

/** The letter that chooses each situation. */
export const letterOf = (index: number): string => String.fromCharCode(97 + index);
