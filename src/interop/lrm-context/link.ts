import type { SearchWish } from '../../regulation/dossier/server/index.ts';

/** OIDs of INT_L01: national ids of professionals, ordinal specialties. */
export const PROFESSIONAL_OID = 'urn:oid:1.2.250.1.71.4.2.1';
export const SPECIALTY_OID = 'urn:oid:1.2.250.1.213.2.28';

/** All that the address may carry: where care is wanted, by whom. Never who needs it. */
export const LINK_PARAMETERS = ['origin', 'practitioner', 'specialty', 'streetnumber', 'streetname', 'inseecode', 'city'] as const;
export type LinkParameter = (typeof LINK_PARAMETERS)[number];

const SPECIALTY_CODE = /^S[A-Z]{1,2}\d{2,3}$/;
const RPPS = /^8?(1\d{10})$/;
/** `12`, `12 bis`, `12B`, then the street. */
const NUMBERED = /^(\d{1,5})\s*(?:bis|ter|quater|[a-dA-D])?\b[\s,]+(\S.*)$/;
/** What a name is made of; a telephone number or a remark typed beside it stays in the dossier. */
const NAME = /^[\p{L}\p{M}\s.'’-]{2,80}$/u;

/**
 * The address that opens the platform's search for a dossier (INT_L01).
 * @param base public address of the platform
 * @param origin the id by which the platform knows this regulation software
 */
export function contextualSearchUrl(base: string, origin: string, context: SearchWish): string {
  const url = new URL('/sas/recherche', base);
  const street = streetOf(context.address);
  const given: Record<LinkParameter, string | null> = {
    origin,
    practitioner: practitionerOf(context),
    specialty: specialtyOf(context.specialty),
    streetnumber: street.number,
    streetname: street.name,
    inseecode: context.insee?.trim() || null,
    city: context.city?.trim() || null,
  };
  for (const name of LINK_PARAMETERS) if (given[name]) url.searchParams.set(name, given[name]);
  return url.href;
}

/** A number alone is not told: without its street it would spoil the whole address. */
function streetOf(address: string | null): { number: string | null; name: string | null } {
  const line = address?.trim() ?? '';
  const [, number, name] = NUMBERED.exec(line) ?? [];
  if (number && name) return { number, name };
  return { number: null, name: /^\d*$/.test(line) ? null : line };
}

function practitionerOf({ usualDoctorRpps, usualDoctorName }: SearchWish): string | null {
  const rpps = RPPS.exec(usualDoctorRpps?.trim() ?? '')?.[1];
  if (rpps) return `${PROFESSIONAL_OID}|8${rpps}`;
  const name = usualDoctorName?.trim() ?? '';
  return NAME.test(name) ? name : null;
}

function specialtyOf(specialty: string | null): string | null {
  const text = specialty?.trim() || null;
  return text && SPECIALTY_CODE.test(text) ? `${SPECIALTY_OID}|${text}` : text;
}
