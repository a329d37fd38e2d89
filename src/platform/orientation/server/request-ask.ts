import { createHash, randomUUID } from 'node:crypto';
import type { Clock } from '../../../foundation/clock.ts';
import type { Database, Transaction } from '../../../foundation/db/database.ts';
import { writeJournal } from '../../../foundation/journal.ts';
import { passReason, type PassReason, type RequestCandidate, subjectOf } from '../domain/request.ts';
import type { LabelReader, Labels } from './booking-labels.ts';
import { deadlineFor } from './request-delays.ts';
import { type CandidateState, type ReadinessSources, stateOf } from './request-readiness.ts';
import { findRequest, insertAttempt, type RequestRow, updateRequest } from './request-store.ts';
import { recordChange } from './orientations-record.ts';
import { insertOrientation, type OrientationRow } from './orientations-store.ts';

/**
 * Tells a structure that a request waits in its inbox. Called in the transaction that asks it: both happen, or neither.
 */
export type TellRequested = (
  tx: Transaction,
  told: { readonly structureId: string; readonly structureName: string; readonly orientationId: string; readonly deadlineAt: Temporal.Instant; readonly timeZone: string },
) => Promise<void>;

/** What the structure is told of a request that waits. */
export const toTell = ({ structure, timeZone }: CandidateState, orientationId: string, deadlineAt: Temporal.Instant): Parameters<TellRequested>[1] => ({
  structureId: structure!.id, structureName: structure!.name, orientationId, deadlineAt, timeZone,
});

export interface AskDependencies extends ReadinessSources {
  readonly database: Database;
  readonly clock: Clock;
  readonly tellRequested: TellRequested;
}

/** Somebody about to be asked. */
interface Asked {
  readonly candidate: RequestCandidate;
  readonly state: CandidateState;
  readonly labels: Labels;
  readonly deadlineAt: Temporal.Instant | null;
}

/** Writes that a candidate is asked: by the web with a delay, or as a call to make. */
export function createAsking({ database, clock, tellRequested, ...sources }: AskDependencies, labels: LabelReader) {
  const db = database.for('orientation');

  async function look(request: RequestRow, candidate: RequestCandidate, now: Temporal.Instant): Promise<Asked> {
    const [state, known] = await Promise.all([
      stateOf(db, sources, candidate, { now, wantedAt: request.wantedAt, territory: request.territory }),
      labels.of(candidate),
    ]);
    const deadlineAt = state.structure && state.channel === 'web' ? await deadlineFor(db, request.territory, state.structure.kind, now) : null;
    return { candidate, state, labels: known, deadlineAt };
  }

  async function ask(tx: Transaction, request: RequestRow, { candidate, state, labels: who, deadlineAt }: Asked, now: Temporal.Instant): Promise<OrientationRow> {
    const { insee: _, known: __, ...shown } = who;
    const key = `request:${request.id}:${request.position}`;
    const { nationalId, structureId, placeId, level, distanceM } = candidate;
    const row: OrientationRow = {
      ...shown, id: randomUUID(), territory: request.territory, searchId: request.searchId, requestId: request.id, actor: request.actor,
      actorRole: request.actorRole, kind: 'surnumeraire', status: state.channel === 'web' ? 'DEMANDE' : 'PROPOSE', nationalId, structureId, placeId,
      modality: request.modality, slotId: null, seatId: null, editor: null, appointmentKey: null, redirectUrl: null, start: request.wantedAt, end: null,
      createdAt: now, bookedAt: null, updatedAt: now, lateReason: null, beyond48h: false, skipReason: null, charterLevel: level, distanceM,
      lrmReference: request.lrmReference, requestHash: createHash('sha256').update(key).digest(), flags: [],
    };
    const event = { at: now, actor: 'system', event: 'next-asked', from: null, to: row.status };
    insertOrientation(tx, row, key, event);
    await recordChange(tx, row, event, null);
    insertAttempt(tx, {
      orientationId: row.id, requestId: request.id, subject: subjectOf(candidate), position: request.position, channel: state.channel,
      askedAt: state.channel === 'web' ? now : null, deadlineAt,
    });
    if (state.structure && deadlineAt) await tellRequested(tx, toTell(state, row.id, deadlineAt));
    await updateRequest(tx, request, { position: request.position + 1, currentId: row.id, deadlineAt, updatedAt: now });
    return row;
  }

  /** One step of a request that waits for nobody: the next one is asked, or passed over, or nobody is left. */
  async function step(request: RequestRow): Promise<OrientationRow | 'again' | null> {
    const now = clock.now();
    const candidate = request.candidates[request.position];
    const asked = candidate ? await look(request, candidate, now) : null;
    return db.transaction(async (tx) => {
      const current = await findRequest(tx, request.id, true);
      if (!current || current.state !== 'EN_COURS' || current.currentId !== null) return null;
      if (current.position !== request.position) return 'again';
      if (!asked) return exhaust(tx, current, now);
      const why = passReason(asked.state.readiness);
      if (why) return pass(tx, current, { subject: subjectOf(asked.candidate), why }, now);
      return ask(tx, current, asked, now);
    });
  }

  return {
    /** Goes on with a request that waits for nobody, until somebody is asked. Gives who; null when nobody was. */
    async advance(requestId: string): Promise<OrientationRow | null> {
      for (;;) {
        const request = await findRequest(db, requestId);
        if (!request || request.state !== 'EN_COURS' || request.currentId !== null) return null;
        const done = await step(request);
        if (done !== 'again') return done;
      }
    },
  };
}

async function exhaust(tx: Transaction, request: RequestRow, now: Temporal.Instant): Promise<null> {
  await updateRequest(tx, request, { state: 'EPUISE', updatedAt: now });
  await writeJournal(tx, {
    at: now, territory: request.territory, actor: 'system', objectType: 'request', objectId: request.id, event: 'request-exhausted', from: 'EN_COURS', to: 'EPUISE',
  });
  return null;
}

async function pass(tx: Transaction, request: RequestRow, passed: { subject: string; why: PassReason }, now: Temporal.Instant): Promise<'again'> {
  await updateRequest(tx, request, { position: request.position + 1, passed: [...request.passed, passed], updatedAt: now });
  return 'again';
}

export type Asking = ReturnType<typeof createAsking>;
