import sql from 'sql-template-tag';
import type { ResponseInputOf } from '../../../foundation/http/route.ts';
import type { Actor } from '../../../identity/contract.ts';
import type { routes } from '../contract.ts';
import { within } from './lists.ts';
import type { Room } from './room.ts';

type RoomAlerts = ResponseInputOf<typeof routes.roomAlerts>;

const GLASS_HOURS = 24;
const MOST = 50;

/** What the supervisor must hear of without opening a dossier (I6, SEC-06): numbers and names of colleagues, no patient. */
export async function readRoomAlerts({ db, clock, accounts }: Room, actor: Actor): Promise<RoomAlerts> {
  const p0 = await db.query<RoomAlerts['p0'][number]>(sql`
    select d.id as "dossierId", d.number, d.body->>'p0Since' as since, (d.body->>'p0Alerts')::int > 0 as late from dossier.dossier d
    where ${within(actor.territories)} and d.state = 'ACTIF' and d.priority = 'P0' and d.step in ('OUVERT', 'QUALIFIE', 'P0_ENGAGE', 'EN_COURS_N2')
      and d.body->>'p0Since' is not null and d.body->'p0'->>'takenAt' is null
    order by d.body->>'p0Since' limit ${MOST}`);
  const glass = await db.query<{ dossierId: string; number: string; accountId: string; at: Temporal.Instant; reason: string }>(sql`
    select g.dossier_id as "dossierId", d.number, g.account_id as "accountId", g.at, g.reason
    from dossier.break_glass g join dossier.dossier d on d.territory = g.territory and d.id = g.dossier_id
    where ${within(actor.territories)} and g.at > ${clock.now().subtract({ hours: GLASS_HOURS })} order by g.at desc limit ${MOST}`);
  const names = await accounts.names(glass.map(({ accountId }) => accountId));
  return { p0, glass: glass.map(({ accountId, at, ...one }) => ({ ...one, at: at.toString(), name: names.get(accountId) ?? accountId })) };
}
