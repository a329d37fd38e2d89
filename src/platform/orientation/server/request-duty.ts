import sql from 'sql-template-tag';
import type { Clock } from '../../../foundation/clock.ts';
import type { Database, Queryable } from '../../../foundation/db/database.ts';
import { forbidden, ruleBroken } from '../../../foundation/errors.ts';
import { announce } from '../../../foundation/events.ts';
import type { BodyOf } from '../../../foundation/http/route.ts';
import { writeJournal } from '../../../foundation/journal.ts';
import { type Actor, actsFor } from '../../../identity/contract.ts';
import type { Directory } from '../../directory/server/index.ts';
import type { routes } from '../contract.ts';
import { type DutyMode, dutyOrder, type OnDuty } from '../domain/duty.ts';
import { halfOf } from '../domain/request-caps.ts';
import { fullName } from './booking-labels.ts';

/** Who is on duty in a structure when an appointment would be. */
export interface DutyAt {
  readonly mode: DutyMode;
  readonly automatic: boolean;
  /** In the order in which they are proposed. */
  readonly doctors: readonly OnDuty[];
}

/** The planning of a structure at an instant, on the wall clock of its territory. */
export async function dutyAt(db: Queryable, structureId: string, at: Temporal.Instant, timeZone: string): Promise<DutyAt> {
  const local = at.toZonedDateTimeISO(timeZone);
  const mode = await db.maybeOne<{ mode: DutyMode; automatic: boolean }>(sql`
    select mode, automatic from orientation.duty_mode where structure_id = ${structureId}`);
  if (!mode || mode.mode === 'none') return { mode: 'none', automatic: false, doctors: [] };
  const doctors = await db.query<OnDuty>(sql`
    select d.national_id as "nationalId", (
      select max(o.booked_at) from orientation.orientation o
      where o.structure_id = d.structure_id and o.national_id = d.national_id and o.kind = 'surnumeraire') as "lastNamedAt"
    from orientation.duty d
    where d.structure_id = ${structureId} and d.day = ${local.toPlainDate()} and d.half = ${halfOf(local.toPlainTime())}`);
  return { ...mode, doctors: dutyOrder(doctors) };
}

interface DutyRow {
  readonly day: string;
  readonly half: 'am' | 'pm';
  readonly nationalId: string;
}

export type DutyDirectory = Pick<Directory, 'structure' | 'names' | 'membersOf'>;

const LONGEST_DAYS = 62;

/** STR-06: the planning of those who receive the requests of the SAS, kept by the structure. */
export function createDuties({ database, clock, directory }: { database: Database; clock: Clock; directory: DutyDirectory }) {
  const db = database.for('orientation');

  async function allow(actor: Actor, structureId: string): Promise<void> {
    if (actsFor(actor, 'requests', { nationalId: null, structureId })) return;
    await db.transaction((tx) =>
      writeJournal(tx, { at: clock.now(), actor: actor.accountId, objectType: 'duty', objectId: structureId, event: 'duty-refused' }));
    throw forbidden('structure-not-yours', "Le planning d'une structure se tient par ses gestionnaires ou leurs délégataires. Rien n'a été modifié.");
  }

  async function currentMembers(structureId: string): Promise<string[]> {
    const today = clock.now().toZonedDateTimeISO('Europe/Paris').toPlainDate().toString();
    const memberships = (await directory.membersOf([structureId])).get(structureId) ?? [];
    return [...new Set(memberships.flatMap(({ nationalId, since, until }) => (since <= today && (until === null || until > today) ? [nationalId] : [])))];
  }

  const members = async (structureId: string) => {
    const ids = await currentMembers(structureId);
    const names = await directory.names(ids);
    return ids
      .map((nationalId) => ({ nationalId, name: names.has(nationalId) ? fullName(names.get(nationalId)!) : nationalId }))
      .sort((a, b) => a.name.localeCompare(b.name, 'fr'));
  };

  async function read(actor: Actor, structureId: string, { from, to }: { from: string; to: string }) {
    await allow(actor, structureId);
    if (Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).total('days') > LONGEST_DAYS) {
      throw ruleBroken('period-too-long', 'Le planning se lit par périodes de deux mois au plus.', [{ path: 'to', message: 'période trop longue' }]);
    }
    const [structure, mode, duties, people] = await Promise.all([
      directory.structure(structureId),
      db.maybeOne<{ mode: DutyMode; automatic: boolean }>(sql`select mode, automatic from orientation.duty_mode where structure_id = ${structureId}`),
      db.query<DutyRow>(sql`
        select day, half, national_id as "nationalId" from orientation.duty
        where structure_id = ${structureId} and day between ${from} and ${to} order by day, half, national_id`),
      members(structureId),
    ]);
    return { structureId, name: structure.name, mode: mode?.mode ?? ('none' as const), automatic: mode?.automatic ?? false, members: people, duties };
  }

  return {
    /** The planning of these days. @throws forbidden `structure-not-yours`, journaled */
    read,

    /** Replaces the planning of the days given, and the way of working. @throws rule `professional-not-member`, `one-doctor-a-day`; forbidden */
    async save(actor: Actor, structureId: string, body: BodyOf<typeof routes.saveDuties>) {
      await allow(actor, structureId);
      const known = new Set(await currentMembers(structureId));
      const stranger = body.duties.findIndex(({ nationalId }) => !known.has(nationalId));
      if (stranger >= 0) throw problem('professional-not-member', `duties.${stranger}.nationalId`, "Ce professionnel n'est pas membre de la structure.");
      if (body.mode === 'day-doctor') requireOneADay(body.duties);
      const now = clock.now();
      await db.transaction(async (tx) => {
        await tx.run(sql`
          insert into orientation.duty_mode (structure_id, mode, automatic, author, updated_at)
          values (${structureId}, ${body.mode}, ${body.automatic}, ${actor.accountId}, ${now})
          on conflict (structure_id) do update set mode = excluded.mode, automatic = excluded.automatic, author = excluded.author, updated_at = excluded.updated_at`);
        await tx.run(sql`delete from orientation.duty where structure_id = ${structureId} and day between ${body.from} and ${body.to}`);
        await tx.run(sql`
          insert into orientation.duty (structure_id, day, half, national_id, author, updated_at)
          select distinct ${structureId}, d.day, d.half, d."nationalId", ${actor.accountId}, ${now}::timestamptz
          from jsonb_to_recordset(${JSON.stringify(body.duties)}::jsonb) as d (day date, half text, "nationalId" text)
          where d.day between ${body.from} and ${body.to}`);
        await writeJournal(tx, {
          at: now, actor: actor.accountId, objectType: 'duty', objectId: structureId, event: 'duty-saved',
          payload: { mode: body.mode, automatic: body.automatic, from: body.from, to: body.to, lines: body.duties.length },
        });
        await announce(tx, { topic: 'request', ids: { structureId }, audience: { roles: ['gestionnaire-structure', 'delegataire'] } });
      });
      return read(actor, structureId, body);
    },

    /** The members who may be named, for whoever answers for the structure or records its answer. */
    members,
  };
}

export type Duties = ReturnType<typeof createDuties>;

/** @throws rule `one-doctor-a-day` */
function requireOneADay(duties: readonly DutyRow[]): void {
  const days = new Map<string, string>();
  duties.forEach(({ day, nationalId }, index) => {
    const there = days.get(day);
    if (there && there !== nationalId) throw problem('one-doctor-a-day', `duties.${index}.nationalId`, `Un seul médecin du jour : le ${day} en a deux.`);
    days.set(day, nationalId);
  });
}

const problem = (code: string, path: string, message: string) => ruleBroken(code, `${message} Rien n'a été enregistré.`, [{ path, message }]);
