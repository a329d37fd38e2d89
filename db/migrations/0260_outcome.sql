-- What became of each appointment: told by whoever received, asked on the day after, closed untold after some days; and what
-- the receiver was told of it before (RDV-10, RDV-12).
alter table orientation.orientation
  -- When the receiver was asked whether the patient came.
  add column asked_at timestamptz,
  -- When the receiver of a slot of the platform's agenda was told of the appointment.
  add column notified_at timestamptz;
create index orientation_structure on orientation.orientation (structure_id, start_at) where structure_id is not null;
create index orientation_awaited on orientation.orientation (territory, start_at) where status in ('PRIS', 'MODIFIE');
create index orientation_unasked on orientation.orientation (territory, start_at)
  where status in ('PRIS', 'MODIFIE') and kind <> 'editor' and asked_at is null;

-- One question a receiver and day, whatever restarts.
create table orientation.outcome_ask (
  -- Prefixed national id of the professional, or of the structure while no doctor is named.
  receiver      text not null,
  day           date not null,
  at            timestamptz not null,
  territory     text not null,
  appointments  int not null,
  primary key (receiver, day)
);

-- Changes of which a receiver may have to be told, until the background work has looked.
create table orientation.notice_due (
  id              bigint generated always as identity primary key,
  orientation_id  uuid not null references orientation.orientation (id),
  at              timestamptz not null
);

-- What the receiver knows of an appointment: the last thing he was told.
create table orientation.notice (
  orientation_id  uuid primary key references orientation.orientation (id),
  told            text not null check (told in ('booked', 'cancelled')),
  start_at        timestamptz not null,
  at              timestamptz not null
);
