/** The digit pressed, wherever the keyboard puts it: on a French one the row of digits writes accents without the shift key. */
export function digitOf({ key, code, ctrlKey, metaKey }: { key: string; code: string; ctrlKey: boolean; metaKey: boolean }): number | null {
  if (ctrlKey || metaKey) return null;
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1] ?? /^\d$/.exec(key)?.[0];
  return digit === undefined ? null : Number(digit);
}
