import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { freePort } from '../../app/demo/simulators.ts';
import { createPhoneNetworkPort, LinkLost, phoneNetworkClock } from './phone-network.ts';
import { type PhoneBench, portContract } from './testing.ts';

const PROGRAM = fileURLToPath(new URL('../../../simulators/phone-network/main.ts', import.meta.url));

/** The simulator as its own process, at speed 20 so that nobody waits for phones to ring. */
async function openBench(): Promise<PhoneBench & { url: string; kill(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'phone-network-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess;
  const start = async () => {
    const args = ['--port', String(port), '--load', '0', '--speed', '20', '--start', '2026-01-13T08:00:00Z', '--state', join(folder, 'state.jsonl')];
    child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
    await once(createInterface(child.stdout!), 'line');
  };
  const kill = async () => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  const post = async (path: string, body: unknown): Promise<Record<string, string>> => {
    const response = await fetch(`${url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    expect(response.status).toBe(200);
    return (await response.json()) as Record<string, string>;
  };
  await start();
  return {
    url, kill, port: createPhoneNetworkPort(url),
    call: async (dnis) => (await post('/admin/calls', { dnis, patienceMs: 3_600_000 })).callId!,
    callerHangsUp: async (callId) => void (await post(`/admin/calls/${callId}/hang-up`, {})),
    setPhone: async (agent, phone) => void (await post(`/admin/agents/${agent}`, { phone })),
    async restart() {
      await kill();
      await start();
    },
    async close() {
      if (child.exitCode === null && child.signalCode === null) await kill();
      rmSync(folder, { recursive: true });
    },
  };
}

portContract('simulator of the phone network', openBench);

test('[TEL-26] a phone system that dies is seen at once, and again when it is asked anything', async () => {
  const bench = await openBench();
  const reading = (async () => {
    for await (const event of bench.port.events(0, new AbortController().signal)) expect(event).toBeDefined();
  })();
  const verdict = expect(reading).rejects.toThrow(LinkLost);
  await bench.call('15');
  await bench.kill();
  await verdict;
  await expect(bench.port.snapshot()).rejects.toThrow(LinkLost);
  await bench.close();
});

test('[TEL-26] the room can live by the accelerated clock of the phone system', async () => {
  const bench = await openBench();
  const clock = await phoneNetworkClock(bench.url);
  const before = clock.now();
  await new Promise((resolve) => setTimeout(resolve, 100));
  const passed = clock.now().epochMilliseconds - before.epochMilliseconds;
  expect(passed).toBeGreaterThanOrEqual(1_900);
  expect(Math.abs(clock.now().epochMilliseconds - Temporal.Instant.from((await bench.port.snapshot()).at).epochMilliseconds)).toBeLessThan(3_000);
  await bench.close();
});
