-- What is owed to the patient of an appointment: its reminder, or the news that it is cancelled (INT-08).
alter table dossier.reminder add column kind text not null default 'reminder' check (kind in ('reminder', 'cancellation'));

create index notice_due_orientation on orientation.notice_due (orientation_id);
