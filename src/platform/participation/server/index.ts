import sql from 'sql-template-tag';
import { type Database, prepared } from '../../../foundation/db/database.ts';
import type { Participation, Via } from '../contract.ts';

/** What other contexts may ask about participation. */
export interface Participations {
  /**
   * How each professional or structure (by id) takes part at that instant; those who do not are absent. Who takes part
   * through a structure is never reached himself: `contact` is the structure's, null when it declared none (PART-09).
   */
  of(ids: string[], at: Temporal.Instant): Promise<Map<string, Participation>>;
  /** Prefixed national ids of the professionals who take part at that instant. */
  professionals(at: Temporal.Instant): Promise<string[]>;
  /** Those of these professionals who refused, at that instant, that their vendor's slots are shown (AGR-04). */
  refusingUpload(ids: readonly string[], at: Temporal.Instant): Promise<Set<string>>;
  /** Those of these structures through which at least one professional, at that instant, accepts patients en sus. */
  enSusThrough(structureIds: readonly string[], at: Temporal.Instant): Promise<Set<string>>;
}

interface Row {
  id: string;
  via: Via;
  viaStructureId: string | null;
  enSus: boolean;
  contact: string | null;
  note: string | null;
  preferredHours: Participation['preferredHours'];
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
        select coalesce(p.national_id, p.structure_id) as id, p.via, p.via_structure_id as "viaStructureId", p.en_sus as "enSus",
          case when p.structure_id is not null or p.via = 'individual' then case when 'contact' = any(p.shown) then p.contact end
            else (select s.contact from participation.participation s
              where s.structure_id = p.via_structure_id and s.status in ('DECLARE', 'EFFECTIF') and 'contact' = any(s.shown)
                and s.valid_from <= ${at} and (s.valid_to is null or s.valid_to > ${at}) limit 1) end as contact,
          case when 'note' = any(p.shown) then p.note end as note,
          case when 'hours' = any(p.shown) then p.preferred_hours else '[]' end as "preferredHours", p.half_day_cap as "halfDayCap", p.week_cap as "weekCap"
        from participation.participation p
        where (p.national_id = any(${ids}) or p.structure_id = any(${ids})) and p.status in ('DECLARE', 'EFFECTIF')
          and p.valid_from <= ${at} and (p.valid_to is null or p.valid_to > ${at})`));
      return new Map(rows.map(({ id, halfDayCap, weekCap, ...participation }) => [id, { ...participation, caps: { halfDay: halfDayCap, week: weekCap } }]));
    },
    async professionals(at) {
      const rows = await db.query<{ id: string }>(sql`
        select national_id as id from participation.participation
        where national_id is not null and status in ('DECLARE', 'EFFECTIF') and valid_from <= ${at} and (valid_to is null or valid_to > ${at})`);
      return rows.map(({ id }) => id);
    },
    async refusingUpload(ids, at) {
      const rows = await db.query<{ id: string }>(prepared(sql`
        select national_id as id from participation.participation
        where national_id = any(${ids}) and not upload and valid_from <= ${at} and (valid_to is null or valid_to > ${at})`));
      return new Set(rows.map(({ id }) => id));
    },
    async enSusThrough(structureIds, at) {
      if (structureIds.length === 0) return new Set();
      const rows = await db.query<{ id: string }>(sql`
        select distinct via_structure_id as id from participation.participation
        where via_structure_id = any(${structureIds}) and national_id is not null and en_sus and status in ('DECLARE', 'EFFECTIF')
          and valid_from <= ${at} and (valid_to is null or valid_to > ${at})`);
      return new Set(rows.map(({ id }) => id));
    },
  };
}
