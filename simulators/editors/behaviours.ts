import type { FaultKind } from './faults.ts';
import type { NegligenceName } from './negligence.ts';

export type Flow = 'ps' | 'cpts' | 'sos';

/** How a vendor's server behaves, as data. */
export interface Behaviour {
  readonly label: string;
  readonly flows: readonly Flow[];
  /** Shares of the answers and how long each takes. */
  readonly latency: readonly { readonly share: number; readonly fromMs: number; readonly toMs: number }[];
  /** Failures that come by the clock: `lastsS` out of every `everyS` seconds, each burst with the next kind of failure. */
  readonly bursts: { readonly everyS: number; readonly lastsS: number; readonly faults: readonly FaultKind[] } | null;
  /** Recurrent errors of vendors, with the share of the resources concerned. */
  readonly negligences: Partial<Readonly<Record<NegligenceName, number>>>;
}

export const behaviours = {
  rapide: {
    label: 'répond vite et bien',
    flows: ['ps', 'cpts', 'sos'],
    latency: [{ share: 1, fromMs: 5, toMs: 60 }],
    bursts: null,
    negligences: {},
  },
  lent: {
    label: 'répond bien, mais lentement et irrégulièrement',
    flows: ['ps'],
    latency: [{ share: 0.55, fromMs: 300, toMs: 2_000 }, { share: 0.37, fromMs: 2_000, toMs: 6_500 }, { share: 0.08, fromMs: 7_200, toMs: 9_000 }],
    bursts: null,
    negligences: {},
  },
  instable: {
    label: 'tombe en panne par moments',
    flows: ['ps'],
    latency: [{ share: 1, fromMs: 40, toMs: 400 }],
    bursts: { everyS: 600, lastsS: 90, faults: ['http-500', 'reset', 'html', 'half-json'] },
    negligences: {},
  },
  negligent: {
    label: 'répond avec les écarts les plus fréquents à la spécification',
    flows: ['ps'],
    latency: [{ share: 1, fromMs: 60, toMs: 500 }],
    bursts: null,
    negligences: {
      'unprefixed-person': 0.2, 'unprefixed-structure': 0.4, 'phone-format': 0.5, 'text-specialty': 0.4, 'empty-element': 0.3,
      'no-comment': 0.15, 'absolute-reference': 0.2, 'unasked-practitioner': 0.3, 'busy-slot': 0.15, 'wrong-profile': 0.2,
      'end-before-start': 0.05, 'wrong-total': 0.5,
    },
  },
} as const satisfies Record<string, Behaviour>;

export type BehaviourName = keyof typeof behaviours;
