import sql from 'sql-template-tag';
import type { Clock } from '../../../foundation/clock.ts';
import type { Database } from '../../../foundation/db/database.ts';
import type { Territories } from '../../../territory/server/index.ts';
import type { EditorShowing, ShownAgenda, Visibility } from '../../availability/server/index.ts';
import type { Membership } from '../../directory/server/index.ts';
import {
  type DeclaredRow, type Frame, ownShown, type Shown, type Standing, standingOf, type StructureDoctor, structureShown, weeksOfInstants,
} from '../domain/standing.ts';
import type { Span } from '../domain/shown-time.ts';
import { type IsoWeek, midnight, weeksAround, weeksOfYear } from '../domain/weeks.ts';

export interface EligibilityDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly visibility: Visibility;
  readonly territories: Pick<Territories, 'get'>;
  /** The general practitioners of each structure, with their dates. */
  readonly doctorsOf: (structureIds: readonly string[]) => Promise<Map<string, Membership[]>>;
}

export interface Subjects {
  readonly professionals: readonly string[];
  readonly structures: readonly string[];
}

interface Row {
  id: string;
  isStructure: boolean;
  status: DeclaredRow['status'];
  via: DeclaredRow['via'];
  viaStructureId: string | null;
  startMs: number;
  endMs: number | null;
}

/** Doctors read at once: bounds the memory of a whole territory's pass. */
const BATCH = 100;

const columns = sql`coalesce(national_id, structure_id) as id, structure_id is not null as "isStructure", status, via, via_structure_id as "viaStructureId",
  (date_part('epoch', valid_from) * 1000)::bigint as "startMs", (date_part('epoch', valid_to) * 1000)::bigint as "endMs"`;

/** The 2 h a week of everybody, computed from what was shown, never ticked (PART-10, STR-02, STR-05). */
export function createEligibility({ database, clock, visibility, territories, doctorsOf }: EligibilityDependencies) {
  const db = database.for('participation');

  async function frameOf(territory: string, year: number, weeksIn: (zone: string) => IsoWeek[]): Promise<Frame & { timeZone: string }> {
    const { timeZone, launchedOn } = await territories.get(territory);
    const weeks = weeksIn(timeZone);
    const now = clock.now().epochMilliseconds;
    const judged = Math.min(now, weeks.at(-1)!.end - 1);
    const day = Temporal.Instant.fromEpochMilliseconds(judged).toZonedDateTimeISO(timeZone).toPlainDate();
    const row = await db.maybeOne<{ weeks: number }>(sql`
      select weeks from participation.tolerance where territory = ${territory} and valid_from <= ${day} order by valid_from desc limit 1`);
    return { year, weeks, now, timeZone, tolerance: row?.weeks ?? 0, launch: launchedOn && midnight(Temporal.PlainDate.from(launchedOn), timeZone) || null };
  }

  const boundsOf = (weeks: readonly IsoWeek[]) => ({
    from: Temporal.Instant.fromEpochMilliseconds(weeks[0]!.start), to: Temporal.Instant.fromEpochMilliseconds(weeks.at(-1)!.end),
  });

  async function uploadsOf(ids: readonly string[], weeks: readonly IsoWeek[]): Promise<(id: string) => boolean[]> {
    const { from, to } = boundsOf(weeks);
    const showings = new Map((await visibility.editorShowings(ids, from, to)).map((one: EditorShowing) => [one.id, one.instants]));
    const none = weeks.map(() => false);
    return (id) => {
      const instants = showings.get(id);
      return instants ? weeksOfInstants(instants, weeks) : none;
    };
  }

  /** What these structures show for their doctors: those who declared it, and all those of a centre de santé. */
  async function sharedBy(structures: readonly string[], { weeks, timeZone }: Frame & { timeZone: string }): Promise<Map<string, Shown>> {
    if (structures.length === 0) return new Map();
    const doctors = await rosterOf(structures, timeZone);
    const professionals = [...new Set(doctors.map(({ nationalId }) => nationalId))];
    const { from, to } = boundsOf(weeks);
    const [agendas, uploaded, etp] = await Promise.all([
      visibility.shown({ professionals, structures, from, to }), uploadsOf([...structures, ...professionals], weeks), etpOf(structures),
    ]);
    return new Map(structures.map((id) => {
      const own = doctors.filter(({ structureId }) => structureId === id);
      const members = new Set(own.map(({ nationalId }) => nationalId));
      const roster = own.map(({ nationalId, within }): StructureDoctor => ({ within, etp: etp.get(`${id}|${nationalId}`) ?? [], uploaded: uploaded(nationalId) }));
      return [id, structureShown(lanesOf(agendas.filter((agenda) => agenda.structureId === id || members.has(agenda.nationalId ?? ''))), roster, uploaded(id), weeks)];
    }));
  }

  /** The doctors for whom each structure answers, and when. */
  async function rosterOf(structures: readonly string[], timeZone: string): Promise<{ structureId: string; nationalId: string; within: Span[] }[]> {
    const [declared, centres] = await Promise.all([
      db.query<Row & { structure: string }>(sql`
        select ${columns}, via_structure_id as structure from participation.participation
        where via_structure_id = any(${structures}) and national_id is not null and status in ('DECLARE', 'EFFECTIF')`),
      db.query<{ id: string }>(sql`
        select distinct structure_id as id from participation.participation where structure_id = any(${structures}) and via = 'cds'`),
    ]);
    const day = (date: string) => midnight(Temporal.PlainDate.from(date), timeZone);
    const members = await doctorsOf(centres.map(({ id }) => id));
    const found = new Map<string, { structureId: string; nationalId: string; within: Span[] }>();
    const add = (structureId: string, nationalId: string, span: Span) => {
      const key = `${structureId}|${nationalId}`;
      const known = found.get(key) ?? { structureId, nationalId, within: [] };
      known.within.push(span);
      found.set(key, known);
    };
    for (const row of declared) add(row.structure, row.id, spanOf(row));
    for (const [structureId, doctors] of members) {
      for (const { nationalId, since, until } of doctors) add(structureId, nationalId, { start: day(since), end: until ? day(until) : Infinity });
    }
    return [...found.values()];
  }

  async function etpOf(structures: readonly string[]): Promise<Map<string, { from: string; etp: number }[]>> {
    const rows = await db.query<{ key: string; from: string; etp: number }>(sql`
      select structure_id || '|' || national_id as key, valid_from as from, etp from participation.full_time_equivalent
      where structure_id = any(${structures}) order by valid_from desc`);
    const byDoctor = new Map<string, { from: string; etp: number }[]>();
    for (const { key, ...etp } of rows) byDoctor.set(key, [...(byDoctor.get(key) ?? []), etp]);
    return byDoctor;
  }

  async function standings({ professionals, structures }: Subjects, frame: Frame & { timeZone: string }, shared: Map<string, Shown>): Promise<Map<string, Standing>> {
    const { weeks } = frame;
    const { from, to } = boundsOf(weeks);
    const rows = Map.groupBy(await db.query<Row>(sql`
      select ${columns} from participation.participation
      where (national_id = any(${professionals}) or structure_id = any(${structures})) and valid_from < ${to} order by valid_from`), ({ id }) => id);
    const committed = [...rows.values()].flat().flatMap(({ via, viaStructureId, isStructure, id }) => (isStructure ? id : (via === 'sos' || via === 'cds') && viaStructureId) || []);
    const missing = [...new Set([...structures, ...committed])].filter((id) => !shared.has(id));
    for (const [id, shown] of await sharedBy(missing, frame)) shared.set(id, shown);
    const [agendas, uploaded] = await Promise.all([visibility.shown({ professionals, structures: [], from, to }), uploadsOf(professionals, weeks)]);
    const spans = Map.groupBy(agendas, ({ nationalId }) => nationalId!);
    const declared = (id: string) => (rows.get(id) ?? []).map(declaredRow);
    return new Map([
      ...professionals.map((id): [string, Standing] => {
        const own = ownShown((spans.get(id) ?? []).flatMap((agenda) => agenda.spans), uploaded(id), weeks);
        return [id, standingOf(declared(id), own, shared, frame)];
      }),
      ...structures.map((id): [string, Standing] => [id, standingOf(declared(id), shared.get(id)!, shared, frame)]),
    ]);
  }

  return {
    /** Where these subjects stand in an ISO year. @throws not-found `territory-not-found` */
    async ofYear(subjects: Subjects, territory: string, year: number): Promise<Map<string, Standing>> {
      return standings(subjects, await frameOf(territory, year, (zone) => weeksOfYear(year, zone)), new Map());
    },

    /** Last week, this one and the next, for each subject. @throws not-found `territory-not-found` */
    async aroundNow(subjects: Subjects, territory: string): Promise<Map<string, Standing>> {
      const now = clock.now();
      return standings(subjects, await frameOf(territory, 0, (zone) => weeksAround(now, zone, -1, 3)), new Map());
    },

    /**
     * Every doctor who took part in the year, lot after lot: each association is computed once, the memory does not grow with
     * the territory. @throws not-found `territory-not-found`
     */
    async *pass(territory: string, year: number): AsyncGenerator<Map<string, Standing>> {
      const frame = await frameOf(territory, year, (zone) => weeksOfYear(year, zone));
      const { from, to } = boundsOf(frame.weeks);
      const everybody = await db.query<{ id: string }>(sql`
        select distinct national_id as id from participation.participation
        where territory = ${territory} and national_id is not null and status in ('DECLARE', 'EFFECTIF')
          and valid_from < ${to} and (valid_to is null or valid_to > ${from}) order by 1`);
      const shared = new Map<string, Shown>();
      for (let first = 0; first < everybody.length; first += BATCH) {
        yield await standings({ professionals: everybody.slice(first, first + BATCH).map(({ id }) => id), structures: [] }, frame, shared);
      }
    },
  };
}

export type Eligibility = ReturnType<typeof createEligibility>;

const spanOf = ({ startMs, endMs }: Row): Span => ({ start: startMs, end: endMs ?? Infinity });
const declaredRow = (row: Row): DeclaredRow => ({ ...spanOf(row), status: row.status, via: row.via, viaStructureId: row.viaStructureId });

/** One lane a doctor, wherever he receives; slots without a doctor's name, one lane a place. */
function lanesOf(agendas: readonly ShownAgenda[]): Span[][] {
  const lanes = Map.groupBy(agendas, ({ nationalId, placeId }) => nationalId ?? `place:${placeId}`);
  return [...lanes.values()].map((lane) => lane.flatMap(({ spans }) => spans));
}
