-- Requests en sus (SUR): one need, those asked for it one after the other, what each answered. No patient, ever.
create table orientation.request (
  id               uuid primary key,
  territory        text not null,
  actor            text not null,
  actor_role       text not null,
  -- The search whose order is followed; null when somebody was asked directly.
  search_id        uuid references orientation.search (id),
  -- SUR-02: the slot search that came back empty, and the sources that had not answered it; or a reason of the list.
  empty_search_id  uuid references orientation.search (id),
  missing_sources  text[] not null default '{}',
  opening_reason   text,
  -- All that those asked are told of the need.
  city             text,
  specialty        text,
  modality         text check (modality in ('AMB', 'HH', 'VR')),
  wanted_at        timestamptz not null,
  lrm_reference    text check (lrm_reference ~ '^[A-Za-z0-9._:/|-]{1,64}$'),
  -- Those to ask, in order; written once.
  candidates       jsonb not null,
  -- Those passed over without being asked, and why.
  passed           jsonb not null default '[]',
  -- Index of the next candidate to look at.
  position         int not null default 0,
  state            text not null check (state in ('EN_COURS', 'ACCEPTE', 'ANNULE', 'EPUISE')),
  -- The orientation that is waiting for an answer; null between two.
  current_id       uuid,
  -- When the one asked loses his turn; null when he is on the telephone.
  deadline_at      timestamptz,
  created_at       timestamptz not null,
  updated_at       timestamptz not null,
  check (num_nonnulls(empty_search_id, opening_reason) >= 1)
);
create index request_due on orientation.request (deadline_at) where state = 'EN_COURS' and deadline_at is not null;
create index request_between on orientation.request (updated_at) where state = 'EN_COURS' and current_id is null;
create index request_territory on orientation.request (territory, created_at desc);

alter table orientation.orientation add column request_id uuid references orientation.request (id);
create index orientation_request on orientation.orientation (request_id) where request_id is not null;

-- One candidate asked. Nobody is asked twice for one need.
create table orientation.attempt (
  orientation_id  uuid primary key references orientation.orientation (id),
  request_id      uuid not null references orientation.request (id),
  -- National id of the professional, or id of the structure.
  subject         text not null,
  -- Index among the candidates of the request.
  position        int not null,
  channel         text not null check (channel in ('phone', 'web')),
  -- Null: a call to make.
  asked_at        timestamptz,
  deadline_at     timestamptz,
  answered_at     timestamptz,
  -- RDV-04: who answered, and by which way.
  answered_by     text check (answered_by in ('medecin', 'secretariat', 'remplacant')),
  answerer_id     text,
  answer_channel  text check (answer_channel in ('phone', 'web', 'planning')),
  refusal         text,
  unique (request_id, subject)
);
create index attempt_subject on orientation.attempt (subject, asked_at desc);

-- How long a kind of structure has to answer, in a territory, from an instant on; ten minutes without a row.
create table orientation.answer_delay (
  territory   text not null,
  kind        text not null check (kind in ('CPTS', 'MSP', 'SOS', 'CDS', 'CSNP')),
  valid_from  timestamptz not null,
  minutes     int not null check (minutes between 1 and 240),
  author      text not null,
  primary key (territory, kind, valid_from)
);

-- Somebody was not proposed because he has reached what he accepts: part of the proof.
alter table orientation.search_event drop constraint search_event_kind_check,
  add constraint search_event_kind_check check (kind in ('source', 'proposed', 'refused', 'chosen', 'level-skipped', 'not-proposed'));
