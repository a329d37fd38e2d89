import type { Transaction } from '../../../foundation/db/database.ts';
import type { Modality } from '../../availability/contract.ts';
import type { Notice } from '../domain/outcome-notice.ts';

/** Who receives a patient: a professional, or a structure while no doctor is named. */
export interface Receiver {
  readonly nationalId: string | null;
  readonly structureId: string | null;
}

/** A message to those who receive. Nothing of a patient exists here to be said. */
export type ReceiverMessage =
  | {
      readonly template: Notice;
      readonly receiver: Receiver;
      readonly territory: string;
      readonly orientationId: string;
      readonly start: Temporal.Instant;
      readonly placeLabel: string;
      readonly modality: Modality | null;
    }
  | {
      readonly template: 'outcomes-to-tell';
      readonly receiver: Receiver;
      readonly territory: string;
      /** Local day of the question. */
      readonly day: string;
      /** Appointments whose outcome is not told yet. */
      readonly count: number;
    };

/**
 * Leaves a message for somebody, in the transaction of what causes it. Gives false when nobody can be told: no address known,
 * or messages refused.
 */
export type TellReceiver = (tx: Transaction, message: ReceiverMessage, at: Temporal.Instant) => Promise<boolean>;

/** The key of a receiver: the professional when he is known, else the structure. */
export const receiverKey = ({ nationalId, structureId }: Receiver): string => nationalId ?? structureId ?? '';
