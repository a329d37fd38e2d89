-- Accounts, rights, sessions. Both halves rely on it; it knows nothing of patients.
create schema identity;

create table identity.account (
  id            uuid primary key default gen_random_uuid(),
  display_name  text not null,
  last_name     text not null,
  first_name    text not null,
  email         text,
  -- Prefixed national id: 8 + RPPS, 0 + ADELI, 3 + FINESS/internal id for hospital staff.
  national_id   text unique,
  active        boolean not null default true,
  created_at    timestamptz not null default now()
);

-- A right holds on one territory ('*': all of them).
create table identity.grant (
  account_id    uuid not null references identity.account (id),
  role          text not null,
  territory     text not null,
  structure_id  text,
  granted_at    timestamptz not null default now(),
  revoked_at    timestamptz
);
create unique index grant_once on identity.grant (account_id, role, territory, coalesce(structure_id, ''))
  where revoked_at is null;

create table identity.session (
  -- SHA-256 of the cookie: a copy of the table opens no session.
  id_hash       bytea primary key,
  account_id    uuid not null references identity.account (id),
  created_at    timestamptz not null,
  expires_at    timestamptz not null,
  -- Opaque text the identity provider wants back at sign-out.
  provider_session text
);

create table identity.token (
  id            uuid primary key default gen_random_uuid(),
  hash          bytea not null unique,
  account_id    uuid references identity.account (id),
  role          text not null,
  territory     text not null,
  editor        text,
  created_at    timestamptz not null,
  expires_at    timestamptz not null,
  revoked_at    timestamptz
);
