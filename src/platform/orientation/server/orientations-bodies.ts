import { z } from 'zod';
import { type FieldProblem, ruleBroken } from '../../../foundation/errors.ts';
import { fieldsOf } from '../../../foundation/http/problem.ts';
import { actionSchemas, createOrientationSchema, type orientationActions } from '../contract.ts';
import type { Answerer } from '../domain/request-lists.ts';
import { findPatientData, type Shape } from '../domain/patient-data.ts';

export type ActionName = (typeof orientationActions)[number];
export type CreateOrientation = z.output<typeof createOrientationSchema>;

type ShapeOf<T> = { [Field in keyof Required<T>]: Shape[string] };

const creation = {
  slotId: 'slot', holdId: 'token', modality: 'token', searchId: 'token', lrmReference: 'reference', lateReason: 'token', skipReason: 'token',
  enSus: { rpps: 'registered', structureId: 'structure', at: 'instant', emptySearchId: 'token', reason: 'token' },
} satisfies ShapeOf<CreateOrientation>;

const actionShapes: Record<ActionName, Shape> = {
  ask: {}, decline: {}, 'no-answer': {}, honoured: {}, 'no-show': {}, undo: {}, cancel: { by: 'token' },
  accept: { at: 'instant', nationalId: 'registered', answeredBy: 'token', answererId: 'registered' },
  refuse: { reason: 'token', answeredBy: 'token', answererId: 'registered' },
  name: { nationalId: 'registered', at: 'instant' },
  amend: { reason: 'token' }, move: { slotId: 'token', lateReason: 'token' },
};

/**
 * The body, once nothing of a patient was found in it.
 * @throws rule `patient-data-refused` naming the place, never the value; rule `invalid-input`
 */
function read<S extends z.ZodType>(body: unknown, shape: Shape, schema: S, now: Temporal.Instant): z.output<S> {
  const hit = findPatientData(body, shape, now.toZonedDateTimeISO('UTC').year);
  if (hit) {
    throw ruleBroken(
      'patient-data-refused',
      `La plateforme ne reçoit aucune donnée de patient : « ${hit.path} » est refusé (${hit.message}). Rien n'a été enregistré ; retirez-le et recommencez.`,
      [hit],
    );
  }
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  const fields: FieldProblem[] = fieldsOf(parsed.error);
  throw ruleBroken('invalid-input', `À corriger : ${fields.map(({ path, message }) => `${path} : ${message}`).join(' ; ')}`, fields);
}

export const readCreation = (body: unknown, now: Temporal.Instant): CreateOrientation => read(body, creation, createOrientationSchema, now);

/**
 * What an action may say: who is named, whose decision a cancellation is, why an outcome is corrected or a request refused, where
 * an appointment goes, what was answered en sus and by whom.
 */
export interface ActionBody {
  readonly nationalId?: string;
  readonly by?: 'self' | 'patient';
  readonly reason?: string;
  readonly slotId?: string;
  readonly lateReason?: string;
  readonly at?: string;
  readonly answeredBy?: Answerer;
  readonly answererId?: string;
}

export const readAction = (name: ActionName, body: unknown, now: Temporal.Instant): ActionBody =>
  read<z.ZodType<ActionBody>>(body, actionShapes[name], actionSchemas[name], now);
