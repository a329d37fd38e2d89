/** A national id with its prefix (interop-sas 1.2), and whether it came with it. */
export interface NationalId {
  readonly id: string;
  readonly prefixed: boolean;
}

const ADELI = /^\d[\dAB]\d{7}$/;
const FINESS = /^\d[\dAB]\d{7}$/;
const DIGITS_14 = /^\d{14}$/;

const compact = (value: string): string => value.replace(/\s/g, '').toUpperCase();

/** Id of a professional: 8 + RPPS or 0 + ADELI, the prefix restored when it is missing; null when it is neither. */
export function readProfessionalId(value: string): NationalId | null {
  const text = compact(value);
  if (/^8\d{11}$/.test(text)) return { id: text, prefixed: true };
  if (/^\d{11}$/.test(text)) return { id: `8${text}`, prefixed: false };
  if (text.length === 10 && text.startsWith('0') && ADELI.test(text.slice(1))) return { id: text, prefixed: true };
  if (ADELI.test(text)) return { id: `0${text}`, prefixed: false };
  return null;
}

/** Id of a structure: 0 ADELI rang, 1 FINESS, 3 SIRET, 4 RPPS rang, the prefix restored when only one can be meant; else null. */
export function readStructureId(value: string): NationalId | null {
  const text = compact(value);
  if (text.length === 10 && text.startsWith('1') && FINESS.test(text.slice(1))) return { id: text, prefixed: true };
  if (/^[34]\d{14}$/.test(text)) return { id: text, prefixed: true };
  if (/^0\d[\dAB]\d{7,10}$/.test(text)) return { id: text, prefixed: true };
  if (FINESS.test(text)) return { id: `1${text}`, prefixed: false };
  if (DIGITS_14.test(text)) {
    if (passesLuhn(text)) return { id: `3${text}`, prefixed: false };
    // An RPPS rang is an RPPS (10…) followed by three digits; a SIRET carries a check digit.
    if (text.startsWith('10')) return { id: `4${text}`, prefixed: false };
  }
  return null;
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
