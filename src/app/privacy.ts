import type { Clock } from '../foundation/clock.ts';
import type { Database } from '../foundation/db/database.ts';
import { eventKeeping } from '../foundation/events.ts';
import { journalOf } from '../foundation/journal-personal.ts';
import { journalKeeping } from '../foundation/journal-seal.ts';
import { outboxKeeping } from '../foundation/outbox.ts';
import { supportRoles } from '../help/contract.ts';
import { createContacts, type HelpDependencies } from '../help/server/index.ts';
import { contactKeeping } from '../help/server/purge.ts';
import type { Accounts } from '../identity/server/index.ts';
import { accountData } from '../identity/server/personal-data.ts';
import { accountKeeping, delegationKeeping, grantKeeping, linkKeeping, sessionKeeping, tokenKeeping } from '../identity/server/purge.ts';
import { messageData } from '../messages/server/personal-data.ts';
import { sendingKeeping } from '../messages/server/purge.ts';
import { openingData } from '../platform/availability/server/personal-data.ts';
import { agendaKeeping, editorCallKeeping, vendorAccountKeeping, visibilityKeeping } from '../platform/availability/server/purge.ts';
import { directoryData } from '../platform/directory/server/personal-data.ts';
import { importKeeping } from '../platform/directory/server/purge.ts';
import { patientDataInText } from '../platform/orientation/domain/patient-text.ts';
import { orientationData } from '../platform/orientation/server/personal-data.ts';
import { dutyKeeping, orientationKeeping, searchKeeping } from '../platform/orientation/server/purge.ts';
import { participationData } from '../platform/participation/server/personal-data.ts';
import { participationKeeping } from '../platform/participation/server/purge.ts';
import { categories } from '../privacy/contract.ts';
import { createRetention, createRights, type Keepings } from '../privacy/server/index.ts';
import { rightsRequestKeeping } from '../privacy/server/purge.ts';
import { dossierKeeping } from '../regulation/dossier/server/purge.ts';
import { callKeeping, commandKeeping } from '../regulation/telephony/server/purge.ts';
import type { Territories } from '../territory/server/index.ts';
import type { AppMessages } from './messages.ts';

/** What the journal says of the regulation stays as long as its dossiers. */
const regulationObjects = [
  'dossier', 'dossier-search', 'handover', 'regulation-settings', 'call', 'callback', 'agent', 'telephony', 'protocol', 'protocol-settings',
];

/** What each context keeps for a time. */
export const keepingsOf = (clock: Clock): Keepings => ({
  sessions: sessionKeeping, tokens: tokenKeeping, delegations: delegationKeeping, accounts: accountKeeping, grants: grantKeeping, 'account-links': linkKeeping,
  participations: participationKeeping, agendas: agendaKeeping, 'visible-weeks': visibilityKeeping, duties: dutyKeeping, 'vendor-accounts': vendorAccountKeeping,
  announcements: eventKeeping, messages: outboxKeeping, sendings: sendingKeeping,
  journal: journalKeeping({ objectTypes: regulationObjects, before: (at) => at.subtract({ hours: 24 * categories.dossiers.days.least }), clock }),
  imports: importKeeping, 'vendor-calls': editorCallKeeping, searches: searchKeeping, orientations: orientationKeeping,
  contacts: contactKeeping, 'rights-requests': rightsRequestKeeping, 'phone-commands': commandKeeping, calls: callKeeping, dossiers: dossierKeeping,
});

const EVERY_MS = 3_600_000;

export interface PrivacyDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly accounts: Pick<Accounts, 'names' | 'holders'>;
  readonly messages: Pick<AppMessages, 'tellContactReceived' | 'tellContactAnswered' | 'tellSupport'>;
  readonly territories: Pick<Territories, 'list'>;
}

/** Who is told of a request for help: by a link, never by its text. A message waits while the mail server is down. */
function contactMessages(accounts: PrivacyDependencies['accounts'], messages: PrivacyDependencies['messages']): Pick<HelpDependencies, 'tellSupport' | 'tellAuthor'> {
  return {
    async tellSupport(tx, { contactId, subject, territory }) {
      for (const { id } of await accounts.holders(supportRoles, [territory])) {
        await messages.tellSupport(tx, { to: { accountId: id }, values: { subject, link: '/administration/contacts' }, key: `contact/${contactId}/support/${id}` });
      }
    },
    async tellAuthor(tx, { contactId, subject, event, authorId }) {
      const tell = event === 'answered' ? messages.tellContactAnswered : messages.tellContactReceived;
      await tell(tx, { to: { accountId: authorId }, values: { subject, link: '/contact' }, key: `contact/${contactId}/${event}` });
    },
  };
}

/** Retention, data rights and requests for help, with the background work that erases. */
export function assemblePrivacy({ database, clock, accounts, messages, territories }: PrivacyDependencies) {
  const accountNames = (ids: string[]) => accounts.names(ids);
  const patientDataIn = (text: string) => patientDataInText(text, clock.now().toZonedDateTimeISO('UTC').year);
  const contacts = createContacts({ database, clock, accountNames, patientDataIn, ...contactMessages(accounts, messages) });
  const retention = createRetention({
    database, clock, keepings: keepingsOf(clock), territories: async () => (await territories.list()).map(({ code }) => code),
  });
  const rights = createRights({
    database, clock, accountNames, patientDataIn,
    providers: [
      accountData(database), directoryData(database), participationData(database), openingData(database), orientationData(database),
      messageData(database), contacts.personalData, journalOf(database),
    ],
  });
  return { contacts, retention, rights, task: { name: 'retention', everyMs: EVERY_MS, work: retention.run } };
}
