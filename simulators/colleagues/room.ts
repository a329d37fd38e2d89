import { randomOf } from '../shared/random.ts';
import { Client, type Person, Refused } from './client.ts';
import { StructureManager } from './structures.ts';
import { answer, betweenCalls, type Desk } from './work.ts';

export interface LivingRoomOptions {
  /** Address of the software. */
  readonly platform: string;
  /** Address of the simulated phone network; null: nobody calls by himself. */
  readonly phone: string | null;
  readonly people: readonly Person[];
  /** Token of whoever answers for the structures that nobody else holds. */
  readonly structures?: string;
  readonly callsPerHour: number;
  readonly seed: number;
  /** Divides every duration of people. */
  readonly haste?: number;
}

const LOOKED_AT_EVERY_MS = 1_200;
const INBOX_EVERY_MS = 4_000;
const BETWEEN_CALLS_EVERY_MS = 8_000;
const HOUR_MS = 3_600_000;

/** Colleagues who hold posts through the public API, and callers who ring. They stop together. */
export function startLivingRoom(options: LivingRoomOptions): { close(): Promise<void> } {
  const stop = new AbortController();
  const random = randomOf(options.seed, 'living-room');
  const { haste = 1 } = options;
  const pause = (ms: number) => sleep(ms, stop.signal);
  const lives = options.people.map((person) => live(person));
  const structures = options.structures ? manage(options.structures) : Promise.resolve();
  const callers = options.phone && options.callsPerHour > 0 ? ring(options.phone) : Promise.resolve();

  async function live(person: Person): Promise<void> {
    const client = new Client(options.platform, person.token);
    const desk: Desk = {
      client, person, haste, now: Date.now,
      spend: (from, to) => pause(((from + random() * (to - from)) * 1_000) / haste),
    };
    let answered: string | null = null;
    let idleSince = Date.now();
    await pause(random() * LOOKED_AT_EVERY_MS);
    while (!stop.signal.aborted) {
      await attempt(async () => {
        const { agent, call } = await client.me();
        // The same caller may come back: from a doctor to the OSNP who had passed him on.
        if (agent?.state !== 'in-call') answered = null;
        if (!agent || agent.state === 'offline' || agent.state === 'pause') return void (await client.available(person.level));
        if (agent.state === 'in-call' && call && call.id !== answered) {
          answered = call.id;
          idleSince = Date.now();
          await answer[person.level](desk, call);
        } else if (agent.state === 'available' && Date.now() - idleSince > BETWEEN_CALLS_EVERY_MS / haste) {
          idleSince = Date.now();
          await betweenCalls[person.level](desk);
        }
      });
      await pause(LOOKED_AT_EVERY_MS);
    }
    await attempt(() => client.leave());
  }

  async function manage(token: string): Promise<void> {
    const manager = new StructureManager(new Client(options.platform, token), { random, haste });
    while (!stop.signal.aborted) {
      await attempt(() => manager.look(Date.now()));
      await pause(INBOX_EVERY_MS / haste);
    }
  }

  async function ring(phone: string): Promise<void> {
    while (!stop.signal.aborted) {
      await attempt(async () => {
        const dnis = random() < 0.6 ? '15' : random() < 0.7 ? '116117' : '112';
        await fetch(`${phone}/admin/calls`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ dnis }), signal: AbortSignal.timeout(3_000) });
      });
      await pause((-Math.log(1 - random()) * HOUR_MS) / options.callsPerHour);
    }
  }

  return {
    async close() {
      stop.abort();
      await Promise.all([...lives, structures, callers]);
    },
  };
}

/** A colleague who is refused something, or who finds the software away, goes on with the next thing. */
async function attempt(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof Refused && error.status === 401) throw error;
    if (process.env['SIMULATORS_DEBUG']) process.stderr.write(`colleague: ${(error as Error).message}\n`);
  }
}

const sleep = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
