-- What the board counts of a day, what was treated today, what is purged: found without reading the history.
create index leg_queued on telephony.leg (territory, queued_at) where party = 'agent';
create index callback_closed on telephony.callback (territory, closed_at) where closed_at is not null;
create index command_done on telephony.command (territory, done_at) where state <> 'pending';
