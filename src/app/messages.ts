import type { BackgroundTask } from '../foundation/background.ts';
import type { Clock } from '../foundation/clock.ts';
import type { Database, Transaction } from '../foundation/db/database.ts';
import type { Logger } from '../foundation/log.ts';
import { deliverDue } from '../foundation/outbox.ts';
import type { Account, Accounts } from '../identity/server/index.ts';
import { createSmtpSender } from '../interop/mail/smtp.ts';
import { createSmsSender } from '../interop/sms/gateway.ts';
import type { TemplateId } from '../messages/contract.ts';
import { type Address, createMessages, type Letter, type Messages, type Recipient } from '../messages/server/index.ts';
import type { Environment } from './config.ts';

export interface AppMessagesDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly accounts: Accounts;
  readonly environment: Environment;
  readonly publicUrl: string;
}

export type AppMessages = ReturnType<typeof assembleMessages>;

const DELIVERED_EVERY_MS = 500;
const ERASED_EVERY_MS = 600_000;
/** When no sender is set: an address that receives nothing. */
const NOBODY = 'ne-pas-repondre@sas.invalid';

/** Messages to people, as this process sends them. */
export function assembleMessages({ database, clock, log, accounts, environment, publicUrl }: AppMessagesDependencies) {
  const { SMTP_URL, SMS_URL, MAIL_FROM, SAS_ROLE } = environment;
  const messages = createMessages({
    database, clock, siteUrl: publicUrl.replace(/\/$/, ''), addressesOf: (recipient) => addressesOf(accounts, recipient),
    sendMail: SMTP_URL ? createSmtpSender({ url: SMTP_URL, from: MAIL_FROM ?? NOBODY }) : null,
    sendSms: SMS_URL ? createSmsSender(SMS_URL) : null,
    toPatients: SAS_ROLE !== 'platform',
  });
  const { onDead } = messages;
  // One task a channel: a mail server that keeps silent does not hold the SMS back.
  const tasks: BackgroundTask[] = [...messages.channels].map(([channel, deliver]) => ({
    name: `messages-${channel}`, everyMs: DELIVERED_EVERY_MS, work: () => deliverDue(database, new Map([[channel, deliver]]), { clock, log, onDead }),
  }));
  return { ...messages, ...lettersOf(messages), tasks: [...tasks, { name: 'messages-erased', everyMs: ERASED_EVERY_MS, work: () => messages.eraseDue() }] };
}

/** Today's addresses of somebody who has an account, or of those who manage a structure. */
async function addressesOf(accounts: Accounts, recipient: Recipient): Promise<readonly Address[]> {
  const reachable = (account: Account | null): Address[] => (account?.active && account.email ? [{ accountId: account.id, email: account.email }] : []);
  if ('accountId' in recipient) return reachable(await accounts.byId(recipient.accountId));
  if ('professionalId' in recipient) return reachable(await accounts.byNationalId(recipient.professionalId));
  if ('structureId' in recipient) return (await accounts.managersOf(recipient.structureId)).flatMap(reachable);
  return [];
}

/** The messages that contexts ask for, one function each: `(tx, { to, values, key, until? })`. */
function lettersOf({ send }: Messages) {
  const letter = <Id extends TemplateId>(template: Id) => (tx: Transaction, asked: Omit<Letter<Id>, 'template'>): Promise<boolean> => send(tx, { template, ...asked });
  return {
    sendConfirmation: letter('email-confirmation'),
    sendAccountLink: letter('account-link'),
    sendInvitation: letter('invitation'),
    sendPasswordReset: letter('password-reset'),
    tellSecondFactorChanged: letter('second-factor-changed'),
    tellAccountOpened: letter('account-opened'),
    tellAccountSuspended: letter('account-suspended'),
    tellManagerRequested: letter('structure-manager-requested'),
    tellManagerAccepted: letter('structure-manager-accepted'),
    tellManagerRefused: letter('structure-manager-refused'),
    tellDelegationGranted: letter('delegation-granted'),
    tellDelegationRevoked: letter('delegation-revoked'),
    tellDelegationEnding: letter('delegation-ending'),
    tellEnSusRequest: letter('en-sus-request'),
    tellEnSusTakenElsewhere: letter('en-sus-taken-elsewhere'),
    tellAppointmentBooked: letter('appointment-booked'),
    tellAppointmentMoved: letter('appointment-moved'),
    tellAppointmentCancelled: letter('appointment-cancelled'),
    tellOutcomesToTell: letter('outcomes-to-tell'),
    tellLeaveTouches: letter('leave-touches-appointments'),
    tellWeeksMissing: letter('weeks-missing'),
    tellContactReceived: letter('contact-received'),
    tellContactAnswered: letter('contact-answered'),
    tellSupport: letter('contact-to-support'),
    remindPatient: letter('patient-reminder'),
    tellPatientCancelled: letter('patient-appointment-cancelled'),
  };
}
