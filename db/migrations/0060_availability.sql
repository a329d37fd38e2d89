-- Availabilities: the platform's own agenda, the vendors that are asked, what they answered. No patient, ever.
create schema availability;

-- What somebody declared: one slot, or a range "I can receive X patients". Wall-clock with its zone (NFR-03).
create table availability.opening (
  id             uuid primary key,
  territory      text not null,
  national_id    text,
  structure_id   text,
  place_id       text not null,
  kind           text not null check (kind in ('single', 'range')),
  day            date not null,
  starts         time not null,
  ends           time not null,
  time_zone      text not null,
  modalities     text[] not null check (modalities <@ array['AMB', 'HH', 'VR'] and cardinality(modalities) > 0),
  slot_types     text[] not null default '{SNP}' check (slot_types <@ array['PUBLIC', 'PRO', 'SNP', 'CPTS']),
  with_appointment boolean not null default true,
  capacity       int not null check (capacity between 1 and 200),
  note           text check (length(note) <= 1000),
  created_by     text not null,
  created_at     timestamptz not null,
  removed_at     timestamptz,
  check (kind = 'range' or capacity = 1),
  check (num_nonnulls(national_id, structure_id) >= 1)
);
create index opening_professional on availability.opening (national_id, day) where removed_at is null;
create index opening_structure on availability.opening (structure_id, day) where removed_at is null;

-- What an opening gives: the bookable occurrence. `taken` counts the seats that are not released: booked, held (expired or
-- not) or withdrawn. Indexes leave `taken` out, so that a booking touches no index of this table.
create table availability.slot (
  id             uuid primary key,
  opening_id     uuid not null references availability.opening (id),
  territory      text not null,
  national_id    text,
  structure_id   text,
  place_id       text not null,
  kind           text not null default 'single' check (kind in ('single', 'range')),
  start_at       timestamptz not null,
  end_at         timestamptz not null check (end_at > start_at),
  -- A slot is bookable until it starts, a range until it ends.
  bookable_until timestamptz not null generated always as (case kind when 'range' then end_at else start_at end) stored,
  modalities     text[] not null,
  slot_types     text[] not null,
  with_appointment boolean not null,
  capacity       int not null,
  taken          int not null default 0,
  removed_at     timestamptz,
  -- The last guard: whatever the code does, no seat more than the capacity.
  constraint slot_capacity check (taken between 0 and capacity)
);
create index slot_professional on availability.slot (national_id, start_at) where removed_at is null;
create index slot_structure on availability.slot (structure_id, start_at) where removed_at is null;
create index slot_opening on availability.slot (opening_id);

-- A place of a slot. Withdrawn: cancelled by the professional, who no longer offers it; released: free again.
create table availability.seat (
  id          uuid primary key,
  slot_id     uuid not null references availability.slot (id),
  seat_no     int not null check (seat_no > 0),
  state       text not null check (state in ('held', 'booked', 'withdrawn', 'released')),
  actor       text not null,
  held_until  timestamptz,
  created_at  timestamptz not null,
  check (state <> 'held' or held_until is not null)
);
create unique index seat_once on availability.seat (slot_id, seat_no) where state <> 'released';
create index seat_expiring on availability.seat (held_until) where state = 'held';

-- The vendors ("éditeurs") asked for slots.
create table availability.editor (
  name          text primary key,
  base_url      text not null,
  flows         text[] not null check (flows <@ array['ps', 'cpts', 'sos'] and cardinality(flows) > 0),
  -- Value of the `origin` parameter added to the booking URL (interop-sas 2.5).
  origin        text not null default 'sas',
  cert_path     text,
  key_path      text,
  ca_path       text,
  concurrency   int not null default 4 check (concurrency between 1 and 32),
  active        boolean not null default true,
  -- AGR-11: stage of the interfacing project and its date.
  stage         text not null default 'CADRAGE'
                check (stage in ('CADRAGE', 'DEVELOPPEMENT', 'RECETTE_PROV', 'RECETTE_DEF', 'PRODUCTION', 'VSR', 'EXPLOITATION')),
  stage_since   date not null default current_date,
  created_at    timestamptz not null default now(),
  removed_at    timestamptz
);

-- What each vendor's answers say of a professional or association: the vendors that do not know him are asked about him
-- again only from time to time.
create table availability.editor_knowledge (
  national_id  text not null,
  editor       text not null references availability.editor (name),
  asked_at     timestamptz not null,
  -- Last answer that named him; null when none ever did.
  seen_at      timestamptz,
  -- Answers in a row that did not name him.
  misses       int not null,
  primary key (national_id, editor)
);
create index editor_knowledge_seen on availability.editor_knowledge (editor, seen_at desc) where seen_at is not null;

-- One row a call: latency percentiles, share interfaced, freshness.
create table availability.editor_call (
  id          bigint generated always as identity primary key,
  editor      text not null,
  flow        text not null,
  at          timestamptz not null,
  status      text not null check (status in ('ok', 'late', 'error', 'circuit-open')),
  latency_ms  int not null,
  asked       int not null,
  slots       int not null,
  detail      text,
  request     text
);
create index editor_call_recent on availability.editor_call (editor, at desc) include (status, latency_ms, slots);
create index editor_call_old on availability.editor_call (at);

-- How many different slots each vendor offered by day of consultation (UTC), as a counting sketch: no slot is stored.
create table availability.editor_slot_day (
  editor     text not null,
  day        date not null,
  registers  bytea not null,
  primary key (editor, day)
);

-- Where a vendor's answers depart from the specification, one row a rule and element.
create table availability.editor_problem (
  editor      text not null,
  rule        text not null,
  element     text not null,
  severity    text not null check (severity in ('error', 'warning')),
  message     text not null,
  sample      text,
  count       bigint not null,
  first_seen  timestamptz not null,
  last_seen   timestamptz not null,
  primary key (editor, rule, element)
);
