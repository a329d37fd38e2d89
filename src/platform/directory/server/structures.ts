import sql, { type Sql, empty, join } from 'sql-template-tag';
import { prepared, type Queryable } from '../../../foundation/db/database.ts';
import type { Point } from '../../../territory/contract.ts';
import type { Structure, StructureKind } from '../contract.ts';
import { distanceSql, LIKENESS, withinSql } from './candidates.ts';

type Row = Omit<Structure, 'identifiedAt'> & { identifiedAt: Temporal.Instant | null };

const structure = sql`s`;
const columns = sql`s.id, s.kind, s.name, s.territory, s.address, s.city, s.postcode, s.insee, s.lat, s.lon, s.phone,
  s.contact_channel as "contactChannel", s.contact, s.hours, s.identified_at as "identifiedAt", s.coordinated,
  coalesce((select jsonb_agg(jsonb_build_object('id', pl.id, 'name', sp.name, 'address', pl.address, 'postcode', pl.postcode,
      'city', pl.city, 'insee', pl.insee, 'lat', pl.lat, 'lon', pl.lon, 'phone', coalesce(pl.phone, s.phone), 'hours', sp.hours) order by sp.name, pl.id)
    from directory.structure_place sp join directory.place pl on pl.id = sp.place_id where sp.structure_id = s.id), '[]') as places`;

const fromRow = (row: Row): Structure => ({ ...row, identifiedAt: row.identifiedAt?.toString() ?? null });

export async function structureById(db: Queryable, id: string): Promise<Structure | null> {
  const row = await db.maybeOne<Row>(sql`select ${columns}, null::int as "distanceM" from directory.structure s where s.id = ${id}`);
  return row && fromRow(row);
}

/**
 * Structures of these kinds within the circle, nearest first. A CPTS is not somewhere, it answers for communes: it is given
 * when its intervention zone holds the commune.
 */
export async function structuresAround(
  db: Queryable,
  { kinds, center, radiusM, insee }: { kinds: readonly StructureKind[]; center: Point; radiusM: number; insee: string | null },
): Promise<Structure[]> {
  const rows = await db.query<Row>(prepared(sql`
    select ${columns}, round(${distanceSql(structure, center)})::int as "distanceM"
    from directory.structure s
    where s.ended_at is null and s.kind = any(${kinds}) and case when s.kind = 'CPTS'
      then exists (select from directory.structure_zone z where z.structure_id = s.id and z.insee = ${insee})
      else ${withinSql(structure, center, radiusM)} end
    order by "distanceM" nulls last, s.id`));
  return rows.map(fromRow);
}

export interface StructureFilter {
  readonly words: readonly string[];
  readonly kind: StructureKind | null;
  readonly within: { readonly center: Point; readonly radiusM: number } | null;
  readonly territory: string | null;
  readonly limit: number;
}

/** Structures by name and other criteria: best name first, then nearest, then alphabetical. */
export async function findStructures(db: Queryable, { words, kind, within, territory, limit }: StructureFilter): Promise<Structure[]> {
  const likeness: Sql = words.length > 0 ? join(words.map((word) => sql`public.word_similarity(${word}, s.search_name)`), ' + ') : sql`0::float8`;
  const conditions = [
    ...words.map((word) => sql`public.word_similarity(${word}, s.search_name) >= ${LIKENESS}::float8`),
    ...(kind ? [sql`s.kind = ${kind}`] : []),
    ...(within ? [withinSql(structure, within.center, within.radiusM)] : []),
    ...(territory ? [sql`s.territory = ${territory}`] : []),
  ];
  const distance = within ? sql`round(${distanceSql(structure, within.center)})::int` : sql`null::int`;
  const rows = await db.query<Row>(sql`
    select ${columns}, ${distance} as "distanceM" from directory.structure s
    where s.ended_at is null ${conditions.length > 0 ? sql`and ${join(conditions, ' and ')}` : empty}
    order by ${likeness} desc, "distanceM" nulls last, s.name, s.id limit ${limit}`);
  return rows.map(fromRow);
}
