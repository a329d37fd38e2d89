import type { Clock } from '../foundation/clock.ts';
import type { Database } from '../foundation/db/database.ts';
import { eventKeeping } from '../foundation/events.ts';
import { journalKeeping } from '../foundation/journal-seal.ts';
import { outboxKeeping } from '../foundation/outbox.ts';
import { delegationKeeping, sessionKeeping, tokenKeeping } from '../identity/server/purge.ts';
import { editorCallKeeping } from '../platform/availability/server/purge.ts';
import { importKeeping } from '../platform/directory/server/purge.ts';
import { orientationKeeping, searchKeeping } from '../platform/orientation/server/purge.ts';
import { categories } from '../privacy/contract.ts';
import { createRetention, type Keepings } from '../privacy/server/index.ts';
import { rightsRequestKeeping } from '../privacy/server/purge.ts';
import { dossierKeeping } from '../regulation/dossier/server/purge.ts';
import { callKeeping, commandKeeping } from '../regulation/telephony/server/purge.ts';
import type { Territories } from '../territory/server/index.ts';

/** What the journal says of the regulation stays as long as its dossiers. */
const regulationObjects = [
  'dossier', 'dossier-search', 'handover', 'regulation-settings', 'call', 'callback', 'agent', 'telephony', 'protocol', 'protocol-settings',
];

/** What each context keeps for a time. */
export const keepingsOf = (clock: Clock): Keepings => ({
  sessions: sessionKeeping, tokens: tokenKeeping, delegations: delegationKeeping,
  announcements: eventKeeping, messages: outboxKeeping,
  journal: journalKeeping({ objectTypes: regulationObjects, before: (at) => at.subtract({ hours: 24 * categories.dossiers.days.least }), clock }),
  imports: importKeeping, 'vendor-calls': editorCallKeeping, searches: searchKeeping, orientations: orientationKeeping,
  'rights-requests': rightsRequestKeeping, 'phone-commands': commandKeeping, calls: callKeeping, dossiers: dossierKeeping,
});

const EVERY_MS = 3_600_000;

/** Durations, holds and erasures, with the background work that erases. */
export function assembleRetention({ database, clock, territories }: { database: Database; clock: Clock; territories: Pick<Territories, 'list'> }) {
  const retention = createRetention({
    database, clock, keepings: keepingsOf(clock), territories: async () => (await territories.list()).map(({ code }) => code),
  });
  return { retention, task: { name: 'retention', everyMs: EVERY_MS, work: retention.run } };
}
