/**
 * The national health number (NIR, matricule INS) is never kept: by telephone an identity stays provisoire (D7, SEC-09).
 */
const NIR = /(?<![\d.])([12])[ .-]?(\d{2})[ .-]?(0[1-9]|1[0-2]|[2-9]\d)[ .-]?(\d{2}|2[AB])[ .-]?(\d{3})[ .-]?(\d{3})(?:[ .-]?(\d{2}))?(?!\d)/gi;

function hasValidKey(match: RegExpExecArray): boolean {
  const [, sex, year, month, department, commune, order, key] = match;
  if (key === undefined) return true;
  const digits = `${sex}${year}${month}${department!.toUpperCase().replace('2A', '19').replace('2B', '18')}${commune}${order}`;
  return 97n - (BigInt(digits) % 97n) === BigInt(key);
}

/** Where a text of this value holds a national health number (paths of the fields); its content is never repeated. */
export function healthNumbersIn(value: unknown, path = ''): string[] {
  if (typeof value === 'string') return [...value.matchAll(NIR)].some((match) => hasValidKey(match as RegExpExecArray)) ? [path || '(texte)'] : [];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inside]) => healthNumbersIn(inside, path ? `${path}.${key}` : key));
}
