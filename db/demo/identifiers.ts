/** Digits with the Luhn key that RPPS, FINESS, SIREN and SIRET end with. */
function withKey(digits: string): string {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return digits + String((10 - (sum % 10)) % 10);
}

const padded = (number: number, width: number): string => String(number).padStart(width, '0');

/** Fictional RPPS number (11 digits, range 10999) of the nth person, without prefix. */
export const rpps = (n: number): string => withKey(`10999${padded(n, 5)}`);
/** National id (IDNPS) of the nth person: 8 + RPPS. */
export const nationalId = (n: number): string => `8${rpps(n)}`;
/** Fictional FINESS number (9 digits, range 86999) of the nth structure, without prefix. */
export const finess = (n: number): string => withKey(`86999${padded(n, 3)}`);
/** Fictional SIRET (14 digits, SIREN 999…) of the nth company's mth establishment, without prefix. */
export const siret = (n: number, establishment = 1): string =>
  withKey(withKey(`999${padded(n, 5)}`) + padded(establishment, 4));

/** The ranges that ARCEP keeps for fiction (décision 2018-0881), as the six first digits of ten. */
export const fictionalPhoneRanges = ['019900', '026191', '035301', '046571', '053649', '063998'] as const;

const SOUTH_WEST = fictionalPhoneRanges[4];

/** The nth fictional phone number (+33…), n below 10,000. */
export const phone = (n: number): string => `+33${SOUTH_WEST.slice(1)}${padded(n, 4)}`;
