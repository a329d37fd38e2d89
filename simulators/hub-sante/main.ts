import { parseArgs } from 'node:util';
import { runSimulator } from '../shared/process.ts';
import { startHubDispatcher } from './dispatcher.ts';
import { loadHubSchemas } from './schemas.ts';

const { values } = parseArgs({
  options: {
    amqp: { type: 'string', default: 'amqp://guest:guest@127.0.0.1:5672' },
    client: { type: 'string', multiple: true, default: ['fr.health.ptfsas', 'fr.health.samu860'] },
    prefix: { type: 'string', default: '' },
    ttl: { type: 'string', default: '86400' },
    schemas: { type: 'string' },
  },
});

await runSimulator(async () => {
  const hub = await startHubDispatcher({
    url: values.amqp, clients: values.client, prefix: values.prefix, ttlMs: Number(values.ttl) * 1_000,
    validate: values.schemas ? await loadHubSchemas(values.schemas) : undefined,
    acceptedRoots: ['appointment', 'reference', 'error'],
  });
  return { url: values.amqp, close: () => hub.close() };
});
