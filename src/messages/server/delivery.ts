import sql, { type Sql } from 'sql-template-tag';
import type { Queryable, Transaction } from '../../foundation/db/database.ts';
import { type Deliver, type OutboxMessage, Undeliverable } from '../../foundation/outbox.ts';
import type { TemplateId } from '../contract.ts';
import { maskEmail, maskPhone } from '../domain/mask.ts';
import { render } from '../domain/render.ts';
import { type Template, templateOf, type Values } from '../domain/templates.ts';
import { OutcomeUnknown, type Recipient } from './index.ts';
import type { MessagesDependencies } from './messages.ts';
import { refuses } from './preferences.ts';

interface Sending {
  readonly template: TemplateId;
  readonly recipient: Recipient | null;
  readonly content: Values | null;
  readonly until: Temporal.Instant | null;
  readonly handedAt: Temporal.Instant | null;
  readonly sentAt: Temporal.Instant | null;
}

const UNKNOWN = 'Issue inconnue : le message est peut-être arrivé. Renseignez-vous avant de le remettre en file.';

/** Erases recipients and values of the sendings chosen; what was sent, and when, stays. */
export const erase = (db: Queryable, chosen: Sql): Promise<number> => db.run(sql`update messages.sending set recipient = null, content = null where ${chosen}`);

/**
 * How messages leave, never twice by themselves. "Handed over" is committed before the server is spoken to, and "sent" after
 * its answer, each on its own: a process that dies in between, or an answer that never came, leaves a message handed over and
 * not sent, which is not tried again but waits for a person. The price, in these rare cases, is a message that may not have
 * left; the Message-ID never changes, so a copy that a person sends again is recognised by the recipient's server.
 */
export function createDelivery({ database, clock, siteUrl, addressesOf, sendMail, sendSms, toPatients }: MessagesDependencies) {
  const db = database.for('messages');

  async function deliver({ id }: OutboxMessage): ReturnType<Deliver> {
    const sending = await db.maybeOne<Sending>(sql`
      select template, recipient, content, until, handed_at as "handedAt", sent_at as "sentAt" from messages.sending where id = ${id}`);
    if (sending?.sentAt) return 'sent';
    if (sending?.handedAt) throw new Undeliverable(UNKNOWN);
    if (!sending?.recipient || !sending.content) return { withdrawn: 'Effacé avant d’avoir pu partir.' };
    if (sending.until && Temporal.Instant.compare(sending.until, clock.now()) <= 0) return giveUp(id, 'Trop tard : il ne servait plus à rien.');
    const addresses = await wanting(sending.recipient, sending.template);
    if (addresses.length === 0) return giveUp(id, 'Aucune adresse connue, ou la personne ne veut pas de ce message.');
    await db.run(sql`update messages.sending set handed_at = ${clock.now()}, shown = ${addresses.map(mask).join(', ')} where id = ${id}`);
    await handOver(id, addresses, sending.template, sending.content);
    return 'sent';
  }

  async function handOver(id: string, to: readonly string[], template: TemplateId, content: Values): Promise<void> {
    const { channel, erasedOnceSent }: Template = templateOf(template);
    try {
      const { subject, text, html } = render(template, content, siteUrl);
      if (channel === 'email') await sendMail!({ id, to, subject, text, html });
      else await sendSms!({ id, to: to[0]!, text });
    } catch (error) {
      if (error instanceof OutcomeUnknown) throw new Undeliverable(UNKNOWN);
      await db.run(sql`update messages.sending set handed_at = null where id = ${id}`);
      throw error;
    }
    await db.run(sql`update messages.sending set sent_at = ${clock.now()} where id = ${id}`);
    if (erasedOnceSent) await erase(db, sql`id = ${id}`);
  }

  async function giveUp(id: string, withdrawn: string) {
    await erase(db, sql`id = ${id}`);
    return { withdrawn };
  }

  /** The addresses that want this message, an SMS to one phone included. */
  async function wanting(recipient: Recipient, template: TemplateId): Promise<readonly string[]> {
    if ('phone' in recipient) return [recipient.phone];
    const addresses = 'email' in recipient ? [{ email: recipient.email, accountId: null }] : await addressesOf(recipient);
    const { optional }: Template = templateOf(template);
    const refusing = optional ? await refuses(db, template, addresses.flatMap(({ accountId }) => accountId ?? [])) : new Set();
    return addresses.filter(({ accountId }) => !refusing.has(accountId)).map(({ email }) => email);
  }

  const channels = new Map<string, Deliver>([
    ...(sendMail ? [['email', deliver] as const] : []),
    ...(sendSms ? [['sms', deliver] as const, ...(toPatients ? [['patient-sms', deliver] as const] : [])] : []),
  ]);

  return {
    /** The channels that this process serves. */
    channels,
    /** Erases at once the phone or the secret of a message that will not be tried again by itself. */
    async onDead(tx: Transaction, { id }: OutboxMessage): Promise<void> {
      const mine = tx.for('messages');
      const sending = await mine.maybeOne<{ template: TemplateId }>(sql`select template from messages.sending where id = ${id}`);
      const { erasedOnceSent }: Partial<Template> = sending ? templateOf(sending.template) : {};
      if (erasedOnceSent) await erase(mine, sql`id = ${id}`);
    },
  };
}

const mask = (address: string): string => (address.includes('@') ? maskEmail(address) : maskPhone(address));
