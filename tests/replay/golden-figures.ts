import type { AssembledRoom } from './assembled-room.ts';
import { parisTime } from './assembled-room.ts';

/** An instant of the day in SAS hours; any other is in PDSA hours (a Tuesday that is no holiday). */
const sas = (instant: string): string => `(${instant}) >= '${parisTime('08:00')}' and (${instant}) < '${parisTime('20:00')}'`;
const pdsa = (instant: string): string => `not (${sas(instant)})`;

/** Every call as the events stored tell it, whatever the room made of them since. */
const calls = `
  select e.call_id as id, min(e.at) filter (where e.type = 'presented') as presented, min(e.at) filter (where e.type = 'answered') as answered,
    min(e.at) filter (where e.type = 'abandoned') as abandoned
  from telephony.call_event e group by e.call_id`;
/** Dossiers, without those that a repeated call had opened before it was attached. */
const dossiers = `select * from dossier.dossier where body->>'mergedInto' is null and ${sas('opened_at')}`;
/** What was decided in each DRM, every act together. */
const drm = `
  select d.id, d.priority, d.body->>'careLevel' as level, array_agg(x.type order by x.type) as types,
    (select a.status from dossier.act a where a.territory = d.territory and a.dossier_id = d.id order by a.seq limit 1) as status
  from (${dossiers}) d join dossier.decision x on x.territory = d.territory and x.dossier_id = d.id
  where d.type = 'DRM' group by d.territory, d.id, d.priority, d.body`;

/** The figures of requirements 8.2, each from the events, the journal or the tables of the room. */
export function goldenFigures({ rows }: Pick<AssembledRoom, 'rows'>) {
  const row = async <Row extends object>(query: string): Promise<Row> => (await rows<Row>(query))[0]!;
  /** Counts by the value of an expression. */
  const by = async (what: string, from: string, where = 'true'): Promise<Record<string, number>> => {
    const counted = await rows<{ what: string; count: number }>(`select (${what})::text as what, count(*)::int as count from ${from} where ${where} group by 1 order by 1`);
    return Object.fromEntries(counted.map((one) => [one.what, one.count]));
  };
  const count = async (from: string, where: string): Promise<number> => (await row<{ count: number }>(`select count(*)::int as count from ${from} where ${where}`)).count;

  return {
    perHour: () => by(`to_char(presented at time zone 'Europe/Paris', 'HH24')`, `(${calls}) c`, sas('presented')),
    answering: () => row<{ presented: number; lt10: number; ge10: number; answered: number; under30: number }>(`
      select count(*)::int as presented, count(answered)::int as answered, count(*) filter (where answered - presented < interval '30 seconds')::int as under30,
        count(*) filter (where answered is null and abandoned - presented < interval '10 seconds')::int as lt10,
        count(*) filter (where answered is null and abandoned - presented >= interval '10 seconds')::int as ge10
      from (${calls}) c where ${sas('presented')}`),
    nights: () => rows<{ night: boolean; presented: number; answered: number }>(`
      select presented < '${parisTime('08:00')}' as night, count(*)::int as presented, count(answered)::int as answered
      from (${calls}) c where ${pdsa('presented')} group by 1 order by 1 desc`),
    repeated: () => count('dossier.call k join (' + calls + ') c on c.id = k.call_id', `k.repeated and ${sas('c.presented')}`),
    types: () => by('type', `(${dossiers}) d`),
    withoutAct: () => by("body->>'attribution'", `(${dossiers}) d`, "type = 'DR'"),
    dCodes: () => by("body->>'attribution'", `(${dossiers}) d`, "type = 'D'"),
    /** By the status of the doctor of the first act. */
    byStatus: () => by('status', `(${drm}) d`),
    priorities: () => by('priority', `(${drm}) d`),
    careLevels: () => by('level', `(${drm}) d`),
    decisions: () => by('x.type', 'dossier.decision x', sas('x.at')),
    nightDecisions: () => by('x.type', 'dossier.decision x', pdsa('x.at')),
    prescribedWithAdvice: () => count(`(${drm}) d`, "types @> '{CONSEIL,PMT}'"),
    /** One class a DRM: the classes must make up all of them. */
    partition: () => by(`case
      when types && '{SMUR,AMBULANCE,VSAV}' then 'moyens' when 'CONSEIL' = any(types) then 'conseil' when 'PMT' = any(types) then 'PMT seule' when 'ALLER_SU' = any(types) then 'aller SU'
      when 'CONSULTATION' = any(types) then 'consultation' when 'VISITE' = any(types) then 'visite' when 'TELECONSULTATION' = any(types) then 'téléconsultation'
      when 'MEDECIN_TRAITANT' = any(types) then 'MT' when types = '{PASPLUS}' then 'aucune' else 'autre' end`, `(${drm}) d`),
    /** Means by the instant at which they were engaged. */
    means: () => by("m->>'type'", `dossier.dossier d, jsonb_array_elements(d.body->'means') m, jsonb_array_elements(m->'history') h`, `h->>'status' = 'DECLENCHE' and ${sas("(h->>'at')::timestamptz")}`),
    /** Patients with means, by where they went. */
    destinations: () => by("(select t from unnest(types) t where t = any('{ES_HORS_SU,SU,SOINS_VILLE_SAS,LAISSE_SUR_PLACE}'))", `(${drm}) d`, "types && '{SMUR,AMBULANCE,VSAV}'"),
    smurAlone: () => count(`(${drm}) d`, "'SMUR' = any(types) and not types && '{AMBULANCE,VSAV}'"),
    /** Mean seconds of conversation, from the answer of the leg to its end, time on hold included. */
    talk: (where: string) => row<{ seconds: number; legs: number }>(`
      select round(avg(extract(epoch from l.ended_at - l.answered_at)), 2)::float as seconds, count(*)::int as legs
      from telephony.leg l left join dossier.regulator r on r.territory = l.territory and r.account_id = l.agent where ${where} and ${sas('l.answered_at')}`),
    requalified: () => by(`concat(payload->>'from', ' > ', payload->>'to', case when role = 'osnp' then ' (OSNP)' end)`, 'foundation.journal', `event = 'requalify' and ${sas('at')}`),
    /** What waits for a doctor's signature at that hour for more than half an hour, by the journal. */
    unsigned: (hour: string, minutes: number) => count('foundation.journal q', `
      event = 'request-validation' and to_state = 'A_VALIDER_MR' and at <= timestamptz '${parisTime(hour)}' - interval '${minutes} minutes'
      and not exists (select 1 from foundation.journal v where v.object_id = q.object_id and v.event = 'validate' and v.seq > q.seq and v.at <= '${parisTime(hour)}')`),
    longestUnsigned: () => row<{ minutes: number }>(`
      select max(extract(epoch from v.at - q.at) / 60)::int as minutes from foundation.journal q join foundation.journal v on v.object_id = q.object_id and v.event = 'validate'
      where q.event = 'request-validation' and q.to_state = 'A_VALIDER_MR'`),
    signed: () => count('foundation.journal', `event = 'validate' and ${sas('at')}`),
    appointments: () => by('status', 'dossier.appointment', 'dossier_id is not null'),
    effecteurs: () => row<{ count: number }>('select count(distinct practitioner)::int as count from dossier.appointment'),
    /** I1: neither an act nor a validation, for something else than what the règlement intérieur lists. */
    unanswered: () => count(`(${dossiers}) d`, `type <> 'D' and (body->'validation'->>'whitelisted') is distinct from 'true' and not exists (select 1 from dossier.act a where a.dossier_id = d.id)`),
    unjournaled: () => count('dossier.dossier d', `version <> (select count(*) from foundation.journal j where j.object_type = 'dossier' and j.object_id = d.id::text and j.to_state is not null)`),
  };
}
