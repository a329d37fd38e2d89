import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildAppointmentMessage } from './appointment.ts';
import { buildAcknowledgement, buildError, buildMessage, formatHubDate, withoutEmpty } from './build.ts';
import { hubErrors, type HubErrorName } from './codes.ts';
import { readMessage } from './read.ts';
import { type HubMessage, ownRuleProblems, structuralProblems, type WireAppointment } from './structure.ts';
import { anyFacts, anyParties, anySending, examplesFolder, facts, official, parties, sending } from './testing.ts';

const inside = (message: HubMessage) => message.content[0]!.jsonContent.embeddedJsonContent.message;
const appointmentOf = (message: HubMessage) => inside(message).appointment as WireAppointment;
const read = (message: unknown) => {
  const reading = readMessage(JSON.stringify(message));
  if (!reading.ok) throw new Error(reading.unreadable.cause);
  return reading.message;
};

test.skipIf(!official)('[INT-05] P25 every appointment message is valid against the national schemas, and is read back', () => {
  fc.assert(
    fc.property(anySending, anyFacts, anyParties, (from, known, people) => {
      const message = buildAppointmentMessage(from, known, people);
      expect(official!(message)).toEqual([]);
      const { content } = read(message);
      const second = (text: string) => Temporal.Instant.from(text).round({ smallestUnit: 'second', roundingMode: 'floor' });
      expect(content).toMatchObject({ type: 'appointment', appointment: { appointmentId: known.appointmentId, method: known.method, status: known.status } });
      expect(content.type === 'appointment' && content.appointment.start.equals(second(known.start!))).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test.skipIf(!official)('[INT-06] every acknowledgement and error is valid against the national schemas', () => {
  const names = Object.keys(hubErrors) as HubErrorName[];
  fc.assert(
    fc.property(anySending, fc.constantFrom(...names), fc.string(), fc.dictionary(fc.string(), fc.jsonValue()), fc.boolean(), (from, error, cause, source, refused) => {
      expect(official!(buildError(from, { error, cause, referenced: 'fr.health.a_1', source }))).toEqual([]);
      const acknowledgement = buildAcknowledgement(from, { distributionID: 'fr.health.a_1', refused, step: refused ? 'ERREUR' : 'INTEGRE' });
      expect(official!(acknowledgement)).toEqual([]);
      expect(read(acknowledgement)).toMatchObject({ kind: 'Ack', content: { type: 'reference', reference: { distributionID: 'fr.health.a_1', refused } } });
    }),
  );
});

test('[INT-05] P25 an appointment is told in the words and dates of the hub', () => {
  const message = buildAppointmentMessage(sending({ uniqueId: 'one' }), facts, parties);
  expect(message).toMatchObject({
    distributionID: 'fr.health.test.ptfsas_one', senderID: 'fr.health.test.ptfsas', dateTimeSent: '2026-01-13T09:00:00+01:00',
    dateTimeExpires: '2026-01-14T09:00:00+01:00', distributionStatus: 'Actual', distributionKind: 'Report',
    descriptor: { language: 'fr-FR', explicitAddress: { explicitAddressScheme: 'hubex', explicitAddressValue: 'fr.health.test.samu860' } },
  });
  expect(inside(message)).toEqual({
    messageId: 'fr.health.test.ptfsas_one', sender: { name: 'fr.health.test.ptfsas', URI: 'hubex:fr.health.test.ptfsas' },
    sentAt: '2026-01-13T09:00:00+01:00', kind: 'Report', status: 'Actual', recipient: [{ name: 'fr.health.test.samu860', URI: 'hubex:fr.health.test.samu860' }],
    appointment: {
      appointmentId: facts.appointmentId, method: 'CreateAppointment', created: '2026-01-13T08:58:00+01:00', start: '2026-01-13T15:00:00+01:00',
      end: '2026-01-13T15:20:00+01:00', status: 'booked', orientationCategory: 'PS',
      practitioner: {
        rppsId: '810000000011', lastName: 'Exemple', firstName: 'Ada', specialityCode: 'SM54', professionCode: '10',
        specialityUrl: 'https://mos.esante.gouv.fr/NOS/TRE_R38-SpecialiteOrdinale/FHIR/TRE-R38-SpecialiteOrdinale',
        professionUrl: 'https://mos.esante.gouv.fr/NOS/TRE_G15-ProfessionSante/FHIR/TRE-G15-ProfessionSante',
      },
      regulator: { regulatorId: '3990000001/TEST01', regulatorName: 'Régulateur', regulatorFirstname: 'Zoé', regulatorEmail: 'zoe@sas.example' },
    },
  });
});

test.each(['cancelled', 'fulfilled', 'noshow'] as const)('[INT-05] P26 the status %s is an update of the same appointment, whole', (status) => {
  const created = appointmentOf(buildAppointmentMessage(sending(), facts, parties));
  const updated = appointmentOf(buildAppointmentMessage(sending(), { ...facts, method: 'update', status }, parties));
  expect(updated).toEqual({ ...created, method: 'UpdateAppointment', status });
});

test('[INT-05] P27 a regulator without national id has no regulatorId, and the three others', () => {
  const { regulator } = appointmentOf(buildAppointmentMessage(sending(), facts, { ...parties, regulator: { ...parties.regulator, nationalId: null } }));
  expect(regulator).toEqual({ regulatorName: 'Régulateur', regulatorFirstname: 'Zoé', regulatorEmail: 'zoe@sas.example' });
});

test('[INT-05] a practitioner known by an ADELI number is left out, his structure stays', () => {
  const people = { ...parties, practitioner: { ...parties.practitioner!, nationalId: '0869700012' }, structure: { id: '1860000001', name: 'Maison de santé' } };
  const appointment = appointmentOf(buildAppointmentMessage(sending(), facts, people));
  expect(appointment.practitioner).toBeUndefined();
  expect(appointment.organization).toEqual({ organizationId: '1860000001', name: 'Maison de santé' });
});

test('[INT-05] neither the dossier nor anything but the appointment travels', () => {
  expect(JSON.stringify(buildAppointmentMessage(sending(), facts, parties))).not.toContain(facts.lrmReference);
});

test('[INT-05] an appointment without a start cannot be told', () => {
  expect(() => buildAppointmentMessage(sending(), { ...facts, start: null }, parties)).toThrow("pas d'heure de début");
});

test('dates follow the clock of the place through the change of hour', () => {
  expect(formatHubDate(Temporal.Instant.from('2026-10-25T00:30:00.999Z'), 'Europe/Paris')).toBe('2026-10-25T02:30:00+02:00');
  expect(formatHubDate(Temporal.Instant.from('2026-10-25T01:30:00Z'), 'Europe/Paris')).toBe('2026-10-25T02:30:00+01:00');
  expect(formatHubDate(Temporal.Instant.from('2026-01-13T08:00:00Z'), 'UTC')).toBe('2026-01-13T08:00:00+00:00');
});

test('nulls, empty objects and empty lists are taken out, at every depth', () => {
  expect(withoutEmpty({ a: null, b: [null, { c: undefined }], d: { e: {} }, f: '', g: 0, h: [false] })).toEqual({ f: '', g: 0, h: [false] });
});

test('[INT-06] a message that the hub would refuse is never built', () => {
  expect(() => buildMessage(sending({ senderId: 'fr.health.with_underscore' }), 'Ack', { reference: { distributionID: 'x' } })).toThrow('distributionID must be senderID');
  expect(() => buildMessage(sending(), 'Report', { reference: { distributionID: 'x' }, error: { errorCause: 'x' } })).toThrow('2 are valid');
  expect(() => buildMessage(sending(), 'Report', { appointment: { appointmentId: 'x' } })).toThrow('Issues found on the content');
});

const good = () => buildAppointmentMessage(sending(), facts, parties);
const altered = (change: (message: HubMessage, content: Record<string, unknown>) => void): HubMessage => {
  const message = structuredClone(good());
  change(message, inside(message));
  return message;
};
const against: readonly [string, HubMessage][] = [
  ['milliseconds in sentAt', altered((_, content) => void (content.sentAt = '2026-01-13T09:00:00.000+01:00'))],
  ['Z in sentAt', altered((_, content) => void (content.sentAt = '2026-01-13T08:00:00Z'))],
  ['a lower-case method', altered((_, content) => void ((content.appointment as { method: string }).method = 'createAppointment'))],
  ['an upper-case status', altered((_, content) => void ((content.appointment as { status: string }).status = 'BOOKED'))],
  ['no regulator', altered((_, content) => void delete (content.appointment as { regulator?: unknown }).regulator)],
  ['an RPPS without prefix', altered((_, content) => void ((content.appointment as WireAppointment).practitioner!.rppsId = '10000000011'))],
  ['an unknown field in the content', altered((_, content) => void Object.assign(content.appointment as object, { patient: 'x' }))],
  ['a null', altered((_, content) => void Object.assign(content.appointment as object, { end: null }))],
  ['an unknown field in the envelope', altered((message) => void Object.assign(message, { keyword: 'x' }))],
  ['two contents', altered((_, content) => void (content.reference = { distributionID: 'x' }))],
  ['no header', altered((_, content) => void delete content.messageId)],
  ['the status System on the envelope', altered((message) => void Object.assign(message, { distributionStatus: 'System' }))],
];

test.each(against)('[INT-06] our own checks refuse %s', (_, message) => expect(structuralProblems(message)).not.toEqual([]));
test.skipIf(!official).each(against)('[INT-06] the national schemas refuse %s too', (_, message) => expect(official!(message)).not.toEqual([]));

const beyondSchemas: readonly [string, HubMessage][] = [
  ['another kind inside', altered((_, content) => void (content.kind = 'Update'))],
  ['another id inside', altered((_, content) => void (content.messageId = 'fr.health.other_1'))],
  ['another scheme', altered((message) => void (message.descriptor.explicitAddress.explicitAddressScheme = 'Hubex'))],
  ['another language', altered((message) => void (message.descriptor.language = 'en'))],
];
test.each(beyondSchemas)('[INT-06] our rules catch %s, which the schemas let pass', (_, message) => {
  expect(structuralProblems(message)).toEqual([]);
  expect(official?.(message) ?? []).toEqual([]);
  expect(ownRuleProblems(message)).toHaveLength(1);
});

test('[INT-05] what we do not know of a message is ignored, the rest is read', () => {
  const message = altered((envelope, content) => {
    Object.assign(envelope, { dateTimeSent: '2026-01-13T08:00:00.250Z', somethingNew: 1 });
    Object.assign(content.appointment as object, { somethingNew: {}, orientationCategory: 'NEW', practitioner: { rppsId: 12 }, end: null });
  });
  expect(read(message).content).toMatchObject({ type: 'appointment', appointment: { orientationCategory: null, practitioner: null, end: null } });
});

test.each([
  ['no JSON', '{"distributionID": "fr.health.a_1", oops', 'UNRECOGNIZED_MESSAGE_FORMAT'],
  ['no content', JSON.stringify(altered((_, content) => void delete content.appointment)), 'INVALID_MESSAGE'],
  ['an appointment without a start', JSON.stringify(altered((_, content) => void delete (content.appointment as { start?: string }).start)), 'INVALID_MESSAGE'],
  ['a list', '[]', 'INVALID_MESSAGE'],
])('[INT-05] R7 %s is unreadable, with whatever tells whose it was', (_, text, error) => {
  const reading = readMessage(text);
  expect(reading).toMatchObject({ ok: false, unreadable: { error } });
  if (!reading.ok && text.includes('distributionID')) expect(reading.unreadable.senderId).toMatch(/^fr\.health/);
});

test.skipIf(!examplesFolder)('[INT-06] the official examples are read: their content, or its name', () => {
  const kinds = readdirSync(examplesFolder!, { withFileTypes: true }).filter((entry) => entry.isDirectory() && entry.name !== 'EDXL-DE');
  expect(kinds.length).toBeGreaterThan(10);
  for (const { name } of kinds) {
    for (const file of readdirSync(join(examplesFolder!, name))) {
      const body = JSON.parse(readFileSync(join(examplesFolder!, name, file), 'utf8')) as Record<string, unknown>;
      const message = altered((_, content) => void (delete content.appointment, Object.assign(content, body)));
      expect(official!(message), file).toEqual([]);
      const { type } = read(message).content;
      expect(type, file).toBe({ 'RS-SAS-RDV': 'appointment', 'RC-REF': 'reference', 'RS-ERROR': 'error' }[name] ?? 'other');
    }
  }
});
