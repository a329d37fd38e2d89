import { createHash, randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import type { Clock } from '../../../foundation/clock.ts';
import type { Database, Transaction } from '../../../foundation/db/database.ts';
import { AppError, conflict, forbidden, ruleBroken } from '../../../foundation/errors.ts';
import type { Metrics } from '../../../foundation/metrics.ts';
import type { Actor } from '../../../identity/contract.ts';
import type { Account, Accounts } from '../../../identity/server/index.ts';
import type { Territories } from '../../../territory/server/index.ts';
import type { AppointmentReceipt, ReceivedAppointment } from '../domain/appointment.ts';
import { isBeyond48h, matchReservation } from '../domain/booking.ts';
import { type Effect, effectOf } from '../domain/states-appointment.ts';
import { roleOf } from './booking.ts';
import { createLabels, type LabelDirectory, type Labels } from './booking-labels.ts';
import { territoryFor } from './booking-plan.ts';
import { recordChange } from './orientations-record.ts';
import { insertOrientation, type OrientationEvent, type OrientationRow, selectOrientations, updateOrientation } from './orientations-store.ts';

export interface AppointmentDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly accounts: Pick<Accounts, 'byId' | 'byNationalId' | 'actor'>;
  readonly directory: LabelDirectory;
  readonly territories: Pick<Territories, 'ofCommune'>;
  /** The vendor's slots of this professional are no longer what the short cache says. */
  readonly forgetSlots: (nationalId: string) => void;
}

/** `create` refuses a known appointment told otherwise; `update` makes an unknown one. */
export type AppointmentMethod = 'create' | 'update';

/** Said of an orientation, beside its status. */
export const flags = {
  withoutSearch: 'sans-recherche',
  unknownProfessional: 'professionnel-inconnu',
  unknownCanceller: 'annulation-auteur-inconnu',
  lateMessage: 'message-tardif',
} as const;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** Clicks older than that are given up: a vendor's agenda is no longer open on them. */
const LOOK_BACK = Temporal.Duration.from({ hours: 24 * 7 });

/** What is known outside the database before the transaction: no other context is asked inside it. */
interface Context {
  readonly editor: string;
  readonly now: Temporal.Instant;
  readonly appointment: ReceivedAppointment;
  readonly who: Labels | null;
}

/**
 * Takes in what the vendors tell of their appointments (INT_R03): a booking begun on the platform becomes an appointment and
 * follows its life; one that no click announced becomes an orientation of its own, flagged. The operator must be known; a
 * professional absent from the directory is accepted and flagged: the patient has an appointment whatever our directory says.
 */
export function createAppointmentIntake(deps: AppointmentDependencies) {
  const { database, clock, metrics, accounts, directory, territories, forgetSlots } = deps;
  const db = database.for('orientation');
  const labels = createLabels(directory);

  const operatorOf = async ({ operator }: ReceivedAppointment): Promise<Account> => {
    const known = operator.kind === 'national' ? accounts.byNationalId(operator.value) : UUID.test(operator.value) ? accounts.byId(operator.value) : null;
    const account = await known;
    if (account) return account;
    throw ruleBroken('operator-unknown', "Le régulateur désigné n'a pas de compte sur la plateforme : envoyez l'identifiant qu'elle vous a donné. Rien n'a été enregistré.", [
      { path: 'operator', message: 'identifiant inconnu' },
    ]);
  };

  /** The orientation as it would be had the operator clicked on a slot just before. */
  async function unannounced({ appointment, editor, now, who }: Context, operator: Account, hash: Buffer): Promise<OrientationRow> {
    const actor = await accounts.actor(operator.id);
    if (!actor) throw ruleBroken('operator-inactive', "Le compte du régulateur désigné est désactivé. Rien n'a été enregistré.", [{ path: 'operator', message: 'compte désactivé' }]);
    const territory = who?.insee ? ((await territories.ofCommune(who.insee))?.code ?? null) : null;
    return {
      id: randomUUID(), territory: territoryFor(actor, territory), searchId: null, requestId: null, actor: operator.id, actorRole: roleOf(actor), kind: 'editor',
      status: 'RESERVATION', category: appointment.practitionerId === null ? 'SOS' : 'PS', nationalId: appointment.practitionerId, structureId: null,
      placeId: null, label: who?.known ? who.label : (appointment.practitionerId ?? editor), placeLabel: who?.placeLabel ?? '', specialty: who?.specialty ?? null,
      modality: null, slotId: null, seatId: null, editor, appointmentKey: null, redirectUrl: null, start: null, end: null,
      createdAt: appointment.created ?? now, bookedAt: null, updatedAt: now, lateReason: null, beyond48h: false, skipReason: null,
      charterLevel: null, distanceM: null, lrmReference: null, requestHash: hash, flags: [flags.withoutSearch],
    };
  }

  /** The pending click this appointment comes from; messages about one operator's clicks wait for each other. */
  async function reservationFor(tx: Transaction, { appointment, editor, now }: Context, operator: Account): Promise<OrientationRow | null> {
    const pending = await selectOrientations(
      tx,
      sql`o.status = 'RESERVATION' and o.editor = ${editor} and o.actor = ${operator.id} and o.created_at > ${now.subtract(LOOK_BACK)}`,
      sql`order by o.id for update`,
    );
    return matchReservation(pending, appointment, now);
  }

  async function receiveNew(context: Context): Promise<AppointmentReceipt | null> {
    const { appointment } = context;
    const operator = await operatorOf(appointment);
    const hash = createHash('sha256').update(appointment.key).digest();
    // Needed only when no click is found, which is known inside the transaction: until then its refusal waits.
    const fresh = await unannounced(context, operator, hash).catch((error: unknown) => {
      if (error instanceof AppError) return error;
      throw error;
    });
    return db.transaction(async (tx) => {
      await lockKey(tx, appointment.key);
      if (await findKnown(tx, appointment.key)) return null;
      const reservation = await reservationFor(tx, context, operator);
      const before = reservation ?? fresh;
      if (before instanceof AppError) throw before;
      const effect = effectOf({ ...before, status: 'RESERVATION' }, appointment);
      if (effect.kind !== 'changed') throw new Error('every status of an appointment follows a reservation');
      const { row, event } = apply(before, effect, context);
      const after = { ...row, appointmentKey: appointment.key };
      if (reservation) await updateOrientation(tx, after, event);
      else insertOrientation(tx, after, `appointment:${hash.toString('hex')}`, { ...event, from: null });
      await recordChange(tx, after, reservation ? event : { ...event, from: null }, null);
      metrics.bookings.inc({ kind: 'editor', outcome: appointment.status });
      return { outcome: 'created', orientationId: after.id };
    });
  }

  async function receiveKnown(tx: Transaction, row: OrientationRow, context: Context, method: AppointmentMethod): Promise<AppointmentReceipt> {
    if (row.editor !== context.editor) throw otherEditor();
    const effect = effectOf(row, context.appointment);
    const receipt = { orientationId: row.id };
    if (effect.kind === 'unchanged') return { ...receipt, outcome: 'unchanged' };
    if (effect.kind === 'late') {
      await noteLate(tx, row, context);
      return { ...receipt, outcome: 'unchanged' };
    }
    if (method === 'create') throw alreadyKnown();
    const { row: after, event } = apply(row, effect, context);
    await updateOrientation(tx, after, event);
    await recordChange(tx, after, event, null);
    return { ...receipt, outcome: 'updated' };
  }

  return {
    /**
     * Takes one message in. Told again, it changes nothing (`unchanged`).
     * @throws rule `operator-unknown`; conflict `appointment-duplicate`; forbidden `appointment-of-another-editor`, `editor-required`
     */
    async receive(appointment: ReceivedAppointment, method: AppointmentMethod, actor: Actor): Promise<AppointmentReceipt> {
      if (!actor.editor) throw forbidden('editor-required', "Seul un éditeur déclaré peut transmettre un rendez-vous. Rien n'a été enregistré.");
      const who = appointment.practitionerId ? await labels.of({ nationalId: appointment.practitionerId, structureId: null, placeId: null }) : null;
      const context: Context = { editor: actor.editor, now: clock.now(), appointment, who };
      const receipt = (await receiveIfKnown(context, method)) ?? (await receiveNew(context)) ?? (await receiveIfKnown(context, method));
      if (appointment.practitionerId) forgetSlots(appointment.practitionerId);
      return receipt!;
    },
  };

  function receiveIfKnown(context: Context, method: AppointmentMethod): Promise<AppointmentReceipt | null> {
    return db.transaction(async (tx) => {
      const row = await findKnown(tx, context.appointment.key);
      return row ? receiveKnown(tx, row, context, method) : null;
    });
  }
}

/** Two messages about one appointment wait for each other, also before it exists. */
const lockKey = (tx: Transaction, key: string) => tx.query(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`);

const findKnown = async (tx: Transaction, key: string): Promise<OrientationRow | undefined> =>
  (await selectOrientations(tx, sql`o.appointment_key = ${key}`, sql`for update`))[0];

/** The orientation after the message, and the line of its history. */
function apply(row: OrientationRow, effect: Extract<Effect, { kind: 'changed' }>, { editor, now, who }: Context): { row: OrientationRow; event: OrientationEvent } {
  const named = effect.nationalId !== row.nationalId || row.flags.includes(flags.withoutSearch);
  const marks = [
    ...row.flags,
    ...(effect.nationalId !== null && who !== null && !who.known ? [flags.unknownProfessional] : []),
    ...(effect.status === 'ANNULE_EFFECTEUR' ? [flags.unknownCanceller] : []),
  ];
  const after: OrientationRow = {
    ...row, status: effect.status, start: effect.start, end: effect.end, nationalId: effect.nationalId,
    label: named && who?.known ? who.label : row.label, specialty: named ? (who?.specialty ?? row.specialty) : row.specialty,
    bookedAt: row.bookedAt ?? now, updatedAt: now, beyond48h: isBeyond48h(effect.start, row.createdAt), flags: [...new Set(marks)],
  };
  const event = { at: now, actor: `editor:${editor}`, event: effect.event, from: row.status, to: effect.status };
  return { row: after, event };
}

/** A message that comes after a later one changes nothing; it stays in the history, and the operator sees it was there. */
async function noteLate(tx: Transaction, row: OrientationRow, { editor, now, appointment }: Context): Promise<void> {
  if (row.flags.includes(flags.lateMessage)) return;
  const event = { at: now, actor: `editor:${editor}`, event: 'late-message', from: row.status, to: row.status, payload: { told: appointment.status } };
  await updateOrientation(tx, { ...row, flags: [...row.flags, flags.lateMessage] }, event);
}

const alreadyKnown = () =>
  conflict('appointment-duplicate', "Ce rendez-vous est déjà connu, dans un autre état. Rien n'a été modifié ; envoyez une mise à jour (PUT).");

const otherEditor = () =>
  forbidden('appointment-of-another-editor', "Ce rendez-vous a été transmis par un autre éditeur. Rien n'a été modifié.");

export type AppointmentIntake = ReturnType<typeof createAppointmentIntake>;
