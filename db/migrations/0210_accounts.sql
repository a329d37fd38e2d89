-- Accounts are opened, validated, suspended; people who have no professional card sign in with a password and a code.
alter table identity.account
  add column state              text not null default 'active' check (state in ('invited', 'pending', 'active', 'suspended')),
  add column phone              text,
  -- The administrative département where the person works, and the group of the map of actors (ACT-13).
  add column department         text,
  add column team               text check (team in ('front-office', 'amu', 'mg', 'secretariat')),
  add column available          numeric check (available > 0),
  add column available_unit     text check (available_unit in ('percent', 'half-days')),
  -- The SAS that somebody asked to join at his first connection: its account managers validate the account.
  add column asked_territory    text,
  add column terms_version      text,
  add column terms_accepted_at  timestamptz,
  add check (num_nonnulls(available, available_unit) in (0, 2)),
  add check (num_nonnulls(terms_version, terms_accepted_at) in (0, 2));
update identity.account set state = 'suspended' where not active;
alter table identity.account drop column active;
create index account_by_email on identity.account (lower(email));

-- A right may have an end.
alter table identity.grant
  add column id           uuid not null default gen_random_uuid() unique,
  add column valid_until  timestamptz,
  add column granted_by   text,
  add column revoked_by   text;

-- How a session was opened. Nothing opens one with a password alone (SEC-02).
alter table identity.session
  add column method text not null default 'card' check (method in ('card', 'password-and-code', 'emergency'));
update identity.session set method = 'emergency' where read_only;

-- What a person without a card signs in with. The secret of the codes is encrypted (key `sign-in` of foundation.secret).
create table identity.credential (
  account_id     uuid primary key references identity.account (id),
  password_hash  text not null,
  code_secret    bytea not null,
  -- The last step of thirty seconds whose code was used: it is not accepted twice.
  last_step      bigint not null default 0,
  changed_at     timestamptz not null
);
create table identity.recovery_code (
  account_id  uuid not null references identity.account (id),
  hash        bytea not null,
  used_at     timestamptz,
  primary key (account_id, hash)
);

-- Somebody whom Pro Santé Connect recognised and who has no account: known by a cookie until an e-mail address is confirmed.
create table identity.newcomer (
  id_hash      bytea primary key,
  national_id  text not null,
  last_name    text not null,
  first_name   text not null,
  expires_at   timestamptz not null
);

-- A link sent by e-mail: SHA-256 of its token, one use.
create table identity.link (
  hash         bytea primary key,
  purpose      text not null check (purpose in ('first-connection', 'invitation', 'password')),
  account_id   uuid references identity.account (id),
  email        text not null,
  national_id  text,
  last_name    text,
  first_name   text,
  territory    text,
  code_secret  bytea,
  created_at   timestamptz not null,
  expires_at   timestamptz not null,
  used_at      timestamptz,
  check ((purpose = 'first-connection') = (account_id is null)),
  check ((purpose = 'first-connection') = (num_nonnulls(national_id, last_name, first_name, territory) = 4))
);
create index link_of_account on identity.link (account_id, purpose) where used_at is null;

-- What was tried, to slow down whoever tries too much. The key is a SHA-256: no address of a machine is kept.
create table identity.attempt (
  kind  text not null,
  key   bytea not null,
  at    timestamptz not null
);
create index attempt_of on identity.attempt (kind, key, at);

-- A structure manager's account is opened on request (STR-01).
create table identity.account_request (
  id            uuid primary key default gen_random_uuid(),
  email         text not null,
  last_name     text not null,
  first_name    text not null,
  territory     text not null,
  structure_id  text not null,
  asked_at      timestamptz not null,
  state         text not null default 'waiting' check (state in ('waiting', 'accepted', 'refused')),
  refusal       text,
  decided_by    text,
  decided_at    timestamptz,
  account_id    uuid references identity.account (id),
  check ((state = 'waiting') = (decided_at is null))
);
create index account_request_waiting on identity.account_request (territory, asked_at) where state = 'waiting';

-- The territory of whoever delegates: its account managers follow and may end the delegation.
alter table identity.delegation add column territory text;
update identity.delegation d set territory = (
  select g.territory from identity.grant g where g.account_id = d.account_id and g.role = 'delegataire' order by g.granted_at limit 1);
