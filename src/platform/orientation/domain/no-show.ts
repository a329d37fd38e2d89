/** Share of patients who do not come that is taken as the reference (recommendation 81). */
export const REFERENCE_RATE = 0.1;
/** Under so many appointments told, a rate says nothing. */
export const MIN_SAMPLE = 20;

/** What was told of a set of appointments. */
export interface Outcomes {
  /** Patients who came, among the appointments of which the receiver had been told. */
  readonly honoured: number;
  /** Patients who did not, among the same. */
  readonly noShow: number;
  /** Past appointments of which nobody said what became: they are in no rate. */
  readonly untold: number;
  /** Told, but the receiver had not been told of the appointment before: in no rate either (RDV-12). */
  readonly unnotified: number;
}

/** A rate of absence with what it is made of. */
export interface NoShowRate extends Outcomes {
  /** Appointments told, the receiver having been told of them. */
  readonly denominator: number;
  /** Null under the smallest sample: "donnée insuffisante". */
  readonly rate: number | null;
}

/** The rate of absence: patients who did not come over those expected whose receiver was told of them and said what became. */
export function noShowRate(outcomes: Outcomes): NoShowRate {
  const denominator = outcomes.honoured + outcomes.noShow;
  return { ...outcomes, denominator, rate: denominator < MIN_SAMPLE ? null : outcomes.noShow / denominator };
}
