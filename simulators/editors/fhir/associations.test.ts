import { afterAll, beforeAll, expect, test } from 'vitest';
import { testCatalog, testEnd, testNow } from '../../testing/catalog.ts';
import { associationSearch, call, type Json, resources } from '../../testing/fhir.ts';
import { type EditorSimulator, startEditorSimulator } from '../server.ts';

const siret = '312345678900025';
let editor: EditorSimulator;
beforeAll(async () => {
  editor = await startEditorSimulator({ name: 'Rapide', behaviour: 'rapide', catalog: testCatalog, now: () => Temporal.Instant.from(testNow) });
});
afterAll(() => editor.close());
const search = (sirets: readonly string[], from = testNow, to = testEnd) => call(`${editor.baseUrl}/Schedule?${associationSearch(sirets, from, to)}`);

test('[AGR-15] [INT-02] E17 SOS Médecins: one schedule a place, its association, slots PUBLIC or SNP only', async () => {
  const { status, body } = await search([siret]);
  expect(status).toBe(200);
  const [slots, schedules, locations, organizations] = ['Slot', 'Schedule', 'Location', 'Organization'].map((kind) => resources(body, kind)) as [Json[], Json[], Json[], Json[]];
  expect([schedules.length, locations.length, organizations.length, resources(body, 'Practitioner').length]).toEqual([2, 2, 1, 0]);
  expect(slots.length).toBeGreaterThan(20);
  expect(body.total).toBe(slots.length);
  expect(organizations[0]).toMatchObject({ name: 'SOS Médecins de la Vienne', identifier: [{ system: 'urn:oid:1.2.250.1.71.4.2.2', value: expect.stringMatching(/^3\d{14}$/) }] });
  expect(schedules.map(({ actor }) => actor)).toEqual(locations.map(({ id }) => [{ reference: `Location/${id}` }]));
  expect(locations.map(({ managingOrganization }) => managingOrganization.reference)).toEqual(Array(2).fill(`Organization/${organizations[0].id}`));
  expect(locations[0]).toMatchObject({ telecom: [{ value: '+33549000021' }], hoursOfOperation: [{ daysOfWeek: expect.arrayContaining(['mon', 'sun']), openingTime: '08:00:00', closingTime: '23:00:00' }] });
  expect(locations[1]).not.toHaveProperty('telecom');
  for (const slot of slots) {
    expect(['PUBLIC', 'SNP']).toEqual(expect.arrayContaining(slot.meta.security.map((security: Json) => security.code)));
    expect(slot).toMatchObject({ status: 'free', appointmentType: { coding: [{ code: 'ROUTINE' }] }, comment: expect.stringContaining(`/agenda?association=${siret}&`) });
    expect(schedules.map(({ id }) => `Schedule/${id}`)).toContain(slot.schedule.reference);
  }
  for (const entry of body.entry) expect(entry.search.mode).toBe(entry.resource.resourceType === 'Schedule' ? 'match' : 'include');
});

test('[AGR-15] [INT-02] E17 the window applies to the slots', async () => {
  const [from, to] = ['2026-10-15T12:00:00+02:00', '2026-10-15T18:00:00+02:00'];
  const before = resources((await search([siret], from, to)).body, 'Slot');
  expect(before.length).toBeGreaterThan(0);
  for (const { start } of before) {
    expect(Temporal.Instant.compare(from, start)).toBeLessThanOrEqual(0);
    expect(Temporal.Instant.compare(start, to)).toBeLessThanOrEqual(0);
  }
});

test('[AGR-15] [INT-02] E18 an unknown association, or none of the right system: an empty searchset', async () => {
  const { status, body } = await search(['399999999900001']);
  expect(status).toBe(200);
  expect(body).toMatchObject({ type: 'searchset', total: 0, meta: { profile: ['https://interop.esante.gouv.fr/ig/fhir/sas/StructureDefinition/sas-sos-bundle-aggregator'] } });
  expect(body).not.toHaveProperty('entry');
});

test('[AGR-15] [INT-02] a vendor without this flow says so', async () => {
  const other = await startEditorSimulator({ name: 'Lent', behaviour: { label: '', flows: ['ps'], latency: [{ share: 1, fromMs: 0, toMs: 0 }], bursts: null, negligences: {} }, catalog: testCatalog });
  try {
    expect(await call(`${other.baseUrl}/Schedule?${associationSearch([siret], testNow, testEnd)}`)).toMatchObject({ status: 404, body: { resourceType: 'OperationOutcome' } });
  } finally {
    await other.close();
  }
});
