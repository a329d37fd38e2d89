import { useSyncExternalStore } from 'react';
import { type DegradedForm, formNumber, postLetters } from './form.ts';

/** A form that is in the software now; nothing of the patient is left here. */
export interface Entered {
  readonly number: string;
  readonly dossierId: string;
  readonly dossierNumber: string;
  readonly at: string;
}

const FORM = 'sas.degraded.form.';
const ENTERED = 'sas.degraded.entered.';
const POST = 'sas.degraded.post';
const CHANGED = 'sas.degraded.changed';

const told = new EventTarget();
const tell = () => void told.dispatchEvent(new Event(CHANGED));

interface Kept {
  readonly forms: readonly DegradedForm[];
  readonly entered: readonly Entered[];
}

let raw = '';
let kept: Kept = { forms: [], entered: [] };

/** What is kept on this workstation; each form has its own key, so that two windows never overwrite each other. */
function read(): Kept {
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(FORM) || key.startsWith(ENTERED)).sort();
  const now = keys.map((key) => `${key}${localStorage.getItem(key)}`).join('\n');
  if (now === raw) return kept;
  raw = now;
  const all = <T>(prefix: string) => keys.filter((key) => key.startsWith(prefix)).map((key) => JSON.parse(localStorage.getItem(key)!) as T);
  kept = { forms: all<DegradedForm>(FORM), entered: all<Entered>(ENTERED).sort((a, b) => (a.at < b.at ? 1 : -1)) };
  return kept;
}

function subscribe(changed: () => void): () => void {
  told.addEventListener(CHANGED, changed);
  window.addEventListener('storage', changed);
  return () => {
    told.removeEventListener(CHANGED, changed);
    window.removeEventListener('storage', changed);
  };
}

/** The forms of this workstation, also when another window changes them. */
export const useForms = (): Kept => useSyncExternalStore(subscribe, read);

/** Keeps a form. False when the browser cannot: the form must then be printed or copied. */
export function keepForm(form: DegradedForm, formerNumber = form.number): boolean {
  try {
    localStorage.setItem(`${FORM}${form.number}`, JSON.stringify(form));
  } catch {
    return false;
  }
  if (formerNumber !== form.number) localStorage.removeItem(`${FORM}${formerNumber}`);
  tell();
  return true;
}

/** Wipes a form from this workstation. */
export function wipeForm(number: string): void {
  localStorage.removeItem(`${FORM}${number}`);
  tell();
}

/** Wipes a form that is in the software, and keeps where it went. */
export function markEntered(entered: Entered): void {
  localStorage.setItem(`${ENTERED}${entered.number}`, JSON.stringify(entered));
  wipeForm(entered.number);
}

/** Forgets where forms went. */
export function forgetEntered(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(ENTERED)) localStorage.removeItem(key);
  tell();
}

/** Numbers never given before by this workstation. */
export function nextNumbers(count: number): string[] {
  const before = JSON.parse(localStorage.getItem(POST) ?? 'null') as { letters: string; last: number } | null;
  const letters = before?.letters ?? postLetters([...crypto.getRandomValues(new Uint8Array(5))]);
  const last = before?.last ?? 0;
  localStorage.setItem(POST, JSON.stringify({ letters, last: last + count }));
  return Array.from({ length: count }, (_, index) => formNumber(letters, last + index + 1));
}
