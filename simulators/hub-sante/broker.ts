import { randomBytes } from 'node:crypto';

const LOCAL_BROKER = 'amqp://guest:guest@127.0.0.1:5672';
const PROBE_MS = 2_000;

/** The RabbitMQ of this machine when it answers, else null: tests that need one are then passed, and say so. */
export async function localBroker(): Promise<string | null> {
  try {
    const { Connection } = await import('rabbitmq-client');
    const probe = new Connection({ url: LOCAL_BROKER });
    probe.on('error', () => undefined);
    await probe.onConnect(PROBE_MS);
    await probe.close();
    return LOCAL_BROKER;
  } catch {
    process.stderr.write(`Aucun RabbitMQ sur ${LOCAL_BROKER.replace(/.*@/, '')} : les essais sur un vrai courtier sont passés (docker run -p 5672:5672 rabbitmq:4 les rend possibles).\n`);
    return null;
  }
}

/** Names of one run: several may share the broker. */
export function uniqueNames() {
  const run = randomBytes(4).toString('hex');
  return { prefix: `test-${run}.`, platform: `fr.health.test.ptfsas${run}`, room: `fr.health.test.samu${run}` };
}
