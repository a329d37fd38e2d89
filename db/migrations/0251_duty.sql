-- STR-06: who, in a structure, receives the requests of the SAS: one doctor a day, or several on call.
create table orientation.duty_mode (
  structure_id  text primary key,
  mode          text not null check (mode in ('none', 'day-doctor', 'on-call')),
  -- "Médecin du jour" may accept by itself, within what he accepts.
  automatic     boolean not null default false,
  author        text not null,
  updated_at    timestamptz not null
);

create table orientation.duty (
  structure_id  text not null,
  day           date not null,
  half          text not null check (half in ('am', 'pm')),
  national_id   text not null,
  author        text not null,
  updated_at    timestamptz not null,
  primary key (structure_id, day, half, national_id)
);
