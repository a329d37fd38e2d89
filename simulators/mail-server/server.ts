import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { type Fault, isFault } from './faults.ts';
import { type Mailbox, openMailbox } from './mailbox.ts';
import { absentPage, listPage, messagePage } from './pages.ts';
import { listenSmtp } from './smtp.ts';

export interface MailServerOptions {
  /** Of the pages; 0 or absent: chosen by the system. */
  readonly port?: number;
  readonly smtpPort?: number;
  /** File that keeps what arrived between two runs. */
  readonly state?: string;
}

export interface MailServerSimulator {
  /** The pages and the API. */
  readonly url: string;
  readonly smtpUrl: string;
  readonly smsUrl: string;
  readonly mailbox: Mailbox;
  setFault(fault: Fault): Promise<void>;
  close(): Promise<void>;
}

/** Starts a mail server and an SMS gateway that keep everything, with a page to read it. */
export async function startMailServer(options: MailServerOptions = {}): Promise<MailServerSimulator> {
  const mailbox = openMailbox(options.state ?? null);
  let fault: Fault = 'none';
  let smtp: Awaited<ReturnType<typeof listenSmtp>> | null = await listenSmtp(options.smtpPort ?? 0, mailbox, () => fault);
  const { port } = smtp;

  async function setFault(next: Fault): Promise<void> {
    fault = next;
    if (next === 'refused') {
      await smtp?.close();
      smtp = null;
    } else smtp ??= await listenSmtp(port, mailbox, () => fault);
  }

  const server = Fastify({ forceCloseConnections: true });
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(body as string))));
  mountGateway(server, mailbox, () => fault);
  mountPages(server, { mailbox, fault: () => fault, setFault });
  await server.listen({ port: options.port ?? 0, host: '127.0.0.1' });
  const url = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  return {
    url, smtpUrl: `smtp://127.0.0.1:${port}`, smsUrl: `${url}/sms`, mailbox, setFault,
    async close() {
      await server.close();
      await smtp?.close();
    },
  };
}

interface Sms {
  readonly id: string;
  readonly to: string;
  readonly text: string;
}

/** The SMS gateway: an id already accepted is accepted again, and sent once. */
function mountGateway(server: FastifyInstance, mailbox: Mailbox, fault: () => Fault): void {
  server.post<{ Body: Sms }>('/sms', ({ body: { id, to, text }, raw }, reply) => {
    if (fault() === 'refused' || fault() === 'temporary') return reply.status(503).send({ error: 'try again later' });
    if (!mailbox.list(to).some(({ messageId }) => messageId === id)) mailbox.keep({ kind: 'sms', to: [to], from: '', messageId: id, subject: '', text });
    return fault() === 'cut' ? hangUp(reply, raw) : reply.status(202).send({ accepted: id });
  });
}

/** Leaves the caller without an answer. */
function hangUp(reply: FastifyReply, raw: IncomingMessage): FastifyReply {
  raw.socket.destroy();
  return reply.hijack();
}

interface Switch {
  readonly mailbox: Mailbox;
  readonly fault: () => Fault;
  readonly setFault: (fault: Fault) => Promise<void>;
}

function mountPages(server: FastifyInstance, { mailbox, fault, setFault }: Switch): void {
  server.get<{ Querystring: { to?: string } }>('/', ({ query: { to = '' } }, reply) => reply.type('text/html').send(listPage(mailbox.list(to), to, fault())));
  server.get<{ Params: { id: string } }>('/courriers/:id', ({ params }, reply) => {
    const message = mailbox.find(params.id);
    return reply.status(message ? 200 : 404).type('text/html').send(message ? messagePage(message) : absentPage());
  });
  server.get<{ Querystring: { to?: string } }>('/messages', ({ query }) => ({ messages: mailbox.list(query.to) }));
  for (const path of ['/panne', '/admin/panne']) {
    server.post<{ Body: { fault?: string } }>(path, async ({ body }, reply) => {
      if (!isFault(body.fault)) return reply.status(400).send({ error: 'unknown fault' });
      await setFault(body.fault);
      return path === '/panne' ? reply.redirect('/', 303) : { fault: fault() };
    });
  }
}
