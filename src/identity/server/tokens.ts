import sql from 'sql-template-tag';
import type { Clock } from '../../foundation/clock.ts';
import type { Database } from '../../foundation/db/database.ts';
import { invalid } from '../../foundation/errors.ts';
import { writeJournal } from '../../foundation/journal.ts';
import { type Actor, type Role, roleLabels } from '../contract.ts';
import { ensureAccount } from './accounts.ts';
import { delegationsTo } from './delegations.ts';
import { digest, newSecret } from './sessions.ts';

export interface TokenRequest {
  readonly role: Role;
  readonly territory: string;
  readonly email?: string;
  /** Whose account is opened; named by its e-mail or number when absent. */
  readonly person?: { readonly displayName: string; readonly lastName: string; readonly firstName: string };
  /** 11 digits, or the prefixed national id. */
  readonly rpps?: string;
  readonly editor?: string;
  readonly structureId?: string;
  /** `90s`, `30m`, `1h`, `7d`. */
  readonly ttl: string;
}

const UNITS = { s: 'seconds', m: 'minutes', h: 'hours', d: 'days' } as const;

/** `1h` as a duration. @throws invalid when it is not a number followed by s, m, h or d. */
export function parseTtl(ttl: string): Temporal.Duration {
  const match = /^(\d{1,5})([smhd])$/.exec(ttl);
  if (!match || match[1] === '0') throw invalid('ttl-invalid', `Durée « ${ttl} » illisible : écrivez par exemple 90s, 30m, 1h ou 7d.`);
  return Temporal.Duration.from({ [UNITS[match[2] as keyof typeof UNITS]]: Number(match[1]) });
}

function nationalIdOf(rpps: string | undefined): string | null {
  if (!rpps) return null;
  if (/^\d{11}$/.test(rpps)) return `8${rpps}`;
  if (/^(8\d{11}|0\d{9})$/.test(rpps)) return rpps;
  throw invalid('rpps-invalid', `« ${rpps} » n'est pas un RPPS (11 chiffres) ni un identifiant national préfixé.`);
}

/** Issues a bearer token for one role on one territory; only its digest is kept. */
export async function issueToken(database: Database, clock: Clock, request: TokenRequest): Promise<string> {
  const ttl = parseTtl(request.ttl);
  const nationalId = nationalIdOf(request.rpps);
  const label = request.email ?? request.rpps ?? `${roleLabels[request.role]} ${request.territory}`;
  return database.for('identity').transaction(async (tx) => {
    const account = await ensureAccount(tx, {
      nationalId,
      email: request.email ?? `${request.role}.${request.territory}@jeton.invalid`.replace('*', 'national'),
      ...(request.person ?? { displayName: label, lastName: label, firstName: 'Jeton' }),
    });
    await tx.run(sql`
      insert into identity.grant (account_id, role, territory, structure_id)
      values (${account.id}, ${request.role}, ${request.territory}, ${request.structureId ?? null}) on conflict do nothing`);
    const token = newSecret();
    const now = clock.now();
    const expiresAt = now.toZonedDateTimeISO('UTC').add(ttl).toInstant();
    const editor = request.role === 'editor' ? (request.editor ?? request.email ?? `editeur-${request.territory}`) : null;
    await tx.run(sql`
      insert into identity.token (hash, account_id, role, territory, editor, created_at, expires_at)
      values (${digest(token)}, ${account.id}, ${request.role}, ${request.territory}, ${editor}, ${now}, ${expiresAt})`);
    await writeJournal(tx, {
      at: now, territory: request.territory, actor: 'command-line', objectType: 'token', objectId: account.id,
      event: 'token-issued', payload: { role: request.role, expiresAt: expiresAt.toString(), editor },
    });
    return token;
  });
}

/** The actor a live token stands for: its account's identity, but the token's role and territory alone. */
export async function actorOfToken(database: Database, clock: Clock, token: string): Promise<Actor | null> {
  const db = database.for('identity');
  const now = clock.now();
  const row = await db.maybeOne<{
    accountId: string; displayName: string; email: string | null; nationalId: string | null;
    role: Role; territory: string; editor: string | null; structureIds: string[];
  }>(sql`
    select a.id as "accountId", a.display_name as "displayName", a.email, a.national_id as "nationalId",
      t.role, t.territory, t.editor,
      array(select g.structure_id from identity.grant g where g.account_id = a.id and g.role = t.role
            and g.structure_id is not null and g.revoked_at is null) as "structureIds"
    from identity.token t join identity.account a on a.id = t.account_id
    where t.hash = ${digest(token)} and t.revoked_at is null and t.expires_at > ${now} and a.state = 'active'`);
  if (!row) return null;
  const { role, territory, ...person } = row;
  return { ...person, roles: [role], territories: [territory], delegations: await delegationsTo(db, person.accountId, now) };
}
