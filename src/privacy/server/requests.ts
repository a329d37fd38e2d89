import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import type { Transaction } from '../../foundation/db/database.ts';
import { conflict, forbidden, notFound, ruleBroken } from '../../foundation/errors.ts';
import { announce } from '../../foundation/events.ts';
import { writeJournal } from '../../foundation/journal.ts';
import { type Actor, administratorRoles, coversTerritory } from '../../identity/contract.ts';
import { answerReasons, type AnswerReason, type RequestKind, requestKinds, type RequestSubject, type RightsRequest } from '../contract.ts';
import { type Answer, dueAt, needsReason, nextStates, type RequestState } from '../domain/requests.ts';
import type { RightsDependencies } from './index.ts';

interface Row extends Omit<RightsRequest, 'at' | 'dueAt' | 'answeredAt' | 'author' | 'late'> {
  readonly accountId: string;
  readonly at: Temporal.Instant;
  readonly dueAt: Temporal.Instant;
  readonly answeredAt: Temporal.Instant | null;
}

/** Beyond, somebody's requests of a day are one too many: the first are still to be answered. */
const A_DAY = 10;
const SHOWN = 500;
const columns = sql`id, number, territory, account_id as "accountId", kind, subject, body, at, due_at as "dueAt", state, reason,
  answered_by as "answeredBy", answered_at as "answeredAt"`;

/** What people ask about their own data, and the answers (SEC-08). */
export function createRequests({ database, clock, accountNames, patientDataIn }: RightsDependencies) {
  const db = database.for('privacy');

  async function views(rows: readonly Row[]): Promise<RightsRequest[]> {
    const names = await accountNames([...new Set(rows.map(({ accountId }) => accountId))]);
    const now = clock.now();
    return rows.map(({ accountId, ...row }) => ({
      ...row, author: names.get(accountId) ?? 'Compte fermé', at: row.at.toString(), dueAt: row.dueAt.toString(), answeredAt: row.answeredAt?.toString() ?? null,
      late: row.state === 'received' && Temporal.Instant.compare(row.dueAt, now) < 0,
    }));
  }

  const journal = (tx: Transaction, actor: Actor, row: Pick<Row, 'id' | 'territory'>, event: string, more: { from?: RequestState; to?: RequestState; reason?: string | null } = {}) =>
    writeJournal(tx, { at: clock.now(), territory: row.territory, actor: actor.accountId, objectType: 'rights-request', objectId: row.id, event, ...more });

  return {
    /** Those of whoever asks, the newest first. */
    mine: async (actor: Actor): Promise<RightsRequest[]> =>
      views(await db.query<Row>(sql`select ${columns} from privacy.request where account_id = ${actor.accountId} order by at desc limit ${SHOWN}`)),

    /** @throws rule `patient-data-refused`; conflict `too-many-requests` */
    async ask(order: { kind: RequestKind; subject: RequestSubject; body: string }, actor: Actor): Promise<RightsRequest> {
      const found = patientDataIn(order.body);
      if (found) {
        throw ruleBroken('patient-data-refused', `Votre texte contient ${found} : retirez-le. Rien n'a été envoyé ni gardé.`, [{ path: 'body', message: `contient ${found}` }]);
      }
      const now = clock.now();
      const row = await db.transaction(async (tx) => {
        await tx.query(sql`select pg_advisory_xact_lock(hashtextextended(${actor.accountId}, 0))`);
        const { today } = await tx.one<{ today: number }>(sql`
          select count(*) as today from privacy.request where account_id = ${actor.accountId} and at > ${now.subtract({ hours: 24 })}`);
        if (today >= A_DAY) throw conflict('too-many-requests', `Vous avez fait ${A_DAY} demandes en un jour : elles sont enregistrées. Attendez leur réponse, ou demain, pour en faire d'autres.`);
        const request = await tx.one<Row>(sql`
          insert into privacy.request (id, number, territory, account_id, kind, subject, body, at, due_at)
          values (${randomUUID()}, 'D-' || lpad(nextval('privacy.request_number')::text, 6, '0'), ${actor.territories[0] ?? '*'}, ${actor.accountId}, ${order.kind},
            ${order.subject}, ${order.body}, ${now}, ${dueAt(now)}) returning ${columns}`);
        await journal(tx, actor, request, 'asked');
        await announce(tx, { topic: 'rights-request', ids: { request: request.id }, audience: { roles: administratorRoles, territories: [request.territory] } });
        return request;
      });
      return (await views([row]))[0]!;
    },

    /** Those of the territories of the actor: what waits first, by its deadline. Reading them is journaled. */
    async inbox(actor: Actor): Promise<RightsRequest[]> {
      const rows = await db.transaction(async (tx) => {
        const found = await tx.query<Row>(sql`
          select ${columns} from privacy.request where ${actor.territories.includes('*')} or territory = any(${[...actor.territories]})
          order by state = 'received' desc, case when state = 'received' then due_at end, at desc limit ${SHOWN}`);
        for (const territory of new Set(found.map((row) => row.territory))) {
          await writeJournal(tx, { at: clock.now(), territory, actor: actor.accountId, objectType: 'rights-request', objectId: territory, event: 'inbox-read' });
        }
        return found;
      });
      return views(rows);
    },

    /**
     * Answers once; what is to change is changed on its own screen.
     * @throws not-found `rights-request-not-found`; forbidden `territory-not-covered`, `own-request`; conflict `already-answered`; rule `reason-needed`
     */
    async answer(id: string, { answer, reason }: { answer: Answer; reason: AnswerReason | null }, actor: Actor): Promise<RightsRequest> {
      const row = await db.transaction(async (tx) => {
        const request = await tx.maybeOne<Row>(sql`select ${columns} from privacy.request where id = ${id} for update`);
        if (!request) throw notFound('rights-request-not-found', "Cette demande n'existe pas.");
        if (!coversTerritory(actor, request.territory)) {
          await db.transaction((apart) => journal(apart, actor, request, 'access-refused'));
          throw forbidden('territory-not-covered', "Cette demande est traitée dans le territoire de son auteur. Rien n'a été changé.");
        }
        if (request.accountId === actor.accountId) throw forbidden('own-request', "C'est votre propre demande : un autre administrateur y répond. Rien n'a été changé.");
        if (!nextStates[request.state].includes(answer)) {
          throw conflict('already-answered', `La demande ${request.number} a déjà sa réponse, donnée par ${request.answeredBy}. Rien n'a été changé.`);
        }
        if (needsReason(answer) && reason === null) {
          throw ruleBroken('reason-needed', "Une demande qui n'est pas acceptée en entier reçoit un motif. Rien n'a été envoyé.", [{ path: 'reason', message: 'motif attendu' }]);
        }
        const answered = await tx.one<Row>(sql`
          update privacy.request set state = ${answer}, reason = ${needsReason(answer) ? reason : null}, answered_by = ${actor.displayName}, answered_at = ${clock.now()}
          where id = ${id} returning ${columns}`);
        await journal(tx, actor, request, 'answered', { from: request.state, to: answer, reason });
        await announce(tx, { topic: 'rights-request', ids: { request: id }, audience: { roles: administratorRoles, territories: [request.territory] } });
        await announce(tx, { topic: 'rights-request', ids: { request: id }, audience: { accounts: [request.accountId] } });
        return answered;
      });
      return (await views([row]))[0]!;
    },

    /** What somebody asked, for his own export. */
    personalData: async ({ accountId }: { accountId: string }) => {
      const rows = await db.query<Row>(sql`select ${columns} from privacy.request where account_id = ${accountId} order by at`);
      return [{
        title: 'Demandes sur vos données',
        rows: rows.map(({ number, kind, body, at, state, reason, answeredAt }) => ({
          Numéro: number, Demande: requestKinds[kind], Texte: body, Reçue: at, Réponse: state === 'received' ? 'à venir' : state,
          Motif: reason && answerReasons[reason], 'Répondue le': answeredAt,
        })),
      }];
    },
  };
}
