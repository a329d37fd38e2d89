-- What is owed to the patient of an appointment: its reminder, or the news that it is cancelled (INT-08).
alter table dossier.reminder add column kind text not null default 'reminder' check (kind in ('reminder', 'cancellation'));

create index notice_due_orientation on orientation.notice_due (orientation_id);

-- Since when an account is suspended: its duration runs from there (SEC-07).
alter table identity.account add column closed_at timestamptz;
update identity.account set closed_at = now() where state = 'suspended';
