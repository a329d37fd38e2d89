/** National id of a person with its prefix: 8 + RPPS, 0 + ADELI, whatever way it was stored. */
export function personId(stored: string): string {
  const id = stored.replaceAll(/\s/g, '');
  if (/^\d{11}$/.test(id)) return `8${id}`;
  if (/^[0-9AB]{9}$/.test(id)) return `0${id}`;
  return id;
}

/** National id of a structure with its prefix: 1 + FINESS, 3 + SIRET; 0 and 4 (cabinets) are always stored prefixed. */
export function structureId(stored: string): string {
  const id = stored.replaceAll(/\s/g, '');
  if (/^[0-9AB]{9}$/.test(id)) return `1${id}`;
  if (/^\d{14}$/.test(id)) return `3${id}`;
  return id;
}

/** `+33XXXXXXXXX` (or an overseas prefix), null for what cannot be dialled. */
export function phoneNumber(stored: string | null): string | null {
  const digits = (stored ?? '').replaceAll(/[\s.()-]/g, '').replace(/^00/, '+').replace(/^0/, '+33');
  return /^\+(33|262|590|594|596)\d{9}$/.test(digits) ? digits : null;
}
