-- Dossiers de régulation: health data. The territory leads every key, so that tables can be partitioned by it. What queues,
-- searches and deadlines need stands in columns; the rest of a dossier is one document.
create schema dossier;

create function dossier.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% of % refused: it is only added to', tg_op, tg_table_name using errcode = 'insufficient_privilege';
end $$;

create table dossier.dossier (
  territory    text not null,
  id           uuid not null,
  number       text not null,
  version      int not null,
  type         text not null check (type in ('D', 'DR', 'DRM')),
  state        text not null check (state in ('PROGRAM', 'ACTIF', 'ACHEVE', 'VALIDE', 'CLOTURE', 'CLASSE', 'ARCHIVE')),
  step         text check ((step is not null) = (state = 'ACTIF')),
  filiere      text,
  priority     text not null check (priority in ('P0', 'P1', 'P2', 'P3', 'NR')),
  queue        text,
  -- Order in the queue: rank, then the oldest.
  rank         smallint not null,
  owner        text,
  opened_at    timestamptz not null,
  updated_at   timestamptz not null,
  -- When the software acts by itself: call-back due, alarm of a P0, end of a state.
  next_at      timestamptz,
  -- Last nine digits of the call-back number; normalised name; what a search compares.
  phone_key    text,
  name_key     text,
  birth_date   date,
  body         jsonb not null,
  primary key (territory, id),
  unique (territory, number),
  -- I10: an active dossier always has a person or a queue; I5: a P0 never waits.
  check (state <> 'ACTIF' or queue is not null or owner is not null),
  check (priority <> 'P0' or step is null or step not in ('ATTENTE_N2', 'ATTENTE_MR', 'REPORTE'))
);
create index dossier_id on dossier.dossier (id);
create index dossier_queue on dossier.dossier (territory, queue, rank, opened_at) where queue is not null;
create index dossier_owner on dossier.dossier (territory, owner, opened_at) where owner is not null;
create index dossier_active on dossier.dossier (territory, opened_at) where state = 'ACTIF';
create index dossier_next on dossier.dossier (next_at) where next_at is not null;
create index dossier_phone on dossier.dossier (territory, phone_key, opened_at desc) where phone_key is not null;
create index dossier_name on dossier.dossier (territory, name_key text_pattern_ops) where name_key is not null;
create index dossier_birth on dossier.dossier (territory, birth_date) where birth_date is not null;
create index dossier_recent on dossier.dossier (territory, opened_at desc);
create index dossier_state on dossier.dossier (territory, state, opened_at desc);

-- One call belongs to exactly one dossier (I8).
create table dossier.call (
  territory   text not null,
  call_id     text not null,
  dossier_id  uuid not null,
  at          timestamptz not null,
  repeated    boolean not null,
  number      text,
  phone_key   text,
  ended_at    timestamptz,
  primary key (territory, call_id),
  foreign key (territory, dossier_id) references dossier.dossier (territory, id)
);
create index call_call on dossier.call (call_id);
create index call_dossier on dossier.call (territory, dossier_id);
create index call_phone on dossier.call (territory, phone_key, at desc) where phone_key is not null;

create table dossier.note (
  territory   text not null,
  dossier_id  uuid not null,
  id          uuid not null,
  at          timestamptz not null,
  author      text not null,
  author_id   text not null,
  role        text not null,
  kind        text not null check (kind in ('medicale', 'logistique')),
  text        text not null,
  -- When it was really written, for the re-entry of a paper form.
  written_at  timestamptz,
  -- Order of writing, which two notes of one instant keep.
  seq         bigint generated always as identity,
  primary key (territory, dossier_id, id),
  foreign key (territory, dossier_id) references dossier.dossier (territory, id)
);

-- Medical acts and their decisions, as they were signed: never changed (REG-16, I11).
create table dossier.act (
  territory    text not null,
  dossier_id   uuid not null,
  id           uuid not null,
  at           timestamptz not null,
  role         text not null,
  status       text,
  mode         text not null check (mode in ('telephone', 'validation')),
  filiere      text,
  care_level   text,
  attribution  text not null,
  amends       uuid,
  content      jsonb not null,
  seq          bigint generated always as identity,
  primary key (territory, dossier_id, id),
  foreign key (territory, dossier_id) references dossier.dossier (territory, id)
);
create index act_at on dossier.act (territory, at);

create table dossier.decision (
  territory   text not null,
  dossier_id  uuid not null,
  act_id      uuid not null,
  id          uuid not null,
  at          timestamptz not null,
  type        text not null,
  care_level  text,
  primary key (territory, dossier_id, id),
  -- I2: the act of a decision is a doctor's.
  role        text not null check (role in ('mru', 'mrg', 'medecin-specialise'))
);
create index decision_at on dossier.decision (territory, at);

create trigger note_append_only before update or delete on dossier.note for each row execute function dossier.refuse_change();
create trigger act_append_only before update or delete on dossier.act for each row execute function dossier.refuse_change();
create trigger decision_append_only before update or delete on dossier.decision for each row execute function dossier.refuse_change();
-- I11: no delete anywhere.
create trigger dossier_kept before delete on dossier.dossier for each row execute function dossier.refuse_change();
create trigger call_kept before delete on dossier.call for each row execute function dossier.refuse_change();

-- Who is in which dossier now; lost with a crash, it comes back in seconds.
create unlogged table dossier.presence (
  territory   text not null,
  dossier_id  uuid not null,
  account_id  text not null,
  name        text not null,
  field       text,
  seen_at     timestamptz not null,
  primary key (territory, dossier_id, account_id)
);

-- "Bris de glace": reading out of one's scope, for a while, with a reason.
create table dossier.break_glass (
  territory   text not null,
  dossier_id  uuid not null,
  account_id  text not null,
  at          timestamptz not null,
  until       timestamptz not null,
  reason      text not null,
  primary key (territory, dossier_id, account_id, at)
);

create table dossier.handover (
  territory    text not null,
  id           uuid not null,
  at           timestamptz not null,
  account_id   text not null,
  name         text not null,
  role         text not null,
  receiver     text not null,
  dossier_ids  uuid[] not null,
  comment      text not null,
  primary key (territory, id)
);
create index handover_at on dossier.handover (territory, at desc);

-- Règlement intérieur: the last version applies, the others stay.
create table dossier.rules (
  territory  text not null,
  version    int not null,
  content    jsonb not null,
  at         timestamptz not null,
  author     text not null,
  approval   text not null,
  primary key (territory, version)
);
create table dossier.filiere (
  territory  text not null,
  filiere    text not null,
  content    jsonb not null,
  at         timestamptz not null,
  author     text not null,
  primary key (territory, filiere)
);
create table dossier.regulator (
  territory   text not null,
  account_id  text not null,
  status      text,
  filieres    text[] not null default '{}',
  primary key (territory, account_id)
);

-- Rank of the last dossier of a day, for its national number.
create table dossier.counter (
  territory  text not null,
  day        date not null,
  last       int not null,
  primary key (territory, day)
);
