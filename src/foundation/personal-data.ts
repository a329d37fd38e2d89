/** Whose data is told. */
export interface Person {
  readonly accountId: string;
  /** Prefixed national id of a professional. */
  readonly nationalId: string | null;
}

/** One part of what is kept about somebody, as he reads it: columns in French, no internal word. */
export interface PersonalSection {
  readonly title: string;
  readonly rows: readonly Readonly<Record<string, string | number | Temporal.Instant | null>>[];
}

/** What a context keeps about somebody (GDPR art. 15). */
export type PersonalData = (person: Person) => Promise<PersonalSection[]>;
