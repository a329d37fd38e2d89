import { afterEach, expect, test } from 'vitest';
import { silentLogger } from '../../foundation/log.ts';
import { buildAppointmentMessage } from './appointment.ts';
import { buildError, buildMessage } from './build.ts';
import { collect, type Exchange, memoryRoom, setUpExchange, until } from './exchange.fixture.ts';
import { openPostgresTransport } from './postgres-transport.ts';
import { facts, official, parties, PLATFORM, ROOM, sending } from './testing.ts';
import type { HubTransport } from './transport.ts';

const open: HubTransport[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((transport) => transport.close()));
});

async function setUp() {
  const exchange = await setUpExchange();
  open.push(exchange.platform);
  return exchange;
}

async function openRoom(exchange: Exchange, room = memoryRoom()) {
  const transport = await exchange.openRoom();
  open.push(transport);
  const consumption = exchange.receive(transport, room);
  return { room, transport, consumption };
}

test('[INT-05] P25 P28 R1 an appointment reaches the room, and is delivered only once its final acknowledgement is back', async () => {
  const exchange = await setUp();
  const transport = await exchange.openRoom();
  open.push(transport);
  exchange.sender.listen();
  const id = await exchange.change();
  await exchange.deliver();
  expect(await exchange.stateOf(id)).toBe('sent');
  expect(await exchange.verdict()).toBe('not-acknowledged');
  exchange.clock.advance({ minutes: 5 });
  expect(await exchange.sender.undelivered({ territory: '86', afterMinutes: 5, limit: 10 })).toMatchObject([{ outboxId: id, state: 'sent' }]);

  const room = memoryRoom();
  exchange.receive(transport, room);
  await until(async () => (await exchange.stateOf(id)) === 'acknowledged');
  expect(await exchange.verdict()).toBe('delivered');
  expect(await exchange.sender.undelivered({ afterMinutes: 0, limit: 10 })).toEqual([]);
  expect(room.appointments.get(facts.appointmentId)?.appointment).toMatchObject({ status: 'booked', regulator: { regulatorEmail: 'zoe@sas.example' } });
});

test('[INT-05] P26 R4 R5 R6 updates follow, the latest wins, the history has them all', async () => {
  const exchange = await setUp();
  const { room } = await openRoom(exchange);
  exchange.sender.listen();
  await exchange.change();
  await exchange.change({ method: 'update', start: '2026-01-13T15:00:00Z' });
  const last = await exchange.change({ method: 'update', status: 'cancelled' });
  await exchange.deliver();
  await until(async () => (await exchange.stateOf(last)) === 'acknowledged');
  expect(room.appointments.get(facts.appointmentId)?.appointment.status).toBe('cancelled');
  expect(room.history.map(({ outcome }) => outcome)).toEqual(['created', 'updated', 'updated']);
});

test('[INT-05] R3 an update of an appointment that the room does not know creates it', async () => {
  const exchange = await setUp();
  const { room } = await openRoom(exchange);
  exchange.sender.listen();
  const id = await exchange.change({ method: 'update' });
  await exchange.deliver();
  await until(async () => (await exchange.stateOf(id)) === 'acknowledged');
  expect(room.history.map(({ outcome }) => outcome)).toEqual(['created']);
});

test('[INT-05] P28 R2 a creation of what the room knows is answered 409, then sent again as an update', async () => {
  const exchange = await setUp();
  const { room } = await openRoom(exchange);
  const copy = exchange.platform.consume(['info'], async ({ body }) => {
    errors.push(body);
    throw new Error('left to the platform');
  });
  const errors: string[] = [];
  await room.store({ distributionId: 'other', senderId: PLATFORM, sentAt: Temporal.Instant.from('2026-01-13T07:00:00Z'), receivedAt: exchange.clock.now(), appointment: { appointmentId: facts.appointmentId } as never });
  const id = await exchange.change();
  await exchange.deliver();
  await until(() => errors.length > 0);
  await copy.close();
  expect(JSON.parse(errors[0]!)).toMatchObject({
    distributionKind: 'Error', senderID: ROOM,
    content: [{ jsonContent: { embeddedJsonContent: { message: { error: { errorCode: { statusCode: 409, statusString: 'CONFLICT' }, referencedDistributionID: `${PLATFORM}_${id}` } } } } }],
  });
  expect(official?.(JSON.parse(errors[0]!)) ?? []).toEqual([]);

  exchange.clock.advance({ seconds: 2 });
  exchange.sender.listen();
  await until(async () => (await exchange.stateOf(id)) === 'acknowledged');
  expect(await exchange.verdict()).toBe('not-acknowledged');
  await exchange.deliver();
  await until(async () => (await exchange.verdict()) === 'delivered');
  expect(room.history.map(({ outcome, message }) => [outcome, message.appointment.method])).toEqual([['created', undefined], ['conflict', 'create'], ['updated', 'update']]);
});

test('[INT-05] where the hub does not know 409, the refusal comes as an acknowledgement that says so, and the update takes over', async () => {
  const exchange = await setUp();
  const { room, transport } = await openRoom(exchange);
  await room.store({ distributionId: 'other', senderId: PLATFORM, sentAt: exchange.clock.now(), receivedAt: exchange.clock.now(), appointment: { appointmentId: facts.appointmentId } as never });
  const conflict = buildError(sending({ senderId: ROOM, recipientId: PLATFORM }), { error: 'CONFLICT', cause: 'exists', referenced: `${PLATFORM}_one` });
  const answers = collect(exchange.platform, ['ack']);
  const notUnderstood = buildError(
    sending({ senderId: 'fr.health.test.hub', recipientId: ROOM }),
    { error: 'UNRECOGNIZED_MESSAGE_FORMAT', cause: 'unknown code', referenced: conflict.distributionID, source: { ...conflict } },
  );
  const hub = await openPostgresTransport({ database: exchange.database, clock: exchange.clock, log: silentLogger, clientId: 'fr.health.test.hub' });
  await hub.publish(notUnderstood);
  await until(() => answers.received.length > 0);
  expect(answers.received[0]!.content[0]!.jsonContent.embeddedJsonContent.message.reference).toEqual({
    distributionID: `${PLATFORM}_one`, refused: true, errorDistributionID: conflict.distributionID, step: 'ERREUR',
  });
  await answers.close();
  await hub.close();

  const id = await exchange.change();
  await exchange.deliver();
  await until(() => room.history.length === 2);
  await transport.publish(buildMessage(sending({ senderId: ROOM, recipientId: PLATFORM }), 'Ack', { reference: { distributionID: `${PLATFORM}_${id}`, refused: true } }));
  exchange.sender.listen();
  await until(async () => (await exchange.stateOf(id)) === 'acknowledged');
  await exchange.deliver();
  await until(async () => (await exchange.verdict()) === 'delivered');
});

test('[INT-11] P28 an error of the hub is kept with its code, shown, and the message can be sent again', async () => {
  const exchange = await setUp();
  exchange.sender.listen();
  const id = await exchange.change();
  await exchange.deliver();
  await until(async () => (await exchange.verdict()) === 'error');
  const [lost] = await exchange.sender.undelivered({ afterMinutes: 0, limit: 10 });
  expect(lost).toMatchObject({ outboxId: id, state: 'error', errorCode: 501, errorText: 'UNROUTABLE_MESSAGE', distributionId: `${PLATFORM}_${id}` });

  const { room } = await openRoom(exchange);
  exchange.clock.advance({ minutes: 1 });
  await exchange.sender.resend(lost!.distributionId);
  await exchange.deliver();
  await until(async () => (await exchange.verdict()) === 'delivered');
  expect(room.appointments.size).toBe(1);
  expect(await exchange.sender.undelivered({ afterMinutes: 0, limit: 10 })).toEqual([]);
  await expect(exchange.sender.resend(lost!.distributionId)).rejects.toMatchObject({ code: 'hub-sending-not-found' });
});

test.each([[300, 'INVALID_MESSAGE'], [400, 'EXPIRED_MESSAGE_BEFORE_ROUTING']] as const)('[INT-05] P28 the error %i is stored with the message it is about', async (code, error) => {
  const exchange = await setUp();
  const transport = await exchange.openRoom();
  open.push(transport);
  exchange.sender.listen();
  const id = await exchange.change({ method: 'update' });
  await exchange.deliver();
  await transport.publish(buildError(sending({ senderId: ROOM, recipientId: PLATFORM }), { error, cause: 'why', referenced: `${PLATFORM}_${id}` }));
  await until(async () => (await exchange.verdict()) === 'error');
  expect(await exchange.sender.undelivered({ afterMinutes: 0, limit: 1 })).toMatchObject([{ errorCode: code, errorCause: 'why', distributionId: `${PLATFORM}_${id}` }]);
});

test('[INT-11] P28 a room away for more than a day: the message expires, the platform is told 500', async () => {
  const exchange = await setUp();
  const transport = await exchange.openRoom();
  await transport.close();
  exchange.sender.listen();
  await exchange.change();
  await exchange.deliver();
  exchange.clock.advance({ hours: 25 });
  await until(async () => (await exchange.verdict()) === 'error');
  expect(await exchange.sender.undelivered({ afterMinutes: 0, limit: 1 })).toMatchObject([{ errorCode: 500, errorText: 'DEAD_LETTER_QUEUED' }]);
  const { room } = await openRoom(exchange);
  await exchange.change({ appointmentId: 'later' });
  await exchange.deliver();
  await until(() => room.history.length > 0);
  expect([...room.appointments.keys()]).toEqual(['later']);
});

test('[INT-11] facts older than those already told do not travel, whatever the order of the attempts', async () => {
  const exchange = await setUp();
  const { room } = await openRoom(exchange);
  exchange.sender.listen();
  const late = await exchange.change();
  await exchange.database.owner.pool.query(`update foundation.outbox set next_attempt_at = next_attempt_at + interval '1 hour' where id = $1`, [late]);
  await exchange.change({ method: 'update', status: 'cancelled' });
  await exchange.deliver();
  exchange.clock.advance({ hours: 2 });
  await exchange.deliver();
  expect(await exchange.stateOf(late)).toBe('acknowledged');
  await until(async () => (await exchange.verdict()) === 'delivered');
  expect(room.history.map(({ outcome }) => outcome)).toEqual(['created']);
  expect(room.appointments.get(facts.appointmentId)?.appointment.status).toBe('cancelled');
});

test('[INT-11] a message sent twice by an outbox that does not know its fate is one for the room', async () => {
  const exchange = await setUp();
  const { room } = await openRoom(exchange);
  exchange.sender.listen();
  const id = await exchange.change();
  await exchange.deliver();
  await exchange.database.owner.pool.query(`update foundation.outbox set state = 'pending', next_attempt_at = created_at where id = $1`, [id]);
  await exchange.deliver();
  await until(async () => (await exchange.stateOf(id)) === 'acknowledged');
  expect(room.history).toHaveLength(1);
});

test('[INT-05] R7 an unreadable message is dropped, kept in the history, and its sender told', async () => {
  const exchange = await setUp();
  const { room } = await openRoom(exchange);
  const answers = collect(exchange.platform, ['info']);
  await exchange.database.owner.pool.query(
    `insert into interop.hub_queue (queue, body, available_at, expires_at) select $1, body, $3, $3::timestamptz + interval '1 day' from unnest($2::text[]) body`,
    [`${ROOM}.message`, [`{"distributionID":"${PLATFORM}_77", oops`, '{}'], exchange.clock.now().toString()],
  );
  await until(() => room.refused.length === 2 && answers.received.length === 1);
  expect(room.refused).toMatchObject([{ distributionId: `${PLATFORM}_77`, senderId: PLATFORM, error: 'UNRECOGNIZED_MESSAGE_FORMAT' }, { distributionId: null, senderId: null }]);
  expect(answers.received[0]!.content[0]!.jsonContent.embeddedJsonContent.message.error).toMatchObject({ errorCode: { statusCode: 102 }, referencedDistributionID: `${PLATFORM}_77` });
  const left = () => exchange.database.owner.pool.query('select 1 from interop.hub_queue where queue = $1', [`${ROOM}.message`]);
  await until(async () => (await left()).rowCount === 0);
});

test('[INT-05] R8 neither an acknowledgement nor an error is ever answered', async () => {
  const exchange = await setUp();
  const { transport } = await openRoom(exchange);
  const answers = collect(exchange.platform, ['message', 'ack', 'info']);
  await exchange.platform.publish(buildMessage(sending(), 'Ack', { reference: { distributionID: 'x' } }));
  await exchange.platform.publish(buildMessage(sending(), 'Report', { reference: { distributionID: 'x' } }));
  await exchange.platform.publish(buildError(sending(), { error: 'CONFLICT', cause: '', referenced: 'x' }));
  await exchange.platform.publish(buildAppointmentMessage(sending(), facts, parties));
  await until(() => answers.received.some(({ distributionKind }) => distributionKind === 'Ack'));
  expect(answers.received.map(({ distributionKind }) => distributionKind).sort()).toEqual(['Ack', 'Error']);
  expect(transport.connected).toBe(true);
});

test('[INT-11] R9 a room that stops at the worst moments loses none and doubles none', async () => {
  const exchange = await setUp();
  const room = memoryRoom();
  let turn = 0;
  // One time in three the process "dies" before keeping, one time in three after keeping and before answering.
  const dying = {
    ...room,
    store: async (message: Parameters<typeof room.store>[0]) => {
      const step = turn++ % 3;
      if (step === 0) throw new Error('stopped before');
      const outcome = await room.store(message);
      if (step === 1) throw new Error('stopped after');
      return outcome;
    },
  };
  exchange.sender.listen();
  const transport = await exchange.openRoom();
  open.push(transport);
  const ids: string[] = [];
  for (let n = 0; n < 20; n++) ids.push(await exchange.change({ appointmentId: `appointment-${n}` }));
  await exchange.deliver();
  const first = exchange.receive(transport, dying);
  await until(() => turn > 10);
  await first.close();
  const second = exchange.receive(transport, dying);
  await until(async () => {
    exchange.clock.advance({ seconds: 1 });
    return (await Promise.all(ids.map(exchange.stateOf))).every((state) => state === 'acknowledged');
  });
  await second.close();
  expect(room.history.map(({ message }) => message.appointment.appointmentId).sort()).toEqual(ids.map((_, n) => `appointment-${n}`).sort());
  expect(room.history.every(({ outcome }) => outcome === 'created')).toBe(true);
});
