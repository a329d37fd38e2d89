-- An agenda as a calendar that other software subscribes to, at an address that is secret and revocable.
create table availability.feed (
  id            uuid primary key,
  -- The address itself is not kept: SHA-256 of its secret.
  secret_hash   bytea not null unique,
  territory     text not null,
  national_id   text,
  structure_id  text,
  created_by    text not null,
  created_at    timestamptz not null,
  last_read_at  timestamptz,
  revoked_at    timestamptz,
  check (num_nonnulls(national_id, structure_id) >= 1)
);
create index feed_professional on availability.feed (national_id) where revoked_at is null;
create index feed_structure on availability.feed (structure_id) where revoked_at is null;
