-- Local protocols of the first level: trees of questions and the list of P0. No patient here but in `use`, which names dossiers.
-- The territory leads every key.
create schema protocol;

create function protocol.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% of % refused: it is only added to', tg_op, tg_table_name using errcode = 'insufficient_privilege';
end $$;

create table protocol.version (
  territory     text not null,
  protocol_id   uuid not null,
  version       int not null,
  kind          text not null check (kind in ('arbre', 'liste-p0')),
  status        text not null check (status in ('brouillon', 'a-valider', 'en-vigueur', 'remplacee', 'retiree')),
  -- Title, filières, references, writers, the four validation answers.
  sheet         jsonb not null,
  content       jsonb not null,
  -- Changes at each writing; each submission opens a new round of approvals.
  revision      int not null,
  round         int not null,
  authors       jsonb not null,
  created_at    timestamptz not null,
  updated_at    timestamptz not null,
  submitted_at  timestamptz,
  in_force_at   timestamptz,
  ended_at      timestamptz,
  reason        text,
  primary key (territory, protocol_id, version),
  check (in_force_at is not null or status not in ('en-vigueur', 'remplacee'))
);
create index version_protocol on protocol.version (protocol_id, version);
-- One version in force, one being prepared; one list of P0 in force in a territory.
create unique index version_in_force on protocol.version (territory, protocol_id) where status = 'en-vigueur';
create unique index version_prepared on protocol.version (territory, protocol_id) where status in ('brouillon', 'a-valider');
create unique index version_p0_list on protocol.version (territory) where kind = 'liste-p0' and status = 'en-vigueur';

create table protocol.approval (
  territory    text not null,
  protocol_id  uuid not null,
  version      int not null,
  round        int not null,
  party        text not null check (party in ('amu', 'snp', 'gouvernance')),
  account_id   text not null,
  name         text not null,
  role         text not null,
  at           timestamptz not null,
  comment      text not null,
  primary key (territory, protocol_id, version, round, party),
  -- One person, one approval.
  constraint approval_once unique (territory, protocol_id, version, round, account_id),
  foreign key (territory, protocol_id, version) references protocol.version (territory, protocol_id, version)
);

-- What was submitted does not change any more, and nothing is in force without its three approvals (PROT-01).
create function protocol.guard_version() returns trigger language plpgsql as $$
begin
  if (new.territory, new.protocol_id, new.version, new.kind, new.created_at) is distinct from (old.territory, old.protocol_id, old.version, old.kind, old.created_at)
    or (old.status <> 'brouillon' and (new.sheet, new.content) is distinct from (old.sheet, old.content))
    or (old.status in ('remplacee', 'retiree'))
    or (old.in_force_at is not null and new.in_force_at is distinct from old.in_force_at) then
    raise exception 'version % of protocol % does not change any more', old.version, old.protocol_id using errcode = 'insufficient_privilege';
  end if;
  if new.status = 'en-vigueur' and old.status <> 'en-vigueur' and 3 > (
    select count(*) from protocol.approval a
    where (a.territory, a.protocol_id, a.version, a.round) = (new.territory, new.protocol_id, new.version, new.round)) then
    raise exception 'version % of protocol % lacks an approval', new.version, new.protocol_id using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger version_guarded before update on protocol.version for each row execute function protocol.guard_version();
create trigger version_kept before delete on protocol.version for each row execute function protocol.refuse_change();
create trigger approval_append_only before update or delete on protocol.approval for each row execute function protocol.refuse_change();

-- A path taken in a tree, as it was: the version named is the one that was walked.
create table protocol.use (
  territory    text not null,
  id           uuid not null,
  protocol_id  uuid not null,
  version      int not null,
  dossier_id   uuid not null,
  at           timestamptz not null,
  account_id   text not null,
  answers      jsonb not null,
  -- Null when the tree was left before its end.
  outcome      text,
  proposed     jsonb,
  retained     jsonb not null,
  overridden   boolean not null,
  reason       text not null,
  primary key (territory, id),
  foreign key (territory, protocol_id, version) references protocol.version (territory, protocol_id, version)
);
create index use_at on protocol.use (territory, at);
create index use_dossier on protocol.use (territory, dossier_id, at desc);
create trigger use_append_only before update or delete on protocol.use for each row execute function protocol.refuse_change();

create table protocol.settings (
  territory   text primary key,
  -- Questions on the longest path beyond which the writer is warned (PROT-04).
  warn_above  int not null
);
