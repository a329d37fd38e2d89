-- Messages to people: what was asked to be sent, to whom, what came of it. The outbox holds the order of sending and no
-- address; the values and the recipient live here, and are erased when they have served.
create schema messages;

create table messages.sending (
  -- That of the outbox message.
  id          uuid primary key,
  -- One message for one cause: what is asked twice is sent once.
  key         text not null unique,
  template    text not null,
  -- Null once erased.
  recipient   jsonb,
  content     jsonb,
  -- The recipient, masked: what screens show.
  shown       text,
  asked_at    timestamptz not null,
  -- Of no use to anybody afterwards: not sent any more.
  until       timestamptz,
  -- When recipient and values are erased, sent or not.
  erase_at    timestamptz not null,
  -- Committed before the message is handed over, and cleared when it certainly did not leave: found set, the outcome is unknown.
  handed_at   timestamptz,
  sent_at     timestamptz
);
create index sending_to_erase on messages.sending (erase_at) where recipient is not null;

-- Optional messages that somebody does not want.
create table messages.refusal (
  account_id  text not null,
  template    text not null,
  at          timestamptz not null,
  primary key (account_id, template)
);

-- A message that nobody needs any more is neither sent nor in failure.
alter table foundation.outbox drop constraint outbox_state_check;
alter table foundation.outbox add constraint outbox_state_check check (state in ('pending', 'sent', 'acknowledged', 'withdrawn', 'dead'));
