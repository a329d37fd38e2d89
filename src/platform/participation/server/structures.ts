import sql from 'sql-template-tag';
import type { Clock } from '../../../foundation/clock.ts';
import type { Database } from '../../../foundation/db/database.ts';
import { ruleBroken } from '../../../foundation/errors.ts';
import { announce } from '../../../foundation/events.ts';
import type { ResponseInputOf } from '../../../foundation/http/route.ts';
import { writeJournal } from '../../../foundation/journal.ts';
import { type Actor, subjectsOf } from '../../../identity/contract.ts';
import type { Territories } from '../../../territory/server/index.ts';
import { generalPractice, type Structure } from '../../directory/contract.ts';
import type { Directory, Membership } from '../../directory/server/index.ts';
import type { LinkedStructure, MspRatio, routes } from '../contract.ts';
import { mspRatio } from '../domain/msp-ratio.ts';
import { dutyOf } from '../domain/weekly-rule.ts';
import { isoYearOf } from '../domain/weeks.ts';
import type { Eligibility } from './eligibility.ts';
import { recordsOf, split } from './records.ts';
import { refuse, rightsOn, viaOfKind } from './subjects.ts';

export interface StructureDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly directory: Pick<Directory, 'structure' | 'membershipsOf' | 'membersOf' | 'names'>;
  readonly territories: Pick<Territories, 'get'>;
  readonly eligibility: Pick<Eligibility, 'ofYear'>;
}

type Doctors = ResponseInputOf<typeof routes.structureDoctors>;

/** The general practitioners of each structure, by the directory. */
export async function doctorsOf({ membersOf, names }: Pick<Directory, 'membersOf' | 'names'>, structureIds: readonly string[]): Promise<Map<string, Membership[]>> {
  const members = await membersOf(structureIds);
  const known = await names([...new Set([...members.values()].flat().map(({ nationalId }) => nationalId))]);
  return new Map([...members].map(([id, list]) => [id, list.filter(({ nationalId }) => generalPractice.includes(known.get(nationalId)?.specialty ?? ''))]));
}

/** Structures as their members and managers see them: places, doctors, full-time equivalents. */
export function createStructures({ database, clock, directory, territories, eligibility }: StructureDependencies) {
  const db = database.for('participation');
  const today = (timeZone: string) => clock.now().toZonedDateTimeISO(timeZone).toPlainDate().toString();

  async function opened(actor: Actor, structureId: string, event: string) {
    const structure = await directory.structure(structureId);
    const subject = { nationalId: null, structureId };
    const rights = rightsOn(actor, subject, structure.territory);
    if (!rights.changes && !rights.leads) await refuse(database, actor, { ...subject, territory: structure.territory, event }, clock.now());
    return { structure, ...rights };
  }

  /** The doctors for whom a structure answers: those who declared it, and the general practitioners that belong to it. */
  async function roster({ id, territory }: Structure): Promise<string[]> {
    const { timeZone } = await territories.get(territory);
    const day = today(timeZone);
    const members = (await doctorsOf(directory, [id])).get(id) ?? [];
    const present = members.filter(({ since, until }) => since <= day && (until === null || until > day)).map(({ nationalId }) => nationalId);
    const declared = await db.query<{ id: string }>(sql`
      select national_id as id from participation.participation where via_structure_id = ${id} and national_id is not null
        and status in ('DECLARE', 'EFFECTIF') and valid_from <= ${clock.now()} and (valid_to is null or valid_to > ${clock.now()})`);
    return [...new Set([...present, ...declared.map((row) => row.id)])].sort();
  }

  async function linked(id: string, manages: boolean): Promise<LinkedStructure> {
    const { name, kind, territory, address, postcode, city, phone, hours, places } = await directory.structure(id);
    const { current } = split(await recordsOf(db, { nationalId: null, structureId: id }), clock.now());
    return {
      id, name, kind, territory, manages, address, postcode, city, phone, hours, status: current?.status ?? null, enSus: current?.enSus ?? false,
      places: places.map((place) => ({ id: place.id, name: place.name, address: place.address, postcode: place.postcode, city: place.city, phone: place.phone, hours: place.hours })),
    };
  }

  return {
    /** The structures that the actor manages, and those he belongs to. */
    async linkedTo(actor: Actor): Promise<LinkedStructure[]> {
      const managed = subjectsOf(actor, 'participation').structures;
      const memberships = actor.nationalId ? ((await directory.membershipsOf([actor.nationalId])).get(actor.nationalId) ?? []) : [];
      const ids = [...new Set([...managed, ...memberships.flatMap(({ structureId, kind }) => (viaOfKind[kind] ? structureId : []))])];
      return Promise.all(ids.map((id) => linked(id, managed.includes(id))));
    },

    /** Participation, full-time equivalent and eligibility of each doctor. @throws not-found, forbidden `participation-not-yours` */
    async doctors(actor: Actor, structureId: string): Promise<Doctors> {
      const { structure } = await opened(actor, structureId, 'structure-doctors');
      const { timeZone } = await territories.get(structure.territory);
      const ids = await roster(structure);
      const now = clock.now();
      const [standings, names, etp, taking] = await Promise.all([
        eligibility.ofYear({ professionals: ids, structures: [] }, structure.territory, isoYearOf(now, timeZone)),
        directory.names(ids), etpOn(structureId, today(timeZone)), statusesOf(ids, now),
      ]);
      const own = split(await recordsOf(db, { nationalId: null, structureId }), now).current;
      const doctors = ids.map((nationalId) => {
        const { eligible, refusals, missing } = standings.get(nationalId)!.verdict;
        const name = names.get(nationalId);
        const status = taking.get(nationalId);
        return {
          nationalId, name: name ? `${name.firstName} ${name.lastName}` : nationalId, status: status?.status ?? null, via: status?.via ?? null,
          etp: etp.get(nationalId) ?? 1, eligible, refusals, missing,
        };
      });
      const counted = structure.kind === 'CDS' ? doctors : doctors.filter(({ via, status }) => via === 'sos' && (status === 'DECLARE' || status === 'EFFECTIF'));
      const total = Math.round(counted.reduce((sum, doctor) => sum + doctor.etp, 0) * 100) / 100;
      return { doctors, etp: total, dueMinutes: dutyOf(total) / 60_000, ratio: structure.kind === 'MSP' ? ratioOf(doctors, own?.takesAll ?? false) : null };
    },

    /**
     * Declares a doctor's full-time equivalent from a day on. The past is not rewritten.
     * @throws forbidden `participation-not-yours`; not-found; rule `etp-refused`
     */
    async saveEtp(actor: Actor, structureId: string, nationalId: string, { etp, from }: { etp: number; from: string }): Promise<void> {
      const { structure, changes } = await opened(actor, structureId, 'structure-etp');
      const { territory } = structure;
      if (!changes) await refuse(database, actor, { nationalId: null, structureId, territory, event: 'structure-etp' }, clock.now());
      const { timeZone } = await territories.get(territory);
      if (from < today(timeZone)) throw refused('from', "Un équivalent temps plein ne change pas dans le passé : choisissez aujourd'hui ou un jour à venir.");
      if (!(await roster(structure)).includes(nationalId)) throw refused('nationalId', "Ce médecin n'est pas l'un de ceux de cette structure.");
      const now = clock.now();
      await db.transaction(async (tx) => {
        await tx.run(sql`
          insert into participation.full_time_equivalent (structure_id, national_id, valid_from, etp, author, author_name, recorded_at)
          values (${structureId}, ${nationalId}, ${from}, ${etp}, ${actor.accountId}, ${actor.displayName}, ${now})
          on conflict (structure_id, national_id, valid_from) do update
          set etp = excluded.etp, author = excluded.author, author_name = excluded.author_name, recorded_at = excluded.recorded_at`);
        await writeJournal(tx, {
          at: now, territory, actor: actor.accountId, role: actor.roles[0] ?? null, objectType: 'participation', objectId: structureId,
          event: 'participation-etp', payload: { nationalId, etp, from },
        });
        await announce(tx, { topic: 'participation', ids: { subject: structureId }, audience: { territories: [territory, '*'] } });
      });
    },
  };

  async function etpOn(structureId: string, day: string): Promise<Map<string, number>> {
    const rows = await db.query<{ id: string; etp: number }>(sql`
      select distinct on (national_id) national_id as id, etp from participation.full_time_equivalent
      where structure_id = ${structureId} and valid_from <= ${day} order by national_id, valid_from desc`);
    return new Map(rows.map(({ id, etp }) => [id, etp]));
  }

  async function statusesOf(ids: readonly string[], at: Temporal.Instant) {
    const rows = await db.query<{ id: string } & Pick<Doctors['doctors'][number], 'status' | 'via'>>(sql`
      select national_id as id, status, via from participation.participation
      where national_id = any(${ids}) and valid_from <= ${at} and (valid_to is null or valid_to > ${at})`);
    return new Map(rows.map(({ id, ...row }) => [id, row]));
  }
}

export type Structures = ReturnType<typeof createStructures>;

const refused = (path: string, message: string) => ruleBroken('etp-refused', `L'équivalent temps plein n'a pas été enregistré. ${message}`, [{ path, message }]);

const ratioOf = (doctors: readonly { status: string | null }[], takesAll: boolean): MspRatio =>
  mspRatio({ doctors: doctors.length, participating: doctors.filter(({ status }) => status === 'DECLARE' || status === 'EFFECTIF').length, takesAll });
