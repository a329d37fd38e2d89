-- Weeks in which a vendor showed slots of a professional or association (PART-10): the first and last beginnings seen in the
-- UTC week, enough to tell the local weeks they are in. No slot is stored.
create table availability.editor_week (
  national_id  text not null,
  week         date not null check (extract(isodow from week) = 1),
  editor       text not null,
  first_at     timestamptz not null,
  last_at      timestamptz not null check (last_at >= first_at),
  primary key (national_id, week, editor)
);
-- What was removed once it had begun was shown all the same.
create index slot_removed_late_professional on availability.slot (national_id, start_at) where removed_at > start_at;
create index slot_removed_late_structure on availability.slot (structure_id, start_at) where removed_at > start_at;
