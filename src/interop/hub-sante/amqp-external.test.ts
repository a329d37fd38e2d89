import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import { expect, test } from 'vitest';
import { silentLogger } from '../../foundation/log.ts';
import { createTestAuthority, hasOpenssl } from '../tls/testing.ts';
import { openAmqpTransport } from './amqp-transport.ts';

const installed = await import('rabbitmq-client').then(() => true, () => false);

/** The greeting of a broker (`connection.start`) that knows one mechanism. */
function greeting(mechanism: string): Buffer {
  const longText = (text: string) => Buffer.concat([Buffer.from([0, 0, 0, text.length]), Buffer.from(text)]);
  const payload = Buffer.concat([Buffer.from([0, 10, 0, 10, 0, 9, 0, 0, 0, 0]), longText(mechanism), longText('en_US')]);
  return Buffer.concat([Buffer.from([1, 0, 0, 0, 0, 0, payload.length]), payload, Buffer.from([0xce])]);
}

/** What a client answers (`connection.start-ok`). */
function answered(frame: Buffer): { mechanism: string; response: string } {
  const mechanismAt = 7 + 4 + 4 + frame.readUInt32BE(11);
  const responseAt = mechanismAt + 1 + frame[mechanismAt]!;
  return {
    mechanism: frame.toString('utf8', mechanismAt + 1, responseAt),
    response: frame.toString('utf8', responseAt + 4, responseAt + 4 + frame.readUInt32BE(responseAt)),
  };
}

test.skipIf(!hasOpenssl || !installed)('[INT-11] with a certificate the client is who its certificate says, and gives no password', async () => {
  const authority = createTestAuthority();
  const server = authority.issue('broker', { cn: 'localhost', san: 'DNS:localhost' });
  const client = authority.issue('client', { cn: 'fr.health.test.ptfsas' });
  const pem = (path: string) => readFileSync(path, 'utf8');
  const ca = pem(authority.ca);
  const broker = createServer({ cert: pem(server.cert), key: pem(server.key), ca, requestCert: true, rejectUnauthorized: true });
  const seen = new Promise<{ name: string; mechanism: string; response: string }>((resolve) => {
    broker.on('secureConnection', (socket: TLSSocket) => {
      socket.once('data', (header: Buffer) => {
        expect(header.toString('latin1')).toBe('AMQP\0\0\x09\x01');
        socket.once('data', (frame: Buffer) => resolve({ name: String(socket.getPeerCertificate().subject.CN), ...answered(frame) }));
        socket.write(greeting('EXTERNAL'));
      });
      socket.on('error', () => undefined);
    });
  });
  await new Promise<void>((listening) => broker.listen(0, listening));
  const { port } = broker.address() as AddressInfo;
  const transport = await openAmqpTransport({
    url: `amqps://localhost:${port}`, clientId: 'fr.health.test.ptfsas', log: silentLogger, tls: { cert: pem(client.cert), key: pem(client.key), ca },
  });
  expect(await seen).toEqual({ name: 'fr.health.test.ptfsas', mechanism: 'EXTERNAL', response: '' });
  await transport.close();
  broker.close();
});
