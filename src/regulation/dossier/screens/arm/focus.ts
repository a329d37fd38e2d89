import type { Field } from './qualification.ts';

/** Puts the cursor in a field of the desk; the one that waits, when a key says that it misses. */
export function focusField(field: Field): void {
  const input = document.querySelector<HTMLElement>(`[data-desk] [data-field="${field}"] :is(input:checked, input, textarea)`);
  input?.focus();
}

/** Goes to the dossiers of the same number, patient or place: to their first key. */
export function focusHistory(): void {
  document.querySelector<HTMLElement>('[data-desk] [data-part="history"] button')?.focus();
}

/** Sends what is being typed: fields are kept as one leaves them. */
export function leaveField(): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}
