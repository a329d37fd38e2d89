/** An hour as people type it (`9`, `9h`, `930`, `09:30`, `9 h 30`) as `HH:MM`; null when it is none. */
export function readClock(text: string): string | null {
  const compact = text.trim().toLowerCase().replace(/\s+/g, '');
  const found = /^(\d{1,2})(?:[h:.](\d{2})?)?$/.exec(compact) ?? /^(\d{1,2})(\d{2})$/.exec(compact);
  if (!found) return null;
  const [hour, minute] = [Number(found[1]), Number(found[2] ?? 0)];
  if (hour > 23 || minute > 59) return null;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
