import type { AgentState, Level } from '../contract.ts';
import { ratioRespected } from './posts.ts';

/** Calls presented to N1 in a period, by what became of them; transfers and outgoing calls are not counted again. */
export interface CallCounts {
  readonly presented: number;
  readonly answered: number;
  /** Answered in strictly less than 30 seconds. */
  readonly answeredUnder30: number;
  readonly abandonedLt10: number;
  readonly abandonedGe10: number;
}

const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** Indicator 1.2: answered ÷ (presented − abandoned before 10 s). */
export const tauxAccueil = ({ answered, presented, abandonedLt10 }: CallCounts): number | null => ratio(answered, presented - abandonedLt10);

/** Indicator 1.3: answered in strictly less than 30 s ÷ answered. */
export const qs30 = ({ answered, answeredUnder30 }: Pick<CallCounts, 'answered' | 'answeredUnder30'>): number | null => ratio(answeredUnder30, answered);

export interface RoomView {
  readonly levels: readonly {
    readonly level: Level;
    readonly waiting: number;
    readonly longestWaitSeconds: number;
    readonly qs30Hour: number | null;
    readonly agents: readonly { readonly state: AgentState }[];
  }[];
  readonly thresholds: { readonly waiting: number; readonly qs30: number; readonly occupancyN1: number };
  readonly sasHours: boolean;
  readonly bilevel: boolean;
  readonly linkUp: boolean;
}

export interface Alert {
  readonly code: 'waiting' | 'qs30' | 'occupancy' | 'no-mru' | 'no-mrg' | 'ratio' | 'link-down';
  readonly level: Level | null;
  readonly message: string;
}

const present = (agents: readonly { readonly state: AgentState }[]): number => agents.filter(({ state }) => state !== 'offline').length;
const BUSY: ReadonlySet<AgentState> = new Set(['ringing', 'in-call', 'wrap-up']);

/** Share of the agents at their post who are busy with calls; null when nobody is there. */
export const occupancy = (agents: readonly { readonly state: AgentState }[]): number | null =>
  ratio(agents.filter(({ state }) => BUSY.has(state)).length, present(agents));

const percent = (value: number): string => `${Math.floor(value * 100)} %`;

/** N1 and N2 (AMU and OSNP) at their posts, and whether there is one N1 for two N2. */
export function staffing(levels: RoomView['levels']): { n1: number; n2: number; respected: boolean } {
  const count = (...wanted: Level[]) => levels.filter(({ level }) => wanted.includes(level)).reduce((sum, { agents }) => sum + present(agents), 0);
  const n1 = count('N1');
  const n2 = count('AMU', 'SNP');
  return { n1, n2, respected: ratioRespected(n1, n2) };
}

/** What the superviseur must see now (TEL-18, TEL-22). */
export function alertsOf({ levels, thresholds, sasHours, bilevel, linkUp }: RoomView): Alert[] {
  const { n1, n2, respected } = staffing(levels);
  const absent = (level: Level) => levels.every((one) => one.level !== level || present(one.agents) === 0);
  const busyN1 = occupancy(levels.find(({ level }) => level === 'N1')?.agents ?? []);
  const alerts: (Alert | false)[] = [
    !linkUp && { code: 'link-down', level: null, message: 'Liaison téléphonique coupée : ouvrez les dossiers à la main, les appels seront rattachés ensuite.' },
    ...levels.flatMap(({ level, waiting, qs30Hour }) => [
      waiting > thresholds.waiting && { code: 'waiting' as const, level, message: `${waiting} appels en attente (seuil ${thresholds.waiting}).` },
      level === 'N1' && qs30Hour !== null && qs30Hour < thresholds.qs30 && {
        code: 'qs30' as const, level, message: `QS30 de la dernière heure : ${percent(qs30Hour)} (cible ${percent(thresholds.qs30)}).`,
      },
    ]),
    busyN1 !== null && busyN1 > thresholds.occupancyN1 && {
      code: 'occupancy', level: 'N1', message: `Occupation du N1 : ${percent(busyN1)} (seuil ${percent(thresholds.occupancyN1)}).`,
    },
    absent('MRU') && { code: 'no-mru', level: 'MRU', message: 'Aucun médecin urgentiste à son poste.' },
    sasHours && absent('MRG') && { code: 'no-mrg', level: 'MRG', message: 'Aucun médecin généraliste à son poste, en horaires SAS.' },
    bilevel && !respected && { code: 'ratio', level: null, message: `${n1} N1 pour ${n2} N2 : le repère est d'un N1 pour deux N2.` },
  ];
  return alerts.filter((alert) => alert !== false);
}
