import type { Duty, DutyMode } from '../../contract.ts';

export const halves = [{ half: 'am', label: 'Matin' }, { half: 'pm', label: 'Après-midi' }] as const;

/** The seven days of the week that holds `day`, from Monday. */
export function weekOf(day: Temporal.PlainDate): string[] {
  const monday = day.subtract({ days: day.dayOfWeek - 1 });
  return Array.from({ length: 7 }, (_, index) => monday.add({ days: index }).toString());
}

const same = (a: Duty, b: Duty) => a.day === b.day && a.half === b.half && a.nationalId === b.nationalId;

/** The planning with one more doctor: the médecin du jour takes the whole day, and the place of the one before. */
export function withDoctor(duties: readonly Duty[], duty: Duty, mode: DutyMode): Duty[] {
  if (mode !== 'day-doctor') return duties.some((one) => same(one, duty)) ? [...duties] : [...duties, duty];
  return [...duties.filter(({ day }) => day !== duty.day), ...halves.map(({ half }) => ({ ...duty, half }))];
}

/** The planning without this doctor then; the médecin du jour leaves the whole day. */
export const withoutDoctor = (duties: readonly Duty[], duty: Duty, mode: DutyMode): Duty[] =>
  duties.filter((one) => !(mode === 'day-doctor' ? one.day === duty.day && one.nationalId === duty.nationalId : same(one, duty)));

/** What is left when one doctor a day is wanted: the first of each day, all day. */
export function oneADay(duties: readonly Duty[]): Duty[] {
  const first = new Map<string, string>();
  for (const { day, nationalId } of duties) if (!first.has(day)) first.set(day, nationalId);
  return [...first].flatMap(([day, nationalId]) => halves.map(({ half }) => ({ day, half, nationalId })));
}
