import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import type { Clock } from '../../foundation/clock.ts';
import type { Database, Transaction } from '../../foundation/db/database.ts';
import { conflict } from '../../foundation/errors.ts';
import { post } from '../../foundation/outbox.ts';
import type { TemplateId } from '../contract.ts';
import { maskEmail, maskPhone } from '../domain/mask.ts';
import { checkedValues } from '../domain/render.ts';
import { type Template, templateOf } from '../domain/templates.ts';
import { createDelivery, erase } from './delivery.ts';
import type { Address, Letter, Recipient, SendMail, SendSms } from './index.ts';
import { createPreferences, refuses } from './preferences.ts';

export interface MessagesDependencies {
  readonly database: Database;
  readonly clock: Clock;
  /** Address of our site, without a slash at its end. */
  readonly siteUrl: string;
  /** The addresses that somebody known here has today. */
  readonly addressesOf: (recipient: Recipient) => Promise<readonly Address[]>;
  /** Null: no server is set, messages are kept until one is. */
  readonly sendMail: SendMail | null;
  readonly sendSms: SendSms | null;
  /** Whether this process sends what is written to patients: the regulation's alone does. */
  readonly toPatients: boolean;
}

export type Messages = ReturnType<typeof createMessages>;

const KEPT_DAYS = 30;
/** Messages with a secret or a patient's phone that never left. */
const SECRET_KEPT_HOURS = 48;

/** Patients' messages travel on a channel of their own, which the platform's processes do not serve. */
const channelOf = ({ channel, audience }: Template): string => (audience === 'patient' ? `patient-${channel}` : channel);

const maskOf = (to: Recipient): string => {
  if ('email' in to) return maskEmail(to.email);
  if ('phone' in to) return maskPhone(to.phone);
  return 'accountId' in to ? 'titulaire du compte' : 'professionalId' in to ? 'professionnel' : 'gestionnaires de la structure';
};

/** Messages to people: written with the change that causes them, sent afterwards, erased when they have served. */
export function createMessages(dependencies: MessagesDependencies) {
  const { database, clock } = dependencies;
  const db = database.for('messages');

  return {
    /**
     * Writes a message in the caller's transaction; it leaves after the commit. False when this key was already sent, or when
     * its recipient does not want such messages.
     * @throws Error when a value is not of the kind that the template takes
     */
    async send<Id extends TemplateId>(tx: Transaction, { template, to, values, key, until }: Letter<Id>): Promise<boolean> {
      const mine = tx.for('messages');
      const written = templateOf(template);
      if ('accountId' in to && written.optional && (await refuses(mine, template, [to.accountId])).size > 0) return false;
      const content = checkedValues(template, values);
      const now = clock.now();
      const id = randomUUID();
      const eraseAt = written.erasedOnceSent ? now.add({ hours: SECRET_KEPT_HOURS }) : now.add({ hours: 24 * KEPT_DAYS });
      const added = await mine.run(sql`
        insert into messages.sending (id, key, template, recipient, content, asked_at, until, erase_at)
        values (${id}, ${key}, ${template}, ${JSON.stringify(to)}, ${JSON.stringify(content)}, ${now}, ${until ?? null}, ${eraseAt})
        on conflict (key) do nothing`);
      if (added === 0) return false;
      await post(tx, { id, channel: channelOf(written), recipient: maskOf(to), payload: { template }, at: now });
      return true;
    },

    /** A person put a message of the outbox back in the queue: it may be handed over again. @throws conflict `message-erased` */
    async sendAgain(tx: Transaction, id: string): Promise<void> {
      const mine = tx.for('messages');
      const sending = await mine.maybeOne<{ erased: boolean }>(sql`select recipient is null as erased from messages.sending where id = ${id} for update`);
      if (!sending) return;
      if (sending.erased) throw conflict('message-erased', 'Le destinataire et le contenu de ce message ont été effacés : il ne peut plus partir. Rien n’a été changé.');
      await mine.run(sql`update messages.sending set handed_at = null where id = ${id}`);
    },

    /** What screens may show of these messages of the outbox: the recipient masked, and whether it was erased. */
    async shown(ids: readonly string[]): Promise<Map<string, { recipient: string | null; erased: boolean }>> {
      const rows = await db.query<{ id: string; recipient: string | null; erased: boolean }>(sql`
        select id, shown as recipient, recipient is null as erased from messages.sending where id = any(${[...ids]})`);
      return new Map(rows.map(({ id, ...row }) => [id, row]));
    },

    /** Erases what has served, or will never: recipients and values. */
    async eraseDue(): Promise<number> {
      return erase(db, sql`erase_at <= ${clock.now()} and recipient is not null`);
    },

    preferences: createPreferences({ database, clock }),
    ...createDelivery(dependencies),
  };
}

