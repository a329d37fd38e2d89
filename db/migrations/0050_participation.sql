-- How a professional or a structure takes part in the SAS (PART). Declared and dated here; the screens come later.
create schema participation;

create table participation.participation (
  id            uuid primary key default gen_random_uuid(),
  territory     text not null,
  -- One of the two: a professional, or a structure that commits for its own (centre de santé).
  national_id   text,
  structure_id  text,
  via           text not null check (via in ('individual', 'cpts', 'msp', 'sos', 'cds')),
  -- The structure through which he takes part.
  via_structure_id  text,
  en_sus        boolean not null default false,
  contact       text,
  note          text,
  valid_from    timestamptz not null,
  valid_to      timestamptz,
  check (num_nonnulls(national_id, structure_id) = 1),
  check (valid_to is null or valid_to > valid_from)
);
create index participation_professional on participation.participation (national_id, valid_from);
create index participation_structure on participation.participation (structure_id, valid_from);
create index participation_via on participation.participation (via_structure_id) where valid_to is null;
