import sql from 'sql-template-tag';
import type { Queryable, Transaction } from '../../foundation/db/database.ts';
import { conflict, notFound } from '../../foundation/errors.ts';
import { digest, newSecret } from './sessions.ts';

const hoursValid = { 'first-connection': 24, invitation: 7 * 24, password: 1 } as const;
export type LinkPurpose = keyof typeof hoursValid;

/** Who receives a link: an account, or somebody whom Pro Santé Connect recognised and who has none yet. */
export type LinkFor =
  | { readonly purpose: 'invitation' | 'password'; readonly email: string; readonly accountId: string }
  | { readonly purpose: 'first-connection'; readonly email: string; readonly nationalId: string; readonly lastName: string; readonly firstName: string; readonly territory: string };

export interface Link {
  readonly purpose: LinkPurpose;
  readonly accountId: string | null;
  readonly email: string;
  readonly nationalId: string | null;
  readonly lastName: string | null;
  readonly firstName: string | null;
  readonly territory: string | null;
  /** Encrypted. */
  readonly codeSecret: Buffer | null;
}

interface StoredLink extends Link {
  readonly usedAt: Temporal.Instant | null;
  readonly expiresAt: Temporal.Instant;
}

const columns = sql`purpose, account_id as "accountId", email, national_id as "nationalId", last_name as "lastName", first_name as "firstName",
  territory, code_secret as "codeSecret", used_at as "usedAt", expires_at as "expiresAt"`;

/** Writes a link and gives its token, kept nowhere; the former ones for the same purpose open nothing more. */
export async function createLink(tx: Transaction, link: LinkFor, at: Temporal.Instant): Promise<string> {
  const token = newSecret();
  const { accountId, nationalId, lastName, firstName, territory } = { accountId: null, nationalId: null, lastName: null, firstName: null, territory: null, ...link };
  await tx.run(sql`
    update identity.link set used_at = ${at} where purpose = ${link.purpose} and used_at is null
      and (account_id = ${accountId} or national_id = ${nationalId})`);
  await tx.run(sql`
    insert into identity.link (hash, purpose, account_id, email, national_id, last_name, first_name, territory, created_at, expires_at)
    values (${digest(token)}, ${link.purpose}, ${accountId}, ${link.email}, ${nationalId}, ${lastName}, ${firstName}, ${territory}, ${at}, ${at.add({ hours: hoursValid[link.purpose] })})`);
  return token;
}

/** The page that a letter leads to: the token stays in the fragment, which no server and no other site ever sees. */
export const pageOf = (token: string) => ({ path: `/lien#${token}`, key: `link/${digest(token).toString('base64url')}` });

/** The live link of a token, of one of these purposes. @throws not-found `link-unknown`, conflict `link-used`, `link-expired` */
export async function findLink(db: Queryable, token: string, at: Temporal.Instant, ...purposes: readonly LinkPurpose[]): Promise<Link> {
  const { usedAt, expiresAt, ...link } = found(await db.maybeOne<StoredLink>(sql`select ${columns} from identity.link where hash = ${digest(token)} and purpose = any(${[...purposes]})`));
  if (usedAt) throw conflict('link-used', 'Ce lien a déjà servi, ou un plus récent vous a été envoyé. Rien n’a été changé.');
  if (Temporal.Instant.compare(expiresAt, at) <= 0) throw conflict('link-expired', 'Ce lien a expiré. Rien n’a été changé ; demandez-en un autre.');
  return link;
}

/** The same, locked and used: it opens nothing more once the transaction is committed. */
export async function spendLink(tx: Transaction, token: string, at: Temporal.Instant, purpose: LinkPurpose): Promise<Link> {
  await tx.run(sql`select 1 from identity.link where hash = ${digest(token)} for update`);
  const link = await findLink(tx, token, at, purpose);
  await tx.run(sql`update identity.link set used_at = ${at} where hash = ${digest(token)}`);
  return link;
}

function found(link: StoredLink | null): StoredLink {
  if (!link) throw notFound('link-unknown', 'Ce lien ne correspond à rien. Vérifiez que l’adresse a été copiée en entier, ou demandez-en un autre.');
  return link;
}
