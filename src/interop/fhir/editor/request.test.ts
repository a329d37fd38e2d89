import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EditorQuestion } from '../../../platform/availability/domain/editor.ts';
import { slotRequestUrl } from './request.ts';
import { ASSOCIATION, DOCTOR, editor, OTHER_DOCTOR } from './testing.ts';

const question = (change: Partial<EditorQuestion> = {}): EditorQuestion => ({
  flow: 'ps',
  ids: [DOCTOR, OTHER_DOCTOR],
  from: Temporal.Instant.from('2026-01-15T09:00:00Z'),
  to: Temporal.Instant.from('2026-01-17T22:59:59Z'),
  ...change,
});
const numbered = (count: number, digit: string, length: number) => Array.from({ length: count }, (_, n) => digit + String(n).padStart(length, '0'));

test('[INT-02] P01: INT_R01 is asked to the letter', () => {
  expect(slotRequestUrl(editor('https://edt.example/fhir/'), question()).href).toBe(
    'https://edt.example/fhir/Slot?_include=Slot:schedule&_include:iterate=Schedule:actor' +
      '&start=ge2026-01-15T10:00:00.000%2B01:00&start=le2026-01-17T23:59:59.000%2B01:00' +
      '&schedule.actor:Practitioner.identifier=urn:oid:1.2.250.1.71.4.2.1%7C810000000017,urn:oid:1.2.250.1.71.4.2.1%7C810000000025&status=free',
  );
});

test('[INT-02] [AGR-13] P03: an editor that has the CPTS flow, and no other, gets the two more includes', () => {
  const ps = slotRequestUrl(editor('https://edt.example/fhir'), question()).search;
  const cpts = slotRequestUrl(editor('https://edt.example/fhir', { flows: ['ps', 'cpts'] }), question({ flow: 'cpts' })).search;
  expect(cpts).toBe(`${ps}&_include=Slot:service-type-reference&_include:iterate=HealthcareService:organization`);
  expect(slotRequestUrl(editor('https://edt.example/fhir'), question({ flow: 'cpts' })).search).toBe(ps);
});

test('[INT-02] P04: SOS Médecins is asked to the letter', () => {
  expect(slotRequestUrl(editor('https://edt.example/fhir', { flows: ['sos'] }), question({ flow: 'sos', ids: [ASSOCIATION] })).href).toBe(
    'https://edt.example/fhir/Schedule?_revinclude=Slot:schedule&_include=Schedule:actor:Location&_include:iterate=Location:organization' +
      '&_has:Slot:schedule:start=ge2026-01-15T10:00:00.000%2B01:00&_has:Slot:schedule:start=le2026-01-17T23:59:59.000%2B01:00' +
      `&_has:Slot:schedule:status=free&actor:Location.organization.identifier=urn:oid:1.2.250.1.71.4.2.2%7C${ASSOCIATION}`,
  );
});

test('[INT-02] P02 P04: more than 25 professionals or 10 associations, none, or no national id, is a programming error', () => {
  const one = editor('https://edt.example/fhir');
  expect(() => slotRequestUrl(one, question({ ids: numbered(25, '8', 11) }))).not.toThrow();
  expect(() => slotRequestUrl(one, question({ ids: numbered(26, '8', 11) }))).toThrow(TypeError);
  expect(() => slotRequestUrl(one, question({ flow: 'sos', ids: numbered(10, '3', 14) }))).not.toThrow();
  expect(() => slotRequestUrl(one, question({ flow: 'sos', ids: numbered(11, '3', 14) }))).toThrow(TypeError);
  expect(() => slotRequestUrl(one, question({ ids: [] }))).toThrow(TypeError);
  expect(() => slotRequestUrl(one, question({ ids: ['8&status=busy'] }))).toThrow(TypeError);
});

test('[INT-02] P05: the bounds keep the instant and its French offset, summer and winter, whatever the instant', () => {
  const instant = fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 }).map((ms) => Temporal.Instant.fromEpochMilliseconds(ms));
  fc.assert(
    fc.property(instant, (from) => {
      const [start, end] = slotRequestUrl(editor('https://edt.example/fhir'), question({ from, to: from.add({ hours: 48 }) })).searchParams.getAll('start');
      expect(start).toMatch(/^ge\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0[12]:00$/);
      expect(Temporal.Instant.from(start!.slice(2)).equals(from)).toBe(true);
      expect(end?.startsWith('le')).toBe(true);
    }),
  );
});
