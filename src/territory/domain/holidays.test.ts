import Holidays from 'date-holidays';
import { expect, test } from 'vitest';
import { easter, type HolidaySet, holidayName, holidaysOf } from './holidays.ts';

const day = (text: string) => Temporal.PlainDate.from(text);

/** Where the independent package `date-holidays` files each set, and the customs it adds to the law. */
const oracle: Record<HolidaySet, { place: [string, string?]; customs: string[] }> = {
  metropole: { place: ['FR'], customs: [] },
  'alsace-moselle': { place: ['FR', '57'], customs: [] },
  guadeloupe: { place: ['GP'], customs: ['good friday'] },
  martinique: { place: ['MQ'], customs: ['good friday'] },
  guyane: { place: ['GF'], customs: [] },
  reunion: { place: ['RE'], customs: [] },
  mayotte: { place: ['YT'], customs: [] },
};

test.each(Object.keys(oracle) as HolidaySet[])('[PDSA-08] the holidays of %s agree with an independent source, 2019 to 2040', (set) => {
  const { place, customs } = oracle[set];
  const source = place[1] ? new Holidays(place[0], place[1]) : new Holidays(place[0]);
  source.setLanguages('en');
  for (let year = 2019; year <= 2040; year++) {
    const expected = source
      .getHolidays(year)
      .filter(({ type, name }) => type === 'public' && !customs.includes(name.toLowerCase()))
      .map(({ date }) => date.slice(0, 10));
    expect([...holidaysOf(year, set).keys()], `${set} ${year}`).toEqual([...new Set(expected)].sort());
  }
});

test('[PDSA-08] abolition days belong to their département only', () => {
  expect(holidayName(day('2026-05-27'), 'guadeloupe')).toBe("Abolition de l'esclavage");
  expect(holidayName(day('2026-05-22'), 'martinique')).toBe("Abolition de l'esclavage");
  expect(holidayName(day('2026-06-10'), 'guyane')).toBe("Abolition de l'esclavage");
  expect(holidayName(day('2026-12-20'), 'reunion')).toBe("Abolition de l'esclavage");
  expect(holidayName(day('2026-04-27'), 'mayotte')).toBe("Abolition de l'esclavage");
  expect(holidayName(day('2026-05-27'), 'metropole')).toBeNull();
  expect(holidayName(day('2026-05-27'), 'martinique')).toBeNull();
});

test('[PDSA-08] two holidays on the same day make one', () => {
  expect(easter(2008).toString()).toBe('2008-03-23');
  expect(holidaysOf(2008, 'metropole').size).toBe(10);
  expect(holidayName(day('2008-05-01'), 'metropole')).not.toBeNull();
});
