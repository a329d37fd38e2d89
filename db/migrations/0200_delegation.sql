-- Somebody acts for a professional or a structure only by an explicit, dated and revocable delegation (ACT-18).
create table identity.delegation (
  id            uuid primary key default gen_random_uuid(),
  account_id    uuid not null references identity.account (id),
  -- Who is acted for: one of the two, by prefixed national id.
  national_id   text,
  structure_id  text,
  scopes        text[] not null check (scopes <@ array['agenda', 'participation', 'requests'] and cardinality(scopes) > 0),
  valid_from    timestamptz not null,
  valid_until   timestamptz not null,
  granted_by    text not null,
  granted_at    timestamptz not null default now(),
  revoked_at    timestamptz,
  revoked_by    text,
  check (num_nonnulls(national_id, structure_id) = 1),
  check (valid_until > valid_from),
  check (num_nonnulls(revoked_at, revoked_by) in (0, 2))
);
create index delegation_to on identity.delegation (account_id) where revoked_at is null;
create index delegation_of on identity.delegation (coalesce(national_id, structure_id));

-- Until now a délégataire had a structure by his role alone: he keeps it for a year.
insert into identity.delegation (account_id, structure_id, scopes, valid_from, valid_until, granted_by)
select account_id, structure_id, array['agenda', 'participation', 'requests'], granted_at, now() + interval '1 year', 'migration'
from identity.grant where role = 'delegataire' and structure_id is not null and revoked_at is null;
update identity.grant set structure_id = null where role = 'delegataire' and revoked_at is null;
