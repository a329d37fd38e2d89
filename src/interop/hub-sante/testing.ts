import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { join } from 'node:path';
import { loadHubSchemas, type Validate } from '../../../simulators/hub-sante/schemas.ts';
import { fixturesDir } from '../../../tests/support/fixtures.ts';
import type { AppointmentFacts } from '../../platform/orientation/server/orientations-record.ts';
import type { AppointmentParties } from './appointment.ts';
import type { Sending } from './build.ts';

export const PLATFORM = 'fr.health.test.ptfsas';
export const ROOM = 'fr.health.test.samu860';
export const NOW = '2026-01-13T08:00:00Z';

const folder = fixturesDir && join(fixturesDir, 'hub-sante');
export const examplesFolder: string | null = folder && join(folder, 'examples');
/** The national schemas, when this machine has them. */
export const official: Validate | null = folder ? await loadHubSchemas(join(folder, 'schemas')) : null;

export const sending = (more: Partial<Sending> = {}): Sending => ({
  senderId: PLATFORM, recipientId: ROOM, uniqueId: randomUUID(), at: Temporal.Instant.from(NOW), zone: 'Europe/Paris', ...more,
});

export const facts: AppointmentFacts = {
  appointmentId: '66666666-7777-4888-8999-000000000000', method: 'create', status: 'booked', created: '2026-01-13T07:58:00.123Z',
  start: '2026-01-13T14:00:00Z', end: '2026-01-13T14:20:00Z', category: 'PS', practitionerId: '810000000011', structureId: null, specialty: 'SM54',
  regulator: 'account-1', lrmReference: 'DRFR15-86-1',
};

export const parties: AppointmentParties = {
  regulator: { lastName: 'Régulateur', firstName: 'Zoé', email: 'zoe@sas.example', nationalId: '3990000001/TEST01' },
  practitioner: { nationalId: '810000000011', lastName: 'Exemple', firstName: 'Ada', professionCode: '10', specialty: 'SM54' },
  structure: null,
};

const instant = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2040, 0) }).map((ms) => Temporal.Instant.fromEpochMilliseconds(ms));
const text = fc.string({ maxLength: 40, unit: 'grapheme' });
const orNull = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null });
const person = { lastName: text, firstName: text };

export const anyFacts: fc.Arbitrary<AppointmentFacts> = fc.record({
  appointmentId: fc.uuid(), method: fc.constantFrom('create', 'update'), status: fc.constantFrom('pending', 'booked', 'fulfilled', 'noshow', 'cancelled'),
  created: instant.map(String), start: instant.map(String), end: orNull(instant.map(String)),
  category: fc.constantFrom('PS', 'CPTS', 'MSP', 'CDS', 'SOS', 'PDM'),
  practitionerId: orNull(fc.constantFrom('810000000011', '0869700012')), structureId: orNull(text), specialty: orNull(text), regulator: fc.uuid(), lrmReference: orNull(text),
});
export const anyParties: fc.Arbitrary<AppointmentParties> = fc.record({
  regulator: fc.record({ ...person, email: orNull(text), nationalId: orNull(text) }),
  practitioner: orNull(fc.record({ ...person, nationalId: fc.constantFrom('810000000011', '0869700012', '8', ''), professionCode: orNull(text), specialty: orNull(fc.constantFrom('SM54', 'SCD01', 'x', '')) })),
  structure: orNull(fc.record({ id: fc.constantFrom('1860000001', '12A0000001', '312345678900011', 'interne'), name: text })),
});
export const anySending: fc.Arbitrary<Sending> = fc.record({
  senderId: fc.constant(PLATFORM), recipientId: fc.constant(ROOM), uniqueId: fc.uuid(), at: instant,
  zone: fc.constantFrom('Europe/Paris', 'Indian/Reunion', 'America/Cayenne', 'Pacific/Noumea', 'UTC'),
});
