import { readClock } from '../../../../ui/clock-text.ts';
import type { Filiere, Priority } from '../../contract.ts';

/** A line written during the call, with its hour. */
export interface FormNote {
  readonly id: string;
  readonly time: string;
  readonly text: string;
}

/** A call taken without the software: typed on this workstation, or copied from a paper form. Hours are those of the wall. */
export interface DegradedForm {
  /** Printed number, e.g. `K7QMP-012`: what keeps a form from being entered twice. */
  readonly number: string;
  readonly paper: boolean;
  readonly day: string;
  readonly time: string;
  /** Who took the call. */
  readonly by: string;
  readonly phone: string;
  readonly relation: string;
  readonly address: string;
  readonly city: string;
  readonly details: string;
  readonly lastName: string;
  readonly firstName: string;
  readonly age: string;
  readonly sex: '' | 'M' | 'F';
  readonly motive: string;
  readonly priority: Priority | null;
  readonly filiere: Filiere | null;
  readonly notes: readonly FormNote[];
  /** What was answered to the caller, and the doctor who decided. */
  readonly answer: string;
  readonly answerId: string;
  /** The re-entry has begun once: it may already be in the software. */
  readonly attempted: boolean;
  /** Why the last re-entry stopped. */
  readonly problem: string | null;
}

export const emptyForm = (number: string, more: Pick<DegradedForm, 'day' | 'time' | 'by' | 'paper' | 'answerId'>): DegradedForm => ({
  number, phone: '', relation: '', address: '', city: '', details: '', lastName: '', firstName: '', age: '', sex: '', motive: '', priority: null, filiere: null, notes: [], answer: '',
  attempted: false, problem: null, ...more,
});

/** A version 4 UUID from 16 random bytes; `crypto.randomUUID` is not there on a site without a certificate. */
export function uuidOf(random: Uint8Array): string {
  const bytes = [...random].map((byte, index) => (index === 6 ? (byte & 0x0f) | 0x40 : index === 8 ? (byte & 0x3f) | 0x80 : byte));
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** Five letters for a workstation, from random numbers: two posts never print the same form. No letter looks like a digit. */
export const postLetters = (random: readonly number[]): string => random.slice(0, 5).map((value) => LETTERS[value % LETTERS.length]).join('');

/** `K7QMP-012`. */
export const formNumber = (letters: string, count: number): string => `${letters}-${String(count).padStart(3, '0')}`;

/** The instant an hour of the form stands for: after midnight when it is earlier than the call. Null when it is no hour. */
export function instantOf(form: Pick<DegradedForm, 'day' | 'time'>, time: string, zone: string): Temporal.Instant | null {
  const [call, clock] = [readClock(form.time), readClock(time)];
  if (!call || !clock || !/^\d{4}-\d\d-\d\d$/.test(form.day)) return null;
  const day = Temporal.PlainDate.from(form.day).add({ days: clock < call ? 1 : 0 });
  return day.toPlainDateTime(Temporal.PlainTime.from(clock)).toZonedDateTime(zone).toInstant();
}

/** When the call was taken. */
export const takenAt = (form: DegradedForm, zone: string): Temporal.Instant | null => instantOf(form, form.time, zone);

export interface Problem {
  readonly field: keyof DegradedForm;
  readonly message: string;
}

/** What keeps a form from being entered again; it can always be written and printed. */
export function formProblems(form: DegradedForm, zone: string, now: Temporal.Instant): Problem[] {
  const future = (at: Temporal.Instant | null) => at !== null && Temporal.Instant.compare(at, now) > 0;
  const taken = takenAt(form, zone);
  const wrong: (Problem | false)[] = [
    !/^[A-Z0-9]{5}-\d{3,6}$/.test(form.number) && { field: 'number', message: 'numéro imprimé sur la fiche, par exemple K7QMP-012' },
    taken === null && { field: 'time', message: 'heure de l’appel à compléter' },
    future(taken) && { field: 'time', message: 'l’heure de l’appel est dans le futur' },
    form.phone.trim() !== '' && !/^\+?[\d .-]{3,20}$/.test(form.phone.trim()) && { field: 'phone', message: 'ce numéro de rappel ne se lit pas' },
    form.age.trim() !== '' && !(Number.isInteger(Number(form.age)) && Number(form.age) >= 0 && Number(form.age) <= 130) && { field: 'age', message: 'un âge en années' },
    ...form.notes.map((note): Problem | false => {
      const at = instantOf(form, note.time, zone);
      return at === null ? { field: 'notes', message: 'une note n’a pas d’heure' } : future(at) && { field: 'notes', message: `la note de ${note.time} est dans le futur` };
    }),
  ];
  return wrong.filter((one) => one !== false);
}

/** `Marie DUPONT, 34 ans`, else the place, else the number called back: how people tell forms apart. */
export function formTitle({ lastName, firstName, age, city, address, phone }: DegradedForm): string {
  const person = [firstName.trim(), lastName.trim().toUpperCase()].filter(Boolean).join(' ');
  const who = [person, age && `${age} ans`].filter(Boolean).join(', ');
  return who || [address.trim(), city.trim()].filter(Boolean).join(', ') || phone.trim() || 'Fiche à remplir';
}
