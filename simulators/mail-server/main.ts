import { parseArgs } from 'node:util';
import { runSimulator } from '../shared/process.ts';
import { startMailServer } from './server.ts';

await runSimulator(() => {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '0' }, 'smtp-port': { type: 'string', default: '0' }, state: { type: 'string' } } });
  return startMailServer({ port: Number(values.port), smtpPort: Number(values['smtp-port']), ...(values.state && { state: values.state }) });
});
