-- What is owed to the patient of an appointment after his dossier has gone on without him: the reminder before it, the look
-- after an absence. Kept beside the dossier, which ends and closes long before.
create table dossier.reminder (
  territory       text not null,
  appointment_id  text not null,
  dossier_id      uuid not null,
  -- When the patient is reminded; the row goes once it is done, or the appointment moved or cancelled.
  due_at          timestamptz not null,
  primary key (territory, appointment_id),
  foreign key (territory, dossier_id) references dossier.dossier (territory, id) on delete cascade
);
create index reminder_due on dossier.reminder (due_at);

create table dossier.patient_task (
  territory       text not null,
  id              uuid not null default gen_random_uuid(),
  dossier_id      uuid not null,
  appointment_id  text not null,
  kind            text not null check (kind in ('rappel-rdv', 'rdv-noshow')),
  -- Of the appointment that the task is about.
  start_at        timestamptz not null,
  due_at          timestamptz not null,
  done_at         timestamptz,
  done_by         text,
  -- A code of the list of its kind.
  outcome         text,
  primary key (territory, id),
  unique (territory, appointment_id, kind, start_at),
  check ((done_at is null) = (outcome is null)),
  foreign key (territory, dossier_id) references dossier.dossier (territory, id) on delete cascade
);
create index patient_task_open on dossier.patient_task (territory, due_at) where done_at is null;
create index patient_task_dossier on dossier.patient_task (territory, dossier_id);
create index patient_task_done on dossier.patient_task (territory, kind, done_at) where done_at is not null;
