-- A workstation is locked without ending the post's work; a session opened while the identity provider is away only reads.
alter table identity.session
  add column locked_at timestamptz,
  add column read_only boolean not null default false;
