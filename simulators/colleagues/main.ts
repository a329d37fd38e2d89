import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runSimulator } from '../shared/process.ts';
import type { Person } from './client.ts';
import { startLivingRoom } from './room.ts';

await runSimulator(async () => {
  const { values } = parseArgs({
    options: {
      platform: { type: 'string' }, phone: { type: 'string' }, people: { type: 'string' }, structures: { type: 'string' }, 'calls-per-hour': { type: 'string', default: '45' },
      seed: { type: 'string', default: '86' }, haste: { type: 'string', default: '1' },
    },
  });
  const people = JSON.parse(readFileSync(values.people!, 'utf8')) as Person[];
  const room = startLivingRoom({
    platform: values.platform!, phone: values.phone ?? null, people, callsPerHour: Number(values['calls-per-hour']), seed: Number(values.seed), haste: Number(values.haste),
    ...(values.structures ? { structures: readFileSync(values.structures, 'utf8').trim() } : {}),
  });
  return { url: values.platform!, close: () => room.close() };
});
