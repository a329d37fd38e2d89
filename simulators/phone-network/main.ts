import { parseArgs } from 'node:util';
import { runSimulator } from '../shared/process.ts';
import { startPhoneNetwork } from './server.ts';

await runSimulator(() => {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' }, seed: { type: 'string', default: '86' }, state: { type: 'string' },
      // `start`: simulated instant; `speed`: 1 to 60; `load`: times the calls of an ordinary day.
      start: { type: 'string' }, speed: { type: 'string', default: '1' }, load: { type: 'string', default: '1' },
      'time-zone': { type: 'string', default: 'Europe/Paris' },
    },
  });
  return startPhoneNetwork({
    port: Number(values.port), seed: Number(values.seed), speed: Number(values.speed), load: Number(values.load), timeZone: values['time-zone'],
    ...(values.state && { state: values.state }), ...(values.start && { start: values.start }),
  });
});
