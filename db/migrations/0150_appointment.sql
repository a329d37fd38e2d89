-- Appointments as the platform tells them (INT_L02), attached to a dossier by a person. No patient is in the messages; the
-- link to a dossier exists in this half alone.
create table dossier.appointment (
  territory          text not null,
  appointment_id     text not null,
  status             text not null check (status in ('pending', 'booked', 'fulfilled', 'noshow', 'cancelled')),
  start_at           timestamptz not null,
  practitioner       text not null,
  structure          text,
  -- Who booked, as the message names him, and his account here when he has one.
  regulator          text not null,
  regulator_account  text,
  -- Of the message that told this state: an older one never undoes it.
  sent_at            timestamptz not null,
  received_at        timestamptz not null,
  dossier_id         uuid,
  attached_by        text,
  attached_at        timestamptz,
  primary key (territory, appointment_id),
  foreign key (territory, dossier_id) references dossier.dossier (territory, id)
);
create index appointment_unattached on dossier.appointment (territory, received_at desc) where dossier_id is null;
create index appointment_dossier on dossier.appointment (territory, dossier_id) where dossier_id is not null;

-- Every message received, and what was made of it.
create table dossier.appointment_message (
  seq              bigint generated always as identity primary key,
  territory        text not null,
  distribution_id  text,
  appointment_id   text,
  sender           text,
  received_at      timestamptz not null,
  outcome          text not null check (outcome in ('created', 'updated', 'outdated', 'conflict', 'refused')),
  cause            text
);
create unique index appointment_message_once on dossier.appointment_message (distribution_id) where distribution_id is not null and outcome <> 'refused';
create index appointment_message_recent on dossier.appointment_message (territory, seq desc);

-- Who opened the platform's search from which dossier: what an appointment that comes back is probably for.
create table dossier.search_opening (
  territory   text not null,
  dossier_id  uuid not null,
  account_id  text not null,
  at          timestamptz not null,
  primary key (territory, dossier_id, account_id, at),
  foreign key (territory, dossier_id) references dossier.dossier (territory, id)
);
create index search_opening_account on dossier.search_opening (territory, account_id, at desc);
