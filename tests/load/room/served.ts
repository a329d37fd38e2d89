import { parseArgs } from 'node:util';
import { readEnvironment } from '../../../src/app/config.ts';
import { startServer } from '../../../src/app/server/start.ts';
import { systemClock } from '../../../src/foundation/clock.ts';
import { openDatabase } from '../../../src/foundation/db/database.ts';
import { silentLogger } from '../../../src/foundation/log.ts';

// The server of a room, as an installation runs it, in a process of its own; it ends when whoever started it is gone.
const { values } = parseArgs({ options: { host: { type: 'string' }, user: { type: 'string' }, database: { type: 'string' } } });
const database = openDatabase(values);
const server = await startServer({
  database, clock: systemClock, log: silentLogger, publicUrl: 'http://localhost', demonstration: false,
  environment: readEnvironment({ PORT: '0', HOST: '127.0.0.1', SAS_ROLE: 'regulation', SAS_TERRITORY: '86' }),
  signIn: { issuer: 'http://localhost:1', clientId: 'bench', clientSecret: 'bench' },
});
process.stdin.resume().on('end', () => process.exit());
process.on('SIGTERM', () => process.exit());
console.log(JSON.stringify({ ready: true, url: server.url }));
