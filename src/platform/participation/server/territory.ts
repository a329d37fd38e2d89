import sql from 'sql-template-tag';
import type { Clock } from '../../../foundation/clock.ts';
import type { Database } from '../../../foundation/db/database.ts';
import { forbidden, ruleBroken } from '../../../foundation/errors.ts';
import { announce } from '../../../foundation/events.ts';
import type { ResponseInputOf } from '../../../foundation/http/route.ts';
import { writeJournal } from '../../../foundation/journal.ts';
import { type Actor, coversTerritory } from '../../../identity/contract.ts';
import type { Directory } from '../../directory/server/index.ts';
import type { routes } from '../contract.ts';
import type { Standing } from '../domain/standing.ts';
import { isoYearOf } from '../domain/weeks.ts';
import type { Eligibility } from './eligibility.ts';
import { idOf, type SubjectId } from './records.ts';
import { createSubjects, refuse, rightsOn, type SubjectDependencies } from './subjects.ts';

export interface TerritoryViewDependencies extends SubjectDependencies {
  readonly directory: SubjectDependencies['directory'] & Pick<Directory, 'names'>;
  readonly database: Database;
  readonly clock: Clock;
  readonly eligibility: Eligibility;
}

type Weeks = ResponseInputOf<typeof routes.participationWeeks>;
type Everybody = ResponseInputOf<typeof routes.eligibility>;

/** The 2 h a week as they are shown: to each one his own, to the SAS leader those of the territory (PART-11). */
export function createTerritoryView(deps: TerritoryViewDependencies) {
  const { database, clock, directory, territories, eligibility } = deps;
  const db = database.for('participation');
  const subjects = createSubjects(deps);

  async function mayLead(actor: Actor, territory: string, event: string): Promise<void> {
    if (coversTerritory(actor, territory)) return;
    await db.transaction((tx) => writeJournal(tx, {
      at: clock.now(), territory, actor: actor.accountId, role: actor.roles[0] ?? null, objectType: 'participation', objectId: territory, event: `${event}-refused`,
    }));
    throw forbidden('territory-out-of-reach', `Vos droits ne couvrent pas le territoire ${territory}. Rien n'a été modifié.`);
  }

  return {
    /** The weeks of a year, the present one by default. @throws forbidden `participation-not-yours`; not-found */
    async weeks(actor: Actor, subject: SubjectId, year: number | null): Promise<Weeks> {
      const { territory, timeZone } = await subjects.open(subject);
      const rights = rightsOn(actor, subject, territory);
      if (!rights.changes && !rights.leads) await refuse(database, actor, { ...subject, territory, event: 'participation-weeks' }, clock.now());
      const asked = { professionals: subject.nationalId ? [subject.nationalId] : [], structures: subject.structureId ? [subject.structureId] : [] };
      const standings = await eligibility.ofYear(asked, territory, year ?? isoYearOf(clock.now(), timeZone));
      const { weeks, verdict } = standings.get(idOf(subject))!;
      return { weeks: [...weeks], verdict, timeZone };
    },

    /** Everybody who took part in the year. @throws forbidden `territory-out-of-reach`; not-found `territory-not-found` */
    async eligibility(actor: Actor, territory: string, year: number): Promise<Everybody> {
      await mayLead(actor, territory, 'participation-eligibility');
      const standings: [string, Standing][] = [];
      for await (const lot of eligibility.pass(territory, year)) standings.push(...lot);
      const ids = standings.map(([id]) => id);
      const [names, last] = await Promise.all([directory.names(ids), lastOf(ids)]);
      const doctors = standings.map(([nationalId, { verdict }]) => {
        const name = names.get(nationalId);
        return { nationalId, name: name ? `${name.lastName} ${name.firstName}` : nationalId, status: last.get(nationalId)?.status ?? null, via: last.get(nationalId)?.via ?? null, verdict };
      });
      return { doctors, tolerance: standings[0]?.[1].verdict.tolerance ?? 0 };
    },

    /**
     * How many weeks may be missing, from a day on; years already judged keep theirs.
     * @throws forbidden `territory-out-of-reach`; rule `tolerance-refused`; not-found `territory-not-found`
     */
    async saveTolerance(actor: Actor, { territory, from, weeks }: { territory: string; from: string; weeks: number }): Promise<void> {
      await mayLead(actor, territory, 'participation-tolerance');
      const { timeZone } = await territories.get(territory);
      const now = clock.now();
      if (from < now.toZonedDateTimeISO(timeZone).toPlainDate().toString()) {
        const message = "La tolérance ne change pas dans le passé : choisissez aujourd'hui ou un jour à venir.";
        throw ruleBroken('tolerance-refused', `La tolérance n'a pas été enregistrée. ${message}`, [{ path: 'from', message }]);
      }
      await db.transaction(async (tx) => {
        await tx.run(sql`
          insert into participation.tolerance (territory, valid_from, weeks, author, author_name, recorded_at)
          values (${territory}, ${from}, ${weeks}, ${actor.accountId}, ${actor.displayName}, ${now})
          on conflict (territory, valid_from) do update
          set weeks = excluded.weeks, author = excluded.author, author_name = excluded.author_name, recorded_at = excluded.recorded_at`);
        await writeJournal(tx, {
          at: now, territory, actor: actor.accountId, role: actor.roles[0] ?? null, objectType: 'participation', objectId: territory,
          event: 'participation-tolerance', payload: { weeks, from },
        });
        await announce(tx, { topic: 'participation', ids: { territory }, audience: { territories: [territory, '*'] } });
      });
    },
  };

  /** Where each one stands now, or stood at the end. */
  async function lastOf(ids: readonly string[]) {
    const rows = await db.query<{ id: string } & Pick<Everybody['doctors'][number], 'status' | 'via'>>(sql`
      select distinct on (national_id) national_id as id, status, via from participation.participation
      where national_id = any(${ids}) and valid_from <= ${clock.now()} order by national_id, valid_from desc`);
    return new Map(rows.map(({ id, ...row }) => [id, row]));
  }
}

export type TerritoryView = ReturnType<typeof createTerritoryView>;
