import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fixturesDir } from '../../../tests/support/fixtures.ts';
import { testCatalog, testEnd, testNow } from '../../testing/catalog.ts';
import { associationSearch, call, type Json, practitionerSearch } from '../../testing/fhir.ts';
import { departures } from '../../testing/profile.ts';
import type { Appointment } from '../appointments.ts';
import { type EditorSimulator, startEditorSimulator } from '../server.ts';
import { appointmentResource } from './appointment.ts';

/** The profiles of the national guide, by address, from its published snapshots. */
const profiles = new Map<string, Json>();

function violations(resource: Json): string[] {
  const url: string = resource.meta.profile[0];
  const profile = profiles.get(url);
  return profile ? departures(resource, profile).map((departure) => `${url} ${departure}`) : [`profile not found: ${url}`];
}

describe.skipIf(!fixturesDir)('the answers against the official profiles', () => {
  let editor: EditorSimulator;
  beforeAll(async () => {
    const folder = join(fixturesDir!, 'ig-sas');
    for (const file of readdirSync(folder).filter((name) => name.startsWith('StructureDefinition-'))) {
      const profile = JSON.parse(readFileSync(join(folder, file), 'utf8'));
      profiles.set(profile.url, profile);
    }
    editor = await startEditorSimulator({ name: 'Rapide', behaviour: 'rapide', catalog: testCatalog, now: () => Temporal.Instant.from(testNow) });
  });
  afterAll(() => editor?.close());

  const known = ['810000000011', '810000000022', '810000000066', '810000000077', '810000000110', '810000000121'];
  const flows: Record<string, () => string> = {
    INT_R01: () => `Slot?${practitionerSearch(known, testNow, testEnd)}`,
    INT_R04: () => `Slot?${practitionerSearch(known, testNow, testEnd, true)}`,
    'SOS Médecins': () => `Schedule?${associationSearch(['312345678900025'], testNow, testEnd)}`,
  };

  test.each(Object.keys(flows))('[AGR-15] [INT-02] E01 %s: the bundle and each of its resources follow their profile', async (flow) => {
    const { body } = await call(`${editor.baseUrl}/${flows[flow]!()}`);
    expect(body.entry.length).toBeGreaterThan(8);
    const resources = body.entry.map(({ resource }: Json) => resource).flatMap((resource: Json) => [resource, ...(resource.contained ?? [])]);
    expect([body, ...resources].flatMap(violations)).toEqual([]);
  });

  const appointment: Appointment = {
    id: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff', flow: 'ps', ownerId: '810000000011', ownerName: 'Ada Unlieu', placeId: 'a', placeName: 'Cabinet a',
    start: Temporal.Instant.from('2026-10-14T09:00:00+02:00'), end: Temporal.Instant.from('2026-10-14T09:20:00+02:00'), created: Temporal.Instant.from(testNow),
    status: 'booked', doctor: { nationalId: '810000000011', name: 'Ada Unlieu' }, operator: { kind: 'technical', value: '5f0a6d0e-2b7e-4c53-9a0c-0d6f5b1f0001', name: 'Zoé Durand' },
  };
  test.each([
    ['booked with a practitioner', appointment],
    ['pending at SOS Médecins', { ...appointment, flow: 'sos', status: 'pending', doctor: null } satisfies Appointment],
  ])('[AGR-15] E42 an appointment %s follows its profile', (_case, state) => {
    expect(violations(appointmentResource(state, 'https://rapide.editeur.example'))).toEqual([]);
  });

  test('[AGR-15] the check does see a departure from a profile', async () => {
    const { body } = await call(`${editor.baseUrl}/${flows.INT_R01!()}`);
    const { resource } = body.entry.find((entry: Json) => entry.resource.resourceType === 'Slot');
    delete resource.schedule;
    resource.status = 'busy';
    resource.inconnu = true;
    expect(violations(resource).map((text) => text.split(' ')[1])).toEqual(['Slot.schedule:', 'Slot.status:', 'Slot.inconnu:']);
  });
});
