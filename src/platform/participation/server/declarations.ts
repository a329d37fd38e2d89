import type { Clock } from '../../../foundation/clock.ts';
import type { Database, Transaction } from '../../../foundation/db/database.ts';
import { conflict, ruleBroken } from '../../../foundation/errors.ts';
import { announce } from '../../../foundation/events.ts';
import type { BodyOf, ResponseInputOf } from '../../../foundation/http/route.ts';
import { writeJournal } from '../../../foundation/journal.ts';
import type { Actor } from '../../../identity/contract.ts';
import { normalisePhone } from '../../directory/server/index.ts';
import { type ParticipationEvent, type ParticipationRecord, type routes, type Settings, type Via, viaSchema, statements } from '../contract.ts';
import { declarationProblems, type DeclarationContext, effectOf, statementFor } from '../domain/declaration.ts';
import { eventOfSaving, moveOf, type Party } from '../domain/states.ts';
import { type Change, idOf, lockSubject, openRecord, recordsOf, split, type SubjectId } from './records.ts';
import { byDelegation, createSubjects, refuse, rightsOn, type SubjectDependencies, type SubjectFile } from './subjects.ts';

export interface DeclarationDependencies extends SubjectDependencies {
  readonly database: Database;
  readonly clock: Clock;
  /** What a free text holds that belongs to a patient, in words; null when nothing. */
  readonly findPatientWords: DeclarationContext['findPatientWords'];
}

type Declared = BodyOf<typeof routes.declare>;
type Overview = ResponseInputOf<typeof routes.participation>;

/** The subject of a query or a body. */
export const subjectOf = ({ nationalId, structureId }: { nationalId?: string | undefined; structureId?: string | undefined }): SubjectId => ({
  nationalId: nationalId ?? null, structureId: structureId ?? null,
});

const sideOf = ({ nationalId }: SubjectId) => (nationalId !== null ? 'professional' as const : 'structure' as const);

/** How each one takes part: declared, changed, suspended, withdrawn, and the history of it all (PART-01 to PART-13). */
export function createDeclarations(deps: DeclarationDependencies) {
  const { database, clock } = deps;
  const db = database.for('participation');
  const subjects = createSubjects(deps);

  /** What the directory says of the subject, once the actor may read it. */
  async function opened(actor: Actor, subject: SubjectId, event: string) {
    const file = await subjects.open(subject);
    const rights = rightsOn(actor, subject, file.territory);
    if (!rights.changes && !rights.leads) await refuse(database, actor, { ...subject, territory: file.territory, event }, clock.now());
    return { file, ...rights };
  }

  async function record(tx: Transaction, change: Change, from: ParticipationRecord | null): Promise<ParticipationRecord> {
    const saved = await openRecord(tx, change, { keepUpcoming: false });
    await writeJournal(tx, {
      at: change.at, territory: change.territory, actor: change.author.id, objectType: 'participation', objectId: idOf(change), event: `participation-${change.event}`,
      from: from?.status ?? null, to: change.status, reason: change.reason,
      payload: { validFrom: saved.validFrom, byDelegation: change.author.byDelegation, settings: change.settings, statement: change.statement },
    });
    await announceChange(tx, change);
    return saved;
  }

  return {
    /** What holds, what will, and what may be chosen. @throws forbidden `participation-not-yours`; not-found */
    async overview(actor: Actor, subject: SubjectId): Promise<Overview> {
      const { file, changes, leads } = await opened(actor, subject, 'participation-read');
      const [choices, records] = await Promise.all([subjects.choices(file), recordsOf(db, subject)]);
      const { current, upcoming } = split(records, clock.now());
      const shown = (one: ParticipationRecord | null) => one && (changes ? one : withoutComplements(one));
      return {
        name: file.name, territory: file.territory, launchedOn: file.launchedOn, current: shown(current), upcoming: shown(upcoming), choices,
        places: file.places.map(({ id, name, address, postcode, city, phone }) => ({ id, name, address, postcode, city, phone })),
        statements: statementsOf(file), mayChange: changes && !file.salariedOnly, maySuspend: leads || changes,
      };
    },

    /** The whole history, the latest first. @throws forbidden `participation-not-yours`; not-found */
    async history(actor: Actor, subject: SubjectId): Promise<ParticipationRecord[]> {
      const { changes } = await opened(actor, subject, 'participation-history');
      const records = (await recordsOf(db, subject)).reverse();
      return changes ? records : records.map(withoutComplements);
    },

    /**
     * Records what somebody declares, from now or from a day to come; what was planned before gives way.
     * @throws rule `declaration-refused` naming every wrong field; forbidden `participation-not-yours`; not-found
     */
    async declare(actor: Actor, { from, ...declared }: Declared): Promise<ParticipationRecord> {
      const subject = subjectOf(declared);
      const { file, changes } = await opened(actor, subject, 'participation-declare');
      if (!changes) await refuse(database, actor, { ...subject, territory: file.territory, event: 'participation-declare' }, clock.now());
      const now = clock.now();
      const effect = effectOf(from, now, file.timeZone);
      const settings = settingsOf(declared);
      await this.check(file, { ...settings, participates: declared.participates }, effect);
      return db.transaction(async (tx) => {
        await lockSubject(tx, subject);
        const { current } = split(await recordsOf(tx, subject), now);
        const event = eventOfSaving(current?.status ?? null, declared.participates);
        const { to } = moved(current, event, 'subject');
        const { statement: version } = settings;
        const sworn = current?.statement === version && current?.statementAt ? { at: current.statementAt, by: current.statementBy! } : { at: now.toString(), by: actor.displayName };
        return record(tx, {
          ...subject, territory: file.territory, event, status: to, settings, statement: version && { version, ...sworn }, reason: null,
          author: { id: actor.accountId, name: actor.displayName, byDelegation: byDelegation(actor, subject) },
          at: now, from: Temporal.Instant.fromEpochMilliseconds(effect!),
        }, current);
      });
    },

    /** @throws rule `declaration-refused` naming every wrong field */
    async check(file: SubjectFile, settings: Settings, effect: number | null): Promise<void> {
      const problems = declarationProblems(settings, {
        subject: sideOf(file), kind: file.kind, choices: await subjects.choices(file), placeIds: file.places.map(({ id }) => id),
        salariedOnly: file.salariedOnly, findPatientWords: deps.findPatientWords,
      });
      if (effect === null) problems.push({ path: 'from', message: 'Un changement ne peut pas prendre effet dans le passé : choisissez aujourd’hui ou un jour à venir.' });
      if (problems.length === 0) return;
      const list = problems.map(({ message }) => message).join(' ');
      throw ruleBroken('declaration-refused', `Vos paramètres n'ont pas été enregistrés, les précédents restent en vigueur. ${list}`, problems);
    },

    /**
     * Suspends a participation or resumes it: the person concerned, or those who lead the SAS.
     * @throws conflict `participation-transition`; forbidden `participation-not-yours`; not-found
     */
    async suspendOrResume(actor: Actor, subject: SubjectId, event: 'suspend' | 'resume', reason: string | null): Promise<ParticipationRecord> {
      const { file, changes } = await opened(actor, subject, `participation-${event}`);
      const now = clock.now();
      return db.transaction(async (tx) => {
        await lockSubject(tx, subject);
        const { current } = split(await recordsOf(tx, subject), now);
        const { to } = moved(current, event, changes ? 'subject' : 'leader');
        const saved = await record(tx, {
          ...subject, territory: file.territory, event, status: to, settings: current!, statement: statementIn(current!), reason,
          author: { id: actor.accountId, name: actor.displayName, byDelegation: changes && byDelegation(actor, subject) }, at: now, from: now,
        }, current);
        return changes ? saved : withoutComplements(saved);
      });
    },
  };
}

export type Declarations = ReturnType<typeof createDeclarations>;

/** Tells open screens, and searches under way, that somebody takes part otherwise. */
export const announceChange = (tx: Transaction, change: SubjectId & { readonly territory: string }): Promise<void> =>
  announce(tx, { topic: 'participation', ids: { subject: idOf(change) }, audience: { territories: [change.territory, '*'] } });

/** The statement sworn in a record. */
export const statementIn = ({ statement, statementAt, statementBy }: ParticipationRecord): Change['statement'] =>
  statement && { version: statement, at: statementAt!, by: statementBy! };

/** SEC-04: what was said for the regulation alone is not for those who lead the SAS. */
const withoutComplements = (record: ParticipationRecord): ParticipationRecord => ({ ...record, contact: null, note: null, preferredHours: [] });

function moved(current: ParticipationRecord | null, event: ParticipationEvent, party: Party) {
  const move = moveOf(current?.status ?? null, event);
  if (!move?.by.includes(party)) {
    throw conflict('participation-transition', "Cette participation n'est pas, ou n'est plus, dans un état qui le permet. Rien n'a été modifié : rechargez la page.");
  }
  return move;
}

/** What is kept of a declaration: a member's structure, places, numbers as they are dialled. */
function settingsOf({ participates: _, nationalId: __, structureId: ___, ...declared }: Omit<Declared, 'from'>): Omit<Settings, 'participates'> {
  return { ...declared, contact: declared.contact ? normalisePhone(declared.contact) : null, note: declared.note || null };
}

function statementsOf(file: SubjectFile): Overview['statements'] {
  const ways: readonly Via[] = file.kind ? [file.kind] : viaSchema.options;
  return Object.fromEntries(ways.flatMap((via) => {
    const version = statementFor(via, sideOf(file));
    return version ? [[via, { version, text: statements[version] }]] : [];
  }));
}
