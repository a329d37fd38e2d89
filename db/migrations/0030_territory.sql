-- Territories of the SAS, communes, calendar: shared by both halves, without any person.
create extension if not exists pg_trgm with schema public;
create schema territory;

create table territory.territory (
  code         text primary key,
  name         text not null,
  departments  text[] not null,
  time_zone    text not null,
  holiday_set  text not null,
  -- Default search radius (km).
  radius_km    int not null check (radius_km > 0),
  launched_on  date,
  status       text not null default 'EN_PROJET'
               check (status in ('EN_PROJET', 'LETTRE_INTENTION', 'CONVENTION', 'LANCE', 'NOMINAL'))
);

-- An infra-territory (64A, 64B) or a bi-departmental one (21-58) is a set of communes; without rows, its departments.
create table territory.territory_commune (
  territory  text not null references territory.territory (code),
  insee      text not null,
  primary key (territory, insee)
);

create table territory.commune (
  insee       text primary key,
  name        text not null,
  -- Lower case, no accent, no punctuation: what a search compares.
  search_name text not null,
  department  text not null,
  postcodes   text[] not null,
  population  int,
  lat         double precision,
  lon         double precision,
  contour     jsonb,
  -- How the position is known: official (geo API extract), gazetteer, postcode (middle of those sharing it), none.
  source      text not null check (source in ('official', 'gazetteer', 'postcode', 'none')),
  check ((lat is null) = (lon is null))
);
create index commune_name on territory.commune (search_name text_pattern_ops);
create index commune_words on territory.commune using gin (search_name public.gin_trgm_ops);
create index commune_position on territory.commune (lat, lon);
create index commune_postcodes on territory.commune using gin (postcodes);
create index commune_department on territory.commune (department);

-- Dated local adaptations of the PDSA hours (PDSA-02): they never change the calendar used for indicators.
create table territory.local_hours (
  id         uuid primary key default gen_random_uuid(),
  territory  text not null references territory.territory (code),
  starts_at  timestamptz not null,
  ends_at    timestamptz not null check (ends_at > starts_at),
  kind       text not null check (kind in ('PDSA', 'SAS')),
  reason     text not null
);
