-- Technical ground: the journal, the stream of changes, the messages to the outside.
create schema foundation;

-- Append-only record of who did what (requirements 6.7). The hash of an entry chains it to the one before; chaining is
-- done just after commit, by one process at a time, so that bookings do not wait for each other (ADR 0003).
create table foundation.journal (
  seq           bigint generated always as identity primary key,
  xid           xid8 not null default pg_current_xact_id(),
  at            timestamptz not null,
  territory     text,
  actor         text not null,
  role          text,
  device        text,
  object_type   text not null,
  object_id     text not null,
  event         text not null,
  from_state    text,
  to_state      text,
  payload       jsonb not null default '{}',
  reason        text,
  care_context  text
);
create index journal_object on foundation.journal (object_type, object_id, seq);
create index journal_xid on foundation.journal (xid, seq);

create table foundation.journal_chain (
  position  bigint primary key,
  seq       bigint not null unique references foundation.journal (seq),
  xid       xid8 not null,
  hash      bytea not null
);

create function foundation.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the journal is append-only: % refused', tg_op using errcode = 'insufficient_privilege';
end $$;
create trigger journal_append_only before update or delete on foundation.journal
  for each row execute function foundation.refuse_change();
create trigger journal_no_truncate before truncate on foundation.journal
  for each statement execute function foundation.refuse_change();
create trigger journal_chain_append_only before update or delete on foundation.journal_chain
  for each row execute function foundation.refuse_change();
create trigger journal_chain_no_truncate before truncate on foundation.journal_chain
  for each statement execute function foundation.refuse_change();

-- What changed, as identifiers only: screens refetch through the API, which checks their rights.
create table foundation.event (
  id        bigint generated always as identity primary key,
  at        timestamptz not null default now(),
  topic     text not null,
  ids       jsonb not null default '{}',
  audience  jsonb not null default '{}'
);
-- Messages to outside systems, written in the transaction of the change that causes them.
create table foundation.outbox (
  id               uuid primary key,
  channel          text not null,
  recipient        text not null,
  payload          jsonb not null,
  state            text not null default 'pending' check (state in ('pending', 'sent', 'acknowledged', 'dead')),
  attempts         int not null default 0,
  created_at       timestamptz not null,
  next_attempt_at  timestamptz,
  sent_at          timestamptz,
  acknowledged_at  timestamptz,
  last_error       text
);
create index outbox_due on foundation.outbox (next_attempt_at) where state = 'pending';
create index outbox_state on foundation.outbox (state, created_at);

-- Keys that every process of an installation shares (seal of slot ids, cookies). Readable by the application alone.
create table foundation.secret (
  name   text primary key,
  value  bytea not null
);
