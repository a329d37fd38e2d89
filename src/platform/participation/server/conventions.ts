import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import type { Clock } from '../../../foundation/clock.ts';
import { type Database, type Transaction, violates } from '../../../foundation/db/database.ts';
import { AppError, conflict, forbidden, notFound, ruleBroken } from '../../../foundation/errors.ts';
import { announce } from '../../../foundation/events.ts';
import type { BodyOf } from '../../../foundation/http/route.ts';
import { writeJournal } from '../../../foundation/journal.ts';
import { type Actor, coversTerritory, hasRole, subjectsOf } from '../../../identity/contract.ts';
import type { Directory } from '../../directory/server/index.ts';
import { type Convention, type ConventionAct, leaderRoles, type routes } from '../contract.ts';
import { conventionProblems } from '../domain/convention.ts';
import { conventionMoves } from '../domain/states.ts';

type Body = BodyOf<typeof routes.createConvention>;
type Changed = BodyOf<typeof routes.changeConvention>;
interface Row extends Omit<Convention, 'structureName' | 'possible' | 'updatedAt' | 'events'> {
  updatedAt: Temporal.Instant;
  events: Convention['events'];
}

const columns = sql`c.id, c.territory, c.kind, c.structure_id as "structureId", c.subject, c.status, c.starts_on as "startsOn", c.ends_on as "endsOn",
  c.signatories, c.version, c.updated_at as "updatedAt", coalesce((
    select jsonb_agg(jsonb_build_object('at', to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'event', e.event, 'to', e.to_status,
      'authorName', e.author_name) order by e.id) from participation.convention_event e where e.convention_id = c.id), '[]') as events`;

/** Conventions between the SAS and the structures: status, dates, who signed (STR-09, STR-10). */
export function createConventions({ database, clock, directory }: { database: Database; clock: Clock; directory: Pick<Directory, 'structure'> }) {
  const db = database.for('participation');

  async function shown(row: Row, leads: boolean): Promise<Convention> {
    const { name } = await directory.structure(row.structureId);
    return { ...row, structureName: name, updatedAt: row.updatedAt.toString(), possible: leads ? conventionMoves[row.status].map(({ event }) => event) : [] };
  }

  async function mayLead(actor: Actor, territory: string, id: string): Promise<void> {
    if (coversTerritory(actor, territory)) return;
    await db.transaction((tx) => writeJournal(tx, {
      at: clock.now(), territory, actor: actor.accountId, role: actor.roles[0] ?? null, objectType: 'convention', objectId: id, event: 'convention-refused',
    }));
    throw forbidden('territory-out-of-reach', `Vos droits ne couvrent pas le territoire ${territory}. Rien n'a été modifié.`);
  }

  /** Opens one for a change, on the version that the person saw. */
  async function locked(tx: Transaction, id: string, version: number): Promise<Row> {
    const row = await tx.maybeOne<Row>(sql`select ${columns} from participation.convention c where c.id = ${id} for update`);
    if (!row) throw notFound('convention-not-found', "Cette convention n'existe pas.");
    if (row.version !== version) throw conflict('convention-moved', "Quelqu'un a modifié cette convention entre-temps. Rien n'a été enregistré : relisez-la puis recommencez.");
    return row;
  }

  async function saved(tx: Transaction, actor: Actor, row: Pick<Row, 'id' | 'territory' | 'status'>, event: string, to: Row['status'], payload: Record<string, unknown> = {}) {
    const at = clock.now();
    await tx.run(sql`
      insert into participation.convention_event (convention_id, at, event, from_status, to_status, author_name)
      values (${row.id}, ${at}, ${event}, ${row.status}, ${to}, ${actor.displayName})`);
    await writeJournal(tx, {
      at, territory: row.territory, actor: actor.accountId, role: actor.roles[0] ?? null, objectType: 'convention', objectId: row.id, event: `convention-${event}`,
      from: row.status, to, payload,
    });
    await announce(tx, { topic: 'convention', ids: { convention: row.id }, audience: { territories: [row.territory, '*'] } });
    return tx.one<Row>(sql`select ${columns} from participation.convention c where c.id = ${row.id}`);
  }

  async function territoryOf(id: string): Promise<string> {
    const row = await db.maybeOne<{ territory: string }>(sql`select territory from participation.convention where id = ${id}`);
    if (!row) throw notFound('convention-not-found', "Cette convention n'existe pas.");
    return row.territory;
  }

  return {
    /** Those of the territories that the actor leads, and those of the structures he manages. */
    async list(actor: Actor): Promise<Convention[]> {
      const leads = hasRole(actor, ...leaderRoles);
      const territories = leads ? actor.territories : [];
      const { structures } = subjectsOf(actor, 'participation');
      const rows = await db.query<Row>(sql`
        select ${columns} from participation.convention c
        where ${territories.includes('*')} or c.territory = any(${territories}) or c.structure_id = any(${structures})
        order by c.updated_at desc, c.id limit 500`);
      return Promise.all(rows.map((row) => shown(row, territories.includes('*') || territories.includes(row.territory))));
    },

    /** @throws forbidden `territory-out-of-reach`; rule `convention-refused`; not-found `structure-not-found` */
    async create(actor: Actor, body: Body): Promise<Convention> {
      const structure = await directory.structure(body.structureId);
      const id = randomUUID();
      await mayLead(actor, structure.territory, id);
      check(conventionProblems({ ...body, status: 'BROUILLON' }, structure));
      const now = clock.now();
      const row = await db.transaction(async (tx) => {
        await tx.run(sql`
          insert into participation.convention (id, territory, kind, structure_id, subject, status, starts_on, ends_on, signatories, created_at, updated_at)
          values (${id}, ${structure.territory}, ${body.kind}, ${body.structureId}, ${body.subject}, 'BROUILLON', ${body.startsOn}, ${body.endsOn},
            ${JSON.stringify(body.signatories)}, ${now}, ${now})`);
        return saved(tx, actor, { id, territory: structure.territory, status: 'BROUILLON' }, 'create', 'BROUILLON', body);
      });
      return shown(row, true);
    },

    /**
     * Changes a draft; once read, what was read stays and signatures alone are added.
     * @throws forbidden; not-found; conflict `convention-moved`; rule `convention-refused`
     */
    async change(actor: Actor, id: string, { version, ...body }: Changed): Promise<Convention> {
      await mayLead(actor, await territoryOf(id), id);
      const row = await db.transaction(async (tx) => {
        const before = await locked(tx, id, version);
        check(conventionProblems({ ...before, ...body }, await directory.structure(before.structureId), before));
        await tx.run(sql`
          update participation.convention set subject = ${body.subject}, starts_on = ${body.startsOn}, ends_on = ${body.endsOn},
            signatories = ${JSON.stringify(body.signatories)}, version = version + 1, updated_at = ${clock.now()} where id = ${id}`);
        return saved(tx, actor, before, 'change', before.status, body);
      });
      return shown(row, true);
    },

    /**
     * Makes a convention go on: read by each filière, validated, in force; the one it replaces ends.
     * @throws forbidden; not-found; conflict `convention-moved`, `convention-transition`, `convention-active`; rule `convention-unsigned`
     */
    async act(actor: Actor, id: string, act: ConventionAct, version: number): Promise<Convention> {
      await mayLead(actor, await territoryOf(id), id);
      try {
        return shown(await db.transaction((tx) => advance(tx, actor, id, act, version)), true);
      } catch (error) {
        if (violates(error, 'convention_active')) throw conflict('convention-active', "Une autre convention vient d'entrer en vigueur avec cette structure. Rien n'a été modifié : rechargez la page.");
        throw error;
      }
    },
  };

  async function advance(tx: Transaction, actor: Actor, id: string, act: ConventionAct, version: number): Promise<Row> {
    const before = await locked(tx, id, version);
    const move = conventionMoves[before.status].find(({ event }) => event === act);
    if (!move) throw conflict('convention-transition', "Cette convention n'est pas dans un état qui le permet. Rien n'a été modifié.", { possible: conventionMoves[before.status].map(({ event }) => event) });
    if (act === 'activate') {
      const signed = (party: string) => before.signatories.some((one) => one.party === party && one.signedOn !== null);
      if (!signed('sas') || !signed('structure')) throw ruleBroken('convention-unsigned', "Elle n'est pas entrée en vigueur : il faut une signature datée du SAS et une de la structure.");
      const replaced = await tx.query<Row>(sql`
        select ${columns} from participation.convention c where c.structure_id = ${before.structureId} and c.kind = ${before.kind} and c.status = 'ACTIF' for update`);
      for (const one of replaced) await moveTo(tx, actor, one, 'replace', 'REMPLACE');
    }
    return moveTo(tx, actor, before, act, move.to);
  }

  async function moveTo(tx: Transaction, actor: Actor, row: Row, act: ConventionAct, to: Row['status']): Promise<Row> {
    await tx.run(sql`update participation.convention set status = ${to}, version = version + 1, updated_at = ${clock.now()} where id = ${row.id}`);
    return saved(tx, actor, row, act, to);
  }
}

export type Conventions = ReturnType<typeof createConventions>;

function check(problems: readonly { path: string; message: string }[]): void {
  if (problems.length === 0) return;
  throw new AppError('rule', 'convention-refused', `La convention n'a pas été enregistrée. ${problems.map(({ message }) => message).join(' ')}`, { fields: problems });
}
