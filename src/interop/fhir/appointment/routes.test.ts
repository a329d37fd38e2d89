import { describe, expect, test } from 'vitest';
import { fixturesDir } from '../../../../tests/support/fixtures.ts';
import { AppError, forbidden, ruleBroken } from '../../../foundation/errors.ts';
import { createLogger } from '../../../foundation/log.ts';
import { appointmentBody, bearer, fhirServer, officialAppointment, operator, practitionerParticipant, unknownDoctor, vendorActor } from './testing.ts';

const KEY = 'https://edt.example|b6e39355-8a61-4556-b340-36f7b95fec6a';
const URL_KEY = encodeURIComponent(KEY);
type Server = ReturnType<typeof fhirServer>;

const post = (server: Server, body: unknown, headers: Record<string, string> = bearer) =>
  server.inject({ method: 'POST', url: '/fhir/Appointment', headers, payload: typeof body === 'string' ? body : JSON.stringify(body) });
const put = (server: Server, query: string, body: unknown) =>
  server.inject({ method: 'PUT', url: `/fhir/Appointment${query}`, headers: bearer, payload: JSON.stringify(body) });
/** Status, then the issues' codes and paths: everything refused must be an OperationOutcome in FHIR JSON. */
const refusal = (response: Awaited<ReturnType<typeof post>>) => {
  expect(response.headers['content-type']).toBe('application/fhir+json');
  const outcome = response.json();
  expect(outcome.resourceType).toBe('OperationOutcome');
  for (const issue of outcome.issue) expect(issue.details.text).not.toBe('');
  return [response.statusCode, outcome.issue.map((issue: { code: string; expression?: string[] }) => `${issue.code} ${issue.expression?.[0] ?? ''}`.trim())];
};

describe('[INT-04] P20: a valid appointment', () => {
  test('is created, located, kept', async () => {
    const server = fhirServer();
    const response = await post(server, appointmentBody());
    expect(response.statusCode).toBe(201);
    expect(response.headers.location).toBe('https://sas.example/fhir/Appointment/orientation-1');
    expect(response.headers['content-type']).toBe('application/fhir+json');
    expect(response.json()).toMatchObject({ resourceType: 'Appointment', id: 'orientation-1', status: 'booked' });
    expect(server.store.received).toEqual([
      {
        method: 'create', actor: vendorActor,
        appointment: {
          key: KEY, status: 'booked', start: Temporal.Instant.from('2026-01-15T13:00:00Z'), end: Temporal.Instant.from('2026-01-15T13:20:00Z'),
          created: Temporal.Instant.from('2026-01-15T08:58:00Z'), operator: { kind: 'national', value: '3990000001/TEST01' }, practitionerId: '810000000017',
        },
      },
    ]);
  });

  test.skipIf(!fixturesDir).each(['1', '2', '12345678'] as const)('the official appointment %s is taken', async (id) => {
    const server = fhirServer();
    const official = officialAppointment(fixturesDir!, id);
    expect((await post(server, official)).statusCode).toBe(201);
    const { appointment } = server.store.received[0]!;
    expect(appointment.status).toBe(official.status);
    expect(appointment.practitionerId).toBe(id === '12345678' ? null : '810100050075');
  });

  test('SOS Médecins without a known doctor, an ADELI professional, a technical operator, the other code system', async () => {
    const uuid = '11111111-2222-4333-8444-555555555555';
    const technical = operator({ type: { coding: [{ system: 'https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-0203', code: 'INTRN' }] }, system: 'urn:oid:1.2.250.1.213.3.6', value: uuid });
    const server = fhirServer();
    await post(server, appointmentBody({ status: 'pending', participant: [unknownDoctor] }));
    await put(server, `?identifier=${URL_KEY}`, appointmentBody({ participant: [practitionerParticipant('0861234567')], extension: [technical] }));
    expect(server.store.received.map(({ appointment }) => [appointment.practitionerId, appointment.operator])).toEqual([
      [null, { kind: 'national', value: '3990000001/TEST01' }],
      ['0861234567', { kind: 'technical', value: uuid }],
    ]);
  });

  test.each(['application/json', 'application/fhir+json; charset=utf-8', 'application/json+fhir'])('[INT-04] sent as %s', async (type) => {
    expect((await post(fhirServer(), appointmentBody(), { ...bearer, 'content-type': type })).statusCode).toBe(201);
  });

  test('sent twice the same: 200 on the existing one; sent again with another content: 422', async () => {
    const server = fhirServer();
    await post(server, appointmentBody());
    const again = await post(server, appointmentBody());
    expect([again.statusCode, again.headers.location]).toEqual([200, 'https://sas.example/fhir/Appointment/orientation-1']);
    expect(refusal(await post(server, appointmentBody({ status: 'cancelled' })))).toEqual([422, ['duplicate']]);
  });
});

describe('[INT-04] P21: the conditional update', () => {
  test('known: 200 with its place; unknown: created, 201', async () => {
    const server = fhirServer();
    expect((await put(server, `?identifier=${URL_KEY}`, appointmentBody())).statusCode).toBe(201);
    const known = await put(server, `?identifier=${URL_KEY}`, appointmentBody({ status: 'fulfilled' }));
    expect([known.statusCode, known.headers.location]).toEqual([200, 'https://sas.example/fhir/Appointment/orientation-1']);
    expect(server.store.received.map(({ method, appointment }) => [method, appointment.status])).toEqual([['update', 'booked'], ['update', 'fulfilled']]);
  });

  test.each(['Identifier', 'IDENTIFIER', 'identifier'])('the parameter may be written %s, its bar encoded or not', async (name) => {
    const server = fhirServer();
    expect((await put(server, `?${name}=${URL_KEY}`, appointmentBody())).statusCode).toBe(201);
    expect((await put(server, `?${name}=${KEY}`, appointmentBody())).statusCode).toBe(200);
  });

  test.each(['', '?identifier=', '?identifier=abc', '?identifier=|abc', '?identifier=https://edt.example|', '?status=booked'])('missing or incomplete (%s): 400', async (query) => {
    expect(refusal(await put(fhirServer(), query, appointmentBody()))).toEqual([400, ['required']]);
  });

  test('ambiguous: 412, in the address or in the store', async () => {
    expect(refusal(await put(fhirServer(), `?identifier=${URL_KEY}&identifier=a|b`, appointmentBody()))).toEqual([412, ['multiple-matches']]);
    expect(refusal(await put(fhirServer(), `?identifier=${URL_KEY},a|b`, appointmentBody()))).toEqual([412, ['multiple-matches']]);
    const receive = () => Promise.reject(new AppError('conflict', 'appointment-ambiguous', 'Deux rendez-vous ont cet identifiant.'));
    expect(refusal(await put(fhirServer({ receive }), `?identifier=${URL_KEY}`, appointmentBody()))).toEqual([412, ['multiple-matches']]);
  });

  test('another identifier in the body: 422', async () => {
    expect(refusal(await put(fhirServer(), '?identifier=https://edt.example|autre', appointmentBody()))).toEqual([422, ['business-rule Appointment.identifier[0]']]);
  });
});

describe('[INT-04] P22: a wrong appointment', () => {
  const A = 'Appointment.';
  const shapes: [string, object, string[]][] = [
    ['without operator', { extension: undefined }, [`required ${A}extension`]],
    ['with another extension only', { extension: [{ url: 'https://edt.example/ext' }] }, [`required ${A}extension`]],
    ['with two operators', { extension: [operator(), operator()] }, [`structure ${A}extension`]],
    ['with an operator without value', { extension: [operator({ value: undefined })] }, [`required ${A}extension[0].valueReference.identifier.value`]],
    ['without identifier', { identifier: undefined }, [`required ${A}identifier`]],
    ['with two identifiers', { identifier: [{ system: 'urn:oid:1.2', value: 'a' }, { system: 'urn:oid:1.2', value: 'b' }] }, [`structure ${A}identifier`]],
    ['without start nor end', { start: undefined, end: undefined }, [`required ${A}start`, `required ${A}end`]],
    ['with a start without offset', { start: '2026-01-15T14:00:00' }, [`structure ${A}start`]],
    ['without participant', { participant: undefined }, [`required ${A}participant`]],
    ['with an empty list of participants', { participant: [] }, [`structure ${A}participant`]],
    ['with a status that FHIR does not know', { status: 'BOOKED' }, [`structure ${A}status`]],
    ['that is another resource', { resourceType: 'Patient' }, [`structure ${A}resourceType`]],
  ];
  test.each(shapes)('%s: 400 with the path', async (_, change, issues) => {
    const server = fhirServer();
    expect(refusal(await post(server, appointmentBody(change)))).toEqual([400, issues]);
    expect(server.store.received).toEqual([]);
  });

  const P = `business-rule ${A}participant[0].`;
  const rules: [string, object, string[]][] = [
    ['with a wrong type system for the operator', { extension: [operator({ type: { coding: [{ system: 'https://edt.example', code: 'IDNPS' }] } })] }, [`business-rule ${A}extension[0].valueReference.identifier.type`]],
    ['with the system of accounts and the code of professionals', { extension: [operator({ system: 'urn:oid:1.2.250.1.213.3.6' })] }, [`business-rule ${A}extension[0].valueReference.identifier.system`]],
    ['with a wrong system for the professional', { participant: [practitionerParticipant('810000000017', { system: 'urn:oid:9.9' })] }, [`${P}actor.identifier.system`]],
    ['with a wrong type for the professional', { participant: [practitionerParticipant('810000000017', { type: { coding: [{ code: 'INTRN' }] } })] }, [`${P}actor.identifier.type`]],
    ['with an id that is no national id', { participant: [practitionerParticipant('DR-42')] }, [`${P}actor.identifier.value`]],
    ['with a professional who declined', { participant: [{ ...practitionerParticipant(), status: 'declined' }] }, [`${P}status`]],
    ['with two professionals', { participant: [practitionerParticipant(), practitionerParticipant('810000000025')] }, [`business-rule ${A}participant`]],
    ['with nobody we may read', { participant: [{ actor: { reference: 'Patient/1' }, status: 'accepted' }] }, [`business-rule ${A}participant`]],
    ['with a FHIR status that the SAS does not use', { status: 'arrived' }, [`business-rule ${A}status`]],
    ['ending before it starts, with an identifier that is a sentence', { end: '2026-01-15T13:00:00+01:00', identifier: [{ system: 'https://edt.example', value: 'Mme Dupont, 15 h' }] }, [`business-rule ${A}identifier[0].value`, `business-rule ${A}end`]],
  ];
  test.each(rules)('%s: 422 with the path', async (_, change, issues) => {
    const server = fhirServer();
    expect(refusal(await post(server, appointmentBody(change)))).toEqual([422, issues]);
    expect(server.store.received).toEqual([]);
  });
});

describe('[INT-04] P23: what the application refuses', () => {
  test.each([
    [ruleBroken('operator-unknown', 'Régulateur inconnu.', [{ path: 'operator', message: 'identifiant inconnu' }]), 422, ['business-rule Appointment.extension[0].valueReference.identifier', 'business-rule Appointment.extension[0].valueReference.identifier']],
    [forbidden('not-yours', "Ce rendez-vous est d'un autre éditeur."), 403, ['forbidden']],
    [new AppError('unavailable', 'database', 'Base indisponible.'), 503, ['transient']],
    [new AppError('conflict', 'transition-impossible', 'Déjà annulé.'), 409, ['conflict']],
    [new Error('secret interne'), 500, ['exception']],
  ])('%s', async (error, status, issues) => {
    const server = fhirServer({ receive: () => Promise.reject(error) });
    const response = await put(server, `?identifier=${URL_KEY}`, appointmentBody());
    expect(refusal(response)).toEqual([status, issues]);
    expect(response.body).not.toContain('secret interne');
  });
});

describe('[INT-04] the border', () => {
  test('without credentials 401, with another role 403, before anything is read', async () => {
    const server = fhirServer();
    const nobody = await post(server, '{', { 'content-type': 'application/json' });
    expect(refusal(nobody)).toEqual([401, ['login']]);
    expect(nobody.headers['www-authenticate']).toBe('Bearer');
    const osnp = fhirServer({ authenticate: async () => ({ ...vendorActor, roles: ['osnp'] }) });
    expect(refusal(await post(osnp, '{'))).toEqual([403, ['forbidden']]);
    expect(refusal(await post(fhirServer({ authenticate: () => Promise.reject(forbidden('certificate-cn', 'Nom refusé.')) }), '{'))).toEqual([403, ['forbidden']]);
  });

  test.each(['', '{', 'null', '[]', '"x"', '{"resourceType":"Appointment"'])('a body %j is an OperationOutcome, 400', async (body) => {
    expect((refusal(await post(fhirServer(), body)))[0]).toBe(400);
  });

  test('too large 413, XML 415, unknown address 404, wrong method 405', async () => {
    const server = fhirServer();
    expect(refusal(await post(server, appointmentBody({ comment: 'x'.repeat(300_000) })))).toEqual([413, ['too-long']]);
    expect(refusal(await post(server, '<Appointment/>', { ...bearer, 'content-type': 'application/fhir+xml' }))).toEqual([415, ['not-supported']]);
    expect(refusal(await server.inject({ url: '/fhir/Slot', headers: bearer }))).toEqual([404, ['not-found']]);
    expect(refusal(await server.inject({ url: '/fhir/Appointment/orientation-1', headers: bearer }))).toEqual([405, ['not-supported']]);
    const deleted = await server.inject({ method: 'DELETE', url: '/fhir/Appointment', headers: bearer });
    expect(refusal(deleted)).toEqual([405, ['not-supported']]);
    expect(deleted.headers.allow).toBe('POST, PUT');
    expect(refusal(await server.inject({ method: 'POST', url: '/fhir/metadata', headers: bearer, payload: '{}' }))[0]).toBe(405);
  });

  test('the CapabilityStatement says what is offered, to everybody', async () => {
    const response = await fhirServer().inject({ url: '/fhir/metadata', headers: { accept: 'application/json' } });
    expect([response.statusCode, response.headers['content-type']]).toEqual([200, 'application/fhir+json']);
    expect(response.json()).toMatchObject({
      resourceType: 'CapabilityStatement', fhirVersion: '4.0.1', implementation: { url: 'https://sas.example/fhir' },
      rest: [{ mode: 'server', resource: [{ type: 'Appointment', conditionalUpdate: true, updateCreate: true, interaction: [{ code: 'create' }, { code: 'update' }] }] }],
    });
  });
});

describe('[NFR-06] [INT-04] a patient smuggled in an appointment', () => {
  const S = 'SECRETE';
  const person = { reference: '#p', display: `Jeanne ${S}`, type: 'Patient' };
  const smuggling = appointmentBody({
    text: { status: 'generated', div: `<div>${S}</div>` },
    contained: [{ resourceType: 'Patient', id: 'p', name: [{ family: S, given: ['Jeanne'] }], birthDate: '1950-01-01' }],
    comment: S, description: S, patientInstruction: S, note: [{ text: S }], reasonCode: [{ text: S }], supportingInformation: [person], [S]: S,
    basedOn: [person], cancelationReason: { text: S }, serviceType: [{ text: S }],
    extension: [{ url: `https://edt.example/${S}`, valueString: S }, { ...operator(), valueReference: { ...operator().valueReference, display: S } }],
    identifier: [{ system: 'https://edt.example', value: 'b6e39355-8a61-4556-b340-36f7b95fec6a', assigner: { display: S }, period: { start: S } }],
    participant: [
      { actor: person, status: 'accepted' },
      { actor: { reference: `https://edt.example/fhir/RelatedPerson/${S}` }, status: 'accepted' },
      { actor: { identifier: { system: 'urn:oid:1.2.250.1.213.1.4.8', value: `250010199999999${S}` } }, status: 'accepted' },
      { actor: { type: 'Patient', identifier: { system: 'urn:oid:1.2.250.1.71.4.2.1', value: '810000000099', type: { coding: [{ code: 'IDNPS' }] } } }, status: 'accepted' },
      { ...practitionerParticipant(), type: [{ text: S }], actor: { ...practitionerParticipant().actor, display: S } },
      { actor: S, status: S }, S, null,
    ].filter((item) => typeof item === 'object' && item !== null),
  });

  test('is neither kept, nor logged, nor sent back', async () => {
    const lines: string[] = [];
    const logger = createLogger('trace', { write: (line) => void lines.push(line) });
    const server = fhirServer({}, { loggerInstance: logger });
    const taken = await post(server, smuggling);
    expect(taken.statusCode).toBe(201);
    expect(server.store.received[0]?.appointment.practitionerId).toBe('810000000017');
    const refusedShape = await post(server, { ...smuggling, start: S });
    const refusedRule = await post(server, { ...smuggling, identifier: [{ system: 'https://edt.example', value: `Jeanne ${S}` }] });
    const crash = fhirServer({ receive: () => Promise.reject(new Error('panne')) }, { loggerInstance: logger });
    const crashed = await post(crash, smuggling);
    expect([refusedShape.statusCode, refusedRule.statusCode, crashed.statusCode]).toEqual([400, 422, 500]);
    expect(lines.join('')).toContain('fhir request failed');
    const everything = [JSON.stringify(server.store.received), lines.join(''), taken.body, refusedShape.body, refusedRule.body, crashed.body];
    for (const text of everything) expect(text).not.toMatch(/SECRETE|Jeanne|1950-01-01|25001019/);
  });
});
