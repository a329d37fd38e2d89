import { mayHold } from '../../contract.ts';
import type { Agent, Call, Level } from '../../contract.ts';
import { rolesOfLevel } from '../../domain/posts.ts';
import type { LevelBoard } from '../words.ts';

/** `2 libres sur 3`, among those who are at their post. */
export function staffWords(agents: readonly Pick<Agent, 'state'>[]): string {
  const here = agents.filter(({ state }) => state !== 'offline').length;
  const free = agents.filter(({ state }) => state === 'available').length;
  if (here === 0) return 'personne';
  return `${free === 0 ? 'aucun libre' : `${free} libre${free > 1 ? 's' : ''}`} sur ${here}`;
}

/** The levels on the board: the five of every room, and the specialised filières when somebody is there or waits. */
export const shownLevels = (levels: readonly LevelBoard[]): LevelBoard[] =>
  levels.filter(({ level, agents, waiting, inProgress }) => level !== 'SPE' || agents.length + waiting + inProgress > 0);

/** How long somebody has waited now, from what the board said and how long ago it said it. */
export const waitNow = ({ waiting, longestWaitSeconds }: Pick<LevelBoard, 'waiting' | 'longestWaitSeconds'>, elapsedSeconds: number): number =>
  waiting === 0 ? 0 : longestWaitSeconds + Math.max(0, Math.floor(elapsedSeconds));

/** Where an agent may go: levels that his present post shows him fit for come first; the server has the last word on his roles. */
export function moveTargets({ level }: Pick<Agent, 'level'>): { level: Level; sure: boolean }[] {
  const others = (Object.keys(rolesOfLevel) as Level[]).filter((one) => one !== level);
  return others.map((one) => ({ level: one, sure: mayHold(rolesOfLevel[level], one) })).sort((a, b) => Number(b.sure) - Number(a.sure));
}

export interface SparkLine {
  /** Runs of points; a quarter of an hour without an answered call breaks the line. */
  readonly runs: readonly (readonly { readonly x: number; readonly y: number }[])[];
  readonly words: string;
}

const HOURS = 4;

/** QS30 by quarter of an hour over the last four hours, in a box of `width` by `height`; 100 % is at the top. */
export function sparkLine(spark: LevelBoard['spark'], at: string, width: number, height: number): SparkLine {
  const end = Temporal.Instant.from(at).epochMilliseconds;
  const start = end - HOURS * 3_600_000;
  const runs: { x: number; y: number }[][] = [[]];
  for (const { at: quarter, qs30 } of spark) {
    const x = ((Temporal.Instant.from(quarter).epochMilliseconds - start) / (end - start)) * width;
    if (qs30 === null) runs.push([]);
    else runs.at(-1)!.push({ x: Math.min(width, Math.max(0, x)), y: (1 - qs30) * height });
  }
  const values = spark.flatMap(({ qs30 }) => qs30 ?? []);
  const words = values.length === 0 ? 'aucun appel décroché en 4 heures' : `au plus bas ${Math.floor(Math.min(...values) * 100)} %, à présent ${Math.floor(values.at(-1)! * 100)} %`;
  return { runs: runs.filter((run) => run.length > 0), words };
}

/** The quarters of an hour that some level has figures for, with each level's; for the table. */
export function quarterTable(levels: readonly LevelBoard[]): { at: string; qs30: (number | null)[] }[] {
  const instants = [...new Set(levels.flatMap(({ spark }) => spark.map(({ at }) => at)))].sort().reverse();
  return instants.map((at) => ({ at, qs30: levels.map(({ spark }) => spark.find((one) => one.at === at)?.qs30 ?? null) }));
}

/** Whoever is on a call for the room, or was last: names when they are known. */
export function agentOfCall({ legs, agent }: Pick<Call, 'legs' | 'agent'>): string {
  const ours = legs.filter((leg) => leg.party === 'agent');
  const last = ours.findLast((leg) => leg.answeredAt !== null && leg.endedAt === null) ?? ours.findLast((leg) => leg.answeredAt !== null);
  return last?.agentName ?? last?.agent ?? agent ?? '';
}
