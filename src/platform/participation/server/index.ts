import sql from 'sql-template-tag';
import { type Database, prepared } from '../../../foundation/db/database.ts';
import type { Participation, Via } from '../contract.ts';

/** What other contexts may ask about participation. */
export interface Participations {
  /** How each professional or structure (by id) takes part at that instant; those who do not are absent. */
  of(ids: string[], at: Temporal.Instant): Promise<Map<string, Participation>>;
  /** Prefixed national ids of the professionals who take part at that instant. */
  professionals(at: Temporal.Instant): Promise<string[]>;
  /** Those of these professionals who refused, at that instant, that their vendor's slots are shown (AGR-04). */
  refusingUpload(ids: string[], at: Temporal.Instant): Promise<Set<string>>;
}

interface Row {
  id: string;
  via: Via;
  viaStructureId: string | null;
  enSus: boolean;
  contact: string | null;
  note: string | null;
  halfDayCap: number | null;
  weekCap: number | null;
}

/** Reads the dated declarations of participation. */
export function createParticipations({ database }: { database: Database }): Participations {
  const db = database.for('participation');
  return {
    async of(ids, at) {
      if (ids.length === 0) return new Map();
      const rows = await db.query<Row>(prepared(sql`
        select distinct on (1) coalesce(national_id, structure_id) as id, via, via_structure_id as "viaStructureId",
          en_sus as "enSus", contact, note, half_day_cap as "halfDayCap", week_cap as "weekCap"
        from participation.participation
        where (national_id = any(${ids}) or structure_id = any(${ids}))
          and valid_from <= ${at} and (valid_to is null or valid_to > ${at})
        order by 1, valid_from desc`));
      return new Map(rows.map(({ id, halfDayCap, weekCap, ...participation }) => [id, { ...participation, caps: { halfDay: halfDayCap, week: weekCap } }]));
    },
    async professionals(at) {
      const rows = await db.query<{ id: string }>(sql`
        select distinct national_id as id from participation.participation
        where national_id is not null and valid_from <= ${at} and (valid_to is null or valid_to > ${at})`);
      return rows.map(({ id }) => id);
    },
    async refusingUpload(ids, at) {
      const rows = await db.query<{ id: string }>(prepared(sql`
        select distinct national_id as id from participation.participation
        where national_id = any(${ids}) and not upload and valid_from <= ${at} and (valid_to is null or valid_to > ${at})`));
      return new Set(rows.map(({ id }) => id));
    },
  };
}
