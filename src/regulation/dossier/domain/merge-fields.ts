import type { Dossier, Stamp } from './dossier.ts';
import type { ActionInput } from './fields.ts';

/** What a form changes. `base`: the version of the dossier that the author was looking at. */
export interface FieldChanges {
  readonly base: number;
  readonly location?: Dossier['location'] & object;
  readonly callback?: string;
  readonly reminder?: Dossier['reminder'] & string;
  readonly caller?: Partial<Dossier['caller']>;
  readonly patient?: ActionInput['patient'];
  readonly motive?: Dossier['motive'] & object;
}

/** A field that two people changed: both values, and who wrote the one that is kept. */
export interface Conflict {
  readonly field: string;
  readonly yours: unknown;
  readonly theirs: unknown;
  readonly by: string;
  readonly at: string;
}

type Fields = Map<string, unknown>;
const inside = (name: string, value: object | undefined): [string, unknown][] =>
  Object.entries(value ?? {}).filter(([, one]) => one !== undefined).map(([key, one]) => [`${name}.${key}`, one]);

/** The fields people write, one by one; an address goes with its coordinates, hence as a whole. */
export const fieldsOf = (dossier: Pick<Dossier, 'location' | 'callback' | 'reminder' | 'caller' | 'patient' | 'motive'>): Fields => new Map([
  ['location', dossier.location], ['callback', dossier.callback], ['reminder', dossier.reminder], ['motive', dossier.motive], ...inside('caller', dossier.caller), ...inside('patient', dossier.patient),
]);

const changesOf = ({ location, callback, reminder, motive, caller, patient }: FieldChanges): Fields => new Map([
  ...inside('', { location, callback, reminder, motive }).map(([name, value]): [string, unknown] => [name.slice(1), value]), ...inside('caller', caller), ...inside('patient', patient),
]);

/** Objects are compared whatever the order of their keys: the database has its own. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, ordered(one)]));
}
const same = (a: unknown, b: unknown) => JSON.stringify(ordered(a)) === JSON.stringify(ordered(b));

/**
 * Three-way merge, field by field (D11): what others changed since `base` is kept, and a field that both changed differently
 * is a conflict. Gives the dossier with the changes, or the conflicts.
 */
export function mergeFields(dossier: Dossier, changes: FieldChanges): { dossier: Dossier; changed: string[] } | { conflicts: Conflict[] } {
  const present = fieldsOf(dossier);
  const differing = [...changesOf(changes)].filter(([field, value]) => present.has(field) && !same(present.get(field), value));
  const conflicts = differing.flatMap(([field, value]): Conflict[] => {
    const stamp = dossier.stamps[field];
    return stamp && stamp.version > changes.base ? [{ field, yours: value, theirs: present.get(field), by: stamp.by, at: stamp.at }] : [];
  });
  if (conflicts.length > 0) return { conflicts };
  const part = (name: string) => Object.fromEntries(differing.filter(([field]) => field.startsWith(`${name}.`)).map(([field, value]) => [field.slice(name.length + 1), value]));
  return {
    changed: differing.map(([field]) => field),
    dossier: {
      ...dossier, location: changes.location ?? dossier.location, callback: changes.callback ?? dossier.callback, reminder: changes.reminder ?? dossier.reminder, motive: changes.motive ?? dossier.motive,
      caller: { ...dossier.caller, ...part('caller') }, patient: { ...dossier.patient, ...part('patient') },
    },
  };
}

/** Marks the fields that a change touched with the version it makes. */
export function stamped(before: Dossier, after: Dossier, stamp: Stamp): Dossier {
  const old = fieldsOf(before);
  const touched = [...fieldsOf(after)].filter(([field, value]) => !same(old.get(field), value)).map(([field]) => field);
  return touched.length === 0 ? after : { ...after, stamps: { ...after.stamps, ...Object.fromEntries(touched.map((field) => [field, stamp])) } };
}
