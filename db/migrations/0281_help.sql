-- Requests for help from people who use the software (FORM-10). No patient.
create schema help;
create sequence help.contact_number;
create table help.contact (
  id           uuid primary key,
  number       text not null unique,
  territory    text not null,
  account_id   text not null,
  role         text not null,
  -- The screen they came from, without what its address asks.
  page         text check (page ~ '^/[A-Za-z0-9/_$.-]{0,120}$'),
  subject      text not null,
  body         text not null check (length(body) <= 2000),
  at           timestamptz not null,
  state        text not null default 'received' check (state in ('received', 'taken', 'answered', 'closed')),
  taken_by     text,
  answer       text check (length(answer) <= 2000),
  answered_by  text,
  answered_at  timestamptz,
  closed_at    timestamptz,
  check ((state = 'closed') = (closed_at is not null))
);
create index contact_inbox on help.contact (territory, at desc);
create index contact_of on help.contact (account_id, at desc);
create index contact_closed on help.contact (closed_at) where closed_at is not null;
