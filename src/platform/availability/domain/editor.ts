import type { ConformityProblem, Editor, Flow, Modality, SlotType } from '../contract.ts';

/** One call to a vendor: at most 25 professionals, or 10 associations (interop-sas 2.2 to 2.4). */
export interface EditorQuestion {
  readonly flow: Flow;
  /** Prefixed national ids of professionals, or prefixed SIRET (3…) of associations for the `sos` flow. */
  readonly ids: readonly string[];
  readonly from: Temporal.Instant;
  readonly to: Temporal.Instant;
}

/** A place as a vendor describes it; `id` is a prefixed national id when the vendor gives one. */
export interface EditorPlace {
  readonly id: string | null;
  readonly name: string | null;
  readonly address: string;
  readonly postcode: string;
  readonly city: string;
  readonly phone: string | null;
  readonly lat: number | null;
  readonly lon: number | null;
}

/** A free slot as a vendor gives it, once checked. */
export interface EditorSlot {
  /** Prefixed national id; null for SOS Médecins, whose doctor is not known yet. */
  readonly nationalId: string | null;
  /** Prefixed id of the association (SOS) or of the structure of the place. */
  readonly structureId: string | null;
  readonly place: EditorPlace;
  readonly start: Temporal.Instant;
  readonly end: Temporal.Instant;
  readonly modalities: readonly Modality[];
  readonly types: readonly SlotType[];
  readonly withAppointment: boolean;
  readonly specialties: readonly string[];
  readonly reasons: readonly string[];
  /** Prefixed FINESS of the CPTS that see this slot. */
  readonly cptsIds: readonly string[];
  /** The vendor's agenda, without `origin`; null when none was given (WALKIN). */
  readonly bookingUrl: string | null;
}

export interface EditorAnswer {
  readonly slots: readonly EditorSlot[];
  readonly problems: readonly ConformityProblem[];
  /** The ids asked for that the vendor knows. */
  readonly knownIds: readonly string[];
}

export type EditorFailureKind = 'late' | 'network' | 'tls' | 'http' | 'format' | 'too-large' | 'redirect';

/** Why a vendor gave no usable answer; the message is shown to people. */
export class EditorFailure extends Error {
  readonly kind: EditorFailureKind;
  readonly problems: readonly ConformityProblem[];

  constructor(kind: EditorFailureKind, message: string, problems: readonly ConformityProblem[] = []) {
    super(message);
    this.name = 'EditorFailure';
    this.kind = kind;
    this.problems = problems;
  }
}

/**
 * Asks one vendor, in the vendor's own language. Must give up when `signal` aborts.
 * @throws EditorFailure
 */
export type AskEditor = (editor: Editor, question: EditorQuestion, signal: AbortSignal) => Promise<EditorAnswer>;
