import { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import { parseConnectionUrl } from 'nodemailer/lib/shared';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { SystemAway, Undeliverable } from '../../foundation/outbox.ts';
import { type Mail, OutcomeUnknown, type SendMail } from '../../messages/server/index.ts';

export interface SmtpSettings {
  /** `smtp://` or `smtps://`, with user and password when the server wants them. */
  readonly url: string;
  /** Address that the e-mails come from. */
  readonly from: string;
  /** Longest silence of the server. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 15_000;
const SENDER = "Service d'accès aux soins";

type SmtpError = Error & { readonly responseCode?: number; readonly command?: string; readonly code?: string; readonly originalCode?: string };

/** Hands e-mails to a server (SMTP), one connection each. */
export function createSmtpSender({ url, from, timeoutMs = TIMEOUT_MS }: SmtpSettings): SendMail {
  const { auth, ...server } = parseConnectionUrl(url);
  const timeouts = { connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs };
  return async (mail) => {
    const message = Readable.from([await composed(mail, from)]);
    const connection = new SMTPConnection({ ...server, ...timeouts });
    try {
      await opened(connection, auth);
      await answerOf(connection, (done) => connection.send({ from, to: [...mail.to] }, message, done)).catch((error: SmtpError) => {
        throw whyNotSent(error, message.readableEnded);
      });
    } finally {
      connection.close();
    }
  };
}

/** Connects and signs in; nothing is sent yet. @throws SystemAway */
async function opened(connection: SMTPConnection, auth: unknown): Promise<void> {
  try {
    await answerOf(connection, (done) => connection.connect(done));
    if (auth) await answerOf(connection, (done) => connection.login(auth, done));
  } catch (error) {
    const { responseCode, originalCode, code } = error as SmtpError;
    throw new SystemAway(`Le serveur de courriel ne répond pas ou refuse la connexion (${responseCode ?? originalCode ?? code ?? 'sans réponse'}).`);
  }
}

/** The answer of one step; a connection that breaks tells it by an event. */
function answerOf(connection: SMTPConnection, step: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.once('error', reject);
    step((error) => (error ? reject(error) : resolve()));
  });
}

/** The server's own words stay out of it: they often repeat the address. `complete`: the whole message had left. */
function whyNotSent({ responseCode, command }: SmtpError, complete: boolean): Error {
  if (responseCode === undefined) return complete ? new OutcomeUnknown() : new SystemAway('Le serveur de courriel a coupé la connexion avant de recevoir le message.');
  if (responseCode >= 500) return new Undeliverable(`Le serveur de courriel refuse ce message (${responseCode}).`);
  const words = `Le serveur de courriel refuse pour l’instant (${responseCode}).`;
  return command === 'RCPT TO' ? new Error(words) : new SystemAway(words);
}

/** Several recipients do not see each other. The Message-ID is the same at each attempt. */
function composed({ id, to, subject, text, html }: Mail, from: string): Promise<Buffer> {
  const composer = new MailComposer({
    from: { name: SENDER, address: from }, to: to.length === 1 ? to[0] : 'undisclosed-recipients:;', subject, text, html,
    messageId: `<${id}@${from.slice(from.lastIndexOf('@') + 1)}>`, headers: { 'Auto-Submitted': 'auto-generated' }, disableFileAccess: true, disableUrlAccess: true,
  });
  return composer.compile().build();
}
