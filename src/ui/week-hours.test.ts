import { describe, expect, test } from 'vitest';
import { hoursInWords, likeMonday, withRange } from './week-hours.ts';

const range = (day: number, from: string, to: string) => ({ day, from, to });

describe('hours of a week', () => {
  test('[TEL-06] are told as people say them', () => {
    const all = likeMonday([range(1, '00:00', '00:00')]);
    expect(hoursInWords([], 'fermé')).toBe('fermé');
    expect(hoursInWords(all, '')).toBe('jour et nuit');
    expect(hoursInWords(likeMonday([range(1, '08:00', '20:00'), range(3, '01:00', '02:00')]), '')).toBe('tous les jours 08:00–20:00');
    expect(hoursInWords([1, 2, 3, 4, 5].map((day) => range(day, '08:00', '20:00')).concat(range(6, '00:00', '24:00')), '')).toBe('lundi au vendredi 08:00–20:00, samedi jour et nuit');
    expect(hoursInWords([range(6, '08:00', '12:00'), range(7, '08:00', '12:00')], '')).toBe('samedi et dimanche 08:00–12:00');
  });

  test('[TEL-06] a range is added after the last of its day', () => {
    expect(withRange([range(1, '08:00', '12:00')], 1).at(-1)).toEqual(range(1, '12:00', '00:00'));
    expect(withRange([range(1, '08:00', '12:00')], 2).at(-1)).toEqual(range(2, '00:00', '00:00'));
  });
});
