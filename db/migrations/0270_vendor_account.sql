-- Regulators' accounts at the vendors (INT_R02). Who they should be comes from the accounts of the platform, read again
-- whenever something changed there (`revision` ahead of `planned`).
create table availability.regulator_account (
  account_id   uuid primary key,
  -- As last read: name, e-mail, ids, whether he may still search. Null until read once.
  wanted       jsonb,
  territories  text[] not null default '{}',
  revision     bigint not null default 1,
  planned      bigint not null default 0,
  -- He signed in since the last plan: what is pending may be sent.
  signed_in    boolean not null default false
);
create index regulator_account_changed on availability.regulator_account (account_id) where planned < revision;

create table availability.vendor_account (
  account_id       uuid not null references availability.regulator_account (account_id),
  editor           text not null references availability.editor (name),
  -- What is left to do there; null when nothing is.
  pending          text check (pending in ('create', 'update', 'deactivate')),
  -- What the vendor holds, as it confirmed; null when it confirmed nothing.
  held             jsonb,
  -- A writing of which the vendor's answer is not known.
  attempted        jsonb,
  -- Null: not before the next sign-in, or before somebody asks.
  due_at           timestamptz,
  claimed_until    timestamptz,
  attempts         int not null default 0,
  last_status      int,
  last_error       text,
  last_attempt_at  timestamptz,
  synchronised_at  timestamptz,
  primary key (account_id, editor)
);
create index vendor_account_due on availability.vendor_account (due_at) where due_at is not null;
