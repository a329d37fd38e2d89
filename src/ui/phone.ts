/** A French number as people write it: `+33549000011` gives `05 49 00 00 11`; anything else stays as it came. */
export function formatPhone(number: string): string {
  const compact = number.replace(/[\s.-]/g, '');
  const national = /^(?:\+33|0033)([1-9]\d{8})$/.exec(compact)?.[1] ?? /^0([1-9]\d{8})$/.exec(compact)?.[1];
  return national ? `0${national}`.replace(/(\d\d)(?=\d)/g, '$1 ') : number;
}
