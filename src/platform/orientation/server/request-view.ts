import sql from 'sql-template-tag';
import type { Clock } from '../../../foundation/clock.ts';
import type { Database } from '../../../foundation/db/database.ts';
import { notFound } from '../../../foundation/errors.ts';
import { type Actor, coversTerritory, subjectsOf } from '../../../identity/contract.ts';
import type { Territories } from '../../../territory/server/index.ts';
import type { StructureKind } from '../../directory/contract.ts';
import type { Directory } from '../../directory/server/index.ts';
import type { Participations } from '../../participation/server/index.ts';
import type { InboxItem, RequestAttempt, RequestView } from '../contract.ts';
import { remainingMs, type RequestCandidate } from '../domain/request.ts';
import type { LabelReader } from './booking-labels.ts';
import { type OrientationRow, orientationColumns, selectOrientations } from './orientations-store.ts';
import { possibleFor } from './orientations-view.ts';
import { dutyAt } from './request-duty.ts';
import { type AttemptRow, attemptColumns, attemptsOf, findRequest, type RequestRow, selectRequests } from './request-store.ts';

export interface RequestViewDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly directory: Pick<Directory, 'placesOf' | 'structure' | 'names' | 'specialtyLabels'>;
  readonly participations: Pick<Participations, 'of' | 'enSusThrough'>;
  readonly territories: Pick<Territories, 'get'>;
}

/** A request over since longer is no longer shown to those who made it or were asked. */
const RECENT = Temporal.Duration.from({ hours: 2 });
const NEXT_SHOWN = 5;
const SHOWN = 50;

const text = (instant: Temporal.Instant | null): string | null => instant?.toString() ?? null;

const requestNotFound = () => notFound('request-not-found', "Cette demande n'existe pas, ou vos droits ne permettent pas de la voir.");

/** What each side sees of the requests en sus: the operator the whole chain, those asked their own part. */
export function createRequestViews({ database, clock, directory, participations, territories }: RequestViewDependencies, labels: LabelReader) {
  const db = database.for('orientation');

  async function contactOf({ nationalId, structureId }: OrientationRow, now: Temporal.Instant): Promise<string | null> {
    if (structureId) return (await directory.structure(structureId)).contact;
    const [taking, places] = await Promise.all([participations.of([nationalId!], now), directory.placesOf(nationalId!)]);
    return taking.get(nationalId!)?.contact ?? places.find(({ place }) => place.phone)?.place.phone ?? null;
  }

  async function attemptView(row: OrientationRow, attempt: AttemptRow, reader: Actor, now: Temporal.Instant): Promise<RequestAttempt> {
    return {
      orientationId: row.id, status: row.status, label: row.structureId ? (await labels.of({ ...row, nationalId: null })).label : row.label,
      category: row.category, structureId: row.structureId, level: row.charterLevel, distanceM: row.distanceM, channel: attempt.channel,
      contact: await contactOf(row, now), askedAt: text(attempt.askedAt), deadlineAt: text(attempt.deadlineAt),
      remainingMs: row.status === 'DEMANDE' ? remainingMs(attempt.deadlineAt, now) : null, answeredAt: text(attempt.answeredAt), answeredBy: attempt.answeredBy,
      answerChannel: attempt.answerChannel, refusal: attempt.refusal,
      doctor: row.structureId && row.nationalId ? { nationalId: row.nationalId, name: row.label } : null, start: text(row.start), possible: possibleFor(row, reader),
    };
  }

  const labelOf = async (candidate: RequestCandidate): Promise<string> => (await labels.of(candidate)).label;

  async function requestView(request: RequestRow, rows: readonly OrientationRow[], attempts: readonly AttemptRow[], reader: Actor): Promise<RequestView> {
    const now = clock.now();
    const byId = new Map(rows.map((row) => [row.id, row]));
    const upcoming = request.state === 'EN_COURS' ? request.candidates.slice(request.position, request.position + NEXT_SHOWN) : [];
    const candidateOf = (subject: string) => request.candidates.find(({ nationalId, structureId }) => subject === nationalId || subject === structureId)!;
    return {
      id: request.id, territory: request.territory, state: request.state, createdAt: request.createdAt.toString(), emptySearchId: request.emptySearchId,
      missingSources: [...request.missingSources], openingReason: request.openingReason, city: request.city, specialty: request.specialty,
      modality: request.modality, wantedAt: request.wantedAt.toString(),
      attempts: await Promise.all(attempts.map((attempt) => attemptView(byId.get(attempt.orientationId)!, attempt, reader, now))),
      passed: await Promise.all(request.passed.map(async ({ subject, why }) => ({ label: await labelOf(candidateOf(subject)), why }))),
      next: await Promise.all(upcoming.map(async (candidate) => ({ label: await labelOf(candidate), level: candidate.level, distanceM: candidate.distanceM }))),
    };
  }

  async function viewAll(requests: readonly RequestRow[], reader: Actor): Promise<RequestView[]> {
    const ids = requests.map(({ id }) => id);
    const [rows, attempts] = await Promise.all([selectOrientations(db, sql`o.request_id = any(${ids})`), attemptsOf(db, ids)]);
    return Promise.all(requests.map((request) =>
      requestView(request, rows.filter((row) => row.requestId === request.id), attempts.filter((attempt) => attempt.requestId === request.id), reader)));
  }

  return {
    /** One request with its chain. @throws not-found `request-not-found`, also when the reader may not see it */
    async get(reader: Actor, id: string): Promise<RequestView> {
      const request = await findRequest(db, id);
      if (!request || !coversTerritory(reader, request.territory)) throw requestNotFound();
      return (await viewAll([request], reader))[0]!;
    },

    /** Those that go on, or ended lately unless `open`; newest first. */
    async list(reader: Actor, { mine, open }: { mine: boolean; open: boolean }): Promise<RequestView[]> {
      const since = clock.now().subtract(RECENT);
      const requests = await selectRequests(
        db,
        sql`(${reader.territories.includes('*')} or r.territory = any(${reader.territories})) and (not ${mine}::bool or r.actor = ${reader.accountId})
          and (r.state = 'EN_COURS' or (not ${open}::bool and r.updated_at > ${since}))`,
        sql`order by r.created_at desc limit ${SHOWN}`,
      );
      return viewAll(requests, reader);
    },

    /** What was asked of the reader, of his structures, of those who delegated their requests to him. */
    async inbox(reader: Actor): Promise<{ items: InboxItem[]; structures: { id: string; name: string; kind: StructureKind }[] }> {
      const { professionals, structures } = subjectsOf(reader, 'requests');
      const now = clock.now();
      const rows = await db.query<OrientationRow & AttemptRow & Need>(sql`
        select ${orientationColumns}, ${attemptColumns}, r.city, r.specialty as "wantedSpecialty", r.wanted_at as "wantedAt"
        from orientation.orientation o join orientation.attempt a on a.orientation_id = o.id join orientation.request r on r.id = o.request_id
        where (o.structure_id = any(${structures}) or (o.structure_id is null and o.national_id = any(${professionals}))) and a.asked_at is not null
          and (o.status in ('SOLLICITE', 'DEMANDE', 'ACCEPTE_SANS_NOM') or o.updated_at > ${now.subtract(RECENT)})
        order by o.status in ('SOLLICITE', 'DEMANDE', 'ACCEPTE_SANS_NOM') desc, a.deadline_at nulls last, a.asked_at desc limit ${SHOWN}`);
      const known = await Promise.all(structures.map((id) => directory.structure(id)));
      const specialties = await directory.specialtyLabels([...new Set(rows.flatMap(({ wantedSpecialty }) => wantedSpecialty ?? []))]);
      const items = await Promise.all(rows.map(async (row) => ({ ...(await inboxItem(row, reader, now)), specialtyLabel: specialties.get(row.wantedSpecialty ?? '') ?? null })));
      return { items, structures: known.map(({ id, name, kind }) => ({ id, name, kind })) };
    },
  };

  async function inboxItem(row: OrientationRow & AttemptRow & Need, reader: Actor, now: Temporal.Instant): Promise<Omit<InboxItem, 'specialtyLabel'>> {
    return {
      orientationId: row.id, territory: row.territory, status: row.status, forLabel: row.structureId ? (await labels.of({ ...row, nationalId: null })).label : row.label,
      structureId: row.structureId, city: row.city, specialty: row.wantedSpecialty, modality: row.modality, wantedAt: row.wantedAt.toString(),
      askedAt: row.askedAt!.toString(), deadlineAt: text(row.deadlineAt), remainingMs: row.status === 'DEMANDE' ? remainingMs(row.deadlineAt, now) : null,
      answeredAt: text(row.answeredAt), start: text(row.start), doctor: row.structureId && row.nationalId ? { nationalId: row.nationalId, name: row.label } : null,
      onDuty: await onDuty(row), possible: possibleFor(row, reader),
    };
  }

  async function onDuty({ structureId, wantedAt, territory, status }: OrientationRow & Need): Promise<{ nationalId: string; name: string }[]> {
    if (!structureId || (status !== 'DEMANDE' && status !== 'ACCEPTE_SANS_NOM')) return [];
    const { timeZone } = await territories.get(territory);
    const { doctors } = await dutyAt(db, structureId, wantedAt, timeZone);
    return Promise.all(doctors.map(async ({ nationalId }) => ({ nationalId, name: (await labels.nameOf(nationalId))?.label ?? nationalId })));
  }
}

interface Need {
  readonly city: string | null;
  readonly wantedSpecialty: string | null;
  readonly wantedAt: Temporal.Instant;
}

export type RequestViews = ReturnType<typeof createRequestViews>;
