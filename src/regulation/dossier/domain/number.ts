/** Overseas departments have three digits and the number two places: the third goes into the letter (974 → 97D). */
function placeOf(territory: string, department: string): string {
  const letter = /[A-Z]$/.exec(territory)?.[0];
  if (/^9[78]\d$/.test(department)) return department.slice(0, 2) + String.fromCharCode('A'.charCodeAt(0) + Number(department[2]) - 1);
  return department + (department === territory ? 'A' : (letter ?? 'A'));
}

/**
 * National number of a dossier, `DRFR15DDXAAJJJ00000`: country, 15, department, letter, year, day of the year, rank of the day
 * in the territory (from 1).
 */
export function dossierNumber(territory: string, department: string, day: Temporal.PlainDate, rank: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `DRFR15${placeOf(territory, department)}${two(day.year % 100)}${String(day.dayOfYear).padStart(3, '0')}${String(rank).padStart(5, '0')}`;
}
