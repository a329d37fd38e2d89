import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bookingUrl } from './booking-url.ts';

describe('[INT-02] P15: the redirection carries its origin', () => {
  test.each([
    ['https://edt.example', 'https://edt.example/?origin=sas'],
    ['https://edt.example/agenda', 'https://edt.example/agenda?origin=sas'],
    ['https://edt.example/agenda?', 'https://edt.example/agenda?origin=sas'],
    ['https://edt.example/agenda?a=b', 'https://edt.example/agenda?a=b&origin=sas'],
    ['https://edt.example/agenda#jour', 'https://edt.example/agenda?origin=sas#jour'],
    ['https://edt.example/agenda?a=b#jour', 'https://edt.example/agenda?a=b&origin=sas#jour'],
    ['https://edt.example/agenda?origin=x&a=b', 'https://edt.example/agenda?a=b&origin=sas'],
    ['https://edt.example/agenda&origin=sas-preprod', 'https://edt.example/agenda?origin=sas'],
    ['https://edt.example/agenda?a=%2B+b%7C', 'https://edt.example/agenda?a=%2B+b%7C&origin=sas'],
    ['http://edt.example/#/spa?x=1', 'http://edt.example/?origin=sas#/spa?x=1'],
  ])('%s', (url, expected) => expect(bookingUrl(url, 'sas')).toBe(expected));

  test.each(['javascript:alert(1)', 'ftp://edt.example', 'data:text/html,x', '/agenda', '', 'https://', `https://edt.example/${'x'.repeat(2_000)}`])('%s is refused', (url) =>
    expect(bookingUrl(url, 'sas')).toBeNull(),
  );

  test('whatever the URL and the origin, exactly one origin arrives and the rest is untouched', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), fc.string({ minLength: 1, maxLength: 20 }).filter((text) => text.isWellFormed()), (url, origin) => {
        const before = new URL(url);
        fc.pre(!/(^|[?&])origin/.test(before.search) && !before.pathname.includes('&origin='));
        const after = new URL(bookingUrl(url, origin)!);
        expect(after.searchParams.getAll('origin')).toEqual([origin]);
        expect([after.origin, after.pathname, after.hash]).toEqual([before.origin, before.pathname, before.hash]);
        // `&&` and `?=` say nothing: whether they stay does not matter.
        const said = (url: URL) => [...url.searchParams].filter(([name, value]) => name !== 'origin' && (name !== '' || value !== ''));
        expect(said(after)).toEqual(said(before));
      }),
    );
  });
});
