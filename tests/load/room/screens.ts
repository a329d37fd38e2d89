import { Agent, get } from 'node:http';
import { startSimulator } from '../../../src/app/demo/simulators.ts';
import { stopwatch, systemClock } from '../../../src/foundation/clock.ts';
import { silentLogger } from '../../../src/foundation/log.ts';
import { issueToken } from '../../../src/identity/server/tokens.ts';
import { createTelephony, type TelephonyRoom } from '../../../src/regulation/telephony/server/index.ts';
import { createTerritories } from '../../../src/territory/server/index.ts';
import { actor, type OpenDatabase, pause, print, spread, territory, timed, withPostgres } from './ground.ts';

const SCREENS = 200;
const CHANGES = 60;
const AGENTS = 60;
/** Between two changes: in a large room something changes several times a second. */
const EVERY_MS = 250;

/**
 * Two hundred screens listen to a served process, which another process of the room changes. Prints how long after the commit
 * each screen has heard of it, and how long until it has read its page again.
 */
export async function benchScreens(): Promise<void> {
  await withPostgres(async ({ open, postgres }) => {
    const { room, people, token } = await prepareRoom(open);
    const served = await startSimulator('../tests/load/room/served.ts', ['--host', postgres.socketDir, '--user', postgres.user, '--database', 'screens'], () => undefined);
    try {
      for (const page of ['/api/v1/agents/me', '/api/v1/calls', '/api/v1/board']) await measure(served.url, token, page, { room, people });
    } finally {
      await served.stop();
    }
  });
}

async function prepareRoom(open: OpenDatabase) {
  const database = await open('screens');
  const territories = createTerritories({ database, clock: systemClock, lookUpAddress: null });
  await territories.save(territory, actor('administrateur'));
  const room = createTelephony({ database, clock: systemClock, log: silentLogger, port: null, territory: '86', accounts: { actor: async () => null }, territories });
  const people = Array.from({ length: AGENTS }, (_, index) => actor('arm', index));
  for (const one of people) await room.setMyState(one, { state: 'available', level: 'N1' });
  return { room, people, token: await issueToken(database, systemClock, { role: 'superviseur', territory: '86', ttl: '1h' }) };
}

interface Scene {
  readonly room: TelephonyRoom;
  readonly people: readonly ReturnType<typeof actor>[];
}

async function measure(url: string, token: string, page: string, { room, people }: Scene): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: SCREENS });
  const read = () => fetchPage(`${url}${page}`, token, agent);
  const alone = await timed(20, read);
  const heardMs: number[] = [];
  const readMs: number[] = [];
  let change = { elapsed: stopwatch(), left: 0, over: () => undefined as void };
  const screens = await Promise.all(Array.from({ length: SCREENS }, () => openScreen(url, token, async () => {
    const { elapsed } = change;
    heardMs.push(elapsed());
    await read();
    readMs.push(elapsed());
    if (--change.left === 0) change.over();
  })));
  for (let index = 0; index < CHANGES; index++) {
    await new Promise<void>((resolve) => {
      change = { elapsed: stopwatch(), left: SCREENS, over: resolve };
      void room.setMyState(people[index % AGENTS]!, { state: index % 2 ? 'available' : 'pause' }).then(() => (change.elapsed = stopwatch()));
    });
    await pause(EVERY_MS);
  }
  for (const screen of screens) screen.close();
  agent.destroy();
  print(`${SCREENS} screens, ${page}`, `heard: ${spread(heardMs)}; read again: ${spread(readMs)} after the commit (alone, a page takes ${spread(alone)})`);
}

/** Listens as a screen does; what comes together is one change. */
function openScreen(url: string, token: string, onChange: () => Promise<void>): Promise<{ close(): void }> {
  return new Promise((resolve, reject) => {
    const request = get(`${url}/api/v1/events`, { headers: { authorization: `Bearer ${token}` }, agent: false }, (response) => {
      response.setEncoding('utf8').on('data', (text: string) => {
        if (text.includes('event: agent')) void onChange();
      });
      resolve({ close: () => request.destroy() });
    });
    request.on('error', reject);
  });
}

function fetchPage(address: string, token: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    get(address, { agent, headers: { authorization: `Bearer ${token}` } }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${address} answered ${response.statusCode}`));
      response.resume().on('end', resolve);
    }).on('error', reject);
  });
}
