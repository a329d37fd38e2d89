-- Search sessions and their proof, the charter, orientations and their life. No patient, ever.
create schema orientation;

-- Charte d'adressage (RDV-06): ordered levels, versioned; an old version stays readable for the proofs that used it.
create table orientation.charter (
  territory    text not null,
  version      int not null,
  levels       jsonb not null,
  status       text not null check (status in ('BROUILLON', 'RELU_AMU', 'RELU_MG', 'VALIDE_GOUVERNANCE', 'ACTIF', 'REMPLACE')),
  author       text not null,
  created_at   timestamptz not null,
  active_from  timestamptz,
  active_to    timestamptz,
  primary key (territory, version)
);
create unique index charter_active on orientation.charter (territory) where status = 'ACTIF';

create table orientation.search (
  id               uuid primary key,
  at               timestamptz not null,
  -- The author's territory: its people may read the session.
  territory        text not null,
  -- The territory of the place searched, whose charter applies; null outside every territory.
  place_territory  text,
  actor            text not null,
  role             text not null,
  -- What was asked: never a patient's identity. A precise address is kept as its commune and the rounded point used.
  criteria         jsonb not null,
  seed             text not null,
  ranking          text not null check (ranking in ('distance', 'neutral')),
  charter_version  int,
  insee            text,
  specialty        text not null,
  candidate_count  int not null,
  result_count     int,
  slot_count       int,
  -- What the pure ranking function received, in the order shown, so that the proof replays it. Written once, read whole:
  -- plain json is cheaper to write than jsonb.
  candidates       json not null,
  lrm_origin       text
);
create index search_recent on orientation.search (territory, at desc);
create index search_needs on orientation.search (place_territory, at);

-- What happened in the session: proposed, refused, chosen, a source's answer.
create table orientation.search_event (
  id         bigint generated always as identity primary key,
  search_id  uuid not null references orientation.search (id),
  at         timestamptz not null,
  kind       text not null check (kind in ('source', 'proposed', 'refused', 'chosen', 'level-skipped')),
  payload    jsonb not null
);
create index search_event_search on orientation.search_event (search_id, id);

create table orientation.orientation (
  id               uuid primary key,
  territory        text not null,
  search_id        uuid references orientation.search (id),
  actor            text not null,
  actor_role       text not null,
  kind             text not null check (kind in ('slot', 'editor', 'phone', 'surnumeraire')),
  status           text not null,
  category         text not null check (category in ('PS', 'CPTS', 'MSP', 'CDS', 'SOS', 'PDM')),
  national_id      text,
  structure_id     text,
  place_id         text,
  -- What the dashboard shows, as it was at the time of the orientation.
  label            text not null,
  place_label      text not null,
  specialty        text,
  modality         text check (modality in ('AMB', 'HH', 'VR')),
  slot_id          uuid,
  seat_id          uuid,
  editor           text,
  -- The vendor's identifier of the appointment (system|value), key of its updates.
  appointment_key  text,
  -- The vendor's page where the operator goes on to book, `origin` included.
  redirect_url     text,
  start_at         timestamptz,
  end_at           timestamptz,
  created_at       timestamptz not null,
  booked_at        timestamptz,
  updated_at       timestamptz not null,
  -- RDV-05: later than 48 h only with a reason.
  late_reason      text,
  beyond_48h       boolean not null default false,
  -- RDV-06: reason given to pass over a level of the charter.
  skip_reason      text,
  charter_level    int,
  distance_m       int,
  -- Technical id of the regulation file at the LRM; opaque, checked to be no text.
  lrm_reference    text check (lrm_reference ~ '^[A-Za-z0-9._:/|-]{1,64}$'),
  -- SHA-256 of the caller's key: nothing a caller writes there is kept.
  idempotency_key  text not null,
  request_hash     bytea not null,
  flags            text[] not null default '{}',
  version          int not null default 1
);
create unique index orientation_idempotency on orientation.orientation (actor, idempotency_key);
create unique index orientation_appointment on orientation.orientation (appointment_key) where appointment_key is not null;
create unique index orientation_seat on orientation.orientation (seat_id) where seat_id is not null;
create index orientation_territory on orientation.orientation (territory, created_at desc);
create index orientation_editor_pending on orientation.orientation (editor, national_id, start_at) where status = 'RESERVATION';
create index orientation_professional on orientation.orientation (national_id, start_at);

create table orientation.orientation_event (
  id              bigint generated always as identity,
  orientation_id  uuid not null references orientation.orientation (id),
  at              timestamptz not null,
  actor           text not null,
  event           text not null,
  from_status     text,
  to_status       text not null,
  payload         jsonb not null default '{}',
  primary key (orientation_id, id)
);
