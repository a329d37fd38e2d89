-- Retention with its proofs, data rights (SEC-07, SEC-08). No patient.
create schema privacy;

-- How long a category is kept. '*' is the whole installation. A new duration is a new version: runs name the one they followed.
create table privacy.rule (
  territory  text not null,
  category   text not null,
  version    int not null,
  days       int not null check (days >= 0),
  author     text not null,
  at         timestamptz not null,
  primary key (territory, category, version)
);

-- Legal hold: nothing of a category, or not this object, is erased until it ends or is lifted.
create table privacy.hold (
  id          uuid primary key,
  territory   text not null,
  category    text not null,
  -- Null: the whole category.
  object_id   text,
  reason      text not null,
  author      text not null,
  at          timestamptz not null,
  until       timestamptz,
  lifted_by   text,
  lifted_at   timestamptz,
  check (until is null or until > at),
  check (num_nonnulls(lifted_by, lifted_at) in (0, 2))
);
create index hold_in_force on privacy.hold (category, territory) where lifted_at is null;

-- Proof of an erasure. `digest` covers the ids erased, batch after batch: who holds them can check it, nobody can read them in it.
create table privacy.run (
  id            uuid primary key,
  territory     text not null,
  category      text not null,
  rule_version  int not null,
  days          int not null,
  cut_off       timestamptz not null,
  started_at    timestamptz not null,
  finished_at   timestamptz,
  kept_before   bigint not null,
  due_before    bigint not null,
  purged        bigint not null default 0,
  kept_after    bigint,
  held          bigint,
  digest        text not null
);
create unique index run_under_way on privacy.run (territory, category) where finished_at is null;
create index run_recent on privacy.run (territory, category, started_at desc);

-- What somebody asks about his own data, and the answer.
create sequence privacy.request_number;
create table privacy.request (
  id          uuid primary key,
  number      text not null unique,
  territory   text not null,
  account_id  text not null,
  kind        text not null check (kind in ('rectification', 'limitation', 'opposition', 'effacement')),
  subject     text not null,
  body        text not null check (length(body) <= 2000),
  at          timestamptz not null,
  due_at      timestamptz not null,
  state       text not null default 'received' check (state in ('received', 'accepted', 'partly', 'refused')),
  reason      text,
  answered_by text,
  answered_at timestamptz,
  check ((state = 'received') = (answered_at is null)),
  check (state not in ('partly', 'refused') or reason is not null)
);
create index request_inbox on privacy.request (territory, state, due_at);
create index request_of on privacy.request (account_id, at desc);

-- The beginning of the journal may be erased once its duration is over: a seal keeps the hash of the last link erased, from which
-- the rest is still verified (ADR 0010). The database lets no entry go that a seal does not cover, and no seal lie.
create table foundation.journal_seal (
  position   bigint primary key,
  hash       bytea not null,
  entries    bigint not null check (entries > 0),
  cut_off    timestamptz not null,
  sealed_at  timestamptz not null
);

create function foundation.check_seal() returns trigger language plpgsql as $$
declare previous bigint := coalesce((select max(position) from foundation.journal_seal), 0);
begin
  if not exists (select from foundation.journal_chain where position = new.position and hash = new.hash) then
    raise exception 'the seal does not bear the hash of link %', new.position using errcode = 'check_violation';
  end if;
  if not exists (select from foundation.journal_chain where position > new.position) then
    raise exception 'the last link is never sealed' using errcode = 'check_violation';
  end if;
  if exists (select from foundation.journal_chain c join foundation.journal j on j.seq = c.seq where c.position <= new.position and j.at >= new.cut_off) then
    raise exception 'an entry is younger than the cut-off of the seal' using errcode = 'check_violation';
  end if;
  if new.entries <> new.position - previous then
    raise exception 'the seal counts % entries, % are covered', new.entries, new.position - previous using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger journal_seal_holds before insert on foundation.journal_seal for each row execute function foundation.check_seal();
create trigger journal_seal_append_only before update or delete on foundation.journal_seal
  for each row execute function foundation.refuse_change();
create trigger journal_seal_no_truncate before truncate on foundation.journal_seal
  for each statement execute function foundation.refuse_change();

create function foundation.refuse_unsealed_entry() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and exists (select from foundation.journal_chain c
      where c.seq = old.seq and c.position <= (select max(position) from foundation.journal_seal)) then
    return old;
  end if;
  raise exception 'the journal is append-only: % refused', tg_op using errcode = 'insufficient_privilege';
end $$;
create function foundation.refuse_unsealed_link() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and old.position <= (select max(position) from foundation.journal_seal) then return old; end if;
  raise exception 'the journal is append-only: % refused', tg_op using errcode = 'insufficient_privilege';
end $$;
drop trigger journal_append_only on foundation.journal;
create trigger journal_append_only before update or delete on foundation.journal
  for each row execute function foundation.refuse_unsealed_entry();
drop trigger journal_chain_append_only on foundation.journal_chain;
create trigger journal_chain_append_only before update or delete on foundation.journal_chain
  for each row execute function foundation.refuse_unsealed_link();
-- The link goes with its entry.
alter table foundation.journal_chain drop constraint journal_chain_seq_fkey;
alter table foundation.journal_chain add foreign key (seq) references foundation.journal (seq) on delete cascade;

create index event_at on foundation.event (at);
create index journal_actor on foundation.journal (actor, seq desc);
create index orientation_search on orientation.orientation (search_id) where search_id is not null;
