import type { ConformityProblem } from '../contract.ts';

/** A problem and how many times the same rule was broken at the same kind of place. */
export interface CountedProblem extends ConformityProblem {
  readonly count: number;
}

/** The element without its positions: `Bundle.entry[3].resource` and `Bundle.entry[7].resource` are one place. */
export const shapeOf = (element: string): string => element.replace(/\[\d+\]/g, '[*]');

/** One line for each rule and kind of place, with the first example met, in the order they were met. */
export function summarise(problems: readonly ConformityProblem[]): CountedProblem[] {
  const lines = new Map<string, CountedProblem>();
  for (const problem of problems) {
    const key = `${problem.rule}|${shapeOf(problem.element)}`;
    const line = lines.get(key);
    lines.set(key, line ? { ...line, count: line.count + 1 } : { ...problem, count: 1 });
  }
  return [...lines.values()];
}
