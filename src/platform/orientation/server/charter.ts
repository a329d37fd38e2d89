import sql from 'sql-template-tag';
import type { Clock } from '../../../foundation/clock.ts';
import { type ContextDatabase, type Database, prepared, type Queryable } from '../../../foundation/db/database.ts';
import { forbidden, ruleBroken } from '../../../foundation/errors.ts';
import { announce } from '../../../foundation/events.ts';
import { writeJournal } from '../../../foundation/journal.ts';
import { type Actor, coversTerritory } from '../../../identity/contract.ts';
import type { Territories } from '../../../territory/server/index.ts';
import type { Charter, CharterLevel } from '../contract.ts';
import { charterProblems } from '../domain/charter.ts';

interface CharterRow extends Omit<Charter, 'createdAt' | 'activeFrom'> {
  createdAt: Temporal.Instant;
  activeFrom: Temporal.Instant | null;
}

const columns = sql`territory, version, levels, status, author, created_at as "createdAt", active_from as "activeFrom"`;
const LOCK = 7_386_070;

const toCharter = (row: CharterRow): Charter => ({
  ...row,
  createdAt: row.createdAt.toString(),
  activeFrom: row.activeFrom?.toString() ?? null,
});

/** A version of a charter, as a ranking uses it. */
export interface CharterVersion {
  readonly version: number;
  readonly levels: readonly CharterLevel[];
}

/** The charter in force in a territory, or the version asked for; null when there is none. */
export function readCharter(db: Queryable, territory: string, version: number | null = null): Promise<CharterVersion | null> {
  return db.maybeOne<CharterVersion>(prepared(sql`
    select version, levels from orientation.charter
    where territory = ${territory} and case when ${version}::int is null then status = 'ACTIF' else version = ${version} end`));
}

/** The charte d'adressage of the territories: versions that replace each other and stay readable. */
export function createCharters({ database, clock, territories }: { database: Database; clock: Clock; territories: Territories }) {
  const db: ContextDatabase = database.for('orientation');

  return {
    /** @throws not-found `territory-not-found` */
    async list(territory: string): Promise<{ active: Charter | null; versions: Charter[] }> {
      await territories.get(territory);
      const rows = await db.query<CharterRow>(sql`
        select ${columns} from orientation.charter where territory = ${territory} order by version desc`);
      const versions = rows.map(toCharter);
      return { active: versions.find(({ status }) => status === 'ACTIF') ?? null, versions };
    },

    /**
     * Puts a new version in force; the one before is kept for the proofs that used it.
     * @throws forbidden `territory-not-covered`; rule `charter-level-unreachable`; not-found `territory-not-found`
     */
    async save(territory: string, levels: CharterLevel[], actor: Actor): Promise<Charter> {
      if (!coversTerritory(actor, territory)) {
        throw forbidden('territory-not-covered', `La charte du territoire ${territory} se modifie par ses responsables. Rien n'a été changé.`);
      }
      await territories.get(territory);
      const problems = charterProblems(levels);
      if (problems.length > 0) {
        throw ruleBroken(
          'charter-level-unreachable',
          `La charte n'a pas été enregistrée : ${problems.map(({ message }) => message).join(' ; ')}. Changez l'ordre ou les critères.`,
          problems,
        );
      }
      const now = clock.now();
      return db.transaction(async (tx) => {
        await tx.query(sql`select pg_advisory_xact_lock(${LOCK}, hashtext(${territory}))`);
        const { last } = await tx.one<{ last: number }>(sql`
          select coalesce(max(version), 0) as last from orientation.charter where territory = ${territory}`);
        await tx.run(sql`
          update orientation.charter set status = 'REMPLACE', active_to = ${now} where territory = ${territory} and status = 'ACTIF'`);
        const row = await tx.one<CharterRow>(sql`
          insert into orientation.charter (territory, version, levels, status, author, created_at, active_from)
          values (${territory}, ${last + 1}, ${JSON.stringify(levels)}, 'ACTIF', ${actor.displayName}, ${now}, ${now})
          returning ${columns}`);
        await writeJournal(tx, {
          at: now, territory, actor: actor.accountId, objectType: 'charter', objectId: territory, event: 'charter-saved',
          from: last === 0 ? null : String(last), to: String(last + 1), payload: { levels },
        });
        await announce(tx, { topic: 'charter', ids: { territory, version: String(last + 1) }, audience: { territories: [territory] } });
        return toCharter(row);
      });
    },
  };
}

export type Charters = ReturnType<typeof createCharters>;
