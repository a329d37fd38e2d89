-- Participation as it is declared, changed, suspended and withdrawn: every change closes a row and opens another (PART-07).
alter table participation.participation
  add column status text not null default 'DECLARE' check (status in ('BROUILLON', 'DECLARE', 'EFFECTIF', 'SUSPENDU', 'RETIRE')),
  -- PART-04: his places of practice attached to his CPTS.
  add column place_ids text[] not null default '{}',
  add column preferred_hours jsonb not null default '[]',
  -- PART-13: the complementary information that he lets the regulation read.
  add column shown text[] not null default '{contact,note,hours}' check (shown <@ array['contact', 'note', 'hours']),
  -- His appointment software answers the platform: his slots come by themselves.
  add column uses_editor boolean not null default false,
  -- STR-07: the structure takes every request of the SAS.
  add column takes_all boolean not null default false,
  -- PART-12: forfait de réorientation des urgences.
  add column reorientation boolean not null default false,
  -- PART-06: version of the sworn statement, when, by whom.
  add column statement text,
  add column statement_at timestamptz,
  add column statement_by text,
  -- What opened the row, why, and who did it.
  add column event text not null default 'declare',
  add column reason text check (length(reason) <= 300),
  add column author text not null default 'import',
  add column author_name text not null default '',
  add column by_delegation boolean not null default false,
  add column recorded_at timestamptz not null default now(),
  add check (num_nonnulls(statement, statement_at, statement_by) in (0, 3)),
  add check (length(note) <= 300);
-- The last guard: a subject has one row without end, whatever the code does.
create unique index participation_last on participation.participation ((coalesce(national_id, structure_id))) where valid_to is null;
create index participation_members on participation.participation (via_structure_id, valid_from) where national_id is not null;

-- STR-02: full-time equivalent of each doctor inside a structure, from a day on; without a row, 1.
create table participation.full_time_equivalent (
  structure_id  text not null,
  national_id   text not null,
  valid_from    date not null,
  etp           numeric(3, 2) not null check (etp between 0 and 1),
  author        text not null,
  author_name   text not null,
  recorded_at   timestamptz not null,
  primary key (structure_id, national_id, valid_from)
);

-- How many weeks a year may be missing in a territory, from a day on; without a row, none.
create table participation.tolerance (
  territory    text not null,
  valid_from   date not null,
  weeks        int not null check (weeks between 0 and 52),
  author       text not null,
  author_name  text not null,
  recorded_at  timestamptz not null,
  primary key (territory, valid_from)
);

-- STR-09, STR-10: what the SAS and a structure signed.
create table participation.convention (
  id            uuid primary key,
  territory     text not null,
  kind          text not null check (kind in ('effecteurs', 'regulation-snp')),
  structure_id  text not null,
  subject       text not null check (length(subject) between 3 and 200),
  status        text not null
                check (status in ('BROUILLON', 'RELU_AMU', 'RELU_MG', 'RELU', 'VALIDE_GOUVERNANCE', 'ACTIF', 'REMPLACE')),
  starts_on     date not null,
  ends_on       date check (ends_on >= starts_on),
  -- [{party, name, quality, signedOn}]
  signatories   jsonb not null default '[]',
  version       int not null default 1,
  created_at    timestamptz not null,
  updated_at    timestamptz not null
);
create index convention_structure on participation.convention (structure_id);
create unique index convention_active on participation.convention (structure_id, kind) where status = 'ACTIF';

create table participation.convention_event (
  id             bigint generated always as identity primary key,
  convention_id  uuid not null references participation.convention (id),
  at             timestamptz not null,
  event          text not null,
  from_status    text,
  to_status      text not null,
  author_name    text not null
);
create index convention_event_of on participation.convention_event (convention_id, id);
