import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testCatalog, testEnd, testNow } from '../../testing/catalog.ts';
import { call, type Json, practitionerSearch, resources } from '../../testing/fhir.ts';
import { type EditorSimulator, startEditorSimulator } from '../server.ts';

let editor: EditorSimulator;
beforeAll(async () => {
  editor = await startEditorSimulator({ name: 'Rapide', behaviour: 'rapide', catalog: testCatalog, now: () => Temporal.Instant.from(testNow) });
});
afterAll(() => editor.close());

const search = (ids: readonly string[], from = testNow, to = testEnd, cpts = false) => call(`${editor.baseUrl}/Slot?${practitionerSearch(ids, from, to, cpts)}`);
const raw = (query: string, init?: RequestInit) => call(`${editor.baseUrl}/Slot?${query}`, init);
const starts = (bundle: Json): string[] => resources(bundle, 'Slot').map((slot) => slot.start).toSorted();
const practitioner = (id: string) => `schedule.actor:Practitioner.identifier=urn:oid:1.2.250.1.71.4.2.1|${id}`;
const includes = '_include=Slot:schedule&_include:iterate=Schedule:actor';
const outcomeOf = (answer: { body: Json }) => ({ kind: answer.body.resourceType, severity: answer.body.issue?.[0]?.severity, text: answer.body.issue?.[0]?.diagnostics });

/** Empty strings, lists or objects anywhere in an answer, by path. */
function empties(value: Json, path = ''): string[] {
  if (value === '' || value === null) return [path];
  if (typeof value !== 'object') return [];
  const children = Object.entries(value);
  return children.length === 0 ? [path] : children.flatMap(([key, child]) => empties(child, `${path}.${key}`));
}

describe('INT_R01', () => {
  test('[AGR-15] [INT-02] E01 one practitioner, one place: everything the official kit looks at', async () => {
    const { status, body, type } = await search(['810000000011']);
    expect(status).toBe(200);
    expect(type).toContain('application/fhir+json');
    const [role] = resources(body, 'PractitionerRole');
    const [schedule] = resources(body, 'Schedule');
    const [person] = resources(body, 'Practitioner');
    expect(body).toMatchObject({ resourceType: 'Bundle', type: 'searchset', total: 3, meta: { profile: ['http://sas.fr/fhir/StructureDefinition/BundleAgregateur'] } });
    expect(['Slot', 'Schedule', 'Practitioner', 'PractitionerRole'].map((kind) => resources(body, kind).length)).toEqual([3, 1, 1, 1]);
    expect(role.contained).toHaveLength(1);
    expect(person.identifier[0].value).toBe('810000000011');
    expect(person.name[0]).toEqual({ family: 'Unlieu', given: ['Ada'] });
    expect(role.practitioner.reference).toBe(`Practitioner/${person.id}`);
    expect(schedule.actor.map((actor: Json) => actor.reference)).toEqual([`Practitioner/${person.id}`, `PractitionerRole/${role.id}`]);
    expect(role.location[0].reference).toBe(`#${role.contained[0].id}`);
    expect(role.contained[0].address).toEqual({ line: ['1 rue des Essais'], city: 'Poitiers', postalCode: '86000' });
    expect(role.organization.identifier.value).toMatch(/^(1\d{9}|[34]\d{14})$/);
    expect(role.telecom).toEqual([{ system: 'phone', value: '+33549000001' }]);
    for (const slot of resources(body, 'Slot')) {
      expect(slot.start).toMatch(/^2026-10-14T\d\d:\d\d:00\.000\+02:00$/);
      expect(slot.end).toMatch(/^2026-10-14T\d\d:\d\d:00\.000\+02:00$/);
      expect(Temporal.Instant.compare(slot.start, slot.end)).toBe(-1);
      expect(slot.status).toBe('free');
      expect(slot.appointmentType.coding[0].code).toBe('ROUTINE');
      expect(slot.schedule.reference).toBe(`Schedule/${schedule.id}`);
      expect(slot.comment).toMatch(new RegExp(`^${editor.url}/agenda\\?ps=810000000011&`));
    }
    for (const entry of body.entry) {
      expect(entry.resource.meta.profile).toHaveLength(1);
      expect(entry.search.mode).toBe(entry.resource.resourceType === 'Slot' ? 'match' : 'include');
    }
  });

  test('[AGR-15] [INT-02] E02 the fast vendor answers within a second, and slots do not change between two calls', async () => {
    const answers = [await search(['810000000011']), await search(['810000000011'])];
    for (const { ms } of answers) expect(ms).toBeLessThan(1_000);
    expect(answers[0]!.body).toEqual(answers[1]!.body);
  });

  test('[AGR-15] [INT-02] E03 two places: two schedules and two roles, each slot at the right place', async () => {
    const { body } = await search(['810000000022']);
    expect(['Practitioner', 'PractitionerRole', 'Schedule'].map((kind) => resources(body, kind).length)).toEqual([1, 2, 2]);
    const placeOf = (slot: Json): string => {
      const schedule = resources(body, 'Schedule').find((candidate) => slot.schedule.reference === `Schedule/${candidate.id}`);
      const role = resources(body, 'PractitionerRole').find((candidate) => schedule.actor.some((actor: Json) => actor.reference === `PractitionerRole/${candidate.id}`));
      return role.contained[0].name;
    };
    expect(resources(body, 'Slot').map((slot) => [slot.start.slice(11, 16), placeOf(slot)])).toEqual([['09:00', 'Cabinet a'], ['15:00', 'Cabinet b']]);
    const withoutNationalId = resources(body, 'PractitionerRole').find((role) => role.contained[0].name === 'Cabinet b');
    expect(withoutNationalId.contained[0].identifier[0]).toMatchObject({ system: 'https://rapide.editeur.example', value: 'b', type: { coding: [{ code: 'INTRN' }] } });
    expect(withoutNationalId).not.toHaveProperty('organization');
  });

  test('[AGR-15] [INT-02] E04 two practitioners, each slot with the right one', async () => {
    const { body } = await search(['810000000033', '810000000044']);
    const ownerOf = (slot: Json) => resources(body, 'Schedule').find((schedule) => slot.schedule.reference === `Schedule/${schedule.id}`).actor[0].reference;
    expect(resources(body, 'Slot').map((slot) => [slot.start.slice(11, 16), ownerOf(slot)])).toEqual([['10:00', 'Practitioner/810000000033'], ['10:20', 'Practitioner/810000000044']]);
  });

  test.each([
    ['an unknown practitioner', () => search(['810000009999'])],
    ['a practitioner without a free slot', () => search(['810000000055'])],
    ['a window in the past', () => search(['810000000011'], '2024-01-01T00:00:00+01:00', '2024-01-03T00:00:00+01:00')],
  ])('[AGR-15] [INT-02] E05 %s: an empty searchset, not an error', async (_case, ask) => {
    const { status, body } = await ask();
    expect(status).toBe(200);
    expect(body).toMatchObject({ type: 'searchset', total: 0, link: [{ relation: 'self' }] });
    expect(body).not.toHaveProperty('entry');
  });

  test('[AGR-15] [INT-02] E06 known and unknown practitioners: the known ones', async () => {
    expect(resources((await search(['810000009999', '810000000033'])).body, 'Practitioner').map(({ id }) => id)).toEqual(['810000000033']);
  });

  test('[AGR-15] [INT-02] E07 25 ids are answered, 26 refused', async () => {
    const ids = Array.from({ length: 26 }, (_, index) => `8100000001${String(index).padStart(2, '0')}`);
    expect((await search(ids.slice(0, 25))).status).toBe(200);
    const refused = await search(ids);
    expect(refused.status).toBe(400);
    expect(outcomeOf(refused)).toMatchObject({ kind: 'OperationOutcome', severity: 'error', text: expect.stringContaining('26 reçus') });
  });

  test('[AGR-15] [INT-02] E08 both bounds of the window are included, the rest is not', async () => {
    const window = (from: string, to: string) => search(['810000000011'], `2026-10-14T${from}+02:00`, `2026-10-14T${to}+02:00`).then(({ body }) => starts(body).map((start) => start.slice(11, 16)));
    expect(await window('09:00:00', '09:20:00')).toEqual(['09:00', '09:20']);
    expect(await window('09:00:01', '13:59:59')).toEqual(['09:20']);
  });

  const good = `start=ge2026-10-14T08:00:00&start=le2026-10-16T23:59:59&${practitioner('810000000011')}&status=free`;
  test.each([
    ['no start', good.replaceAll(/start=[gl]e[^&]*&/g, '')],
    ['one bound only', good.replace(/start=le[^&]*&/, '')],
    ['no practitioner', good.replace(/schedule[^&]*&/, '')],
    ['busy slots', good.replace('status=free', 'status=busy')],
    ['a date that is none', good.replace('2026-10-14T08', '2026-13-45T08')],
    ['a broken encoding', `${good}&x=%E0%A4%A`],
  ])('[AGR-15] [INT-02] E09 %s: 400 with an OperationOutcome', async (_case, query) => {
    expect((await raw(good)).status).toBe(200);
    const refused = await raw(query);
    expect(refused.status).toBe(400);
    expect(outcomeOf(refused)).toMatchObject({ kind: 'OperationOutcome', severity: 'error', text: expect.stringMatching(/\w/) });
  });

  test('[AGR-15] [INT-02] E10 raw or encoded + and |, encoded names, no offset: the same slots', async () => {
    const dates = (plus: string, offset = `${plus}02:00`) => `start=ge2026-10-14T08:30:00${offset}&start=le2026-10-14T10:00:00${offset}`;
    const id = 'urn:oid:1.2.250.1.71.4.2.1';
    const answers = await Promise.all([
      raw(`${includes}&${dates('+')}&schedule.actor:Practitioner.identifier=${id}|810000000011&status=free`),
      raw(`${includes}&${dates('%2B')}&schedule.actor:Practitioner.identifier=${id}%7C810000000011&status=free`),
      raw(`_include=Slot%3Aschedule&_include%3Aiterate=Schedule%3Aactor&${dates('%20')}&schedule.actor%3APractitioner.identifier=${encodeURIComponent(`${id}|810000000011`)}&status=free`),
      raw(`${includes}&${dates('', '')}&schedule.actor:Practitioner.identifier=${id}|810000000011&status=free`),
    ]);
    for (const { status, body } of answers) {
      expect(status).toBe(200);
      expect(body.entry).toEqual(answers[0]!.body.entry);
      expect(starts(body)).toHaveLength(2);
    }
  });

  test('[AGR-15] [INT-02] E11 E12 ids and phones stored anyhow come out prefixed and normalised', async () => {
    const { body } = await search(['810000000066']);
    expect(resources(body, 'Practitioner')[0].identifier[0].value).toBe('810000000066');
    expect(resources(body, 'PractitionerRole').map((role) => [role.organization.identifier.value, role.contained[0].identifier[0].value, role.telecom[0].value])).toEqual([
      ['1860000002', '1860000002', '+33102030405'],
      ['312345678900017', '312345678900017', '+33102030405'],
    ]);
  });

  test('[AGR-15] [INT-02] E13 several types, consultations, reasons and specialties are all there', async () => {
    const [slot] = resources((await search(['810000000088'])).body, 'Slot');
    expect(slot.meta.security.map((security: Json) => security.code)).toEqual(['PUBLIC', 'PRO']);
    expect(slot.serviceType.flatMap((type: Json) => type.coding ?? []).map((coding: Json) => coding.code)).toEqual(['AMB', 'VR']);
    expect(slot.serviceType.flatMap((type: Json) => type.text ?? [])).toEqual(['Suivi', 'Renouvellement']);
    expect(slot.specialty).toEqual([{ coding: [{ system: expect.stringContaining('TRE_R38'), code: 'SM54' }] }, { text: 'Médecine du sport' }]);
  });

  test('[AGR-15] [INT-02] E14 no phone: no telecom, and nothing empty anywhere', async () => {
    const { body } = await search(['810000000077']);
    expect(resources(body, 'PractitionerRole')[0]).not.toHaveProperty('telecom');
    expect(empties(body)).toEqual([]);
  });

  test('[AGR-15] [INT-02] E15 past, busy and own patients\' slots are never shown', async () => {
    expect(starts((await search(['810000000099'], '2026-10-14T00:00:00+02:00')).body)).toEqual(['2026-10-14T09:40:00.000+02:00']);
  });
});

describe('INT_R04', () => {
  const cptsSearch = (id: string) => search([id], testNow, testEnd, true);
  const references = (slot: Json): string[] => slot.serviceType.flatMap((type: Json) => type.extension ?? []).map((extension: Json) => extension.valueReference.reference);

  test('[AGR-15] [INT-02] E16 each CPTS of a slot has its service, its organisation, its reference', async () => {
    const { body } = await cptsSearch('810000000110');
    expect(body.meta.profile).toEqual(['https://interop.esante.gouv.fr/ig/fhir/sas/StructureDefinition/sas-cpts-bundle-aggregator']);
    const [services, organizations, slots] = ['HealthcareService', 'Organization', 'Slot'].map((kind) => resources(body, kind)) as [Json[], Json[], Json[]];
    expect(services.map(({ providedBy }) => providedBy.reference)).toEqual(organizations.map(({ id }) => `Organization/${id}`));
    expect(organizations.map(({ identifier }) => identifier[0].value)).toEqual(['1860000101', '1860000102']);
    expect(organizations.map(({ name, telecom }) => [name, telecom?.[0].value])).toEqual([['CPTS du Nord Vienne', '+33549000011'], ['CPTS du Sud Vienne', undefined]]);
    expect(slots.map(references)).toEqual([['HealthcareService/1860000101', 'HealthcareService/1860000102'], ['HealthcareService/1860000101']]);
    expect(new Set(slots.flatMap((slot) => slot.meta.security.map((security: Json) => security.code)))).toEqual(new Set(['CPTS']));
    const typed = slots[0].serviceType.filter((type: Json) => type.extension);
    expect(typed.map((type: Json) => type.coding[0])).toEqual(Array(2).fill({ system: 'https://mos.esante.gouv.fr/NOS/TRE_R66-CategorieEtablissement/FHIR/TRE-R66-CategorieEtablissement', code: '604' }));
  });

  test('[AGR-15] [INT-02] E16 a slot without the CPTS type says nothing of a CPTS, and INT_R01 never does', async () => {
    const { body } = await cptsSearch('810000000121');
    expect(resources(body, 'Slot').map((slot) => references(slot).length)).toEqual([1, 0]);
    const plain = (await search(['810000000121'])).body;
    expect(resources(plain, 'Slot').map((slot) => references(slot).length)).toEqual([0, 0]);
    expect(resources(plain, 'HealthcareService')).toEqual([]);
  });
});

describe('the server', () => {
  test('[AGR-15] [INT-02] E19 its capabilities are those of FHIR 4.0.1', async () => {
    const { status, body } = await call(`${editor.baseUrl}/metadata`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ resourceType: 'CapabilityStatement', fhirVersion: '4.0.1' });
    expect(body.rest[0].resource.map(({ type }: Json) => type)).toEqual(['Slot', 'Schedule', 'Practitioner']);
  });

  test.each(['application/json', 'application/fhir+json', 'application/json+fhir', 'application/json+fhir, application/fhir+json;q=0.9', '*/*'])('[AGR-15] [INT-02] E20 Accept: %s', async (accept) => {
    const { status, type } = await raw(`${practitionerSearch(['810000000011'], testNow, testEnd)}`, { headers: { accept } });
    expect([status, type]).toEqual([200, 'application/fhir+json; charset=utf-8']);
  });

  test('[AGR-15] [INT-02] E20 anything but JSON is not acceptable', async () => {
    expect(await raw('status=free', { headers: { accept: 'application/fhir+xml' } })).toMatchObject({ status: 406, body: { resourceType: 'OperationOutcome' } });
  });

  test('[AGR-15] [INT-02] E21 the self link is the request, character for character', async () => {
    const query = `${includes}&start=ge2026-10-14T08:00:00+02:00&start=le2026-10-16T23:59:59%2B02:00&${practitioner('810000000011')}&status=free`;
    const { body } = await raw(query);
    // The client may encode `|`; what the server received is what it repeats.
    expect(body.link).toEqual([{ relation: 'self', url: `${editor.url}${editor.requests.at(-1)!.url}` }]);
    expect(body.link[0].url).toContain('08:00:00+02:00');
    expect(body.link[0].url).toContain('23:59:59%2B02:00');
    expect(body.link[0].url).not.toContain('_count');
  });

  test('[AGR-15] an unknown address is an OperationOutcome', async () => {
    expect(await call(`${editor.baseUrl}/Patient`)).toMatchObject({ status: 404, body: { resourceType: 'OperationOutcome' } });
  });
});
