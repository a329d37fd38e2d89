import sql, { type Sql, empty } from 'sql-template-tag';
import type { Queryable } from '../../foundation/db/database.ts';
import type { Point } from '../contract.ts';
import { boxAround, distanceM } from '../domain/distance.ts';

/** A commune with a position. */
export interface CommuneRow extends Point {
  readonly insee: string;
  readonly name: string;
  readonly department: string;
  readonly postcodes: string[];
  readonly population: number | null;
}

const columns = sql`insee, name, department, postcodes, population, lat, lon`;
const NEAREST_LIMIT_M = 30_000;

export const communeByInsee = (db: Queryable, insee: string): Promise<CommuneRow | null> =>
  db.maybeOne<CommuneRow>(sql`select ${columns} from territory.commune where insee = ${insee} and lat is not null`);

/** The communes of a postcode, most populated first. */
export const communesByPostcode = (db: Queryable, postcode: string): Promise<CommuneRow[]> =>
  db.query<CommuneRow>(sql`
    select ${columns} from territory.commune where postcodes @> array[${postcode}] and lat is not null
    order by population desc nulls last, insee`);

/** How likely a name is meant: its likeness, then a little more for a larger commune. */
const likelihood = (name: string): Sql =>
  sql`public.similarity(search_name, ${name}) + ln(coalesce(population, 0) + 1) / 40`;

export interface NameFilter {
  readonly postcode?: string;
  readonly department?: string;
}

/** Communes of exactly that (normalised) name, most populated first. */
export const communesNamed = (db: Queryable, name: string, filter: NameFilter): Promise<CommuneRow[]> =>
  db.query<CommuneRow>(sql`
    select ${columns} from territory.commune where search_name = ${name} and lat is not null ${narrowed(filter)}
    order by population desc nulls last, insee`);

/** Communes whose name begins with or resembles the (normalised) words, best first. */
export const communesLike = (db: Queryable, name: string, limit: number, filter: NameFilter): Promise<CommuneRow[]> =>
  db.query<CommuneRow>(sql`
    select ${columns} from territory.commune
    where lat is not null and (search_name like ${`${name}%`} or search_name operator(public.%) ${name}) ${narrowed(filter)}
    order by (search_name = ${name}) desc, (search_name like ${`${name}%`}) desc, ${likelihood(name)} desc, insee
    limit ${limit}`);

const narrowed = ({ postcode, department }: NameFilter): Sql =>
  postcode ? sql`and postcodes @> array[${postcode}]` : department ? sql`and department = ${department}` : empty;

/** True when communes of that name or postcode are known, but without position. */
export async function knownWithoutPosition(db: Queryable, name: string): Promise<string | null> {
  const row = await db.maybeOne<{ name: string }>(sql`
    select name from territory.commune where lat is null and (search_name = ${name} or postcodes @> array[${name}]) limit 1`);
  return row?.name ?? null;
}

/** The commune nearest to the point, within 30 km. */
export async function nearestCommune(db: Queryable, point: Point): Promise<CommuneRow | null> {
  const { south, north, west, east } = boxAround(point, NEAREST_LIMIT_M);
  const around = await db.query<CommuneRow>(sql`
    select ${columns} from territory.commune where lat between ${south} and ${north} and lon between ${west} and ${east}`);
  const nearest = around
    .map((commune) => ({ commune, distance: distanceM(point, commune) }))
    .filter(({ distance }) => distance <= NEAREST_LIMIT_M)
    .sort((a, b) => a.distance - b.distance || (a.commune.insee < b.commune.insee ? -1 : 1))[0];
  return nearest?.commune ?? null;
}

/** The middle of a département and the radius (m) that reaches all its communes. */
export async function departmentExtent(db: Queryable, department: string): Promise<(Point & { reachM: number }) | null> {
  const points = await db.query<Point>(sql`
    select lat, lon from territory.commune where department = ${department} and lat is not null`);
  if (points.length === 0) return null;
  const middle = {
    lat: points.reduce((sum, { lat }) => sum + lat, 0) / points.length,
    lon: points.reduce((sum, { lon }) => sum + lon, 0) / points.length,
  };
  return { ...middle, reachM: Math.max(...points.map((point) => distanceM(middle, point))) };
}
