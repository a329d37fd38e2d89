import { ManualClock } from '../../foundation/clock.ts';
import { silentLogger } from '../../foundation/log.ts';
import { acknowledge, deliverDue, listOutbox, post } from '../../foundation/outbox.ts';
import type { AppointmentFacts } from '../../platform/orientation/server/orientations-record.ts';
import { createTestDatabase } from '../../../tests/support/database.ts';
import type { HubQueue } from './codes.ts';
import { openPostgresTransport } from './postgres-transport.ts';
import { receiveAppointments, type ReceivedAppointmentMessage, type RefusedMessage, type StoreOutcome } from './receive-appointments.ts';
import { createAppointmentSender } from './send-appointments.ts';
import type { HubMessage } from './structure.ts';
import { facts, NOW, parties, PLATFORM, ROOM } from './testing.ts';
import type { HubTransport } from './transport.ts';

const CHANNEL = 'lrm-appointment';
const ROOT = 'fr.health.test';

/** Waits until `holds`, at most ten seconds. */
export async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  for (let turn = 0; turn < 1_000; turn++) {
    if (await holds()) return;
    await new Promise((wake) => setTimeout(wake, 10));
  }
  throw new Error('waited in vain');
}

/** A regulation software that keeps in memory what it is told, as its store must. */
export function memoryRoom() {
  const appointments = new Map<string, ReceivedAppointmentMessage>();
  const history: { message: ReceivedAppointmentMessage; outcome: StoreOutcome }[] = [];
  const refused: RefusedMessage[] = [];
  return {
    appointments, history, refused,
    store: async (message: ReceivedAppointmentMessage): Promise<StoreOutcome> => {
      const { appointmentId, method } = message.appointment;
      const before = history.find((entry) => entry.message.distributionId === message.distributionId);
      if (before) return before.outcome === 'conflict' ? 'conflict' : 'repeated';
      const known = appointments.get(appointmentId);
      const outcome = !known ? 'created' : method === 'create' ? 'conflict' : 'updated';
      history.push({ message, outcome });
      const late = known && Temporal.Instant.compare(message.sentAt, known.sentAt) < 0;
      if (outcome !== 'conflict' && !late) appointments.set(appointmentId, message);
      return outcome;
    },
    keepRefused: async (one: RefusedMessage) => void refused.push(one),
  };
}

export type Room = ReturnType<typeof memoryRoom>;

/** Platform and room over `open`, which gives each its client of the hub. */
export async function setUpExchange(open?: (clientId: string) => Promise<HubTransport>, ids = { platform: PLATFORM, room: ROOM }) {
  const database = await createTestDatabase();
  const clock = new ManualClock(NOW);
  const shared = { database, clock, log: silentLogger };
  const client = open ?? ((clientId: string) => openPostgresTransport({ ...shared, clientId, pollMs: 5 }));
  const platform = await client(ids.platform);
  const outbox = database.for('foundation');
  const sender = createAppointmentSender({
    ...shared, transport: platform, channel: CHANNEL, partiesOf: async () => parties, acknowledgeOutbox: (id, at) => acknowledge(outbox, id, at),
    recipientOf: async (territory) => ({ clientId: territory === '86' ? ids.room : `${ROOT}.nobody`, zone: 'Europe/Paris' }),
  });
  return {
    database, clock, sender, platform,
    openRoom: () => client(ids.room),
    receive: (transport: HubTransport, room: Pick<Room, 'store' | 'keepRefused'>) => receiveAppointments({ ...shared, transport, zone: 'Europe/Paris', ...room }),
    /** An appointment of the platform changes; the clock moves on. Gives the outbox id. */
    async change(more: Partial<AppointmentFacts> = {}, territory = '86'): Promise<string> {
      clock.advance({ seconds: 2 });
      return database.for('orientation').transaction((tx) => post(tx, { channel: CHANNEL, recipient: territory, payload: { ...facts, ...more }, at: clock.now() }));
    },
    deliver: () => deliverDue(database, new Map([[CHANNEL, sender.deliver]]), shared),
    stateOf: async (id: string) => (await listOutbox(outbox, { limit: 100 })).find((message) => message.id === id)?.state,
    verdict: async () => (await sender.verdicts([facts.appointmentId])).get(facts.appointmentId),
  };
}

export type Exchange = Awaited<ReturnType<typeof setUpExchange>>;

/** Reads all that arrives in some queues of a client, as messages or raw texts. */
export function collect(transport: HubTransport, queues: readonly HubQueue[]) {
  const received: HubMessage[] = [];
  const consumption = transport.consume(queues, async ({ body }) => {
    received.push(JSON.parse(body) as HubMessage);
    return 'ack';
  });
  return { received, close: () => consumption.close() };
}
