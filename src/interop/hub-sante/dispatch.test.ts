import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildAppointmentMessage } from './appointment.ts';
import { buildAcknowledgement, buildError } from './build.ts';
import { dispatch, reportExpired, reportUnroutable, type Rules } from './dispatch.ts';
import { readMessage } from './read.ts';
import type { HubMessage } from './structure.ts';
import { examplesFolder, facts, NOW, official, parties, PLATFORM, ROOM, sending } from './testing.ts';

const rules: Rules = { now: Temporal.Instant.from(NOW), newId: () => 'new-id' };
const persistentJson = { contentType: 'application/json', deliveryMode: 2 };
const message = buildAppointmentMessage(sending(), facts, parties);
const altered = (more: Partial<HubMessage>): HubMessage => ({ ...structuredClone(message), ...more });
const verdictOf = (body: unknown, { properties = persistentJson, key = PLATFORM, more = {} as Partial<Rules> } = {}) =>
  dispatch(typeof body === 'string' ? body : JSON.stringify(body), properties, key, { ...rules, ...more });

test('[INT-06] a message goes to the queue of its kind', () => {
  expect(verdictOf(message)).toEqual({ outcome: 'forward', recipient: ROOM, queue: `${ROOM}.message`, expiresInMs: 86_400_000 });
  expect(verdictOf(buildAcknowledgement(sending(), { distributionID: 'x' }))).toMatchObject({ queue: `${ROOM}.ack` });
  expect(verdictOf(buildError(sending(), { error: 'CONFLICT', cause: '', referenced: 'x' }))).toMatchObject({ queue: `${ROOM}.info` });
});

test('[INT-06] a message that expires sooner than a day waits no longer than that', () => {
  expect(verdictOf(altered({ dateTimeExpires: '2026-01-13T09:00:10+01:00' }))).toMatchObject({ outcome: 'forward', expiresInMs: 10_000 });
});

const refusals: readonly [string, number, ReturnType<typeof verdictOf>][] = [
  ['another content type', 101, verdictOf(message, { properties: { contentType: 'application/json; charset=utf-8', deliveryMode: 2 } })],
  ['no JSON', 300, verdictOf(`{"distributionID": "${PLATFORM}_1", oops`)],
  ['no language', 300, verdictOf(altered({ descriptor: { explicitAddress: message.descriptor.explicitAddress } as HubMessage['descriptor'] }))],
  ['a content of another perimeter', 501, verdictOf(message, { more: { acceptedRoots: ['createCase'] } })],
  ['no health actor', 501, verdictOf(altered({ senderID: 'fr.fire.a', descriptor: { language: 'fr-FR', explicitAddress: { explicitAddressScheme: 'hubex', explicitAddressValue: 'fr.fire.b' } } }), { key: 'fr.fire.a' })],
  ['the key of another', 200, verdictOf(message, { key: 'fr.health.other' })],
  ['a message that a restart would lose', 100, verdictOf(message, { properties: { contentType: 'application/json', deliveryMode: 1 } })],
  ['an id that is not the sender’s', 300, verdictOf(altered({ distributionID: 'fr.health.other_1' }))],
  ['a message out of date', 400, verdictOf(altered({ dateTimeExpires: '2026-01-13T08:59:59+01:00' }))],
];

test.each(refusals)('[INT-06] %s is refused with the error %i, told to its sender', (_, code, verdict) => {
  expect(verdict.outcome).toBe('refuse');
  if (verdict.outcome !== 'refuse') return;
  if (!verdict.report) return expect(verdict.cause).toContain('health actor');
  expect(verdict.report.queue).toBe(`${PLATFORM}.info`);
  expect(verdict.report.message).toMatchObject({ senderID: 'fr.health.hub', distributionID: 'fr.health.hub_new-id', distributionKind: 'Error' });
  expect(official?.(verdict.report.message) ?? []).toEqual([]);
  const reading = readMessage(JSON.stringify(verdict.report.message));
  expect(reading).toMatchObject({ ok: true, message: { content: { type: 'error', error: { errorCode: { statusCode: code } } } } });
});

test('[INT-06] of several faults the first in the hub’s order is told', () => {
  const expiredAndForeign = altered({ dateTimeExpires: '2020-01-01T00:00:00+01:00', distributionID: 'fr.health.other_1' });
  const notPersistent = { contentType: 'application/json', deliveryMode: 1 };
  expect(verdictOf(expiredAndForeign, { properties: notPersistent, key: 'fr.health.other' })).toMatchObject({ error: 'SENDER_INCONSISTENCY' });
  expect(verdictOf(expiredAndForeign, { properties: notPersistent })).toMatchObject({ error: 'DELIVERY_MODE_INCONSISTENCY' });
  expect(verdictOf(expiredAndForeign)).toMatchObject({ error: 'INVALID_MESSAGE' });
});

test('[INT-06] a broken envelope is told with the id found in its text', () => {
  const verdict = verdictOf(`{"distributionID": "${PLATFORM}_7", "senderID": "${PLATFORM}" oops`);
  expect(verdict).toMatchObject({ outcome: 'refuse', cause: expect.stringContaining('CAUTION') });
  expect(JSON.stringify(verdict)).toContain(`"referencedDistributionID":"${PLATFORM}_7"`);
});

test('[INT-06] no queue: 501; unread in time: 500, except an error, of which nothing is said', () => {
  const text = JSON.stringify(message);
  expect(JSON.stringify(reportUnroutable(text, ROOM, rules))).toContain('"statusCode":501');
  expect(JSON.stringify(reportExpired(text, rules))).toContain('"statusCode":500');
  expect(reportExpired(JSON.stringify(buildError(sending(), { error: 'CONFLICT', cause: '', referenced: 'x' })), rules)).toBeNull();
});

test.skipIf(!examplesFolder)('[INT-06] the official broken envelopes are refused, by the national schemas and by our own checks', () => {
  const folder = join(examplesFolder!, 'EDXL-DE/failing');
  const files = readdirSync(folder);
  expect(files.length).toBeGreaterThan(3);
  for (const file of files) {
    const text = readFileSync(join(folder, file), 'utf8');
    const key = (JSON.parse(text) as HubMessage).senderID;
    for (const validate of [official!, undefined]) expect(verdictOf(text, { key, more: { validate } }), file).toMatchObject({ error: 'INVALID_MESSAGE' });
  }
});
