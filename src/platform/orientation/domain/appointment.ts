/** An appointment as a vendor tells it (INT_R03), once translated from FHIR. No patient: the vendor sends none, we read none. */
export interface ReceivedAppointment {
  /** The vendor's identifier, `system|value`: the key of all later updates. */
  readonly key: string;
  readonly status: 'pending' | 'booked' | 'fulfilled' | 'noshow' | 'cancelled';
  readonly start: Temporal.Instant;
  readonly end: Temporal.Instant;
  readonly created: Temporal.Instant | null;
  /** The regulator who booked, by the very identifier the platform gave: national (IDNPS) or technical (account id). */
  readonly operator: { readonly kind: 'national' | 'technical'; readonly value: string };
  /** Prefixed national id; null while the doctor is not known (SOS Médecins). */
  readonly practitionerId: string | null;
}

/** What became of it. */
export interface AppointmentReceipt {
  readonly outcome: 'created' | 'updated' | 'unchanged';
  readonly orientationId: string;
}
