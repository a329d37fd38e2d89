import { afterEach, describe, expect, test } from 'vitest';
import { testCatalog, testEnd, testNow } from '../testing/catalog.ts';
import { call, type Json, practitionerSearch, resources } from '../testing/fhir.ts';
import { type Behaviour, behaviours } from './behaviours.ts';
import type { CatalogInput } from './catalog.ts';
import { type FaultKind, faultAt, latencyOf } from './faults.ts';
import { type EditorSimulator, startEditorSimulator } from './server.ts';

const instantly: Behaviour = { label: '', flows: ['ps'], latency: [{ share: 1, fromMs: 0, toMs: 0 }], bursts: null, negligences: {} };
let editor: EditorSimulator;
afterEach(() => editor?.close());
const start = async (behaviour: Behaviour, catalog: CatalogInput = testCatalog, now = () => Temporal.Instant.from(testNow)) => {
  editor = await startEditorSimulator({ name: 'Essai', behaviour, catalog, now, seed: 7 });
};
const search = (ids = ['810000000011']) => call(`${editor.baseUrl}/Slot?${practitionerSearch(ids, testNow, testEnd)}`);

describe('failures', () => {
  const symptoms: Record<Exclude<FaultKind, 'silence' | 'redirect-loop'>, () => Promise<void>> = {
    'http-500': async () => expect((await search()).status).toBe(500),
    reset: async () => void (await expect(search()).rejects.toThrow('fetch failed')),
    html: async () => expect(await search()).toMatchObject({ status: 200, body: expect.stringContaining('<h1>') }),
    'half-json': async () => void (await expect(search()).rejects.toThrow(/JSON/)),
    huge: async () => {
      const response = await fetch(`${editor.baseUrl}/Slot`);
      let size = 0;
      for await (const chunk of response.body!) size += chunk.length;
      expect(size).toBeGreaterThan(50_000_000);
    },
  };

  test.each(Object.keys(symptoms) as (keyof typeof symptoms)[])('[AGR-15] %s, then all is well again', async (fault) => {
    await start(instantly);
    editor.setFault(fault);
    await symptoms[fault]();
    editor.setFault('none');
    expect((await search()).body.total).toBe(3);
  });

  test('[AGR-15] a redirect that leads to itself, and a server that never answers', async () => {
    await start(instantly);
    editor.setFault('redirect-loop');
    await expect(search()).rejects.toThrow('fetch failed');
    editor.setFault('silence');
    await expect(fetch(`${editor.baseUrl}/Slot`, { signal: AbortSignal.timeout(150) })).rejects.toThrow(/timeout/);
  });

  test('[AGR-15] a failure is ordered from the vendor\'s page, an unknown one refused', async () => {
    await start(instantly);
    const order = (fault: string) => fetch(`${editor.url}/admin/panne`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ fault }) });
    expect((await order('http-500')).status).toBe(200);
    expect((await search()).status).toBe(500);
    expect((await order('incendie')).status).toBe(400);
    await order('auto');
    expect((await search()).status).toBe(200);
  });

  test('[AGR-15] bursts come by the clock: their share, their kinds, the same for the same seed', () => {
    const { instable } = behaviours;
    const from = Temporal.Instant.from(testNow);
    const hours = Array.from({ length: 4 * 3_600 }, (_, second) => faultAt(instable, 7, from.add({ seconds: second })));
    const failing = hours.filter((fault) => fault !== null);
    expect(failing.length / hours.length).toBeCloseTo(instable.bursts.lastsS / instable.bursts.everyS, 2);
    expect(new Set(failing)).toEqual(new Set(instable.bursts.faults));
    expect(Array.from({ length: 4 * 3_600 }, (_, second) => faultAt(instable, 7, from.add({ seconds: second })))).toEqual(hours);
    expect(faultAt(behaviours.rapide, 7, from)).toBeNull();
  });

  test('[AGR-15] the server follows its bursts', async () => {
    let now = Temporal.Instant.from(testNow);
    const behaviour: Behaviour = { ...instantly, bursts: behaviours.instable.bursts };
    await start(behaviour, testCatalog, () => now);
    while (faultAt(behaviour, 7, now) !== 'http-500') now = now.add({ seconds: 30 });
    expect((await search()).status).toBe(500);
    while (faultAt(behaviour, 7, now)) now = now.add({ seconds: 30 });
    expect((await search()).status).toBe(200);
  });
});

test('[AGR-15] latencies: fast under 60 ms, slow from 300 ms with some beyond the 7 s of the deadline', () => {
  const sample = (behaviour: Behaviour) => Array.from({ length: 2_000 }, (_, n) => latencyOf(behaviour, 7, n)).toSorted((a, b) => a - b);
  expect(sample(behaviours.rapide).at(-1)).toBeLessThanOrEqual(60);
  const slow = sample(behaviours.lent);
  expect(slow[0]).toBeGreaterThanOrEqual(300);
  const late = slow.filter((ms) => ms > 7_000).length / slow.length;
  expect(late).toBeGreaterThan(0.05);
  expect(late).toBeLessThan(0.12);
  expect(slow.filter((ms) => ms > 6_500 && ms <= 7_000)).toEqual([]);
});

describe('negligence', () => {
  const asked = ['810000000011', '810000000022'];
  const always = (name: keyof Behaviour['negligences']): Behaviour => ({ ...instantly, negligences: { [name]: 1 } });
  const first = (body: Json, kind: string) => resources(body, kind)[0];

  const signs: Record<keyof Behaviour['negligences'], (body: Json) => unknown> = {
    'unprefixed-person': (body) => expect(first(body, 'Practitioner').identifier[0].value).toBe('10000000011'),
    'unprefixed-structure': (body) => expect(first(body, 'PractitionerRole').organization.identifier.value).toBe('860000001'),
    'phone-format': (body) => expect(first(body, 'PractitionerRole').telecom[0].value).toBe('05 49 00 00 01'),
    'text-specialty': (body) => expect(first(body, 'Slot').specialty).toEqual([{ text: 'Médecine générale' }]),
    'empty-element': (body) => expect(first(body, 'Practitioner').telecom[0].value).toBe(''),
    'no-comment': (body) => expect(first(body, 'Slot')).not.toHaveProperty('comment'),
    'absolute-reference': (body) => expect(first(body, 'Slot').schedule.reference).toMatch(/^http/),
    'unasked-practitioner': (body) => expect(resources(body, 'Practitioner').map(({ id }) => id)).toContain('810000000033'),
    'busy-slot': (body) => expect(first(body, 'Slot').status).toBe('busy'),
    'wrong-profile': (body) => expect(first(body, 'Slot').meta.profile).toEqual(['http://hl7.org/fhir/StructureDefinition/Slot']),
    'end-before-start': (body) => expect(Temporal.Instant.compare(first(body, 'Slot').start, first(body, 'Slot').end)).toBe(1),
    'wrong-total': (body) => expect(body.total).toBeGreaterThan(resources(body, 'Slot').length),
  };

  test.each(Object.keys(signs) as (keyof typeof signs)[])('[AGR-15] %s shows when asked for, never with a conformant vendor', async (name) => {
    await start(always(name));
    signs[name]((await search(asked)).body);
    await editor.close();
    await start(instantly);
    const { body } = await search(asked);
    expect(() => signs[name](body)).toThrow();
  });

  test('[AGR-15] the negligent vendor makes each of these errors, and still gives usable slots', async () => {
    const practitioners = Array.from({ length: 25 }, (_, index) => ({ ...testCatalog.practitioners[0]!, nationalId: `8100000010${String(index).padStart(2, '0')}` }));
    await start({ ...behaviours.negligent, latency: instantly.latency }, { practitioners, associations: [] });
    expect(Object.keys(behaviours.negligent.negligences).toSorted()).toEqual(Object.keys(signs).toSorted());
    const { body } = await search(practitioners.map(({ nationalId }) => nationalId));
    const slots = resources(body, 'Slot');
    const usable = slots.filter(({ status, comment, schedule, meta, start, end }) => status === 'free' && comment && schedule.reference.startsWith('Schedule/') && meta.profile[0].endsWith('FrSlotAgregateur') && start < end);
    expect(slots).toHaveLength(75);
    expect(usable.length).toBeGreaterThan(20);
    expect(usable.length).toBeLessThan(60);
  });
});
