import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify';
import { conflict } from '../../../foundation/errors.ts';
import type { Actor } from '../../../identity/contract.ts';
import type { AppointmentReceipt, ReceivedAppointment } from '../../../platform/orientation/domain/appointment.ts';
import { type FhirServerDeps, fhirRoutes } from './routes.ts';

type Json = Record<string, any>;

export const vendorActor: Actor = {
  accountId: 'editor-1', displayName: 'Éditeur fictif', email: null, roles: ['editor'], territories: ['*'], nationalId: null, structureIds: [], delegations: [], editor: 'Éditeur fictif',
};

const V2 = 'http://interopsante.org/fhir/CodeSystem/fr-v2-0203';
const idnps = (value: string, change: Json = {}) => ({ type: { coding: [{ system: V2, code: 'IDNPS' }] }, system: 'urn:oid:1.2.250.1.71.4.2.1', value, ...change });

/** A valid INT_R03 body of a fictional vendor. */
export const appointmentBody = (change: Json = {}): Json => ({
  resourceType: 'Appointment',
  meta: { profile: ['http://sas.fr/fhir/StructureDefinition/FrAppointmentSAS'] },
  extension: [operator()],
  identifier: [{ system: 'https://edt.example', value: 'b6e39355-8a61-4556-b340-36f7b95fec6a' }],
  status: 'booked',
  start: '2026-01-15T14:00:00+01:00',
  end: '2026-01-15T14:20:00+01:00',
  created: '2026-01-15T09:58:00+01:00',
  participant: [practitionerParticipant()],
  ...change,
});
export const practitionerParticipant = (value = '810000000017', change: Json = {}): Json => ({ actor: { identifier: idnps(value, change) }, status: 'accepted' });
export const operator = (change: Json = {}): Json => ({
  url: 'http://interopsante.org/fhir/StructureDefinition/FrAppointmentOperator',
  valueReference: { identifier: idnps('3990000001/TEST01', change) },
});
export const unknownDoctor = { type: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType', code: 'ADM' }] }], status: 'needs-action' };

export const officialAppointment = (fixtures: string, id: '1' | '2' | '12345678'): Json =>
  JSON.parse(readFileSync(join(fixtures, 'ig-sas', `Appointment-${id}.json`), 'utf8'));

/** Keeps appointments in memory under the documented policy of duplicates. */
export function memoryStore() {
  const kept = new Map<string, { appointment: ReceivedAppointment; id: string }>();
  const received: { appointment: ReceivedAppointment; method: string; actor: Actor }[] = [];
  const receive = async (appointment: ReceivedAppointment, method: 'create' | 'update', actor: Actor): Promise<AppointmentReceipt> => {
    received.push({ appointment, method, actor });
    const known = kept.get(appointment.key);
    if (!known) {
      const id = `orientation-${kept.size + 1}`;
      kept.set(appointment.key, { appointment, id });
      return { outcome: 'created', orientationId: id };
    }
    if (JSON.stringify(known.appointment) === JSON.stringify(appointment)) return { outcome: 'unchanged', orientationId: known.id };
    if (method === 'create') throw conflict('appointment-duplicate', 'Ce rendez-vous existe déjà avec un autre contenu : envoyez une mise à jour (PUT).');
    known.appointment = appointment;
    return { outcome: 'updated', orientationId: known.id };
  };
  return { receive, received, kept };
}

export function fhirServer(deps: Partial<FhirServerDeps> = {}, options: FastifyServerOptions = {}): FastifyInstance & { store: ReturnType<typeof memoryStore> } {
  const server = Fastify(options);
  const store = memoryStore();
  const authenticate: FhirServerDeps['authenticate'] = async (request) => (request.headers.authorization === 'Bearer jeton' ? vendorActor : null);
  fhirRoutes(server, { authenticate, receive: store.receive, publicUrl: 'https://sas.example', ...deps });
  return Object.assign(server, { store });
}

export const bearer = { authorization: 'Bearer jeton', 'content-type': 'application/fhir+json' };
