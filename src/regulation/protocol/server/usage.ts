import sql from 'sql-template-tag';
import type { Clock } from '../../../foundation/clock.ts';
import type { Database } from '../../../foundation/db/database.ts';
import { invalid } from '../../../foundation/errors.ts';
import type { Actor } from '../../../identity/contract.ts';
import type { Territories } from '../../../territory/server/index.ts';
import type { Usage } from '../contract.ts';
import { countUses, type Use } from '../domain/usage.ts';
import { selectVersions } from './store.ts';
import { territoryFor } from './versions.ts';

const DEFAULT_DAYS = 30;
const MOST_DAYS = 93;
const OVERRIDES_SHOWN = 200;

/** A path recorded, for those who look whether its dossier changed filière afterwards. */
export interface RecordedUse {
  readonly dossierId: string;
  readonly at: Temporal.Instant;
}

/** Which of these dossiers changed filière after the instant given with each. */
export type Requalified = (territory: string, uses: readonly RecordedUse[]) => Promise<ReadonlySet<string>>;

export interface UsageDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly territories: Pick<Territories, 'get'>;
  readonly requalified: Requalified;
}

export interface UsageRequest {
  readonly territory?: string | undefined;
  readonly protocolId?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Counts of what protocols did over whole days of the territory, both ends included (PROT-07). */
export function createUsage({ database, clock, territories, requalified }: UsageDependencies) {
  const db = database.for('protocol');

  /** @throws invalid `period-wrong`; forbidden `territory-not-covered` */
  return async function usage(actor: Actor, request: UsageRequest): Promise<Usage> {
    const territory = territoryFor(actor, request.territory);
    const { timeZone } = await territories.get(territory);
    const to = request.to ? Temporal.PlainDate.from(request.to) : clock.now().toZonedDateTimeISO(timeZone).toPlainDate();
    const from = request.from ? Temporal.PlainDate.from(request.from) : to.subtract({ days: DEFAULT_DAYS - 1 });
    const length = from.until(to).days + 1;
    if (length < 1 || length > MOST_DAYS) throw invalid('period-wrong', `La période va d'un jour à ${MOST_DAYS} jours, du plus ancien au plus récent.`);
    const start = from.toZonedDateTime(timeZone).toInstant();
    const end = to.add({ days: 1 }).toZonedDateTime(timeZone).toInstant();
    const rows = await db.query<Omit<Use, 'at'> & { at: Temporal.Instant }>(sql`
      select protocol_id as "id", version, dossier_id as "dossierId", at, to_char(at at time zone ${timeZone}, 'YYYY-MM-DD') as "day", outcome, proposed, retained, overridden, reason
      from protocol.use where territory = ${territory} and at >= ${start} and at < ${end} and (${request.protocolId ?? null}::uuid is null or protocol_id = ${request.protocolId ?? null})`);
    const versions = await selectVersions(db, sql`territory = ${territory} and kind = 'arbre'`);
    const { outcomes, overrides, ...counted } = countUses(rows.map((row) => ({ ...row, at: row.at.toString() })), await requalified(territory, rows));
    const versionOf = (id: string, version: number) => versions.find((one) => one.id === id && one.version === version)!;
    const outcomeOf = ({ id, version, outcome }: { id: string; version: number; outcome: string | null }) => {
      const { content } = versionOf(id, version);
      return content.kind === 'arbre' ? content.tree.outcomes.find((one) => one.id === outcome) : undefined;
    };
    return {
      from: from.toString(), to: to.toString(),
      versions: counted.versions.map((one) => ({ ...one, title: versionOf(one.id, one.version).sheet.title })),
      outcomes: outcomes.map((one) => ({ ...one, label: outcomeOf(one)?.motive.label ?? 'Quitté avant la fin', priority: outcomeOf(one)?.priority ?? null })),
      days: counted.days.map(({ day, uses, overridden }) => ({ day, uses, overridden })),
      overrides: overrides.slice(0, OVERRIDES_SHOWN).map(({ id, version, at, proposed, retained, reason }) => ({ id, version, at, proposed, retained, reason })),
    };
  };
}
