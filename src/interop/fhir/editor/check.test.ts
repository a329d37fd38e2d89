import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { ManualClock } from '../../../foundation/clock.ts';
import { silentLogger } from '../../../foundation/log.ts';
import { checkEditor, type CheckStep } from './check.ts';
import { createFhirEditorClient } from './client.ts';
import { bundle, DOCTOR, editor, NOW, practitioner, role, schedule, slot } from './testing.ts';

const clock = new ManualClock(NOW.toString());
const client = createFhirEditorClient({ clock, log: silentLogger });
const servers: Server[] = [];
afterAll(async () => {
  await client.close();
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

interface Behaviour {
  /** What the vendor sends for a slot search that names the known doctor and whose window holds 13:00Z. */
  readonly slots?: object[];
  readonly phone?: string;
  readonly ignoresWindow?: boolean;
  readonly ignoresEncodedNames?: boolean;
  readonly addsCount?: boolean;
  readonly acceptsAnything?: boolean;
  readonly contentType?: string;
}

/** A small vendor that reads its requests for real, with faults to choose. */
async function vendor(behaviour: Behaviour = {}): Promise<string> {
  const answer = (request: IncomingMessage): [number, object] => {
    const url = new URL(request.url!, 'http://edt.example');
    if (url.pathname.endsWith('/metadata')) return [200, { resourceType: 'CapabilityStatement', fhirVersion: '4.0.1' }];
    const readable = !(behaviour.ignoresEncodedNames && url.search.includes('%3APractitioner'));
    const ids = readable ? (url.searchParams.get('schedule.actor:Practitioner.identifier') ?? '') : '';
    const bounds = url.searchParams.getAll('start');
    if (bounds.length !== 2 && !behaviour.acceptsAnything) {
      return [400, { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'required', diagnostics: 'start manque' }] }];
    }
    const [from, to] = bounds.map((bound) => Temporal.Instant.from(bound.slice(2)).epochMilliseconds);
    const start = Temporal.Instant.from('2026-01-15T13:00:00Z').epochMilliseconds;
    const inside = behaviour.ignoresWindow ? from! <= start : start >= from! && start <= to!;
    const late = slot('s9', { start: '2026-01-16T14:00:00.000+01:00', end: '2026-01-16T14:20:00.000+01:00' });
    const slots = behaviour.slots ?? [slot('s1'), ...(behaviour.ignoresWindow ? [late] : [])];
    const found = ids.includes(DOCTOR) && inside ? [...slots, schedule(), practitioner(), role(behaviour.phone ? { telecom: [{ system: 'phone', value: behaviour.phone }] } : {})] : [];
    const self = `http://${request.headers.host}${request.url}${behaviour.addsCount ? '&_count=20' : ''}`;
    return [200, bundle(found as never[], { link: [{ relation: 'self', url: self }], ...(found.length === 0 && { entry: undefined }) })];
  };
  const server = createServer((request, response) => {
    const [status, body] = answer(request);
    response.writeHead(status, { 'content-type': behaviour.contentType ?? 'application/fhir+json' }).end(JSON.stringify(body));
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`;
}

async function run(baseUrl: string, professionals = [DOCTOR]): Promise<Map<string, CheckStep>> {
  const steps = new Map<string, CheckStep>();
  const deps = { http: client.http, clock, professionals, associations: [], signal: AbortSignal.timeout(10_000) };
  for await (const step of checkEditor(editor(baseUrl), deps)) steps.set(step.id, step);
  return steps;
}
const statuses = (steps: Map<string, CheckStep>) => Object.fromEntries([...steps].map(([id, { status }]) => [id, status]));

test('[AGR-14] [INT-02] a sound vendor passes every step (http alone is warned of)', async () => {
  expect(statuses(await run(await vendor()))).toEqual({
    tls: 'warning', metadata: 'passed', 'ps-empty': 'passed', 'ps-search': 'passed', 'ps-latency': 'passed', 'ps-content-type': 'passed',
    'ps-self': 'passed', 'ps-window': 'passed', 'ps-batch': 'passed', 'ps-encoding': 'passed', 'ps-bad-request': 'passed', 'ps-conformity': 'passed',
  });
});

test('[AGR-14] each fault fails its own step', async () => {
  expect(statuses(await run(await vendor({ ignoresWindow: true })))).toMatchObject({ 'ps-window': 'failed', 'ps-encoding': 'passed' });
  expect(statuses(await run(await vendor({ ignoresEncodedNames: true })))).toMatchObject({ 'ps-window': 'passed', 'ps-encoding': 'failed' });
  expect(statuses(await run(await vendor({ addsCount: true })))).toMatchObject({ 'ps-self': 'failed', 'ps-empty': 'passed' });
  expect(statuses(await run(await vendor({ acceptsAnything: true })))['ps-bad-request']).not.toBe('passed');
  expect(statuses(await run(await vendor({ contentType: 'application/json' })))).toMatchObject({ 'ps-content-type': 'warning', 'ps-search': 'passed' });
});

test('[AGR-14] departures are grouped by rule, with the first element, its value and the remedy', async () => {
  const steps = await run(await vendor({ slots: [slot('s1'), slot('s2', { status: 'busy' }), slot('s3', { status: 'busy' })], phone: '05 49 00 00 00' }));
  expect(steps.get('ps-rule-slot-not-free')).toMatchObject({ status: 'failed', detail: expect.stringMatching(/^Bundle\.entry\[1\]\.resource\.status \(« busy »\), et 1 autre\. Ne répondre/) });
  expect(steps.get('ps-rule-phone-format')).toMatchObject({ status: 'warning', detail: expect.stringContaining('05 49 00 00 00') });
  expect(steps.has('ps-conformity')).toBe(false);
});

test('[AGR-14] a vendor that is down, or without known ids, is told so and the run ends', async () => {
  const down = await run('http://127.0.0.1:9/fhir');
  expect(statuses(down)).toEqual({ tls: 'warning', metadata: 'failed', 'ps-empty': 'failed', 'ps-search': 'failed' });
  expect(down.get('ps-search')?.detail).toContain('refuse la connexion');
  expect(statuses(await run(await vendor(), []))).toMatchObject({ 'ps-empty': 'passed', 'ps-search': 'skipped' });
});
