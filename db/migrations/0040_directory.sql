-- Directory of the care offer. Keys are national ids (IDNPS, IDNST with their prefix), never a vendor's.
create extension if not exists pg_trgm with schema public;
create schema directory;

create table directory.professional (
  -- 8 + RPPS (11 digits) or 0 + ADELI (9 digits).
  national_id      text primary key,
  civility         text,
  last_name        text not null,
  first_name       text not null,
  profession_code  text not null,
  profession       text not null,
  search_name      text not null,
  source           text not null,
  updated_at       timestamptz not null,
  ended_at         timestamptz
);
create index professional_name on directory.professional using gin (search_name public.gin_trgm_ops);

create table directory.place (
  -- Prefixed IDNST (1 FINESS, 3 SIRET, 4 RPPS rang, 0 ADELI rang) or 'adr:' + hash of the address.
  id           text primary key,
  name         text not null,
  address      text not null,
  postcode     text not null,
  city         text not null,
  insee        text not null,
  lat          double precision,
  lon          double precision,
  -- How the coordinates are known: address, commune, manual.
  geo_source   text,
  phone        text,
  email        text,
  finess       text,
  siret        text,
  search_text  text not null default '',
  source       text not null,
  updated_at   timestamptz not null
);
create index place_insee on directory.place (insee);

-- One activity: who practises what, where. Ended activities stay, closed.
create table directory.activity (
  id            text primary key,
  national_id   text not null references directory.professional (national_id),
  place_id      text not null references directory.place (id),
  -- Savoir-faire of TRE_R38 (SM54…), or 'PRO:' + profession code for professions without specialty.
  specialty     text not null,
  specialty_label text not null,
  mode          text,
  sector        text,
  source        text not null,
  import_id     uuid,
  started_at    timestamptz not null,
  ended_at      timestamptz,
  updated_at    timestamptz not null,
  -- Copied from the place so that one index answers "which general practitioners are around here".
  lat           double precision,
  lon           double precision
);
create index activity_around on directory.activity (specialty, lat, lon) where ended_at is null;
create index activity_professional on directory.activity (national_id) where ended_at is null;
create index activity_place on directory.activity (place_id);

-- Labels of the specialties and professions met in the directory, for suggestions.
create table directory.specialty (
  code         text primary key,
  label        text not null,
  search_name  text not null
);

-- What people corrected by hand; an import never touches it and it wins over the import.
create table directory.enrichment (
  object_type  text not null check (object_type in ('professional', 'place', 'structure')),
  object_id    text not null,
  field        text not null,
  value        jsonb not null,
  author       text not null,
  at           timestamptz not null,
  primary key (object_type, object_id, field)
);

create table directory.structure (
  -- 1 + FINESS or 3 + SIRET.
  id               text primary key,
  kind             text not null check (kind in ('CPTS', 'MSP', 'CDS', 'SOS', 'CSNP', 'MMG', 'SU', 'ES', 'HOPITAL_PROXIMITE', 'PHARMACIE')),
  name             text not null,
  search_name      text not null,
  territory        text not null,
  address          text not null,
  postcode         text not null,
  city             text not null,
  insee            text not null,
  lat              double precision,
  lon              double precision,
  phone            text,
  -- ANN-11: a structure is asked only once it is identified to the SAS, with a channel and hours.
  contact_channel  text,
  contact          text,
  hours            jsonb not null default '[]',
  identified_at    timestamptz,
  coordinated      boolean,
  source           text not null,
  updated_at       timestamptz not null,
  ended_at         timestamptz
);
create index structure_kind on directory.structure (kind, lat, lon) where ended_at is null;
create index structure_name on directory.structure using gin (search_name public.gin_trgm_ops);

create table directory.structure_place (
  structure_id  text not null references directory.structure (id),
  place_id      text not null references directory.place (id),
  name          text not null,
  primary key (structure_id, place_id)
);

create table directory.structure_member (
  structure_id  text not null references directory.structure (id),
  national_id   text not null,
  since         date not null,
  until         date,
  primary key (structure_id, national_id, since)
);
create index structure_member_professional on directory.structure_member (national_id);

create table directory.structure_zone (
  structure_id  text not null references directory.structure (id),
  insee         text not null,
  primary key (structure_id, insee)
);
create index structure_zone_insee on directory.structure_zone (insee);

create table directory.import (
  id           uuid primary key,
  kind         text not null,
  file_name    text not null,
  file_hash    text not null,
  started_at   timestamptz not null,
  finished_at  timestamptz,
  -- Lines already committed: a stopped import resumes there.
  lines_done   bigint not null default 0,
  -- Rows waiting in import_line, to tell whether they are all there after a stop.
  staged       bigint not null default 0,
  skipped      bigint not null default 0,
  -- Set when the directory holds the file; what is left is to journal it.
  merged_at    timestamptz,
  created      bigint not null default 0,
  updated      bigint not null default 0,
  ended        bigint not null default 0,
  rejected     bigint not null default 0
);
create index import_file on directory.import (file_hash) where finished_at is null;

create table directory.import_rejection (
  import_id    uuid not null references directory.import (id),
  line         bigint not null,
  field        text,
  reason       text not null,
  -- Whom the line was about, when it can be read: his activities are not ended because his line was broken.
  national_id  text,
  primary key (import_id, line)
);

-- Lines of the import under way, until the whole file is compared with the directory at once. Unlogged: lost with a crash
-- of the server, and then read again.
create unlogged table directory.import_line (
  line             bigint not null,
  activity_id      text collate "C" not null,
  national_id      text collate "C" not null,
  civility         text,
  last_name        text not null,
  first_name       text not null,
  search_name      text not null,
  profession_code  text not null,
  profession       text not null,
  specialty        text collate "C" not null,
  specialty_label  text not null,
  mode             text,
  place_id         text collate "C" not null,
  place_name       text not null,
  address          text not null,
  postcode         text not null,
  city             text not null,
  insee            text not null,
  lat              double precision,
  lon              double precision,
  phone            text,
  email            text,
  finess           text,
  siret            text
);
