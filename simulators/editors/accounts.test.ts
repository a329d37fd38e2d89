import { afterAll, beforeAll, expect, test } from 'vitest';
import { testCatalog } from '../testing/catalog.ts';
import { type Answer, call, type Json } from '../testing/fhir.ts';
import { type EditorSimulator, startEditorSimulator } from './server.ts';

let editor: EditorSimulator;
beforeAll(async () => {
  editor = await startEditorSimulator({ name: 'Rapide', behaviour: 'rapide', catalog: testCatalog });
});
afterAll(() => editor.close());

const person = 'urn:oid:1.2.250.1.71.4.2.1';
const technical = 'urn:oid:1.2.250.1.213.3.6';
const identifier = (system: string, value: string, code = system === person ? 'IDNPS' : 'INTRN') => ({ type: { coding: [{ system: 'http://interopsante.org/fhir/CodeSystem/fr-v2-0203', code }] }, system, value });
const regulator = (system: string, value: string, more: Json = {}): Json => ({
  resourceType: 'Practitioner',
  meta: { source: technical, profile: ['https://interop.esante.gouv.fr/ig/fhir/sas/StructureDefinition/FrPractitionerRegul'] },
  identifier: [identifier(system, value)], active: true, name: [{ family: 'Regul', given: ['Zoé'] }], telecom: [{ system: 'email', value: `${value}@samu.example` }],
  ...more,
});
const without = (body: Json, element: string): Json => Object.fromEntries(Object.entries(body).filter(([key]) => key !== element));
const send = (method: 'POST' | 'PUT', query: string, body: Json, contentType = 'application/json') =>
  call(`${editor.baseUrl}/Practitioner${query}`, { method, headers: { 'content-type': contentType, accept: 'application/fhir+json' }, body: typeof body === 'string' ? body : JSON.stringify(body) });
const post = (body: Json, contentType?: string) => send('POST', '', body, contentType);
const put = (system: string, value: string, body: Json) => send('PUT', `?identifier=${encodeURIComponent(`${system}|${value}`)}`, body);
const read = async ({ location }: Answer): Promise<Json> => (await call(location!)).body;
const refused = (answer: Answer) => {
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  expect(answer.body).toMatchObject({ resourceType: 'OperationOutcome', issue: [{ severity: 'error', diagnostics: expect.stringMatching(/\w/) }] });
};

const [national, renamed] = ['3456780581/11242343', '3456780581/99999999'];
const [uuid, another, late] = ['0c0f4b1e-7a8b-4b5e-9f5e-000000000001', '0c0f4b1e-7a8b-4b5e-9f5e-000000000002', '0c0f4b1e-7a8b-4b5e-9f5e-000000000003'];
const incomplete = ['identifier', 'name', 'telecom', 'active'] as const;

// The order is that of the official kit: each step needs the state the ones before left.
test('[AGR-15] [INT-03] E22 E23 E24 accounts are created once, by national or technical id', async () => {
  const created = await post(regulator(person, national));
  expect(created.status).toBe(201);
  expect(created.location).toMatch(new RegExp(`^${editor.baseUrl}/Practitioner/`));
  expect(await read(created)).toMatchObject({ active: true, identifier: [{ value: national }], name: [{ family: 'Regul', given: ['Zoé'] }] });
  expect((await post(regulator(technical, uuid))).status).toBe(201);
  expect((await post(regulator(technical, another), 'application/fhir+json')).status).toBe(201);
  refused(await post(regulator(technical, another)));
});

test.each(incomplete)('[AGR-15] [INT-03] E25 an account without %s is refused', async (element) => {
  refused(await post(without(regulator(technical, late), element)));
  expect(editor.accounts()).toHaveLength(3);
});

test.each([
  ['an empty family name', { name: [{ family: ' ', given: ['Zoé'] }] }],
  ['an empty e-mail', { telecom: [{ system: 'email', value: '' }] }],
  ['a phone instead of an e-mail', { telecom: [{ system: 'phone', value: '+33549000000' }] }],
  ['a national system with the internal code', { identifier: [identifier(person, '3456780581/1', 'INTRN')] }],
  ['an internal system with the national code', { identifier: [identifier(technical, late, 'IDNPS')] }],
])('[AGR-15] [INT-03] E26 %s is refused', async (_case, more) => {
  refused(await post(regulator(technical, late, more)));
});

test('[AGR-15] [INT-03] E27 E28 E29 an account is disabled, enabled, given another e-mail', async () => {
  const off = await put(person, national, regulator(person, national, { active: false }));
  expect([off.status, (await read(off)).active]).toEqual([200, false]);
  const on = await put(person, national, regulator(person, national));
  expect([on.status, (await read(on)).active]).toEqual([200, true]);
  const mail = await put(person, national, regulator(person, national, { telecom: [{ system: 'email', value: 'autre@samu.example' }] }));
  expect([mail.status, (await read(mail)).telecom[0].value]).toEqual([200, 'autre@samu.example']);
  expect(editor.accounts()).toHaveLength(3);
});

test('[AGR-15] [INT-03] E30 E31 the identifier itself changes, and an e-mail already used is no obstacle', async () => {
  const moved = await put(person, national, regulator(person, renamed));
  expect([moved.status, (await read(moved)).identifier[0].value]).toEqual([200, renamed]);
  // As the kit sends it: the systems crossed, an id nobody has, the e-mail of another account.
  const crossed = await put(person, uuid, regulator(technical, renamed, { telecom: [{ system: 'email', value: `${uuid}@samu.example` }] }));
  expect(crossed.status).toBe(201);
});

test('[AGR-15] [INT-03] E32 E33 family and given names change', async () => {
  const family = await put(person, renamed, regulator(person, renamed, { name: [{ family: 'Nouveau', given: ['Zoé'] }] }));
  const given = await put(person, renamed, regulator(person, renamed, { name: [{ family: 'Nouveau', given: ['Léa'] }] }));
  expect([family.status, given.status]).toEqual([200, 200]);
  expect((await read(given)).name).toEqual([{ family: 'Nouveau', given: ['Léa'] }]);
});

test.each(incomplete)('[AGR-15] [INT-03] E34 E35 an update without %s changes nothing and creates nothing', async (element) => {
  const before = JSON.stringify(editor.accounts());
  refused(await put(person, renamed, without(regulator(person, renamed), element)));
  refused(await put(technical, late, without(regulator(technical, late), element)));
  expect(JSON.stringify(editor.accounts())).toBe(before);
});

test('[AGR-15] [INT-03] E36 E38 an update of an unknown id creates, once', async () => {
  const first = await put(technical, late, regulator(technical, late));
  const second = await put(technical, late, regulator(technical, late));
  expect([first.status, second.status, second.location]).toEqual([201, 200, first.location]);
});

test('[AGR-15] [INT-03] E37 the id of a disabled account goes to another one; that of an active account does not', async () => {
  const disabled = await put(person, national, regulator(person, national, { active: false }));
  expect(disabled.status).toBe(201);
  const fresh = '0c0f4b1e-7a8b-4b5e-9f5e-000000000004';
  expect((await post(regulator(technical, fresh))).status).toBe(201);
  const taken = await put(technical, fresh, regulator(person, national));
  expect([taken.status, (await read(taken)).identifier[0].value]).toEqual([200, national]);
  expect(await read(disabled)).not.toHaveProperty('identifier');
  refused(await put(technical, late, regulator(person, renamed)));
});

test('[AGR-15] [INT-03] what is not an account, or names nobody, is refused', async () => {
  refused(await post('{"resourceType":'));
  refused(await post({ resourceType: 'Patient' }));
  refused(await send('POST', '', 'x', 'text/plain'));
  refused(await send('PUT', '', regulator(technical, late)));
  refused(await call(`${editor.baseUrl}/Practitioner/inconnu`));
});
