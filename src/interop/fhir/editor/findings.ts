import type { ConformityProblem } from '../../../platform/availability/contract.ts';
import { conformityRules, type RuleCode } from './rules.ts';

const SHOWN_PER_RULE = 20;
const SAMPLE_LENGTH = 80;

/** Notes one departure from a rule: the element's path and, when it helps, the value found there. */
export type Report = (rule: RuleCode, element: string, sample?: unknown) => void;

export interface Findings {
  readonly report: Report;
  /** The problems noted, at most 20 of a rule and one line telling how many more. */
  problems(): ConformityProblem[];
}

export function createFindings(): Findings {
  const byRule = new Map<RuleCode, { shown: Map<string, ConformityProblem>; more: number }>();
  return {
    report(rule, element, sample) {
      let found = byRule.get(rule);
      if (!found) byRule.set(rule, (found = { shown: new Map(), more: 0 }));
      if (found.shown.has(element)) return;
      if (found.shown.size === SHOWN_PER_RULE) {
        found.more += 1;
        return;
      }
      const { severity, says } = conformityRules[rule];
      found.shown.set(element, { rule, element, severity, message: says, sample: sampleOf(sample) });
    },
    problems() {
      return [...byRule].flatMap(([rule, { shown, more }]) => {
        if (more === 0) return [...shown.values()];
        const { severity, says } = conformityRules[rule];
        const rest = { rule, element: 'Bundle', severity, message: `${says} Autres éléments dans le même cas : ${more}.`, sample: null };
        return [...shown.values(), rest];
      });
    },
  };
}

/** Only plain values are quoted: an object could hold anything. */
function sampleOf(value: unknown): string | null {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return null;
  const text = String(value);
  return text.length > SAMPLE_LENGTH ? `${text.slice(0, SAMPLE_LENGTH)}…` : text;
}
