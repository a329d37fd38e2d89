import type { BackgroundTask } from '../foundation/background.ts';
import { createAsking } from '../platform/orientation/server/outcome-asks.ts';
import { createNotices } from '../platform/orientation/server/outcome-notices.ts';
import type { TellReceiver } from '../platform/orientation/server/outcome-receivers.ts';
import { outcomeHandlers } from '../platform/orientation/server/outcome-routes.ts';
import type { Platform, PlatformDependencies } from './platform.ts';
import { pseudonymsOf, studyKey } from './study.ts';

const ASKED_EVERY_MS = 60_000;
const CLOSED_EVERY_MS = 600_000;
const TOLD_EVERY_MS = 2_000;

/** What became of the appointments: routes, and the work of telling receivers, asking them and closing what nobody told. */
export async function assembleOutcomes(
  { database, clock, territories, accounts, environment }: PlatformDependencies,
  { directory, orientations }: Pick<Platform, 'directory' | 'orientations'>,
  tellReceiver: TellReceiver,
) {
  const closedAfterDays = environment.OUTCOME_CLOSED_AFTER_DAYS;
  const { askDue, closeUntold } = createAsking({ database, clock, territories, tellReceiver, closedAfterDays });
  const tasks: BackgroundTask[] = [
    { name: 'outcome-notices', everyMs: TOLD_EVERY_MS, work: createNotices({ database, clock, tellReceiver }) },
    { name: 'outcome-asks', everyMs: ASKED_EVERY_MS, work: askDue },
    { name: 'outcome-closing', everyMs: CLOSED_EVERY_MS, work: closeUntold },
  ];
  return { tasks, handlers: outcomeHandlers({ database, clock, territories, accounts, directory, orientations, closedAfterDays, pseudonymOf: pseudonymsOf(await studyKey(database)) }) };
}
