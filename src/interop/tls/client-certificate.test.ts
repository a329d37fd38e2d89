import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';
import Fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { forbidden } from '../../foundation/errors.ts';
import { appointmentBody, memoryStore, vendorActor } from '../fhir/appointment/testing.ts';
import { fhirRoutes } from '../fhir/appointment/routes.ts';
import { clientCertificateVerdict } from './client-certificate.ts';
import { certificateExpiry, mutualTlsOptions } from './options.ts';
import { type CertificateFiles, createTestAuthority, hasOpenssl } from './testing.ts';

const allowed = { allowedCn: ['edt.example'], allowedOu: ['SAS'] };
const certified = (subject: object, change: object = {}) => ({ authorized: true, getPeerCertificate: () => ({ subject }), ...change });

describe('[INT-11] P24: the verdict on a client certificate', () => {
  test.each([
    ['plain HTTP', {}, 'certificate-missing'],
    ['none presented', { authorized: false, getPeerCertificate: () => ({}) }, 'certificate-missing'],
    ['unknown authority', certified({ CN: 'edt.example', OU: 'SAS' }, { authorized: false, authorizationError: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }), 'certificate-untrusted'],
    ['an error without a code', certified({ CN: 'edt.example', OU: 'SAS' }, { authorized: false, authorizationError: new Error('CERT_REVOKED') }), 'certificate-untrusted'],
    ['revoked', certified({ CN: 'edt.example', OU: 'SAS' }, { authorized: false, authorizationError: { code: 'CERT_REVOKED' } }), 'certificate-revoked'],
    ['another name', certified({ CN: 'autre.example', OU: 'SAS' }), 'certificate-cn'],
    ['no name', certified({ OU: 'SAS' }), 'certificate-cn'],
    ['another unit', certified({ CN: 'edt.example', OU: ['X', 'Y'] }), 'certificate-ou'],
    ['no unit', certified({ CN: 'edt.example' }), 'certificate-ou'],
  ])('%s is refused', (_, socket, code) => {
    expect(clientCertificateVerdict(socket, allowed)).toMatchObject({ accepted: false, code });
  });

  test('one of several units is enough; a list that is not set is not checked; an empty list accepts nobody', () => {
    expect(clientCertificateVerdict(certified({ CN: 'edt.example', OU: ['X', 'SAS'] }), allowed)).toEqual({ accepted: true, commonName: 'edt.example', organizationalUnits: ['X', 'SAS'] });
    expect(clientCertificateVerdict(certified({ CN: 'n' }), { allowedCn: null, allowedOu: null })).toMatchObject({ accepted: true });
    expect(clientCertificateVerdict(certified({ CN: 'n', OU: 'SAS' }), { allowedCn: [], allowedOu: null })).toMatchObject({ accepted: false });
  });
});

describe.skipIf(!hasOpenssl)('[INT-11] [INT-04] P24: the appointment endpoint behind mutual TLS, with real certificates', () => {
  if (!hasOpenssl) return;
  const authority = createTestAuthority();
  const stranger = createTestAuthority('Autorité inconnue');
  const files = authority.issue('serveur', { cn: 'sas.example', san: 'IP:127.0.0.1' });
  const clients: Record<string, CertificateFiles> = {
    good: authority.issue('bon', { cn: 'edt.example', ou: 'SAS' }),
    cn: authority.issue('cn', { cn: 'autre.example', ou: 'SAS' }),
    ou: authority.issue('ou', { cn: 'edt.example', ou: 'AUTRE' }),
    revoked: authority.issue('revoque', { cn: 'edt.example', ou: 'SAS' }),
    expired: authority.issue('perime', { cn: 'edt.example', ou: 'SAS', expired: true }),
    stranger: stranger.issue('inconnu', { cn: 'edt.example', ou: 'SAS' }),
  };
  authority.revoke(clients.revoked!);
  const store = memoryStore();
  const server = Fastify({ https: mutualTlsOptions({ ...files, ca: authority.ca, crl: authority.crl() }) });
  fhirRoutes(server as never, {
    receive: store.receive,
    async authenticate({ raw }) {
      const verdict = clientCertificateVerdict(raw.socket as TLSSocket, allowed);
      if (!verdict.accepted) throw forbidden(verdict.code, verdict.reason);
      return vendorActor;
    },
  });
  let port = 0;
  beforeAll(async () => {
    await server.listen({ port: 0, host: '127.0.0.1' });
    port = (server.server.address() as AddressInfo).port;
  });
  afterAll(() => server.close());

  const ca = readFileSync(authority.ca);
  const post = (client?: CertificateFiles) =>
    new Promise<{ status: number; body: any }>((resolve, reject) => {
      const identity = client ? { cert: readFileSync(client.cert), key: readFileSync(client.key) } : {};
      const call = request({ host: '127.0.0.1', port, path: '/fhir/Appointment', method: 'POST', ca, agent: false, ...identity, headers: { 'content-type': 'application/fhir+json' } }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk) => (text += chunk)).on('end', () => resolve({ status: response.statusCode!, body: JSON.parse(text) }));
      });
      call.on('error', reject).end(JSON.stringify(appointmentBody()));
    });

  test('an accepted certificate creates the appointment', async () => {
    expect((await post(clients.good)).status).toBe(201);
    expect(store.kept.size).toBe(1);
  });

  test.each([
    ['cn', 'Le nom (CN)'], ['ou', "L'unité (OU)"], ['revoked', 'révoqué'], ['expired', 'expiré'], ['stranger', "n'a pas pu être vérifié"], ['none', "Aucun certificat client"],
  ])('a wrong certificate (%s) is answered 403 with the reason', async (which, reason) => {
    const before = store.received.length;
    const { status, body } = await post(clients[which]);
    expect([status, body.resourceType, body.issue[0].code]).toEqual([403, 'OperationOutcome', 'forbidden']);
    expect(body.issue[0].details.text).toContain(reason);
    expect(store.received).toHaveLength(before);
  });

  const handshake = (options: ConnectionOptions) =>
    new Promise<string | null>((resolve) => {
      const socket = connect({ host: '127.0.0.1', port, ca, ...options }, () => {
        resolve(socket.getProtocol());
        socket.destroy();
      });
      socket.on('error', () => resolve(null));
    });

  test('TLS 1.1 is refused, 1.2 and 1.3 are taken', async () => {
    expect(await handshake({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' })).toBeNull();
    expect(await handshake({ maxVersion: 'TLSv1.2' })).toBe('TLSv1.2');
    expect(await handshake({ minVersion: 'TLSv1.3' })).toBe('TLSv1.3');
  });

  test('[INT-11] the end of a certificate can be told in advance', () => {
    expect(certificateExpiry(clients.expired!.cert).toString()).toBe('2020-02-01T00:00:00Z');
  });
});
