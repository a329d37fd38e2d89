/**
 * Compares the staged lines of a whole extract with the directory, in one transaction, and applies the differences. The
 * statements are kept as text because they run on the connection that holds the staged lines.
 *
 * Of several lines about one object the first wins, whatever the batches, so that the same file always says the same.
 */

/** The national directory, in `source` columns: what an import may end. */
export const SOURCE = 'annuaire-sante';

/** `lines` and `rejections` are the tables that hold the staged lines: of the import, or temporary for a dry run. */
export interface Stage {
  readonly lines: string;
  readonly rejections: string;
}

/** Places that are new or say something else than the directory; what people corrected by hand is kept (ANN-07). */
export const placeChanges = ({ lines }: Stage) => `
  create temporary table place_change on commit drop as
  select n.*, p.id is null as is_new
  from (
    select distinct on (place_id) place_id, place_name, address, postcode, city, insee, lat, lon, phone, email, finess, siret
    from ${lines} order by place_id, line
  ) l
  left join directory.place p on p.id = l.place_id
  left join (
    select object_id, array_agg(field) as fields from directory.enrichment where object_type = 'place' group by object_id
  ) e on e.object_id = l.place_id
  cross join lateral (
    select 'address' = any(e.fields) as address, p.geo_source = 'manual' or 'address' = any(e.fields) or (p.geo_source = 'address' and p.insee = l.insee) as better
  ) known
  cross join lateral (
    select l.place_id as id,
      case when 'name' = any(e.fields) then p.name else l.place_name end as name,
      case when known.address then p.address else l.address end as address,
      case when known.address then p.postcode else l.postcode end as postcode,
      case when known.address then p.city else l.city end as city,
      case when known.address then p.insee else l.insee end as insee,
      case when known.better then p.lat else l.lat end as lat,
      case when known.better then p.lon else l.lon end as lon,
      case when known.better then p.geo_source when l.lat is not null then 'commune' end as geo_source,
      case when 'phone' = any(e.fields) then p.phone else l.phone end as phone,
      l.email, l.finess, l.siret
  ) n
  where p.id is null or (n.name, n.address, n.postcode, n.city, n.insee, n.lat, n.lon, n.geo_source, n.phone, n.email, n.finess, n.siret)
    is distinct from (p.name, p.address, p.postcode, p.city, p.insee, p.lat, p.lon, p.geo_source, p.phone, p.email, p.finess, p.siret)`;

export const professionalChanges = ({ lines }: Stage) => `
  create temporary table professional_change on commit drop as
  select l.national_id, l.civility, l.last_name, l.first_name, l.profession_code, l.profession, l.search_name,
    p.national_id is null as is_new
  from (
    select distinct on (national_id) national_id, civility, last_name, first_name, profession_code, profession, search_name
    from ${lines} order by national_id, line
  ) l
  left join directory.professional p on p.national_id = l.national_id
  where p.national_id is null or p.ended_at is not null
    or (l.civility, l.last_name, l.first_name, l.profession_code, l.profession)
      is distinct from (p.civility, p.last_name, p.first_name, p.profession_code, p.profession)`;

export const activityChanges = ({ lines }: Stage) => `
  create temporary table activity_change on commit drop as
  select l.activity_id as id, l.national_id, l.place_id, l.specialty, l.specialty_label, l.mode, n.lat, n.lon, a.id is null as is_new
  from (
    select distinct on (activity_id) activity_id, national_id, place_id, specialty, specialty_label, mode
    from ${lines} order by activity_id, line
  ) l
  left join directory.activity a on a.id = l.activity_id
  left join place_change c on c.id = l.place_id
  left join directory.place p on p.id = l.place_id
  cross join lateral (
    select case when c.id is null then p.lat else c.lat end as lat, case when c.id is null then p.lon else c.lon end as lon
  ) n
  where a.id is null or a.ended_at is not null
    or (l.specialty_label, n.lat, n.lon) is distinct from (a.specialty_label, a.lat, a.lon)`;

/** Activities of the national directory that the file does not list any more; those of a broken line are left as they are. */
export const endedActivities = ({ lines, rejections }: Stage) => `
  create temporary table activity_ended on commit drop as
  select a.id, a.national_id from directory.activity a
  where a.ended_at is null and a.source = '${SOURCE}'
    and not exists (select from ${lines} l where l.activity_id = a.id)
    and not exists (select from ${rejections} r where r.import_id = $1 and r.national_id = a.national_id)`;

/**
 * The figures people read, in activities: created; updated when it, its professional or its place changed; ended. Runs
 * before anything is applied.
 */
export const figures = ({ lines }: Stage) => `
  select
    (select count(*) from activity_change where is_new) as created,
    (select count(*) from (select distinct activity_id, national_id, place_id from ${lines}
       where activity_id in (select id from activity_change where not is_new)
         or national_id in (select national_id from professional_change where not is_new)
         or place_id in (select id from place_change where not is_new)) l
     where exists (select from directory.activity a where a.id = l.activity_id)) as updated,
    (select count(*) from activity_ended) as ended,
    (select count(*) from directory.activity where ended_at is null and source = '${SOURCE}') as active,
    (select count(*) from directory.activity) as known,
    (select count(*) from (select distinct activity_id from ${lines} where lat is null) l) as "withoutPosition"`;

/** The planner knows nothing of temporary tables until they are analysed, and may then choose plans without end. */
export const analyseChanges = 'analyze place_change; analyze professional_change; analyze activity_change; analyze activity_ended';

export interface Statement {
  readonly text: string;
  readonly parameters: readonly ('at' | 'importId')[];
}

/** Writes what is new or changed. */
export const applyChanges: readonly Statement[] = [
  {
    parameters: ['at'],
    text: `insert into directory.place (id, name, address, postcode, city, insee, lat, lon, geo_source, phone, email, finess, siret, source, updated_at)
      select id, name, address, postcode, city, insee, lat, lon, geo_source, phone, email, finess, siret, '${SOURCE}', $1 from place_change
      on conflict (id) do update set name = excluded.name, address = excluded.address, postcode = excluded.postcode,
        city = excluded.city, insee = excluded.insee, lat = excluded.lat, lon = excluded.lon, geo_source = excluded.geo_source,
        phone = excluded.phone, email = excluded.email, finess = excluded.finess, siret = excluded.siret, updated_at = excluded.updated_at`,
  },
  {
    parameters: [],
    text: `update directory.activity a set lat = c.lat, lon = c.lon from place_change c
      where not c.is_new and a.place_id = c.id and (a.lat, a.lon) is distinct from (c.lat, c.lon)`,
  },
  {
    parameters: ['at'],
    text: `insert into directory.professional (national_id, civility, last_name, first_name, profession_code, profession, search_name, source, updated_at)
      select national_id, civility, last_name, first_name, profession_code, profession, search_name, '${SOURCE}', $1 from professional_change
      on conflict (national_id) do update set civility = excluded.civility, last_name = excluded.last_name,
        first_name = excluded.first_name, profession_code = excluded.profession_code, profession = excluded.profession,
        search_name = excluded.search_name, source = excluded.source, updated_at = excluded.updated_at, ended_at = null`,
  },
  {
    parameters: ['at', 'importId'],
    text: `insert into directory.activity (id, national_id, place_id, specialty, specialty_label, mode, source, import_id, started_at, updated_at, lat, lon)
      select id, national_id, place_id, specialty, specialty_label, mode, '${SOURCE}', $2, $1, $1, lat, lon from activity_change
      on conflict (id) do update set specialty_label = excluded.specialty_label, source = excluded.source,
        import_id = excluded.import_id, ended_at = null, updated_at = excluded.updated_at, lat = excluded.lat, lon = excluded.lon`,
  },
];

/** Ends what is listed no more, and the professionals left without activity. */
export const applyEndings: readonly Statement[] = [
  {
    parameters: ['at', 'importId'],
    text: `update directory.activity a set ended_at = $1, updated_at = $1, import_id = $2 from activity_ended e where a.id = e.id`,
  },
  {
    parameters: ['at'],
    text: `update directory.professional p set ended_at = $1, updated_at = $1
      where p.national_id in (select national_id from activity_ended) and p.ended_at is null and p.source = '${SOURCE}'
        and not exists (select from directory.activity a where a.national_id = p.national_id and a.ended_at is null)`,
  },
];

/**
 * What slows a first load down: indexes and foreign keys of the three tables, primary keys aside. Dropped, then made again
 * from these definitions in the same transaction, they are built and checked in bulk.
 */
export const secondaryObjects = `
  select format('alter table %s drop constraint %I', conrelid::regclass, conname) as remove,
    format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as restore
  from pg_constraint where contype = 'f' and conrelid = 'directory.activity'::regclass
  union all
  select format('drop index %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
  from pg_index where not indisprimary
    and indrelid in ('directory.place'::regclass, 'directory.professional'::regclass, 'directory.activity'::regclass)`;

/** Labels met for each code, so that they are suggested. `search_name` is completed by the caller. */
export const specialtiesMet = ({ lines }: Stage) =>
  `select specialty as code, min(specialty_label) as label from ${lines} group by specialty`;
