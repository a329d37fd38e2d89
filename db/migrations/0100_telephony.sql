-- Calls, legs, agents, commands to the phone system. The territory leads every key: tables can be split by territory.
create schema telephony;

-- Access numbers, hours of the two levels, alert thresholds. Absent: the defaults of the code.
create table telephony.configuration (
  territory   text primary key,
  content     jsonb not null,
  updated_at  timestamptz not null,
  updated_by  text not null
);

-- The link to the phone system: where to resume, and whether it answers.
create table telephony.link (
  territory     text primary key,
  event_offset  bigint not null default 0,
  status        text not null check (status in ('up', 'down')),
  since         timestamptz not null,
  -- The phone system routes nothing by itself, distributes nothing: the room only watches.
  pilot         boolean not null default false
);

-- What the phone system told, never changed. A call is the fold of its events in the order of their instants.
create table telephony.call_event (
  territory    text not null,
  event_id     text not null,
  call_id      text not null,
  at           timestamptz not null,
  -- Order given by the phone system inside the call; 0 when it gives none.
  version      int not null,
  -- Where it was in the phone system's stream, to ask again from there.
  port_offset  bigint,
  type         text not null,
  details      jsonb not null default '{}',
  -- Deduced from a snapshot, not told.
  inferred     boolean not null default false,
  received_at  timestamptz not null,
  primary key (territory, event_id)
);
create index call_event_call on telephony.call_event (territory, call_id, at);

create table telephony.call (
  territory      text not null,
  id             text not null,
  -- `port`: driven through the port; `api`: told by a phone system that the room only follows.
  source         text not null check (source in ('port', 'api')),
  direction      text not null default 'in' check (direction in ('in', 'out')),
  state          text not null,
  version        int not null default 0,
  flow           text not null,
  entry_level    text not null,
  origin         text not null default '',
  dnis           text not null default '',
  caller         text,
  position       jsonb,
  priority       int not null default 2,
  presented_at   timestamptz not null,
  answered_at    timestamptz,
  ended_at       timestamptz,
  cause          text,
  dossier_id     text,
  -- The queue where it waits; an accompanied transfer waits while the caller is in conversation.
  waiting_level  text,
  waiting_since  timestamptz,
  waiting_agent  text,
  waiting_skill  text,
  waiting_warm   boolean not null default false,
  -- The agent chosen by the distribution, until the phone system tells what became of it.
  offered_to     text,
  offered_at     timestamptz,
  primary key (territory, id)
);
create index call_day on telephony.call (territory, presented_at);
create index call_live on telephony.call (territory, presented_at) where ended_at is null;
create index call_queue on telephony.call (territory, waiting_level, priority, presented_at)
  where waiting_level is not null and offered_to is null;
-- Two calls never ring the same agent, whatever the code does.
create unique index call_offered_once on telephony.call (territory, offered_to) where offered_to is not null;
create index call_caller on telephony.call (territory, caller, presented_at);
create index call_dossier on telephony.call (territory, dossier_id) where dossier_id is not null;

create table telephony.leg (
  territory    text not null,
  call_id      text not null,
  leg          int not null,
  party        text not null,
  agent        text,
  level        text,
  queued_at    timestamptz,
  rang_at      timestamptz,
  answered_at  timestamptz,
  ended_at     timestamptz,
  held_ms      bigint not null default 0,
  end_cause    text,
  primary key (territory, call_id, leg),
  foreign key (territory, call_id) references telephony.call (territory, id)
);
create index leg_answered on telephony.leg (territory, level, answered_at) where answered_at is not null;

create table telephony.agent (
  territory     text not null,
  account_id    text not null,
  name          text not null,
  level         text not null,
  skills        text[] not null default '{}',
  post          text,
  remote        boolean not null default false,
  state         text not null check (state in ('offline', 'available', 'ringing', 'in-call', 'wrap-up', 'pause')),
  since         timestamptz not null,
  -- Since when nothing was given to this agent: a call that ends before it is answered does not lose the turn.
  idle_since    timestamptz not null,
  call_id       text,
  pause_reason  text,
  wrap_until    timestamptz,
  -- What the agent asked for during a call: pause instead of available when it is over.
  after_call    text check (after_call in ('available', 'pause')),
  primary key (territory, account_id),
  check ((state in ('ringing', 'in-call')) = (call_id is not null))
);
create index agent_ready on telephony.agent (territory, level, idle_since) where state = 'available';

-- Commands to the phone system, written with the change that causes them, sent in order inside a lane (call or agent).
create table telephony.command (
  territory   text not null,
  seq         bigint generated always as identity,
  id          uuid not null,
  lane        text not null,
  body        jsonb not null,
  created_at  timestamptz not null,
  created_by  text not null,
  state       text not null default 'pending' check (state in ('pending', 'accepted', 'rejected')),
  reason      text,
  done_at     timestamptz,
  primary key (territory, seq),
  unique (territory, id)
);
create index command_pending on telephony.command (territory, lane, seq) where state = 'pending';

-- Numbers to ring back: one open line per number.
create table telephony.callback (
  territory   text not null,
  id          uuid not null,
  number      text not null,
  reason      text not null check (reason in ('abandon', 'coupure')),
  dossier_id  text,
  first_at    timestamptz not null,
  last_at     timestamptz not null,
  attempts    int not null default 0,
  outcome     text check (outcome in ('reached', 'unreachable', 'called-again')),
  closed_by   text,
  closed_at   timestamptz,
  primary key (territory, id)
);
create unique index callback_open on telephony.callback (territory, number) where outcome is null;
create index callback_recent on telephony.callback (territory, last_at);

-- The calls behind a line of the list; `withdrawn` when an event told late showed that the call had been answered.
create table telephony.callback_call (
  territory    text not null,
  callback_id  uuid not null,
  call_id      text not null,
  withdrawn    boolean not null default false,
  primary key (territory, call_id),
  foreign key (territory, callback_id) references telephony.callback (territory, id)
);

-- When an alert began and ended.
create table telephony.alert (
  territory  text not null,
  id         uuid not null,
  code       text not null,
  level      text,
  message    text not null,
  since      timestamptz not null,
  ended_at   timestamptz,
  primary key (territory, id)
);
create unique index alert_open on telephony.alert (territory, code, coalesce(level, '')) where ended_at is null;
