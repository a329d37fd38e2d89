import { randomUUID } from 'node:crypto';
import sql, { type Sql } from 'sql-template-tag';
import type { Transaction } from '../../foundation/db/database.ts';
import { conflict, forbidden, notFound, ruleBroken } from '../../foundation/errors.ts';
import { announce } from '../../foundation/events.ts';
import { writeJournal } from '../../foundation/journal.ts';
import { type Actor, coversTerritory, hasRole } from '../../identity/contract.ts';
import { type Contact, contactSubjects, type ContactSubject, supportRoles } from '../contract.ts';
import { after, contactActs, type ContactAct, type ContactState, type Side } from '../domain/contact.ts';
import type { HelpDependencies } from './index.ts';

interface Row extends Omit<Contact, 'at' | 'answeredAt' | 'closedAt' | 'author' | 'acts'> {
  readonly accountId: string;
  readonly at: Temporal.Instant;
  readonly answeredAt: Temporal.Instant | null;
  readonly closedAt: Temporal.Instant | null;
}

/** Requests that one person may make in a day. */
const A_DAY = 20;
const SHOWN = 500;
const columns = sql`id, number, territory, account_id as "accountId", role, page, subject, body, at, state, taken_by as "takenBy", answer,
  answered_by as "answeredBy", answered_at as "answeredAt", closed_at as "closedAt"`;

/** On which sides somebody stands of a request. */
export const sidesOf = (actor: Actor, contact: { accountId: string; territory: string }): Side[] => [
  ...(contact.accountId === actor.accountId ? (['author'] as const) : []),
  ...(hasRole(actor, ...supportRoles) && coversTerritory(actor, contact.territory) ? (['support'] as const) : []),
];

/** Requests for help: kept and numbered, answered by those who administer the territory (FORM-10). */
export function createContacts({ database, clock, accountNames, patientDataIn, tellSupport, tellAuthor }: HelpDependencies) {
  const db = database.for('help');

  async function views(rows: readonly Row[], actor: Actor): Promise<Contact[]> {
    const names = await accountNames([...new Set(rows.map(({ accountId }) => accountId))]);
    return rows.map(({ accountId, ...row }) => {
      const sides = sidesOf(actor, { accountId, territory: row.territory });
      return {
        ...row, author: names.get(accountId) ?? 'Compte fermé', at: row.at.toString(),
        answeredAt: row.answeredAt?.toString() ?? null, closedAt: row.closedAt?.toString() ?? null,
        acts: contactActs.filter((act) => sides.some((side) => after(row.state, act, side) !== null)),
      };
    });
  }
  const view = async (row: Row, actor: Actor): Promise<Contact> => (await views([row], actor))[0]!;

  function refusePatientData(text: string, path: string): void {
    const found = patientDataIn(text);
    if (!found) return;
    throw ruleBroken(
      'patient-data-refused', `Votre texte contient ${found} : retirez-le, ou parlez-en au téléphone. Rien n'a été envoyé ni gardé.`,
      [{ path, message: `contient ${found}` }],
    );
  }

  const newsOf = ({ id, subject, territory, accountId }: Row, event: 'received' | 'answered') => ({ contactId: id, subject, event, territory, authorId: accountId });

  async function tell(tx: Transaction, row: Row, actor: Actor, event: string, states: { from?: ContactState; to: ContactState }): Promise<void> {
    await writeJournal(tx, { at: clock.now(), territory: row.territory, actor: actor.accountId, objectType: 'contact', objectId: row.id, event, ...states });
    const ids = { contact: row.id };
    await announce(tx, { topic: 'contact', ids, audience: { roles: supportRoles, territories: [row.territory] } });
    await announce(tx, { topic: 'contact', ids, audience: { accounts: [row.accountId] } });
  }

  /** Does an act when the state and the side of the actor allow it. */
  async function act(id: string, what: ContactAct, actor: Actor, set: Sql): Promise<Contact> {
    const row = await db.transaction(async (tx) => {
      const contact = await tx.maybeOne<Row>(sql`select ${columns} from help.contact where id = ${id} for update`);
      if (!contact) throw notFound('contact-not-found', "Cette demande n'existe pas.");
      const sides = sidesOf(actor, contact);
      if (sides.length === 0) {
        await db.transaction((apart) => writeJournal(apart, {
          at: clock.now(), territory: contact.territory, actor: actor.accountId, objectType: 'contact', objectId: id, event: 'access-refused', payload: { act: what },
        }));
        throw forbidden('contact-of-others', "Cette demande n'est pas de votre territoire. Rien n'a été changé.");
      }
      const to = sides.map((side) => after(contact.state, what, side)).find((state) => state !== null);
      if (!to) throw conflict('contact-moved-on', `La demande ${contact.number} ne le permet plus : relisez-la. Rien n'a été changé.`);
      const changed = await tx.one<Row>(sql`update help.contact set state = ${to}, ${set} where id = ${id} returning ${columns}`);
      await tell(tx, changed, actor, what, { from: contact.state, to });
      if (what === 'answer') await tellAuthor(tx, newsOf(changed, 'answered'));
      return changed;
    });
    return view(row, actor);
  }

  return {
    /** Those of whoever asks, the newest first. */
    mine: async (actor: Actor): Promise<Contact[]> =>
      views(await db.query<Row>(sql`select ${columns} from help.contact where account_id = ${actor.accountId} order by at desc limit ${SHOWN}`), actor),

    /** Those of the territories of whoever helps: what waits first. */
    inbox: async (actor: Actor): Promise<Contact[]> =>
      views(await db.query<Row>(sql`
        select ${columns} from help.contact where ${actor.territories.includes('*')} or territory = any(${[...actor.territories]})
        order by array_position(array['received', 'taken', 'answered', 'closed'], state), at desc limit ${SHOWN}`), actor),

    /** @throws rule `patient-data-refused`; conflict `too-many-contacts` */
    async ask({ subject, body, page }: { subject: ContactSubject; body: string; page: string | null }, actor: Actor): Promise<Contact> {
      refusePatientData(body, 'body');
      const now = clock.now();
      const row = await db.transaction(async (tx) => {
        await tx.query(sql`select pg_advisory_xact_lock(hashtextextended(${actor.accountId}, 1))`);
        const { today } = await tx.one<{ today: number }>(sql`
          select count(*) as today from help.contact where account_id = ${actor.accountId} and at > ${now.subtract({ hours: 24 })}`);
        if (today >= A_DAY) throw conflict('too-many-contacts', `Vous avez envoyé ${A_DAY} demandes en un jour : elles sont enregistrées. Celle-ci ne l'est pas ; réessayez demain ou téléphonez.`);
        const contact = await tx.one<Row>(sql`
          insert into help.contact (id, number, territory, account_id, role, page, subject, body, at)
          values (${randomUUID()}, 'A-' || lpad(nextval('help.contact_number')::text, 6, '0'), ${actor.territories[0] ?? '*'}, ${actor.accountId},
            ${actor.roles[0] ?? ''}, ${page}, ${subject}, ${body}, ${now}) returning ${columns}`);
        await tell(tx, contact, actor, 'asked', { to: 'received' });
        await tellSupport(tx, newsOf(contact, 'received'));
        await tellAuthor(tx, newsOf(contact, 'received'));
        return contact;
      });
      return view(row, actor);
    },

    take: (id: string, actor: Actor) => act(id, 'take', actor, sql`taken_by = ${actor.displayName}`),
    /** @throws rule `patient-data-refused`; conflict `contact-moved-on`; forbidden `contact-of-others` */
    async answer(id: string, answer: string, actor: Actor): Promise<Contact> {
      refusePatientData(answer, 'answer');
      return act(id, 'answer', actor, sql`answer = ${answer}, answered_by = ${actor.displayName}, answered_at = ${clock.now()}`);
    },
    close: (id: string, actor: Actor) => act(id, 'close', actor, sql`closed_at = ${clock.now()}`),

    /** What somebody asked, for his own export. */
    personalData: async ({ accountId }: { accountId: string }) => {
      const rows = await db.query<Row>(sql`select ${columns} from help.contact where account_id = ${accountId} order by at`);
      return [{
        title: 'Demandes d’assistance',
        rows: rows.map(({ number, subject, page, body, at, answer, answeredAt }) => ({
          Numéro: number, Sujet: contactSubjects[subject], Page: page, Texte: body, Envoyée: at, Réponse: answer, 'Répondue le': answeredAt,
        })),
      }];
    },
  };
}

export type Contacts = ReturnType<typeof createContacts>;
