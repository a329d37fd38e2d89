import type { AccessNumber, Level } from '../contract.ts';

export interface BilevelHours {
  /** 1 is Monday. */
  readonly day: number;
  readonly from: string;
  readonly to: string;
}

export interface Configuration {
  readonly numbers: readonly AccessNumber[];
  readonly bilevelHours: readonly BilevelHours[];
  readonly thresholds: {
    readonly waiting: number;
    readonly qs30: number;
    readonly occupancyN1: number;
    readonly wrapUpSeconds: number;
  };
}

const WEEK = [1, 2, 3, 4, 5, 6, 7];

/** What a room starts with. The direct lines are numbers reserved to fiction (ARCEP). */
export const defaultConfiguration: Configuration = {
  numbers: [
    { number: '15', label: 'SAMU 15', flow: 'populationnel', entryLevel: 'N1', origin: '15', priority: 2 },
    { number: '116117', label: 'Médecin de garde 116 117', flow: 'populationnel', entryLevel: 'N1', origin: '116117', priority: 2 },
    { number: '114', label: '114 (sourds et malentendants)', flow: 'populationnel', entryLevel: 'N1', origin: 'CNR', priority: 2 },
    { number: '112', label: '112 renvoyé', flow: 'populationnel', entryLevel: 'N1', origin: '112', priority: 2 },
    { number: '0536490101', label: 'Ligne directe SIS, ARM AMU', flow: 'ligne-sis', entryLevel: 'AMU', origin: '18', priority: 1 },
    { number: '0536490102', label: 'Ligne directe SIS et équipes engagées, MRU', flow: 'ligne-mru', entryLevel: 'MRU', origin: '18', priority: 1 },
    { number: '0536490103', label: 'Ligne des professionnels de santé', flow: 'ligne-ps', entryLevel: 'MRG', origin: 'PS', priority: 2 },
  ],
  bilevelHours: WEEK.map((day) => ({ day, from: '00:00', to: '24:00' })),
  thresholds: { waiting: 5, qs30: 0.9, occupancyN1: 0.9, wrapUpSeconds: 10 },
};

/** `+33 5 36…` and `05 36…` are one number. */
export const nationalNumber = (number: string): string => number.replace(/[\s.-]/g, '').replace(/^(\+|00)33(?=\d{9}$)/, '0');

export type Entry = Pick<AccessNumber, 'flow' | 'entryLevel' | 'origin' | 'priority'>;

/** Guard of C1 turned into a net: a call to a number that nobody declared is answered at N1 like any other. */
const UNKNOWN_NUMBER: Entry = { flow: 'populationnel', entryLevel: 'N1', origin: '', priority: 2 };

/** Where a call to that number enters. */
export const entryOf = ({ numbers }: Configuration, dnis: string): Entry =>
  numbers.find(({ number }) => nationalNumber(number) === nationalNumber(dnis)) ?? UNKNOWN_NUMBER;

export interface ConfigurationProblem {
  readonly path: string;
  readonly message: string;
}

/** What a configuration may not say; empty when it holds. */
export function configurationProblems({ numbers, bilevelHours }: Configuration): ConfigurationProblem[] {
  const seen = new Set<string>();
  const ofNumbers = numbers.flatMap(({ number, flow, entryLevel, label }, index) => {
    const path = `numbers.${index}`;
    const twice = seen.has(nationalNumber(number));
    seen.add(nationalNumber(number));
    return [
      ...(twice ? [{ path, message: `le numéro ${number} figure deux fois` }] : []),
      ...(flow === 'populationnel' && entryLevel !== 'N1'
        ? [{ path: `${path}.entryLevel`, message: `« ${label} » : les appels de la population entrent au décroché N1, tenu par un ARM, sans autre choix` }]
        : []),
      ...(flow !== 'populationnel' && entryLevel === 'SNP'
        ? [{ path: `${path}.entryLevel`, message: `« ${label} » : une ligne directe arrive à un ARM ou à un médecin` }]
        : []),
    ];
  });
  const ofHours = bilevelHours.flatMap(({ from, to }, index) =>
    from < to ? [] : [{ path: `bilevelHours.${index}`, message: 'la fin vient avant le début (au-delà de minuit, déclarez deux plages)' }],
  );
  return [...ofNumbers, ...ofHours];
}

/** TEL-06: whether the second level (AMU, OSNP) is open at that moment of the territory's wall clock. */
export const bilevelOpen = ({ bilevelHours }: Configuration, at: Temporal.ZonedDateTime): boolean => {
  const time = at.toPlainTime().toString({ smallestUnit: 'minute' });
  return bilevelHours.some(({ day, from, to }) => day === at.dayOfWeek && from <= time && time < to);
};

/** Second level closed: what would go to it goes to the doctor of its filière. */
export const targetLevel = (level: Level, bilevel: boolean): Level =>
  bilevel ? level : level === 'AMU' ? 'MRU' : level === 'SNP' ? 'MRG' : level;
