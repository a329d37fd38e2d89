-- What is known of each effector of unscheduled care beyond the directory (ANN-04, ANN-08): who listed him, his software,
-- his convention. Kept also for those whom the directory does not know.
create table directory.inventory (
  territory         text not null,
  -- 8 + RPPS or 0 + ADELI.
  national_id       text not null,
  -- The name as a list gave it, for those whom the directory does not know.
  listed_name       text,
  listed_city       text,
  sources           text[] not null check (sources <@ array['URPS', 'CDOM', 'AM', 'ARS', 'DECLARATION']),
  agenda            text check (agenda in ('papier', 'lgc', 'en-ligne', 'lgc-connecte')),
  software          text check (length(software) <= 60),
  convention        text check (convention in ('a-proposer', 'proposee', 'signee', 'refusee', 'terminee')),
  convention_since  date,
  -- He said himself which software he uses: a list does not change it.
  declared_at       timestamptz,
  updated_at        timestamptz not null,
  updated_by        text not null,
  primary key (territory, national_id)
);

-- Opinions of the departmental commission on a centre of unscheduled care (ANN-12), one row each; the latest counts.
create table directory.csnp_opinion (
  structure_id  text not null references directory.structure (id),
  status        text not null check (status in ('demandee', 'favorable', 'reservee', 'defavorable', 'autorisee', 'retiree')),
  given_on      date not null,
  author        text not null,
  at            timestamptz not null,
  primary key (structure_id, given_on, status)
);
-- A centre is coordinated with the SAS when both hold; `directory.structure.coordinated` repeats it.
create table directory.csnp_coordination (
  structure_id     text primary key references directory.structure (id),
  shared_agenda    boolean not null,
  dedicated_slots  boolean not null
);

-- Sectors of the out-of-hours service: how unscheduled care is organised where no CPTS answers for the commune (ANN-06).
create table directory.pdsa_sector (
  territory  text not null,
  insee      text not null,
  name       text not null,
  primary key (territory, insee)
);

-- Stages that each vendor's interfacing project went through (AGR-11); the open one is the current one.
create table availability.editor_stage (
  id          bigint generated always as identity primary key,
  editor      text not null references availability.editor (name),
  stage       text not null,
  started_on  date not null,
  ended_on    date check (ended_on >= started_on),
  author      text not null
);
create unique index editor_stage_open on availability.editor_stage (editor) where ended_on is null;
insert into availability.editor_stage (editor, stage, started_on, author) select name, stage, stage_since, 'reprise' from availability.editor;

-- What is given to the users of a vendor's flow once it is active (AGR-19): addresses of documents.
create table availability.editor_kit (
  editor        text not null references availability.editor (name),
  flow          text not null check (flow in ('ps', 'cpts', 'sos')),
  tutorial_url  text,
  faq_url       text,
  sheet_url     text,
  -- Address of the e-mail package by status of the SAS.
  mails         jsonb not null default '{}',
  primary key (editor, flow)
);

-- Agendas of a profession used locally that are not interoperable: 24 months to become so (AGR-17).
create table availability.local_tool (
  id             uuid primary key,
  territory      text not null,
  name           text not null check (length(name) <= 80),
  used_by        text not null check (length(used_by) <= 120),
  registered_on  date not null,
  due_on         date not null check (due_on > registered_on),
  compliant_on   date,
  removed_at     timestamptz,
  author         text not null
);
create index local_tool_territory on availability.local_tool (territory) where removed_at is null;
