import type { Readable } from 'node:stream';
import sql, { type Sql } from 'sql-template-tag';
import { csvOf } from '../../../foundation/http/csv.ts';
import { invalid } from '../../../foundation/errors.ts';
import { writeJournal } from '../../../foundation/journal.ts';
import type { Actor } from '../../../identity/contract.ts';
import { within } from './lists.ts';
import type { Room } from './room.ts';
import { territoryFor } from './room.ts';

/** Days on which the dossiers were opened, both included. */
export interface StudyPeriod {
  readonly from: string;
  readonly to: string;
}

interface Figures {
  readonly received: number;
  readonly attached: number;
  readonly within72h: number;
  readonly recalled: number;
}

interface Row {
  readonly appointmentId: string;
  readonly territory: string;
  readonly openedAt: Temporal.Instant;
  readonly month: string;
  readonly status: string;
  readonly hours: number;
  readonly within72h: boolean;
  readonly recallHours: number | null;
  readonly sameDossier: boolean | null;
}

const BATCH = 1_000;
const LONGEST_DAYS = 1_100;
const HOURS_72 = sql`interval '72 hours'`;

const statusWords: Readonly<Record<string, string>> = { pending: 'en attente', booked: 'pris', fulfilled: 'honoré', noshow: 'non honoré', cancelled: 'annulé' };

const columns: Readonly<Record<string, (row: Row, pseudonym: string) => string>> = {
  Pseudonyme: (_row, pseudonym) => pseudonym,
  Territoire: (row) => row.territory,
  Mois: (row) => row.month,
  Statut: (row) => statusWords[row.status] ?? row.status,
  'Heures entre l’appel et le rendez-vous': (row) => String(row.hours),
  'Rendez-vous dans les 72 heures': (row) => (row.within72h ? 'oui' : 'non'),
  'Rappel dans les 72 heures': (row) => (row.recallHours === null ? 'non' : 'oui'),
  'Heures entre l’appel et le rappel': (row) => String(row.recallHours ?? ''),
  'Rappel sur le même dossier': (row) => (row.sameDossier === null ? '' : row.sameDossier ? 'oui' : 'non'),
};

/**
 * The first call again after the appointment was booked, within 72 hours of the dossier's opening: on the same dossier, or from
 * the same number on another one.
 */
const recall = sql`left join lateral (
  select c.at, c.dossier_id = d.id as same from dossier.call c
  where c.territory = d.territory and (c.dossier_id = d.id or c.phone_key = d.phone_key) and c.at > a.received_at and c.at <= d.opened_at + ${HOURS_72}
  order by c.at limit 1) r on true`;

/**
 * Follow-up of the appointments booked for a call (RDV-15) and of those who called again, for a study: this half alone knows
 * which dossier an appointment is for. No identity, no number, no day leaves; each export is journaled.
 */
export function createRecallStudy({ db, clock, territories, pseudonymOf }: Room) {
  async function boundsOf(actor: Actor, { from, to }: StudyPeriod) {
    const { timeZone } = await territories.get(territoryFor(actor, null));
    const [first, last] = [Temporal.PlainDate.from(from), Temporal.PlainDate.from(to)];
    const days = first.until(last).days;
    if (days < 0 || days > LONGEST_DAYS) {
      throw invalid('period-invalid', 'La période va du plus ancien au plus récent, sur trois ans au plus.', [{ path: 'from', message: 'période trop longue ou à rebours' }]);
    }
    const midnight = (day: Temporal.PlainDate) => day.toZonedDateTime(timeZone).toInstant();
    return { since: midnight(first), until: midnight(last.add({ days: 1 })), timeZone };
  }

  const followed = (actor: Actor, since: Temporal.Instant, until: Temporal.Instant): Sql => sql`
    dossier.dossier d join dossier.appointment a on a.territory = d.territory and a.dossier_id = d.id ${recall}
    where ${within(actor.territories)} and d.opened_at >= ${since} and d.opened_at < ${until}`;

  async function* lines(actor: Actor, { since, until, timeZone }: Awaited<ReturnType<typeof boundsOf>>) {
    let rows: Row[] = [];
    do {
      const last: Row | undefined = rows.at(-1);
      const beyond = last ? sql`and (d.opened_at, a.appointment_id) > (${last.openedAt}, ${last.appointmentId})` : sql``;
      rows = await db.query<Row>(sql`
        select a.appointment_id as "appointmentId", a.territory, d.opened_at as "openedAt", to_char(d.opened_at at time zone ${timeZone}, 'YYYY-MM') as month, a.status,
          round(extract(epoch from a.start_at - d.opened_at) / 3600)::int as hours, a.start_at <= d.opened_at + ${HOURS_72} as "within72h",
          round(extract(epoch from r.at - d.opened_at) / 3600)::int as "recallHours", r.same as "sameDossier"
        from ${followed(actor, since, until)} ${beyond} order by d.opened_at, a.appointment_id limit ${BATCH}`);
      for (const row of rows) yield Object.values(columns).map((cell) => cell(row, pseudonymOf(row.appointmentId)));
    } while (rows.length === BATCH);
  }

  return {
    /** @throws invalid `period-invalid` */
    async figures(actor: Actor, period: StudyPeriod) {
      const { since, until } = await boundsOf(actor, period);
      const [{ received }, rest] = await Promise.all([
        db.one<Pick<Figures, 'received'>>(sql`
          select count(*) as received from dossier.appointment a where ${within(actor.territories, sql`a`)} and a.received_at >= ${since} and a.received_at < ${until}`),
        db.one<Omit<Figures, 'received'>>(sql`
          select count(*) as attached, count(*) filter (where a.start_at <= d.opened_at + ${HOURS_72}) as "within72h", count(r.at) as recalled
          from ${followed(actor, since, until)}`),
      ]);
      return { received, ...rest, recallRate: rest.attached === 0 ? null : rest.recalled / rest.attached };
    },

    /** One line an appointment, read by batches while it is sent. @throws invalid `period-invalid` */
    async csv(actor: Actor, period: StudyPeriod): Promise<Readable> {
      const bounds = await boundsOf(actor, period);
      await db.transaction((tx) =>
        writeJournal(tx, {
          at: clock.now(), territory: territoryFor(actor, null), actor: actor.accountId, role: actor.roles[0] ?? null, objectType: 'recall-study',
          objectId: `${period.from}/${period.to}`, event: 'study-exported', payload: { ...period },
        }));
      return csvOf(Object.keys(columns), lines(actor, bounds));
    },
  };
}
