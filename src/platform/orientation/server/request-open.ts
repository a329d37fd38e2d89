import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import type { Database, Queryable, Transaction } from '../../../foundation/db/database.ts';
import { ruleBroken } from '../../../foundation/errors.ts';
import { writeJournal } from '../../../foundation/journal.ts';
import type { Actor } from '../../../identity/contract.ts';
import { chainFrom, passesOverLevel, type RequestCandidate, subjectOf } from '../domain/request.ts';
import { type TellRequested, toTell } from './request-ask.ts';
import { deadlineFor } from './request-delays.ts';
import { type CandidateState, type ReadinessSources, requireAskable, stateOf } from './request-readiness.ts';
import { insertAttempt, insertRequest, type RequestRow } from './request-store.ts';
import type { CreateOrientation } from './orientations-bodies.ts';
import type { OrientationRow } from './orientations-store.ts';
import { openSession, readEvents, refusedKeys, type Session } from './search-log.ts';

/** Writes, with the first orientation, the request it begins. */
export interface Opening {
  readonly requestId: string;
  readonly level: number | null;
  readonly distanceM: number | null;
  write(tx: Transaction, row: OrientationRow): Promise<void>;
}

export interface OpeningDependencies extends ReadinessSources {
  readonly database: Database;
  readonly tellRequested: TellRequested;
}

interface Wish {
  readonly actor: Actor;
  readonly body: CreateOrientation;
  readonly candidate: Pick<RequestCandidate, 'nationalId' | 'structureId'>;
  readonly at: Temporal.Instant;
  readonly territory: string;
  readonly now: Temporal.Instant;
}

/** A search tells what there is; later, slots may have come back. */
const FRESH = Temporal.Duration.from({ hours: 4 });

const refused = (path: string, message: string, code = 'invalid-input') => ruleBroken(code, `${message} Rien n'a été enregistré.`, [{ path, message }]);

/** Why asking en sus is allowed: the slot search that came back empty, or a reason. */
type Grounds = Pick<RequestRow, 'emptySearchId' | 'missingSources' | 'openingReason'>;

/** Prepares a request en sus: allowed (SUR-02), askable (PART-09, ANN-11), and those to ask next if the first does not accept. */
export function createOpener({ database, tellRequested, ...sources }: OpeningDependencies) {
  const db = database.for('orientation');

  return async (wish: Wish): Promise<Opening> => {
    const { actor, body, now, territory, at } = wish;
    const session = body.searchId ? await openSession(db, body.searchId, actor) : null;
    const [grounds, events] = await Promise.all([groundsOf(db, wish, session), session ? readEvents(db, session.id) : []]);
    const ordered = session?.criteria.enSus ? session.placed : [];
    const setAside = refusedKeys(events);
    const found = ordered.find(({ input }) => subjectOf(input) === subjectOf(wish.candidate));
    const candidate: RequestCandidate = {
      ...wish.candidate, placeId: found?.input.placeId ?? null, level: found?.level ?? null, distanceM: found?.input.distanceM ?? null,
    };
    if (passesOverLevel(ordered, candidate, setAside) && !body.skipReason) throw levelSkipped();
    const state = await stateOf(db, sources, candidate, { now, wantedAt: at, territory });
    requireAskable(state);
    const chain = chainFrom(ordered, candidate, setAside);
    const requestId = randomUUID();
    const deadlineAt = state.structure ? await deadlineFor(db, territory, state.structure.kind, now) : null;
    const { level, distanceM } = candidate;
    return {
      requestId, level, distanceM,
      write: (tx, row) => write(tx, row, { id: requestId, session, grounds, chain, state, deadlineAt, modality: body.modality ?? onlyModality(session) }),
    };
  };

  interface Opened {
    readonly id: string;
    readonly session: Session | null;
    readonly grounds: Grounds;
    readonly chain: readonly RequestCandidate[];
    readonly state: CandidateState;
    readonly deadlineAt: Temporal.Instant | null;
    readonly modality: RequestRow['modality'];
  }

  async function write(tx: Transaction, row: OrientationRow, { id, session, grounds, chain, state, deadlineAt, modality }: Opened): Promise<void> {
    const now = row.createdAt;
    await insertRequest(tx, {
      ...grounds, id, territory: row.territory, actor: row.actor, actorRole: row.actorRole, searchId: row.searchId, city: session?.criteria.city ?? null,
      specialty: session?.criteria.specialty ?? row.specialty, modality, wantedAt: row.start!, lrmReference: row.lrmReference, candidates: chain, passed: [],
      position: 1, state: 'EN_COURS', currentId: row.id, deadlineAt, createdAt: now, updatedAt: now,
    });
    insertAttempt(tx, { orientationId: row.id, requestId: id, subject: subjectOf(row), position: 0, channel: state.channel, askedAt: now, deadlineAt });
    if (state.structure && deadlineAt && state.channel === 'web') await tellRequested(tx, toTell(state, row.id, deadlineAt));
    await writeJournal(tx, {
      at: now, territory: row.territory, actor: row.actor, role: row.actorRole, objectType: 'request', objectId: id, event: 'request-opened', to: 'EN_COURS',
      payload: { ...grounds, searchId: row.searchId, candidates: chain.map(subjectOf) },
    });
  }
}

/** The modality searched, when there was only one. */
const onlyModality = (session: Session | null): RequestRow['modality'] =>
  session?.criteria.modalities?.length === 1 ? session.criteria.modalities[0]! : null;

/** @throws rule `en-sus-not-justified`, naming the field */
async function groundsOf(db: Queryable, { actor, body, now }: Wish, session: Session | null): Promise<Grounds> {
  const { reason, emptySearchId } = body.enSus!;
  const slotSearch = emptySearchId ?? (session && !session.criteria.enSus ? session.id : undefined);
  if (slotSearch === undefined) {
    if (reason) return { emptySearchId: null, missingSources: [], openingReason: reason };
    throw refused('enSus.reason', 'Cherchez d’abord un créneau, ou donnez le motif de la demande en sus.', 'en-sus-not-justified');
  }
  const empty = slotSearch === session?.id ? session : await openSession(db, slotSearch, actor);
  const problem = unfit(empty, session, now) ?? (await notEmpty(db, slotSearch));
  if (problem === null) return { emptySearchId: slotSearch, missingSources: await missingSources(db, slotSearch), openingReason: reason ?? null };
  if (reason) return { emptySearchId: null, missingSources: [], openingReason: reason };
  throw refused(problem.path, problem.message, 'en-sus-not-justified');
}

/** A search that says nothing of this need. */
function unfit(empty: Session, session: Session | null, now: Temporal.Instant): { path: string; message: string } | null {
  const path = 'enSus.emptySearchId';
  if (empty.criteria.enSus) return { path, message: 'Cette recherche ne portait pas sur des créneaux.' };
  if (Temporal.Instant.compare(empty.at.add(FRESH), now) < 0) return { path, message: 'Cette recherche est trop ancienne : cherchez de nouveau un créneau.' };
  if (session && (session.insee !== empty.insee || session.criteria.specialty !== empty.criteria.specialty)) {
    return { path, message: 'Cette recherche portait sur une autre commune ou une autre spécialité.' };
  }
  return null;
}

async function notEmpty(db: Queryable, searchId: string): Promise<{ path: string; message: string } | null> {
  const { slots } = await db.one<{ slots: number | null }>(sql`select slot_count as slots from orientation.search where id = ${searchId}`);
  if (slots === null) return { path: 'enSus.emptySearchId', message: "Cette recherche de créneau n'est pas allée à son terme." };
  if (slots === 0) return null;
  return { path: 'enSus.reason', message: `La recherche a trouvé ${slots === 1 ? 'un créneau' : `${slots} créneaux`} : donnez le motif de la demande en sus.` };
}

const missingSources = async (db: Queryable, searchId: string): Promise<string[]> =>
  (await readEvents(db, searchId)).flatMap((event) => (event.kind === 'source' && event.payload.status !== 'ok' ? [event.payload.source] : []));

const levelSkipped = () =>
  refused('skipReason', "Un niveau plus proche de la charte d'adressage n'a pas été sollicité : indiquez pourquoi vous le passez.", 'charter-level-skipped');
