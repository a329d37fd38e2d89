import sql from 'sql-template-tag';
import type { Clock } from '../../foundation/clock.ts';
import type { Database } from '../../foundation/db/database.ts';
import { readJournal } from '../../foundation/journal-read.ts';
import { type AccountView, type Actor, TERMS_VERSION } from '../contract.ts';
import { keptTerritories } from '../domain/granting.ts';
import { levelOf, teamRoles } from '../domain/team.ts';
import { recordOnAccount } from './changes.ts';
import type { Keeping } from './keeping.ts';
import type { IdentityOutside } from './outside.ts';
import { createAccountViews } from './views.ts';

export interface PeopleDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly keeping: Pick<Keeping, 'heldBy'>;
  readonly outside: Pick<IdentityOutside, 'structure'>;
}

const SIGN_INS = 10;

/** Who is who: one's own account, and the actors of the SAS (ACT-13, ACT-14). */
export function createPeople({ database, clock, keeping, outside }: PeopleDependencies) {
  const db = database.for('identity');
  const views = createAccountViews(database, clock, outside);
  return {
    async mine(actor: Actor) {
      const [account] = await views.read([], actor.accountId, [actor.accountId]);
      const { possible: _, invitedAt: __, ...mine } = account!;
      const terms = await db.one<{ version: string | null; at: Temporal.Instant | null }>(sql`
        select terms_version as version, terms_accepted_at as at from identity.account where id = ${actor.accountId}`);
      const password = await db.maybeOne<{ changedAt: Temporal.Instant; left: number }>(sql`
        select changed_at as "changedAt", (select count(*) from identity.recovery_code r where r.account_id = c.account_id and r.used_at is null) as left
        from identity.credential c where account_id = ${actor.accountId}`);
      const lines = await readJournal(database, 'session', actor.accountId, 50);
      return {
        ...mine,
        methods: { card: mine.nationalId !== null, password: password && { changedAt: password.changedAt.toString(), recoveryCodesLeft: password.left } },
        terms: terms.version && terms.at ? { version: terms.version, acceptedAt: terms.at.toString() } : null,
        signIns: lines.filter(({ event }) => /sign-in/.test(event)).slice(-SIGN_INS).reverse().map(({ at, event, payload }) => ({ at: at.toString(), event: payload.method === 'password-and-code' ? `${event}-local` : event })),
      };
    },

    async changeMine(actor: Actor, { phone, available }: Pick<AccountView, 'phone' | 'available'>): Promise<void> {
      await db.transaction(async (tx) => {
        await tx.run(sql`
          update identity.account set phone = ${phone}, available = ${available?.amount ?? null}, available_unit = ${available?.unit ?? null} where id = ${actor.accountId}`);
        await recordOnAccount(tx, actor.accountId, 'details-changed', { at: clock.now(), actor: actor.accountId }, { changed: ['phone', 'available'] });
      });
    },

    async acceptTerms(actor: Actor): Promise<void> {
      await db.transaction(async (tx) => {
        const now = clock.now();
        await tx.run(sql`update identity.account set terms_version = ${TERMS_VERSION}, terms_accepted_at = ${now} where id = ${actor.accountId}`);
        await recordOnAccount(tx, actor.accountId, 'terms-accepted', { at: now, actor: actor.accountId }, { version: TERMS_VERSION });
      });
    },

    /** The active accounts that hold a role of the team in the reader's territories; `editable` when the reader keeps them. */
    async actors(actor: Actor) {
      const everywhere = actor.territories.includes('*');
      const rows = await db.query<{ id: string }>(sql`
        select a.id from identity.account a
        where a.state = 'active' and coalesce(a.email, '') not like '%.invalid' and exists (
          select 1 from identity.grant g where g.account_id = a.id and g.revoked_at is null and g.role = any(${teamRoles})
            and (${everywhere} or g.territory = '*' or g.territory = any(${[...actor.territories]})))`);
      const held = await keeping.heldBy(actor);
      const keeper = keptTerritories(held).length > 0;
      const accounts = await views.read(held, actor.accountId, rows.map(({ id }) => id));
      return accounts.flatMap(({ id, displayName, lastName, firstName, email, phone, department, team, available, grants, possible }) => {
        const here = grants.filter(({ territory }) => everywhere || territory === '*' || actor.territories.includes(territory));
        const roles = [...new Set(here.map(({ role }) => role))];
        const level = levelOf({ team, roles });
        return level === null ? [] : [{
          id, displayName, lastName, firstName, email, phone, department, team, available, roles, level,
          territories: [...new Set(here.map(({ territory }) => territory))], editable: keeper && possible.length > 0,
        }];
      });
    },
  };
}
export type People = ReturnType<typeof createPeople>;
