import type { TemplateId, ValuesOf } from '../contract.ts';

export { createMessages, type Messages } from './messages.ts';
export { messageHandlers } from './routes.ts';

/** To whom: somebody known here, whose address is looked up when the message leaves, or an address. */
export type Recipient =
  | { readonly accountId: string }
  /** Prefixed national id of a professional. */
  | { readonly professionalId: string }
  /** Those who manage it: prefixed national id of a structure. */
  | { readonly structureId: string }
  | { readonly email: string }
  | { readonly phone: string };

/** A message to send. */
export interface Letter<Id extends TemplateId = TemplateId> {
  readonly template: Id;
  readonly to: Recipient;
  readonly values: ValuesOf<Id>;
  /** Names the cause, e.g. `en-sus/<id>`: asked twice, it is sent once. Holds nothing of anybody. */
  readonly key: string;
  /** Of no use afterwards: a message that could not leave by then never does. */
  readonly until?: Temporal.Instant;
}

/** An e-mail ready to leave; several recipients do not see each other. */
export interface Mail {
  /** The same at each attempt. */
  readonly id: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface Sms {
  /** The same at each attempt. */
  readonly id: string;
  readonly to: string;
  readonly text: string;
}

/**
 * Hands an e-mail over. No error tells an address.
 * @throws SystemAway, Undeliverable, or an error after which nothing was sent; OutcomeUnknown
 */
export type SendMail = (mail: Mail) => Promise<void>;
/** Hands an SMS over. @throws as `SendMail` */
export type SendSms = (sms: Sms) => Promise<void>;

/** The message was handed over and no answer came: it may have been sent. */
export class OutcomeUnknown extends Error {}

/** An address that somebody has today, and the account it belongs to when it does. */
export interface Address {
  readonly accountId: string | null;
  readonly email: string;
}
