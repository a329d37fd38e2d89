import type { AnswerOf, InputOf } from '../../../../ui/api.ts';
import type { WeekRange } from '../../../../ui/week-hours.ts';
import type { AccessNumber, FlowKind, Level, routes } from '../../contract.ts';
import { configurationProblems } from '../../domain/configuration.ts';

export type Configuration = AnswerOf<typeof routes.configuration>;

/** What is being written; each number keeps its key while others come and go. */
export interface Draft {
  readonly numbers: readonly (AccessNumber & { readonly key: number })[];
  readonly hours: readonly WeekRange[];
  readonly thresholds: Configuration['thresholds'];
}

/** In the form midnight at the end of a day is `00:00`, as people type it; in the configuration it is `24:00`. */
export const draftOf = ({ numbers, bilevelHours, thresholds }: Configuration): Draft => ({
  numbers: numbers.map((number, key) => ({ ...number, key })),
  hours: bilevelHours.map(({ day, from, to }) => ({ day, from, to: to === '24:00' ? '00:00' : to })),
  thresholds,
});

export const configurationOf = ({ numbers, hours, thresholds }: Draft): InputOf<typeof routes.configure>['body'] => ({
  numbers: numbers.map(({ number, label, flow, entryLevel, origin, priority }) => ({ number: number.replace(/[\s.-]/g, ''), label: label.trim(), flow, entryLevel, origin: origin.trim(), priority })),
  bilevelHours: hours.map(({ day, from, to }) => ({ day, from, to: to === '00:00' ? '24:00' : to })),
  thresholds: { waiting: thresholds.waiting, qs30: thresholds.qs30, occupancyN1: thresholds.occupancyN1, wrapUpSeconds: thresholds.wrapUpSeconds },
});

export interface Problem {
  readonly path: string;
  readonly message: string;
}

/** All that keeps the draft from being saved, each at its place. */
export function draftProblems(draft: Draft): Problem[] {
  const configuration = configurationOf(draft);
  const unread = configuration.numbers.flatMap(({ number, label }, index) => [
    ...(/^\+?\d{2,15}$/.test(number) ? [] : [{ path: `numbers.${index}.number`, message: 'un numéro a de 2 à 15 chiffres' }]),
    ...(label ? [] : [{ path: `numbers.${index}.label`, message: 'un nom, pour le reconnaître à l’écran' }]),
  ]);
  const unsaid = draft.hours.flatMap(({ from, to }, index) => (from && to ? [] : [{ path: `bilevelHours.${index}`, message: 'heures à compléter' }]));
  const rules = configurationProblems(configuration as Parameters<typeof configurationProblems>[0]).filter(({ path }) => !unsaid.some((one) => one.path === path));
  return [...(configuration.numbers.length === 0 ? [{ path: 'numbers', message: 'au moins un numéro d’accès' }] : []), ...unread, ...unsaid, ...rules];
}

export const withNumber = (draft: Draft): Draft => {
  const key = Math.max(-1, ...draft.numbers.map((one) => one.key)) + 1;
  return { ...draft, numbers: [...draft.numbers, { key, number: '', label: '', flow: 'populationnel', entryLevel: 'N1', origin: '', priority: 2 }] };
};

export const changedNumber = (draft: Draft, key: number, change: Partial<AccessNumber>): Draft => ({
  ...draft, numbers: draft.numbers.map((one) => (one.key === key ? { ...one, ...change } : one)),
});

export const withoutNumber = (draft: Draft, key: number): Draft => ({ ...draft, numbers: draft.numbers.filter((one) => one.key !== key) });

/** Where a call may enter, by the flow of its number: the population always at N1 (TEL-03). */
export const entryLevels = (flow: FlowKind): Level[] => (flow === 'populationnel' ? ['N1'] : ['N1', 'AMU', 'MRU', 'MRG', 'SPE']);

export const isSame = (draft: Draft, configuration: Configuration): boolean =>
  JSON.stringify(configurationOf(draft)) === JSON.stringify(configurationOf(draftOf(configuration)));
