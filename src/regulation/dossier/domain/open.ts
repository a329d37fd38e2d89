import type { Author } from './actors.ts';
import type { Dossier } from './dossier.ts';
import type { CallFacts } from './situation.ts';

export const emptyPatient: Dossier['patient'] = {
  lastName: '', firstName: '', birthDate: null, age: null, sex: '', trust: 'provisoire', usualDoctor: '', usualDoctorRpps: null,
  usualDoctorContact: 'non-demande', history: '', treatments: '', allergies: '', vulnerable: [],
};

export interface Opening {
  readonly id: string;
  readonly number: string;
  readonly territory: string;
  readonly now: Temporal.Instant;
  readonly author: Author;
  readonly call: CallFacts | null;
  /** The closed dossier of which this one is the suite (T28). */
  readonly suiteOf: string | null;
  readonly programmedFor: string | null;
  /** Re-entry of a paper form: when the call was really taken (PCA-02). */
  readonly degradedFrom: string | null;
}

/** A new dossier (T01): type D until a health content is known, in the hands of whoever took the call. */
export function openDossier({ id, number, territory, now, author, call, suiteOf, programmedFor, degradedFrom }: Opening): Dossier {
  const openedAt = degradedFrom ?? now.toString();
  return {
    id, number, territory, version: 1, type: 'D', attribution: null, state: programmedFor ? 'PROGRAM' : 'ACTIF', step: programmedFor ? null : 'OUVERT',
    filiere: null, filieres: [], priority: 'P2', careLevel: null, motive: null, openedAt, updatedAt: now.toString(), activeSince: openedAt, queueSince: null,
    dueAt: programmedFor, programmedFor, owner: programmedFor ? null : { accountId: author.accountId, name: author.name }, queue: null, location: null, callback: call?.caller ?? null,
    reminder: null, caller: { name: '', relation: '', difficulty: null }, patient: emptyPatient,
    calls: call ? [{ id: call.id, at: call.presentedAt, repeated: false, onLine: !call.ended, number: call.caller }] : [],
    notes: [], acts: [], means: [], appointments: [], protocol: null, tasks: [], validation: null, deferral: null, substitution: null, suiteOf, mergedInto: null,
    splitFrom: null, degraded: degradedFrom !== null, p0: null, p0Since: null, p0Alerts: 0, p0Suspected: false, participants: [author.accountId], stamps: {},
  };
}
