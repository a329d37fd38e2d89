import sql from 'sql-template-tag';
import type { BackgroundTask } from '../../../foundation/background.ts';
import type { Clock } from '../../../foundation/clock.ts';
import type { Database } from '../../../foundation/db/database.ts';
import type { Territories } from '../../../territory/server/index.ts';
import type { Availability, Visibility } from '../../availability/server/index.ts';
import { weeksAround } from '../domain/weeks.ts';

export interface UploadCheckDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly territories: Pick<Territories, 'get'>;
  readonly visibility: Pick<Visibility, 'editorShowings'>;
  readonly askVendors: Availability['askVendors'];
}

const EVERY_MS = 4 * 3_600_000;
/** Doctors asked about at once: about as many as a page of search. */
const LOT = 100;
const AHEAD_HOURS = 48;

/**
 * Looks at the vendors for those whose software was not seen this week, so that nobody misses a week because no search
 * happened near him. The answers are noted as those of any search (PART-10).
 */
export function createUploadCheck({ database, clock, territories, visibility, askVendors }: UploadCheckDependencies) {
  const db = database.for('participation');

  async function check(): Promise<number> {
    const now = clock.now();
    const rows = await db.query<{ id: string; territory: string; isStructure: boolean }>(sql`
      select coalesce(national_id, structure_id) as id, territory, structure_id is not null as "isStructure" from participation.participation
      where uses_editor and upload and status in ('DECLARE', 'EFFECTIF') and valid_from <= ${now} and (valid_to is null or valid_to > ${now})`);
    let asked = 0;
    for (const [territory, subjects] of Map.groupBy(rows, (row) => row.territory)) {
      const { timeZone } = await territories.get(territory);
      const [week] = weeksAround(now, timeZone, 0, 1);
      const seen = await visibility.editorShowings(subjects.map(({ id }) => id), Temporal.Instant.fromEpochMilliseconds(week!.start), Temporal.Instant.fromEpochMilliseconds(week!.end));
      const known = new Set(seen.filter(({ instants }) => instants.some((at) => at >= week!.start && at < week!.end)).map(({ id }) => id));
      const unseen = subjects.filter(({ id }) => !known.has(id));
      for (let first = 0; first < unseen.length; first += LOT) {
        const lot = unseen.slice(first, first + LOT);
        const ids = (structures: boolean) => lot.filter(({ isStructure }) => isStructure === structures).map(({ id }) => id);
        await askVendors({ professionals: ids(false), structures: ids(true), from: now, to: now.add({ hours: AHEAD_HOURS }) }, () => undefined);
        asked += lot.length;
      }
    }
    return asked;
  }

  const task: BackgroundTask = { name: 'participation-uploads', everyMs: EVERY_MS, work: check };
  return { check, task };
}
