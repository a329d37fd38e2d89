-- Weekly availabilities, leave, calendars in and out. Wall clock with its zone (NFR-03); no patient, ever.

-- "Every Monday from 9 to 12": expanded into openings and slots over the weeks to come (AGR-07).
create table availability.series (
  id             uuid primary key,
  territory      text not null,
  national_id    text,
  structure_id   text,
  place_id       text not null,
  kind           text not null check (kind in ('single', 'range')),
  -- ISO: 1 is Monday.
  weekdays       int[] not null check (weekdays <@ array[1, 2, 3, 4, 5, 6, 7] and cardinality(weekdays) between 1 and 7),
  first_day      date not null,
  -- Included; null: until further notice.
  last_day       date,
  every_weeks    int not null default 1 check (every_weeks between 1 and 8),
  -- A day of the first week that counts: kept when a series is cut in two.
  anchor         date not null,
  starts         time not null,
  ends           time not null check (ends > starts),
  slot_minutes   int check (slot_minutes between 5 and 240),
  time_zone      text not null,
  skip_holidays  boolean not null,
  modalities     text[] not null check (modalities <@ array['AMB', 'HH', 'VR'] and cardinality(modalities) > 0),
  slot_types     text[] not null check (slot_types <@ array['PUBLIC', 'PRO', 'SNP', 'CPTS']),
  with_appointment boolean not null,
  capacity       int not null check (capacity between 1 and 200),
  version        int not null default 1,
  -- Last day whose occurrences are written.
  expanded_until date not null,
  created_by     text not null,
  created_at     timestamptz not null,
  removed_at     timestamptz,
  check (kind = 'range' or capacity = 1),
  check (num_nonnulls(national_id, structure_id) >= 1)
);
create index series_to_expand on availability.series (expanded_until) where removed_at is null;
create index series_professional on availability.series (national_id) where removed_at is null;
create index series_structure on availability.series (structure_id) where removed_at is null;

-- What a series does not give: a whole day, or the piece of a day that starts then.
create table availability.series_exception (
  series_id  uuid not null references availability.series (id),
  day        date not null,
  starts     time,
  unique nulls not distinct (series_id, day, starts)
);

alter table availability.opening
  add column series_id uuid references availability.series (id),
  add column version int not null default 1,
  -- Its owner took it away while people were oriented there: they keep their place, nobody else may take one.
  add column closed_at timestamptz;
create unique index opening_occurrence on availability.opening (series_id, day, starts) where series_id is not null and removed_at is null;

-- False while a leave covers the slot, or once its owner closed it: what is booked stays, nothing more may be.
alter table availability.slot add column offered boolean not null default true;

-- Days, half-days or hours when a professional or a structure receives nobody. A structure alone: all who receive there.
create table availability.leave (
  id             uuid primary key,
  territory      text not null,
  national_id    text,
  structure_id   text,
  from_at        timestamptz not null,
  to_at          timestamptz not null check (to_at > from_at),
  time_zone      text not null,
  created_by     text not null,
  created_by_name text not null,
  created_at     timestamptz not null,
  removed_at     timestamptz,
  check (num_nonnulls(national_id, structure_id) >= 1)
);
create index leave_professional on availability.leave (national_id, to_at) where removed_at is null and national_id is not null;
create index leave_structure on availability.leave (structure_id, to_at) where removed_at is null and national_id is null;

-- What each version of an opening or of a series changed, so that two people who edit one agenda see each other's work.
create table availability.agenda_change (
  object_id  uuid not null,
  version    int not null,
  at         timestamptz not null,
  by_name    text not null,
  -- Field: what it was, what it is.
  changed    jsonb not null,
  primary key (object_id, version)
);
