import sql, { type Sql, empty, join } from 'sql-template-tag';
import { prepared, type Queryable } from '../../../foundation/db/database.ts';
import type { Point } from '../../../territory/contract.ts';
import { boxAround } from '../../../territory/server/index.ts';
import type { Candidate } from '../contract.ts';
import type { Practice } from './index.ts';

/** One activity with its professional and its place, before activities of one place are put together. */
interface Row {
  nationalId: string;
  lastName: string;
  firstName: string;
  profession: string;
  specialty: string;
  specialtyLabel: string;
  sector: string | null;
  placeId: string;
  placeName: string;
  address: string;
  city: string;
  postcode: string;
  insee: string;
  lat: number | null;
  lon: number | null;
  phone: string | null;
  distanceM: number | null;
}

const columns = sql`a.national_id as "nationalId", p.last_name as "lastName", p.first_name as "firstName", p.profession,
  a.specialty, a.specialty_label as "specialtyLabel", a.sector, pl.id as "placeId", pl.name as "placeName", pl.address,
  pl.city, pl.postcode, pl.insee, pl.lat, pl.lon, pl.phone`;

const EARTH_DIAMETER_M = 12_742_018;

/** Great-circle distance (m) between the point and `lat`, `lon` of an alias. */
export const distanceSql = (alias: Sql, { lat, lon }: Point): Sql => sql`(${EARTH_DIAMETER_M}::float8 * asin(least(1, sqrt(
  power(sin(radians(${alias}.lat - ${lat}::float8) / 2), 2)
  + cos(radians(${lat}::float8)) * cos(radians(${alias}.lat)) * power(sin(radians(${alias}.lon - ${lon}::float8) / 2), 2)))))`;

/** The box that an index can search, then the exact circle. */
export function withinSql(alias: Sql, center: Point, radiusM: number): Sql {
  const { south, north, west, east } = boxAround(center, radiusM);
  return sql`${alias}.lat between ${south} and ${north} and ${alias}.lon between ${west} and ${east}
    and ${distanceSql(alias, center)} <= ${radiusM}::float8`;
}

const activity = sql`a`;
const place = sql`pl`;

/** Where somebody of these specialty codes practises within the circle, in no order. */
export function practicesAround(
  db: Queryable,
  { specialties, center, radiusM }: { specialties: readonly string[]; center: Point; radiusM: number },
): Promise<Practice[]> {
  return db.query<Practice>(prepared(sql`
    select distinct a.national_id as "nationalId", a.place_id as "placeId", pl.insee, round(${distanceSql(activity, center)})::int as "distanceM"
    from directory.activity a
    join directory.professional p on p.national_id = a.national_id and p.ended_at is null
    join directory.place pl on pl.id = a.place_id
    where a.ended_at is null and a.specialty = any(${specialties}) and ${withinSql(activity, center, radiusM)}`));
}

/** Where each of these professionals practises, nearest first when a centre is given. */
export async function candidatesOf(db: Queryable, nationalIds: readonly string[], center?: Point): Promise<Candidate[]> {
  const distance = center ? sql`round(${distanceSql(place, center)})::int` : sql`null::int`;
  const rows = await db.query<Row>(prepared(sql`
    select ${columns}, ${distance} as "distanceM"
    from directory.activity a
    join directory.professional p on p.national_id = a.national_id and p.ended_at is null
    join directory.place pl on pl.id = a.place_id
    where a.national_id = any(${nationalIds}) and a.ended_at is null
    order by "distanceM" nulls last, pl.id, a.specialty`));
  return byPlace(rows);
}

export interface CandidateFilter {
  /** Normalised words, each to be found in the name, in any order, with typing errors; or the professional's number. */
  readonly words: readonly string[];
  readonly specialties: readonly string[] | null;
  readonly within: { readonly center: Point; readonly radiusM: number } | null;
  readonly department: string | null;
  readonly limit: number;
}

/** How alike a word and one of a name must be: two letters swapped in eight still find it. */
export const LIKENESS = 0.4;

/** An RPPS with or without its prefix, or a prefixed ADELI. */
const PROFESSIONAL_NUMBER = /^(8?\d{11}|0\d{9})$/;

/** Professionals by name or number and other criteria: best name first, then nearest, then alphabetical. */
export async function findCandidates(db: Queryable & { transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T> }, filter: CandidateFilter): Promise<Candidate[]> {
  const { words, specialties, within, department, limit } = filter;
  const ids = words.filter((word) => PROFESSIONAL_NUMBER.test(word));
  const names = words.filter((word) => !PROFESSIONAL_NUMBER.test(word));
  const likeness = names.length > 0
    ? join(names.map((word) => sql`public.word_similarity(${word}, p.search_name)`), ' + ')
    : sql`0::float8`;
  const conditions = [
    ...ids.map((id) => sql`p.national_id in (${id}, ${`8${id}`})`),
    ...names.map((word) => sql`p.search_name operator(public.%>) ${word}`),
    ...(specialties ? [sql`a.specialty = any(${specialties})`] : []),
    ...(within ? [withinSql(activity, within.center, within.radiusM)] : []),
    ...(department ? [sql`pl.insee like ${`${department}%`}`] : []),
  ];
  const distance = within ? sql`round(${distanceSql(place, within.center)})::int` : sql`null::int`;
  const rows = await db.transaction(async (tx) => {
    await tx.query(sql`select set_config('pg_trgm.word_similarity_threshold', ${String(LIKENESS)}, true)`);
    return tx.query<Row>(sql`
      select ${columns}, ${distance} as "distanceM"
      from directory.professional p
      join directory.activity a on a.national_id = p.national_id and a.ended_at is null
      join directory.place pl on pl.id = a.place_id
      where p.ended_at is null ${conditions.length > 0 ? sql`and ${join(conditions, ' and ')}` : empty}
      order by ${likeness} desc, "distanceM" nulls last, p.last_name, p.first_name, a.national_id, pl.id, a.specialty
      limit ${limit * ACTIVITIES_PER_PLACE}`);
  });
  return byPlace(rows).slice(0, limit);
}

/** Some declare several specialties in one place: rows to read for one entry shown. */
const ACTIVITIES_PER_PLACE = 4;

function byPlace(rows: readonly Row[]): Candidate[] {
  const candidates = new Map<string, Candidate>();
  for (const row of rows) {
    const key = `${row.nationalId}@${row.placeId}`;
    const specialty = { code: row.specialty, label: row.specialtyLabel };
    const known = candidates.get(key);
    if (known) {
      if (!known.specialties.some(({ code }) => code === specialty.code)) known.specialties.push(specialty);
      continue;
    }
    const { nationalId, lastName, firstName, profession, sector, distanceM } = row;
    candidates.set(key, {
      nationalId, lastName, firstName, profession, sector, distanceM,
      rpps: nationalId.startsWith('8') ? nationalId.slice(1) : null,
      specialties: [specialty],
      place: {
        id: row.placeId, name: row.placeName, address: row.address, city: row.city, postcode: row.postcode, insee: row.insee,
        lat: row.lat, lon: row.lon, phone: row.phone,
      },
    });
  }
  return [...candidates.values()];
}
