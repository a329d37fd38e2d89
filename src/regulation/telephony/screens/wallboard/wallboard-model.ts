import type { Level } from '../../contract.ts';
import { type Board, type LevelBoard, ANSWER_SECONDS } from '../words.ts';

/** The five rows of the wall; the specialised filières are on the supervisor's board. */
export const wallLevels: readonly Level[] = ['N1', 'AMU', 'SNP', 'MRU', 'MRG'];

/** Older than this, what is on the wall is no longer the room. */
const FRESH_SECONDS = 15;

export const isStale = (ageSeconds: number, online: boolean): boolean => !online || ageSeconds > FRESH_SECONDS;

/** How a row must look: `late` when somebody waits beyond 30 seconds, `alone` when nobody can answer. */
export function rowState(level: Pick<LevelBoard, 'waiting' | 'agents'>, waitSeconds: number): 'late' | 'alone' | 'calm' {
  if (level.waiting > 0 && waitSeconds >= ANSWER_SECONDS) return 'late';
  return level.agents.every(({ state }) => state === 'offline') ? 'alone' : 'calm';
}

/** How many can take a call now. */
export const freeAgents = ({ agents }: Pick<LevelBoard, 'agents'>): number => agents.filter(({ state }) => state === 'available').length;

/** The one alert that the wall has room for, and how many more there are. */
export function firstAlert({ alerts }: Pick<Board, 'alerts'>): { alert: Board['alerts'][number]; more: number } | null {
  const rank = (code: string) => ['link-down', 'p0'].indexOf(code) + 1 || 9;
  const [alert] = [...alerts].sort((a, b) => rank(a.code) - rank(b.code) || (a.since < b.since ? -1 : 1));
  return alert ? { alert, more: alerts.length - 1 } : null;
}
