import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Connection } from 'rabbitmq-client';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { silentLogger } from '../../src/foundation/log.ts';
import { openAmqpTransport } from '../../src/interop/hub-sante/amqp-transport.ts';
import { buildAppointmentMessage } from '../../src/interop/hub-sante/appointment.ts';
import { buildAcknowledgement, buildError } from '../../src/interop/hub-sante/build.ts';
import type { HubQueue } from '../../src/interop/hub-sante/codes.ts';
import { collect, memoryRoom, setUpExchange, until } from '../../src/interop/hub-sante/exchange.fixture.ts';
import type { HubMessage } from '../../src/interop/hub-sante/structure.ts';
import { facts, parties } from '../../src/interop/hub-sante/testing.ts';
import type { HubTransport } from '../../src/interop/hub-sante/transport.ts';
import { fixturesDir } from '../../tests/support/fixtures.ts';
import { localBroker, uniqueNames } from './broker.ts';
import type { HubDispatcher } from './dispatcher.ts';
import { loadHubSchemas } from './schemas.ts';

const broker = await localBroker();
const TTL_MS = 3_000;

describe.skipIf(!broker)('the hub on a real broker', () => {
  const names = uniqueNames();
  let hub: HubDispatcher;
  let raw: Connection;

  beforeAll(async () => {
    const { startHubDispatcher } = await import('./dispatcher.ts');
    const { Connection: Broker } = await import('rabbitmq-client');
    const validate = fixturesDir ? await loadHubSchemas(join(fixturesDir, 'hub-sante/schemas')) : undefined;
    hub = await startHubDispatcher({ url: broker!, prefix: names.prefix, clients: [names.platform, names.room], ttlMs: TTL_MS, validate, acceptedRoots: ['appointment', 'reference', 'error'] });
    raw = new Broker({ url: broker! });
  });
  afterAll(async () => {
    await raw?.close();
    await hub?.remove();
  });

  const open = (clientId: string): Promise<HubTransport> => openAmqpTransport({ url: broker!, clientId, exchange: hub.exchange, log: silentLogger });
  /** The broker's hub has the real clock: a message dated otherwise would be out of date. */
  async function setUp() {
    const exchange = await setUpExchange(open, names);
    exchange.clock.set(Temporal.Now.instant().toString());
    return exchange;
  }
  const sendingNow = () => ({ senderId: names.platform, recipientId: names.room, uniqueId: randomUUID(), at: Temporal.Now.instant(), zone: 'Europe/Paris' });
  const message = (more: Partial<HubMessage> = {}): HubMessage => ({ ...buildAppointmentMessage(sendingNow(), facts, parties), ...more });
  const send = (body: HubMessage | string, more: object = {}) => {
    const publisher = raw.createPublisher({ confirm: true });
    const envelope = { exchange: hub.exchange, routingKey: names.platform, contentType: 'application/json', durable: true, ...more };
    return publisher.send(envelope, Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))).finally(() => publisher.close());
  };
  const next = async (client: string, queue: HubQueue) => {
    let found: { body: unknown; durable?: boolean; contentType?: string } | undefined;
    await until(async () => (found = await raw.basicGet({ queue: `${client}.${queue}`, noAck: true })) !== undefined);
    return found!;
  };

  test('[INT-06] P25 a message is delivered persistent, as JSON, in the queue of its kind', async () => {
    const platform = await open(names.platform);
    const sent = [message(), buildAcknowledgement(sendingNow(), { distributionID: 'x' }), buildError(sendingNow(), { error: 'CONFLICT', cause: '', referenced: 'x' })];
    for (const one of sent) await platform.publish(one);
    for (const [index, queue] of (['message', 'ack', 'info'] as const).entries()) {
      expect(await next(names.room, queue)).toMatchObject({ durable: true, contentType: 'application/json', body: sent[index] });
    }
    await platform.close();
  });

  test.each([
    ['101, another content type', 101, () => send(message(), { contentType: 'application/json; charset=utf-8' })],
    ['300, a schema broken', 300, () => send(message({ distributionStatus: 'System' as 'Actual' }))],
    ['300, no JSON', 300, () => send(`{"distributionID":"${names.platform}_1" oops`)],
    ['501, a content of another perimeter', 501, () => send(withContent({ resourcesStatus: { caseId: 'fr.health.samu860.x', resourceId: 'fr.health.samu860.resource.a', state: { datetime: '2026-01-13T09:00:00+01:00', status: 'DECISION' } } }))],
    ['200, the key of another', 200, () => send(message(), { routingKey: 'fr.health.other' })],
    ['100, not persistent', 100, () => send(message(), { durable: false })],
    ['300, the id of another', 300, () => send(withId('fr.health.other_1'))],
    ['400, out of date', 400, () => send(message({ dateTimeExpires: '2026-01-01T00:00:00+01:00' }))],
    ['501, no recipient', 501, () => send(buildAppointmentMessage({ ...sendingNow(), recipientId: 'fr.health.test.nobody' }, facts, parties))],
    ['500, nobody reads it in time', 500, () => send(message({ dateTimeExpires: Temporal.Now.instant().add({ seconds: 2 }).toString({ smallestUnit: 'second' }).replace('Z', '+00:00') }))],
  ])('[INT-06] the sender is told the error %s', async (_, code, act) => {
    await act();
    const { body } = await next(names.platform, 'info');
    expect(body).toMatchObject({ senderID: 'fr.health.hub', distributionKind: 'Error', content: [{ jsonContent: { embeddedJsonContent: { message: { error: { errorCode: { statusCode: code } } } } } }] });
  });

  function withId(distributionID: string): HubMessage {
    const changed = structuredClone(message({ distributionID }));
    changed.content[0]!.jsonContent.embeddedJsonContent.message.messageId = distributionID;
    return changed;
  }
  function withContent(content: Record<string, unknown>): HubMessage {
    const changed = structuredClone(message());
    const inside = changed.content[0]!.jsonContent.embeddedJsonContent.message;
    delete inside.appointment;
    Object.assign(inside, content);
    return changed;
  }

  test('[INT-05] P25 P28 R1 R2 R3 the whole exchange between platform and room', async () => {
    const exchange = await setUp();
    const transport = await exchange.openRoom();
    const room = memoryRoom();
    exchange.receive(transport, room);
    exchange.sender.listen();
    const created = await exchange.change();
    const updated = await exchange.change({ method: 'update', status: 'cancelled' });
    const unknown = await exchange.change({ appointmentId: 'unknown', method: 'update' });
    await exchange.deliver();
    for (const id of [created, updated, unknown]) await until(async () => (await exchange.stateOf(id)) === 'acknowledged');
    const again = await exchange.change({ method: 'create', status: 'booked' });
    await exchange.deliver();
    await until(async () => (await exchange.stateOf(again)) === 'acknowledged');
    exchange.clock.advance({ seconds: 2 });
    await exchange.deliver();
    await until(async () => (await exchange.verdict()) === 'delivered');
    expect(room.history.map(({ outcome }) => outcome)).toEqual(['created', 'updated', 'created', 'conflict', 'updated']);
    await Promise.all([transport.close(), exchange.platform.close()]);
  });

  test('[INT-05] R7 what cannot be read is refused for good, and its sender told', async () => {
    const exchange = await setUp();
    const transport = await exchange.openRoom();
    const room = memoryRoom();
    exchange.receive(transport, room);
    const answers = collect(exchange.platform, ['info']);
    const publisher = raw.createPublisher({ confirm: true });
    await publisher.send({ routingKey: `${names.room}.message`, contentType: 'application/json', durable: true }, Buffer.from(`{"distributionID":"${names.platform}_9", oops`));
    await publisher.close();
    await until(() => answers.received.length === 1);
    expect(room.refused).toMatchObject([{ error: 'UNRECOGNIZED_MESSAGE_FORMAT', senderId: names.platform }]);
    await Promise.all([transport.close(), exchange.platform.close()]);
    const { messageCount } = await raw.queueDeclare({ queue: `${names.room}.message`, passive: true });
    expect(messageCount).toBe(0);
  });

  test('[INT-11] R9 messages pending when the room stops are treated once when it is back', async () => {
    const exchange = await setUp();
    exchange.sender.listen();
    const ids: string[] = [];
    for (let n = 0; n < 10; n++) ids.push(await exchange.change({ appointmentId: `appointment-${n}` }));
    await exchange.deliver();
    const room = memoryRoom();
    const first = await exchange.openRoom();
    let kept = 0;
    const dying = exchange.receive(first, {
      ...room,
      store: async (one) => {
        const outcome = await room.store(one);
        if (++kept === 3) throw new Error('stopped after keeping, before answering');
        return outcome;
      },
    });
    await until(() => kept >= 3);
    await dying.close();
    await first.close();
    const second = await exchange.openRoom();
    exchange.receive(second, room);
    for (const id of ids) await until(async () => (await exchange.stateOf(id)) === 'acknowledged');
    expect(room.history.map(({ message: one }) => one.appointment.appointmentId).sort()).toEqual(ids.map((_, n) => `appointment-${n}`).sort());
    await Promise.all([second.close(), exchange.platform.close()]);
  });

  test('[INT-11] a client opened before the hub has its queues waits for them, and creates none', async () => {
    const { startHubDispatcher } = await import('./dispatcher.ts');
    const later = uniqueNames();
    const early = await openAmqpTransport({ url: broker!, clientId: later.room, exchange: `${later.prefix}hubsante`, log: silentLogger });
    const received = collect(early, ['ack']);
    await expect(early.publish(message())).rejects.toThrow('NOT_FOUND');
    const late = await startHubDispatcher({ url: broker!, prefix: later.prefix, clients: [later.room] });
    onTestFinished(() => late.remove());
    const own = { ...sendingNow(), senderId: later.room, recipientId: later.room };
    await early.publish(buildAcknowledgement(own, { distributionID: 'x' }));
    await until(() => received.received.length === 1);
    await early.close();
  });
});
