-- Messages exchanged through Hub Santé: technical tables of the interoperability ground. No patient is in these messages.
create schema interop;

-- The clients that have queues, and their queues, when messages travel through Postgres instead of the hub's broker.
create table interop.hub_client (
  client_id  text primary key
);
create table interop.hub_queue (
  id            bigint generated always as identity primary key,
  -- Client and kind: `fr.health.samu860.message`.
  queue         text not null,
  body          text not null,
  available_at  timestamptz not null,
  expires_at    timestamptz not null
);
create index hub_queue_next on interop.hub_queue (queue, id);
create index hub_queue_expiry on interop.hub_queue (expires_at);

-- What became of each appointment message sent to a regulation software: not delivered until its final acknowledgement.
create table interop.hub_sending (
  seq              bigint generated always as identity,
  distribution_id  text primary key,
  outbox_id        uuid not null,
  appointment_id   text not null,
  recipient        text not null,
  territory        text not null,
  facts            jsonb not null,
  -- When the facts were true: an older one never travels after a newer one.
  facts_at         timestamptz not null,
  sent_at          timestamptz not null,
  -- replaced: the recipient knew the appointment already, an update took over.
  state            text not null default 'sent' check (state in ('sent', 'acknowledged', 'replaced', 'error')),
  answered_at      timestamptz,
  error_code       int,
  error_text       text,
  error_cause      text
);
create index hub_sending_appointment on interop.hub_sending (appointment_id, facts_at desc, seq desc);
create index hub_sending_outbox on interop.hub_sending (outbox_id, seq desc);
create index hub_sending_undelivered on interop.hub_sending (territory, seq desc) where state in ('sent', 'error');
