import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import type { Fault } from './faults.ts';
import type { Mailbox } from './mailbox.ts';

/** A refusal that asks the sender to come back later. */
const later = () => Object.assign(new Error('try again later'), { responseCode: 451 });

/** A mail server that keeps what it receives; `fault` is read at each message. */
export async function listenSmtp(port: number, mailbox: Mailbox, fault: () => Fault): Promise<{ port: number; close(): Promise<void> }> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onMailFrom: (_address, _session, done) => done(fault() === 'temporary' ? later() : null),
    async onData(stream, session, done) {
      const { subject, text, messageId } = await PostalMime.parse(await buffer(stream));
      const { rcptTo, mailFrom } = session.envelope;
      mailbox.keep({
        kind: 'email', to: rcptTo.map(({ address }) => address), from: mailFrom ? mailFrom.address : '', messageId: messageId ?? '', subject: subject ?? '', text: text ?? '',
      });
      if (fault() !== 'cut') return done();
      for (const connection of server.connections) connection.close();
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
