-- What a study counts of a period: the appointments that the room received, attached to a dossier or not.
create index appointment_received on dossier.appointment (territory, received_at);
-- The follow-up of several territories at once, newest first.
create index orientation_created on orientation.orientation (created_at desc, id desc);
