import sql from 'sql-template-tag';
import type { BackgroundTask } from '../../../foundation/background.ts';
import type { Clock } from '../../../foundation/clock.ts';
import type { Database } from '../../../foundation/db/database.ts';
import { writeJournal } from '../../../foundation/journal.ts';
import { type ParticipationRecord, type Status } from '../contract.ts';
import { moveOf, reviewOf } from '../domain/states.ts';
import type { Standing } from '../domain/standing.ts';
import { announceChange, statementIn } from './declarations.ts';
import type { Eligibility } from './eligibility.ts';
import { idOf, lockSubject, openRecord, recordsOf, split, type SubjectId } from './records.ts';

type Reviewed = SubjectId & { territory: string; status: Status };

const SOFTWARE = { id: 'participation-review', name: 'Plateforme SAS', byDelegation: false };
const EVERY_MS = 600_000;

/** Makes declarations effective once both conditions hold, and takes it back when a whole week was missed (PART-02). */
export function createReview({ database, clock, eligibility }: { database: Database; clock: Clock; eligibility: Pick<Eligibility, 'aroundNow'> }) {
  const db = database.for('participation');

  async function apply(reviewed: Reviewed, standing: Standing): Promise<boolean> {
    const [last, present, next] = standing.weeks;
    return db.transaction(async (tx) => {
      await lockSubject(tx, reviewed);
      const now = clock.now();
      const { current } = split(await recordsOf(tx, reviewed), now);
      const event = current && reviewOf(current.status, [last!, present!, next!]);
      if (!current || !event) return false;
      const { to } = moveOf(current.status, event)!;
      await openRecord(tx, change(reviewed, current, event, to, now), { keepUpcoming: true });
      await writeJournal(tx, {
        at: now, territory: reviewed.territory, actor: SOFTWARE.id, objectType: 'participation', objectId: idOf(reviewed), event: `participation-${event}`,
        from: current.status, to, payload: { weeks: standing.weeks },
      });
      await announceChange(tx, reviewed);
      return true;
    });
  }

  /** Looks at every declaration in force. Gives how many changed. */
  async function review(): Promise<number> {
    const now = clock.now();
    const rows = await db.query<Reviewed>(sql`
      select national_id as "nationalId", structure_id as "structureId", territory, status from participation.participation
      where status in ('DECLARE', 'EFFECTIF') and valid_from <= ${now} and (valid_to is null or valid_to > ${now})`);
    let changed = 0;
    for (const [territory, subjects] of Map.groupBy(rows, (row) => row.territory)) {
      const standings = await eligibility.aroundNow({
        professionals: subjects.flatMap(({ nationalId }) => nationalId ?? []), structures: subjects.flatMap(({ structureId }) => structureId ?? []),
      }, territory);
      const due = subjects.filter((one) => reviewOf(one.status, weeksOf(standings.get(idOf(one))!)) !== null);
      for (const one of due) if (await apply(one, standings.get(idOf(one))!)) changed++;
    }
    return changed;
  }

  const task: BackgroundTask = { name: 'participation-review', everyMs: EVERY_MS, work: review };
  return { review, task };
}

type Three = Parameters<typeof reviewOf>[1];
const weeksOf = ({ weeks }: Standing): Three => [weeks[0]!, weeks[1]!, weeks[2]!];

const change = (reviewed: Reviewed, current: ParticipationRecord, event: 'become-effective' | 'lose-visibility', status: Status, now: Temporal.Instant) => ({
  ...reviewed, event, status, settings: current, statement: statementIn(current), reason: null, author: SOFTWARE, at: now, from: now,
});
