import sql from 'sql-template-tag';
import type { Database } from '../../foundation/db/database.ts';
import { locateCommunes } from '../domain/gazetteer.ts';
import { normaliseName } from '../domain/names.ts';
import { gazetteerPlaces, listedCommunes } from './reference.ts';

/**
 * Fills the table of communes from the offline gazetteer. Running it again changes nothing; communes that came from an
 * official extract are left as they are. Gives the number of rows written.
 */
export async function seedCommunes(database: Database): Promise<number> {
  const communes = listedCommunes();
  const positions = locateCommunes(communes, gazetteerPlaces());
  const rows = communes.map(({ insee, name, department, postcodes, population }) => ({
    insee,
    name,
    search_name: normaliseName(name),
    department,
    postcodes,
    population,
    ...(positions.get(insee) ?? { lat: null, lon: null, source: 'none' }),
  }));
  const db = database.for('territory');
  const written = await db.run(sql`
    insert into territory.commune as known (insee, name, search_name, department, postcodes, population, lat, lon, source)
    select insee, name, search_name, department, postcodes, population, lat, lon, source
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (insee text, name text, search_name text, department text,
      postcodes text[], population int, lat float8, lon float8, source text)
    on conflict (insee) do update set name = excluded.name, search_name = excluded.search_name,
      department = excluded.department, postcodes = excluded.postcodes, population = excluded.population,
      lat = excluded.lat, lon = excluded.lon, source = excluded.source
    where known.source <> 'official'
      and (known.name, known.department, known.postcodes, known.population, known.lat, known.lon, known.source)
        is distinct from (excluded.name, excluded.department, excluded.postcodes, excluded.population, excluded.lat,
          excluded.lon, excluded.source)`);
  // Right after a bulk write the planner knows nothing of the table, and searches would read all of it.
  if (written > 0) await db.run(sql`analyze territory.commune`);
  return written;
}

/** Seeds an empty table of communes; does nothing, at once, when there are communes already. */
export async function ensureCommunes(database: Database): Promise<void> {
  const { filled } = await database.for('territory').one<{ filled: boolean }>(
    sql`select exists (select from territory.commune) as filled`,
  );
  if (!filled) await seedCommunes(database);
}
