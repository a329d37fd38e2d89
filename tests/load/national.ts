import sql, { type Sql } from 'sql-template-tag';
import { systemClock } from '../../src/foundation/clock.ts';
import type { Database } from '../../src/foundation/db/database.ts';
import { createTerritories, seedCommunes } from '../../src/territory/server/index.ts';

/** The vendors of the generated directory; professional `n` keeps his agenda at vendor `n % 10`, those beyond 6 at none. */
export const VENDORS = ['Alpha', 'Bravo', 'Charlie', 'Delta', 'Echo', 'Foxtrot', 'Golf'] as const;
export const vendorOf = (nationalId: string): string | null => VENDORS[Number(nationalId) % 10] ?? null;

export interface NationalOptions {
  /** Spread over the real communes by population: the density is that of 100,000 over the country whatever the number. */
  readonly professionals: number;
  /** Free slots of the platform's agenda, over the 48 hours after `now`. */
  readonly slots: number;
  readonly now: Temporal.Instant;
}

const COUNTRY = 100_000;
const REGION = ['16', '17', '19', '23', '24', '33', '40', '47', '64', '79', '86', '87'];

/**
 * Fills a migrated, empty database with a national directory of fictional professionals: their places, participation,
 * structures and free slots, one territory a département, each with a charter, and seven vendors. Up to 10,000
 * professionals live in Nouvelle-Aquitaine only, so that a search there meets as many people as in the whole country.
 */
export async function seedNational(database: Database, { professionals, slots, now }: NationalOptions): Promise<void> {
  await seedCommunes(database);
  const regional = professionals < COUNTRY;
  const client = await database.connect();
  const run = async (statement: Sql) => void (await client.query(statement.text, statement.values));
  try {
    await run(sql`set synchronous_commit = off`);
    await run(sql`set search_path = pg_catalog, public`);
    const { defaultRadiusKm } = createTerritories({ database, clock: systemClock, lookUpAddress: null });
    const departments = await database.for('territory').query<{ code: string }>(sql`
      select distinct department as code from territory.commune where lat is not null`);
    await run(sql`
      insert into territory.territory (code, name, departments, time_zone, holiday_set, radius_km, status)
      select code, 'SAS ' || code, array[code], 'Europe/Paris', 'metropole', radius, 'NOMINAL'
      from jsonb_to_recordset(${JSON.stringify(departments.map(({ code }) => ({ code, radius: defaultRadiusKm(code) })))}::jsonb) as d (code text, radius int)`);
    await run(sql`
      create temp table person as
      with weighted as (
        select insee, name, department, postcodes[1] as postcode, lat, lon,
          sum(population) over (order by insee) as upto, population, sum(population) over () as total
        from territory.commune
        where lat is not null and population > 0 and (not ${regional}::bool or department = any(${REGION}::text[])))
      select row_number() over (order by insee, k)::int as n, insee, name as city, department, postcode,
        lat + (hashtext(insee || k) % 1000) / 50000.0 as lat, lon + (hashtext(k || insee) % 1000) / 35000.0 as lon
      from weighted, generate_series(
        floor((upto - population)::numeric * ${professionals}::int / total) + 1, floor(upto::numeric * ${professionals}::int / total)) as k`);
    await run(sql`alter table person add national_id text generated always as ('8' || (10000000000 + n)::text) stored`);
    await seedDirectory(run, now);
    await seedParticipation(run, now);
    await seedSlots(run, Math.round(slots / professionals), now);
    await seedVendors(run, now);
    await run(sql`
      insert into orientation.charter (territory, version, levels, status, author, created_at, active_from)
      select code, 1, ${JSON.stringify(LEVELS)}::jsonb, 'ACTIF', 'banc', ${now}, ${now} from territory.territory`);
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
}

const LEVELS = [
  { name: 'effecteurs de la CPTS', match: { via: ['cpts'] } },
  { name: 'autres participants', match: { participating: true } },
  { name: 'autres médecins', match: {} },
];

type Run = (statement: Sql) => Promise<void>;

async function seedDirectory(run: Run, now: Temporal.Instant): Promise<void> {
  await run(sql`
    insert into directory.professional (national_id, last_name, first_name, profession_code, profession, search_name, source, updated_at)
    select national_id, 'Nom' || n, 'Prenom' || n % 500, '10', 'Médecin', 'nom' || n || ' prenom' || n % 500, 'bench', ${now} from person`);
  await run(sql`
    insert into directory.place (id, name, address, postcode, city, insee, lat, lon, geo_source, phone, source, updated_at)
    select 'adr:' || n, 'Cabinet ' || n, n % 90 + 1 || ' rue de la Marne', coalesce(postcode, ''), city, insee, lat, lon, 'address', '+33500000000', 'bench', ${now}
    from person`);
  await run(sql`
    insert into directory.activity (id, national_id, place_id, specialty, specialty_label, sector, source, started_at, updated_at, lat, lon)
    select 'a' || n, national_id, 'adr:' || n, 'SM54', 'Médecine générale', '1', 'bench', ${now}, ${now}, lat, lon from person`);
  await run(sql`
    insert into directory.structure (id, kind, name, search_name, territory, address, postcode, city, insee, lat, lon, contact_channel, contact, identified_at, source, updated_at)
    select case kind when 'CPTS' then '186' else '386' end || lpad(c.insee, 7, '0'), kind, kind || ' ' || c.name, lower(kind || ' ' || c.name), c.department,
      '1 place du Marché', coalesce(c.postcodes[1], ''), c.name, c.insee, c.lat, c.lon, 'phone', '+33500000000', ${now}, 'bench', ${now}
    from (select *, row_number() over (partition by department order by population desc) as size
      from territory.commune where lat is not null and population > 0) c, unnest(array['CPTS', 'SOS']) as kind
    where size <= case kind when 'CPTS' then 5 else 1 end`);
}

async function seedParticipation(run: Run, now: Temporal.Instant): Promise<void> {
  await run(sql`
    insert into participation.participation (territory, national_id, via, via_structure_id, en_sus, contact, valid_from)
    select p.department, national_id, case when n % 10 < 2 then 'cpts' else 'individual' end, case when n % 10 < 2 then cpts.id end,
      n % 3 = 0, '+33500000000', ${now.subtract({ hours: 24 })}
    from person p join lateral (select id from directory.structure s where s.territory = p.department and kind = 'CPTS' order by id limit 1) cpts on true
    where n % 10 < 4`);
  await run(sql`
    insert into directory.structure_member (structure_id, national_id, since)
    select via_structure_id, national_id, ${'2025-01-01'}::date from participation.participation where via = 'cpts'`);
}

async function seedSlots(run: Run, each: number, now: Temporal.Instant): Promise<void> {
  await run(sql`
    insert into availability.opening (id, territory, national_id, place_id, kind, day, starts, ends, time_zone, modalities, capacity, created_by, created_at)
    select md5('opening' || n)::uuid, department, national_id, 'adr:' || n, 'single', ${now}::timestamptz::date, '08:00', '20:00', 'Europe/Paris', '{AMB}', 1, 'bench', ${now}
    from person`);
  await run(sql`
    insert into availability.slot (id, opening_id, territory, national_id, place_id, start_at, end_at, modalities, slot_types, with_appointment, capacity)
    select md5(n || '-' || k)::uuid, md5('opening' || n)::uuid, department, national_id, 'adr:' || n, at, at + interval '15 minutes',
      '{AMB}', '{SNP}', true, 1
    from person, generate_series(1, ${each}::int) as k,
      lateral (select date_trunc('hour', ${now}::timestamptz) + interval '1 hour' + k * interval '46 hours' / ${each}::int + n % 4 * interval '15 minutes' as at) t
    order by n, k`);
}

async function seedVendors(run: Run, now: Temporal.Instant): Promise<void> {
  const names = [...VENDORS];
  await run(sql`
    insert into availability.editor (name, base_url, flows, active, stage, concurrency)
    select name, 'https://' || lower(name) || '.example/fhir', '{ps}', true, 'EXPLOITATION', 32 from unnest(${names}::text[]) as name`);
  await run(sql`
    insert into availability.editor_knowledge (national_id, editor, asked_at, seen_at, misses)
    select national_id, editor.name, ${now}, case when (n + 10000000000) % 10 = editor.number - 1 then ${now}::timestamptz end,
      case when (n + 10000000000) % 10 = editor.number - 1 then 0 else 3 end
    from person, unnest(${names}::text[]) with ordinality as editor (name, number)`);
}
