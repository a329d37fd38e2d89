import type { Readable } from 'node:stream';
import sql from 'sql-template-tag';
import type { ContextDatabase } from '../../../foundation/db/database.ts';
import { csvOf } from '../../../foundation/http/csv.ts';
import type { Actor } from '../../../identity/contract.ts';
import { type OrientationStatus, orientationStatusLabels } from '../contract.ts';
import { channelInWords } from '../contract-outcomes.ts';
import { channelOf, createSelection, isNotified, journalExport, type Selection, type SupervisionDependencies } from './supervision-filter.ts';

export interface StudyDependencies extends SupervisionDependencies {
  /** A name under which a study may follow an orientation, the same in both halves of an installation. */
  readonly pseudonymOf: (id: string) => string;
}

interface Row {
  readonly id: string;
  readonly territory: string;
  readonly createdAt: Temporal.Instant;
  readonly month: string;
  readonly channel: string;
  readonly category: string;
  readonly modality: string | null;
  readonly specialty: string | null;
  readonly status: OrientationStatus;
  readonly hours: number | null;
  readonly within72h: boolean;
  readonly kilometres: number | null;
  readonly level: number | null;
  readonly notified: boolean;
}

const BATCH = 1_000;

/** One line an appointment: hours and kilometres are rounded, nobody and no day is named. */
const columns: Readonly<Record<string, (row: Row, pseudonym: string) => string>> = {
  Pseudonyme: (_row, pseudonym) => pseudonym,
  Territoire: (row) => row.territory,
  Mois: (row) => row.month,
  Canal: (row) => channelInWords(row.channel),
  'Catégorie': (row) => row.category,
  'Modalité': (row) => row.modality ?? '',
  'Spécialité': (row) => row.specialty ?? '',
  Statut: (row) => orientationStatusLabels[row.status],
  'Heures entre l’appel et le rendez-vous': (row) => String(row.hours ?? ''),
  'Dans les 72 heures': (row) => (row.within72h ? 'oui' : 'non'),
  'Distance (km)': (row) => String(row.kilometres ?? ''),
  'Niveau de charte': (row) => String(row.level ?? ''),
  'Effecteur averti': (row) => (row.notified ? 'oui' : 'non'),
};

/** Follow-up of ambulatory appointments for a study (RDV-15): one line each, under a pseudonym. */
export function createStudy(deps: StudyDependencies) {
  const db = deps.database.for('orientation');
  const select = createSelection(deps);

  async function* lines(selection: Selection) {
    let rows: Row[] = [];
    do {
      rows = await readAfter(db, selection, rows.at(-1));
      for (const row of rows) yield Object.values(columns).map((cell) => cell(row, deps.pseudonymOf(row.id)));
    } while (rows.length === BATCH);
  }

  /** The file, read by batches while it is sent; journaled. @throws as the selection */
  return async (actor: Actor, period: { readonly from: string; readonly to: string }): Promise<Readable> => {
    const selection = await select(actor, period);
    await journalExport(deps, actor, 'study-exported', selection);
    return csvOf(Object.keys(columns), lines(selection));
  };
}

function readAfter(db: ContextDatabase, { where, timeZone }: Selection, last: Row | undefined): Promise<Row[]> {
  const beyond = last ? sql`and (o.created_at, o.id) > (${last.createdAt}, ${last.id}::uuid)` : sql``;
  return db.query<Row>(sql`
    select o.id, o.territory, o.created_at as "createdAt", to_char(o.created_at at time zone ${timeZone}, 'YYYY-MM') as month, ${channelOf} as channel,
      o.category, o.modality, o.specialty, o.status, round(extract(epoch from o.start_at - coalesce(s.at, o.created_at)) / 3600)::int as hours,
      o.start_at <= coalesce(s.at, o.created_at) + interval '72 hours' as within72h, round(o.distance_m / 1000.0)::int as kilometres,
      o.charter_level as level, ${isNotified} as notified
    from orientation.orientation o left join orientation.search s on s.id = o.search_id
    where ${where} and o.booked_at is not null and o.start_at is not null ${beyond} order by o.created_at, o.id limit ${BATCH}`);
}
