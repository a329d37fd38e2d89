import sql, { type Sql } from 'sql-template-tag';
import type { z } from 'zod';
import { prepared, type Queryable } from '../../../foundation/db/database.ts';
import { writeJournal } from '../../../foundation/journal.ts';
import type { Actor } from '../../../identity/contract.ts';
import { normaliseName } from '../../../territory/server/index.ts';
import type { dossierLineSchema } from '../contract.ts';
import { type DossierState, filieres } from '../domain/codes.ts';
import { type Dossier, openTasks } from '../domain/dossier.ts';
import { queuesOf } from '../domain/scope.ts';
import { writeDeed } from './record.ts';
import { authorOf, deedOf, outOfScope, type Room, seeDossier } from './room.ts';
import { nameKey, phoneKey } from './store.ts';

export type Line = z.infer<typeof dossierLineSchema>;
export type SimilarLine = Line & { why: ('phone' | 'identity' | 'birth-date' | 'place')[] };

const QUEUE_LENGTH = 100;
const SIMILAR_HOURS = 24;

const queueLabels: Record<string, string> = {
  P0: 'Urgences vitales engagées', N1: 'À reprendre au décroché', AMU: 'ARM, filière AMU', SNP: 'OSNP', MRU: 'Médecin urgentiste', MRG: 'Médecin généraliste',
  PSY: 'Psychiatrie', NEONAT: 'Néonatalogie', PED: 'Pédiatrie', DAC: 'Coordination (DAC)', GERIA: 'Gériatrie', DENT: 'Dentaire', TOXICO: 'Toxicologie', PERINAT: 'Périnatalité',
  IDEL: 'Infirmiers', VALIDATION: 'À valider par un médecin', REPORTE: 'Rappels convenus', SUIVI: 'Suivis à faire',
};

interface LineRow extends Omit<Line, 'ageSeconds' | 'summary' | 'openedAt' | 'tasks'> {
  readonly tasks: Dossier['tasks'];
  readonly openedAt: Temporal.Instant;
  readonly sex: string | null;
  readonly age: number | null;
}

/** Decisions still to be carried out, the oldest first. */
const orders = sql`coalesce((
  select jsonb_agg(jsonb_build_object('decisionId', one->'id', 'type', one->'type', 'at', a.content->'at', 'delay', one->'details'->>'delay') order by a.seq)
  from dossier.act a, jsonb_array_elements(a.content->'decisions') one
  where a.territory = d.territory and a.dossier_id = d.id and not d.body->'executed' ? (one->>'id')), '[]')`;
const lineColumns = sql`d.id, d.number, d.type, d.state, d.step, d.filiere, d.priority, d.version, d.opened_at as "openedAt", d.body->'motive' as motive,
  d.body->>'queueSince' as "queueSince", d.body->>'dueAt' as "dueAt", d.body->'owner' as owner, coalesce(d.body->'location'->>'city', '') as city,
  d.body->'patient'->>'sex' as sex, (d.body->'patient'->>'age')::int as age, d.body->'tasks' as tasks, ${orders} as orders,
  exists (select 1 from dossier.call c where c.territory = d.territory and c.dossier_id = d.id and c.ended_at is null) as "onLine"`;

/** The order of a queue: rank, then the oldest. */
export const inQueue = sql`d.rank, d.opened_at, d.number`;

/** Rows of these territories. An equality when there is one only: the index then gives them in their order. */
export function within(territories: readonly string[], alias: Sql = sql`d`): Sql {
  if (territories.includes('*')) return sql`true`;
  return territories.length === 1 ? sql`${alias}.territory = ${territories[0]}` : sql`${alias}.territory = any(${[...territories]})`;
}

function toLine({ sex, age, openedAt, tasks, ...row }: LineRow, now: Temporal.Instant): Line {
  const summary = [sex, age === null ? null : `${age} ans`].filter(Boolean).join(' ');
  return {
    ...row, openedAt: openedAt.toString(), ageSeconds: Math.max(0, Math.round(now.since(openedAt).total('seconds'))), summary,
    tasks: openTasks({ tasks }).map(({ id, kind, label, dueAt }) => ({ id, kind, label, dueAt })),
  };
}

/** Lines that match, in the order asked, at most `limit`. */
export async function selectLines(db: Queryable, where: Sql, order: Sql, limit: number, now: Temporal.Instant): Promise<Line[]> {
  // The rows are chosen before anything else of them is read.
  const chosen = sql`select d.* from dossier.dossier d where ${where} order by ${order} limit ${limit}`;
  const rows = await db.query<LineRow>(sql`select ${lineColumns} from (${chosen}) d order by ${order}`);
  return rows.map((row) => toLine(row, now));
}

export interface SearchRequest {
  readonly q?: string;
  readonly phone?: string;
  readonly birthDate?: string;
  readonly state?: DossierState;
  readonly limit: number;
}

/** Queues, searches, dossiers alike. Lines hold what is needed to choose; the dossier itself is read through its own route. */
export function createLists(room: Room) {
  const { db, clock } = room;

  return {
    /** The queues this person works on, each by rank then age, with how many wait in all. */
    async queues(actor: Actor): Promise<{ code: string; label: string; dossiers: Line[]; total: number }[]> {
      const territory = actor.territories.find((one) => one !== '*') ?? '*';
      const codes = queuesOf(await authorOf(room, db, actor, territory));
      const now = clock.now();
      const here = within(actor.territories);
      const [totals, rows] = await Promise.all([
        db.query<{ queue: string; total: number }>(prepared(sql`
          select queue, count(*) as total from dossier.dossier d where ${here} and queue = any(${codes}) group by queue`)),
        db.query<LineRow & { queue: string }>(prepared(sql`
          select q.code as queue, ${lineColumns} from unnest(${codes}::text[]) as q (code)
          cross join lateral (select d.* from dossier.dossier d where ${here} and d.queue = q.code order by ${inQueue} limit ${QUEUE_LENGTH}) d
          order by ${inQueue}`)),
      ]);
      const total = new Map(totals.map((one) => [one.queue, one.total]));
      const lines = Map.groupBy(rows, ({ queue }) => queue);
      const shown = codes.filter((code) => total.has(code) || !(filieres as readonly string[]).includes(code) || code === 'AMU' || code === 'SNP');
      return shown.map((code) => ({
        code, label: queueLabels[code] ?? code, total: total.get(code) ?? 0, dossiers: (lines.get(code) ?? []).map(({ queue: _, ...row }) => toLine(row, now)),
      }));
    },

    /** Search by number, name, telephone, birth date or state, the most recent first; the search itself is journaled. */
    async search(actor: Actor, request: SearchRequest): Promise<Line[]> {
      const now = clock.now();
      const lines = await selectLines(db, sql`${within(actor.territories)} and ${criteria(actor, request)}`, sql`d.opened_at desc, d.number desc`, request.limit, now);
      const { limit: _limit, ...asked } = request;
      await db.transaction((tx) => writeJournal(tx, {
        at: now, territory: actor.territories[0] ?? null, actor: actor.accountId, role: actor.roles[0] ?? null, objectType: 'dossier-search', objectId: actor.accountId,
        event: 'search', payload: { ...asked, found: lines.length },
      }));
      return lines;
    },

    /** Dossiers that may be of the same event or patient, with what brings them together (SEC-09, REG-17). */
    async similar(actor: Actor, id: string): Promise<SimilarLine[]> {
      return db.transaction(async (tx) => {
        const { dossier, because } = await seeDossier(room, tx, actor, id);
        if (because === null) throw outOfScope();
        const now = clock.now();
        await writeDeed(tx, dossier, deedOf(actor, now, 'similar-search', { careContext: because }));
        const here = sql`d.territory = ${dossier.territory} and d.id <> ${id}`;
        const recent = sql`d.opened_at > ${now.subtract({ hours: SIMILAR_HOURS })}`;
        const phones = [...new Set([dossier.callback, ...dossier.calls.map((call) => call.number)].map(phoneKey).filter((key) => key !== null))];
        const name = nameKey(dossier.patient);
        const { birthDate } = dossier.patient;
        const place = dossier.location?.address && dossier.location.city ? dossier.location : null;
        const found: [SimilarLine['why'][number], Sql | null][] = [
          ['phone', phones.length > 0 ? sql`${ofPhones([dossier.territory], phones)}` : null],
          ['identity', name ? sql`d.name_key = ${name}` : null],
          ['birth-date', birthDate && name ? sql`d.birth_date = ${birthDate}::date` : null],
          ['place', place ? sql`${recent} and d.body->'location'->>'address' = ${place.address} and d.body->'location'->>'city' = ${place.city}` : null],
        ];
        const lines = new Map<string, SimilarLine>();
        for (const [why, where] of found) {
          if (!where) continue;
          for (const line of await selectLines(tx, sql`${here} and ${where}`, sql`d.opened_at desc, d.number desc`, 10, now)) {
            const known = lines.get(line.id);
            lines.set(line.id, { ...line, why: [...(known?.why ?? []), why] });
          }
        }
        return [...lines.values()].toSorted((a, b) => b.why.length - a.why.length || (a.number < b.number ? 1 : -1));
      });
    },
  };
}

/** By call-back number, or by the number of one of the calls; each side has its index. */
function ofPhones(territories: readonly string[], keys: readonly string[]): Sql {
  return sql`d.id in (
    select e.id from dossier.dossier e where ${within(territories, sql`e`)} and e.phone_key = any(${[...keys]})
    union select c.dossier_id from dossier.call c where ${within(territories, sql`c`)} and c.phone_key = any(${[...keys]}))`;
}

function criteria(actor: Actor, { q, phone, birthDate, state }: SearchRequest): Sql {
  const byPhone = (number: string) => ofPhones(actor.territories, [phoneKey(number) ?? '']);
  const words = q && normaliseName(q).trim();
  const text = !q ? sql`true` : /^DRFR/i.test(q) ? sql`d.number = ${q.toUpperCase()}` : /^\+?[\d .-]{6,}$/.test(q) ? byPhone(q) : sql`d.name_key like ${`${words!.replace(/[\\%_]/g, '')}%`}`;
  return sql`${text} and ${phone ? byPhone(phone) : sql`true`} and ${birthDate ? sql`d.birth_date = ${birthDate}::date` : sql`true`} and ${state ? sql`d.state = ${state}` : sql`true`}`;
}
