/** The version that an `If-Match` header names: `"5"`, `W/"5"`, `5` or `*`; null when it names none. */
export function versionOf(ifMatch: string | undefined): number | '*' | null {
  if (ifMatch?.trim() === '*') return '*';
  const digits = /^(?:W\/)?"?(\d+)"?$/.exec(ifMatch?.trim() ?? '')?.[1];
  return digits === undefined ? null : Number(digits);
}
