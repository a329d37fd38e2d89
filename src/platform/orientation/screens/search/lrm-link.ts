/**
 * INT_L01: what a regulation software says of the wanted search, in the address that it opens. Nothing about the patient
 * is in it beyond the place where care is needed.
 */
export interface LrmLink {
  readonly origin: string | null;
  /** A code of the national table, words to look up, or nothing said. */
  readonly specialty: { readonly code: string } | { readonly words: string } | null;
  readonly usualDoctor: { readonly rpps: string } | { readonly name: string } | 'unreadable' | null;
  /** Words to locate, most precise first; null when no usable address was given. */
  readonly address: string | null;
  readonly insee: string | null;
}

const CODED_SPECIALTY = /^urn:oid:\d+(?:\.\d+)+\|([A-Za-z0-9]+)$/;
const CODED_DOCTOR = /^urn:oid:1\.2\.250\.1\.71\.4\.2\.1\|8(\d{11})$/;
const LOOKS_CODED = /urn|oid|:/i;

/** The arrondissements of the three cities, which the directory knows as one commune. */
const cities: readonly { readonly city: string; readonly from: number; readonly to: number }[] = [
  { city: '75056', from: 75101, to: 75120 },
  { city: '69123', from: 69381, to: 69389 },
  { city: '13055', from: 13201, to: 13216 },
];

/** Reads the parameters of `/sas/recherche`. */
export function readLrmLink(search: Readonly<Record<string, string | string[]>>): LrmLink {
  const text = (name: string): string | null => {
    const value = search[name];
    return (Array.isArray(value) ? value[0] : value)?.trim() || null;
  };
  const insee = inseeOf(text('inseecode'));
  return {
    origin: text('origin'),
    specialty: specialtyOf(text('specialty')),
    usualDoctor: doctorOf(text('practitioner')),
    insee,
    address: addressOf(text('streetnumber'), text('streetname'), insee, text('city')),
  };
}

function inseeOf(given: string | null): string | null {
  if (!given) return null;
  const code = given.toUpperCase().padStart(5, '0');
  if (!/^\d[\dAB]\d{3}$/.test(code)) return null;
  return cities.find(({ from, to }) => Number(code) >= from && Number(code) <= to)?.city ?? code;
}

function specialtyOf(given: string | null): LrmLink['specialty'] {
  if (!given) return null;
  const code = CODED_SPECIALTY.exec(given)?.[1];
  return code ? { code } : { words: given };
}

function doctorOf(given: string | null): LrmLink['usualDoctor'] {
  if (!given) return null;
  const rpps = CODED_DOCTOR.exec(given)?.[1];
  if (rpps) return { rpps };
  return LOOKS_CODED.test(given) ? 'unreadable' : { name: given };
}

/** A number without a street says nothing; the commune alone is enough. */
function addressOf(number: string | null, street: string | null, insee: string | null, city: string | null): string | null {
  const digits = number?.replace(/\D/g, '');
  const line = street ? [digits, street].filter(Boolean).join(' ') : null;
  const town = city ?? insee;
  return town ? [line, town].filter(Boolean).join(', ') : null;
}
