import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Installation } from '../support/installation.ts';

const sas = new Installation('--no-simulators');
let token = '';

beforeAll(async () => {
  await sas.start();
  token = await sas.sas('token', 'issue', '--role', 'osnp', '--territory', '86', '--rpps', '10999900001');
}, 120_000);
afterAll(() => sas.remove(), 60_000);

const call = (path: string, init: RequestInit = {}) =>
  fetch(`${sas.url}${path}`, { ...init, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...init.headers } });

interface Found {
  results: { slots: { id: string; source: string; remaining: number }[] }[];
}

async function freeSlots(): Promise<{ id: string; remaining: number }[]> {
  // Four days reach a weekday whatever the day the test runs.
  const to = Temporal.Now.instant().add({ hours: 96 }).toString();
  const answer = (await (await call(`/api/v1/search?insee=86194&radiusKm=60&limit=200&to=${to}`)).json()) as Found;
  return answer.results.flatMap(({ slots }) => slots.filter(({ source }) => source === 'platform'));
}

const book = (slotId: string, key = randomUUID()) =>
  call('/api/v1/orientations', {
    method: 'POST', headers: { 'idempotency-key': key }, body: JSON.stringify({ slotId, lateReason: 'patient-choice' }),
  });

async function listed(): Promise<{ id: string; status: string }[]> {
  const { orientations } = (await (await call('/api/v1/orientations?limit=200')).json()) as { orientations: { id: string; status: string }[] };
  return orientations;
}

test('[RDV-02] killed with -9 during bookings, it keeps every confirmed one and doubles none', async () => {
  const slots = (await freeSlots()).slice(0, 60);
  expect(slots.length).toBeGreaterThan(20);
  const before = new Set((await listed()).map(({ id }) => id));
  const confirmed = new Map<string, string>();
  const attempts = slots.map((slot) => ({ slot, key: randomUUID() }));
  let done = 0;
  const work = attempts.map(async ({ slot, key }) => {
    const response = await book(slot.id, key).catch(() => null);
    const answer = response?.status === 201 ? ((await response.json().catch(() => null)) as { id: string } | null) : null;
    if (answer) confirmed.set(key, answer.id);
    if (++done === 15) await sas.kill();
  });
  await Promise.all(work);
  expect(confirmed.size).toBeGreaterThan(5);

  await sas.start();
  const kept = new Set((await listed()).map(({ id }) => id));
  for (const id of confirmed.values()) expect(kept).toContain(id);

  // Asked again with the same keys, nothing is booked twice.
  for (const { slot, key } of attempts) {
    const response = await book(slot.id, key);
    expect([201, 409]).toContain(response.status);
    if (confirmed.has(key)) expect(((await response.json()) as { id: string }).id).toBe(confirmed.get(key));
  }
  expect((await listed()).filter(({ id, status }) => status === 'PRIS' && !before.has(id)).length).toBeLessThanOrEqual(attempts.length);
}, 120_000);

test('[TEL-01] with the database away it says so, and goes on by itself when it is back', async () => {
  const bringBack = await sas.stopDatabase();
  const away = await call('/api/v1/orientations');
  expect(away.status).toBe(503);
  expect(await away.json()).toMatchObject({ code: 'database-unavailable', detail: expect.stringContaining("Rien n'a été enregistré") });
  expect((await fetch(`${sas.url}/healthz`)).status).toBe(200);
  expect((await fetch(`${sas.url}/readyz`)).status).toBe(503);

  await bringBack();
  await expect.poll(async () => (await fetch(`${sas.url}/readyz`)).status, { timeout: 20_000 }).toBe(200);
  const [slot] = await freeSlots();
  expect((await book(slot!.id)).status).toBe(201);
}, 90_000);

test('[SEC-03] the journal of all this holds, and a clean stop ends with nothing lost', async () => {
  const before = await listed();
  expect(await sas.stop()).toBe(0);
  expect(await sas.sas('journal', 'verify')).toMatch(/^\d+ entrées vérifiées, chaîne intacte/);
  await sas.start();
  expect(await listed()).toEqual(before);
}, 120_000);
