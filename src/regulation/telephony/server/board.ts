import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import type { Transaction } from '../../../foundation/db/database.ts';
import type { ResponseInputOf } from '../../../foundation/http/route.ts';
import type { Actor } from '../../../identity/contract.ts';
import { type Agent, type Level, levelSchema, type routes } from '../contract.ts';
import { type Alert, alertsOf, qs30, staffing, tauxAccueil } from '../domain/board.ts';
import { presentAgents } from './agents.ts';
import { answersByLevel, callCounts, liveLevels, type LiveLevel, quarters } from './board-figures.ts';
import { coalesced } from './coalesced.ts';
import { isBilevelOpen, readConfiguration } from './configuration.ts';
import { readLink } from './link-state.ts';
import { requireRoom, type Room, tell } from './room.ts';

export type Board = ResponseInputOf<typeof routes.board>;

const SPARK_HOURS = 4;
/** Figures of past periods are counted at most this often in a process; what waits and who is there are always fresh. */
const FIGURES_LIFE_MS = 1_000;

type Figures = Awaited<ReturnType<typeof countFigures>>;

/** The board of the room, computed from what is stored (TEL-17). */
export function createBoard(room: Room) {
  let kept: { at: Temporal.Instant; figures: Promise<Figures> } | null = null;

  function figures(now: Temporal.Instant): Promise<Figures> {
    if (kept && Math.abs(now.epochMilliseconds - kept.at.epochMilliseconds) < FIGURES_LIFE_MS) return kept.figures;
    const fresh = countFigures(room, now);
    kept = { at: now, figures: fresh };
    fresh.catch(() => (kept = null));
    return fresh;
  }

  // All screens read the board again at each change: one reading serves those who asked before it began.
  const read = coalesced(compute);

  async function compute(): Promise<Board> {
    const now = room.clock.now();
    const [counted, live, agents, configuration, link, hours] = await Promise.all([
      figures(now), liveLevels(room.db, room.territory), presentAgents(room, room.db), readConfiguration(room), readLink(room, room.db),
      room.territories.hoursKindAt(room.territory, now),
    ]);
    const bilevel = await isBilevelOpen(room, configuration);
    const levels = levelSchema.options.map((level) => levelBoard(level, now, { counted, live, agents }));
    const watched = levels.map(({ qs30: { hour }, ...one }) => ({ ...one, qs30Hour: hour }));
    const alerts = alertsOf({
      levels: watched,
      thresholds: configuration.thresholds, sasHours: hours === 'SAS', bilevel, linkUp: link.status === 'up',
    });
    const since = await openAlerts(room);
    return {
      at: now.toString(),
      levels,
      day: { ...counted.day, tauxAccueil: tauxAccueil(counted.day), qs30: qs30(counted.day) },
      ratio: staffing(watched),
      bilevel,
      alerts: alerts.map((alert) => ({ ...alert, since: (since.get(keyOf(alert)) ?? now).toString() })),
      link: { status: link.status, since: link.since.toString() },
    };
  }

  return {
    /** @throws forbidden `room-out-of-reach` */
    async board(actor: Actor): Promise<Board> {
      requireRoom(room, actor);
      return read();
    },

    /** Opens and closes the alerts as the room changes; screens are told when one does. */
    async watch(): Promise<void> {
      const { alerts } = await read();
      await room.db.transaction((tx) => keepAlerts(room, tx, alerts as Alert[]));
    },
  };
}

async function countFigures(room: Room, now: Temporal.Instant) {
  const { timeZone } = await room.territories.get(room.territory);
  const midnight = now.toZonedDateTimeISO(timeZone).startOfDay().toInstant();
  // What happens in this very millisecond is counted too.
  const end = now.add({ milliseconds: 1 });
  const since = (from: Temporal.Instant) => answersByLevel(room.db, room.territory, from, end);
  const [day, quarter, hour, whole, spark] = await Promise.all([
    callCounts(room.db, room.territory, midnight, end),
    since(now.subtract({ minutes: 15 })), since(now.subtract({ hours: 1 })), since(midnight),
    quarters(room.db, room.territory, now.subtract({ hours: SPARK_HOURS })),
  ]);
  return { day, quarter, hour, whole, spark };
}

interface Parts {
  readonly counted: Figures;
  readonly live: readonly LiveLevel[];
  readonly agents: readonly Agent[];
}

const NOTHING = { answered: 0, answeredUnder30: 0 };

function levelBoard(level: Level, now: Temporal.Instant, { counted, live, agents }: Parts) {
  const here = live.find((one) => one.level === level);
  const seconds = (from: Temporal.Instant | null | undefined) => (from ? Math.max(0, Math.floor((now.epochMilliseconds - from.epochMilliseconds) / 1_000)) : null);
  const of = (figures: Figures['hour']) => qs30(figures.find((one) => one.level === level) ?? NOTHING);
  return {
    level, waiting: here?.waiting ?? 0, longestWaitSeconds: seconds(here?.oldest) ?? 0, inProgress: here?.inProgress ?? 0,
    agents: agents.filter((agent) => agent.level === level),
    qs30: { quarter: of(counted.quarter), hour: of(counted.hour), day: of(counted.whole) },
    spark: counted.spark.filter((one) => one.level === level).map((one) => ({ at: one.at.toString(), qs30: qs30(one), presented: one.presented })),
  };
}

const keyOf = ({ code, level }: { code: string; level: Level | null }): string => `${code}|${level ?? ''}`;

interface AlertRow {
  readonly id: string;
  readonly code: string;
  readonly level: Level | null;
  readonly since: Temporal.Instant;
}

async function openAlerts(room: Room): Promise<Map<string, Temporal.Instant>> {
  const rows = await room.db.query<AlertRow>(sql`
    select id, code, level, since from telephony.alert where territory = ${room.territory} and ended_at is null`);
  return new Map(rows.map((row) => [keyOf(row), row.since]));
}

async function keepAlerts(room: Room, tx: Transaction, alerts: readonly Alert[]): Promise<void> {
  const open = await tx.query<AlertRow>(sql`
    select id, code, level, since from telephony.alert where territory = ${room.territory} and ended_at is null for update`);
  const now = room.clock.now();
  const known = new Set(open.map(keyOf));
  const wanted = new Set(alerts.map(keyOf));
  const begun = alerts.filter((alert) => !known.has(keyOf(alert)));
  const over = open.filter((row) => !wanted.has(keyOf(row)));
  for (const { code, level, message } of begun) {
    await tx.run(sql`
      insert into telephony.alert (territory, id, code, level, message, since)
      values (${room.territory}, ${randomUUID()}, ${code}, ${level}, ${message}, ${now}) on conflict do nothing`);
  }
  if (over.length > 0) {
    await tx.run(sql`update telephony.alert set ended_at = ${now} where territory = ${room.territory} and id = any(${over.map(({ id }) => id)}::uuid[])`);
  }
  if (begun.length + over.length > 0) await tell(room, tx, 'board');
}
