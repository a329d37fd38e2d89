import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mspRatio } from './msp-ratio.ts';
import { type DeclaredRow, type Frame, ownShown, type Shown, standingOf, type StructureDoctor, structureShown } from './standing.ts';
import type { Span } from './shown-time.ts';
import { dutyOf } from './weekly-rule.ts';
import { weeksOfYear } from './weeks.ts';

const ZONE = 'Europe/Paris';
const HOUR = 3_600_000;
const weeks = weeksOfYear(2026, ZONE);
const at = (text: string): number => Temporal.Instant.from(text).epochMilliseconds;
const none = weeks.map(() => false);

const declared = (start: string, end: string | null = null, more: Partial<DeclaredRow> = {}): DeclaredRow => ({
  start: at(start), end: end ? at(end) : Infinity, status: 'DECLARE', via: 'individual', viaStructureId: null, ...more,
});
const always = [declared('2025-06-01T00:00:00Z')];
const frame = (now: string, more: Partial<Frame> = {}): Frame => ({ year: 2026, weeks, launch: at('2021-03-01T00:00:00Z'), tolerance: 0, now: at(now), ...more });
/** `hours` shown from the Tuesday morning of each week; a week has the hours of its rank. */
const shown = (...hours: number[]): Span[] => hours.flatMap((count, index) => {
  const start = weeks[index]!.start + 33 * HOUR;
  return count === 0 ? [] : [{ start, end: start + count * HOUR }];
});
const alone = (spans: readonly Span[], rows: readonly DeclaredRow[], told: Frame) => standingOf(rows, ownShown(spans, none, weeks), new Map(), told);
const statuses = ({ weeks: verdicts }: ReturnType<typeof alone>, count = 5) => verdicts.slice(0, count).map(({ status }) => status);

test('[PART-10] [STR-02] 0 h then 4 h: the first week is missed, the second is met, nothing is made up', () => {
  const standing = alone(shown(0, 4, 2, 1.5), always, frame('2026-01-30T12:00:00Z'));
  expect(statuses(standing)).toEqual(['missing', 'met', 'met', 'missing', 'missing']);
  expect(standing.weeks[3]).toMatchObject({ shownMinutes: 90, dueMinutes: 120 });
  expect(standing.verdict).toMatchObject({ eligible: false, refusals: ['weeks-missing'], missing: 2, met: 2 });
});

test('[PART-10] the hours need not follow each other: eight quarters of an hour make the week', () => {
  const quarters = Array.from({ length: 8 }, (_, index) => ({ start: weeks[0]!.start + (9 + index * 12) * HOUR, end: weeks[0]!.start + (9.25 + index * 12) * HOUR }));
  expect(statuses(alone(quarters, always, frame('2026-01-07T12:00:00Z')), 1)).toEqual(['met']);
  expect(statuses(alone(quarters.slice(1), always, frame('2026-01-07T12:00:00Z')), 1)).toEqual(['missing']);
});

test('[PART-11] the present week is told but not held against anybody before it ends; those to come tell what is planned', () => {
  const standing = alone(shown(2, 0, 3), always, frame('2026-01-07T12:00:00Z'));
  expect(standing.weeks.slice(0, 3)).toMatchObject([
    { key: '2026-W01', status: 'met', ongoing: false }, { key: '2026-W02', status: 'missing', ongoing: true }, { key: '2026-W03', status: 'future', enough: true },
  ]);
  expect(standing.verdict).toMatchObject({ over: false, missing: 0, met: 1, eligible: true });
});

test('[PART-08] nothing counts before the launch of the SAS: neither a week nor a right', () => {
  const hours = shown(...weeks.map(() => 2));
  const before = alone(hours, always, frame('2026-03-02T12:00:00Z', { launch: at('2026-09-01T00:00:00Z') }));
  expect(before.verdict).toMatchObject({ eligible: false, refusals: ['not-launched'], met: 0 });
  expect(before.weeks[0]).toMatchObject({ status: 'not-applicable', why: 'before-launch' });
  expect(alone(hours, always, frame('2026-03-02T12:00:00Z', { launch: null })).verdict.eligible).toBe(false);
  const after = alone(hours, always, frame('2027-02-01T12:00:00Z', { launch: at('2026-09-01T00:00:00Z') }));
  expect(after.verdict).toMatchObject({ eligible: true, over: true, missing: 0 });
  expect(after.weeks.filter(({ status }) => status === 'met')).toHaveLength(18);
});

test('[PART-02] both conditions: 2 h without « Je participe au SAS » give nothing, and it is said (R-O)', () => {
  const { verdict } = alone(shown(...weeks.map(() => 2)), [], frame('2026-05-04T12:00:00Z'));
  expect(verdict).toMatchObject({ eligible: false, refusals: ['not-declared'], shownUndeclared: true });
  const draft = alone(shown(...weeks.map(() => 2)), [declared('2025-06-01T00:00:00Z', null, { status: 'BROUILLON' })], frame('2026-05-04T12:00:00Z'));
  expect(draft.verdict.eligible).toBe(false);
});

test('[PART-02] the week of the declaration can be met and is never missed; a withdrawal ends the right', () => {
  const rows = [declared('2026-01-07T10:00:00Z', '2026-02-02T10:00:00Z')];
  expect(statuses(alone(shown(2, 0, 2, 2), rows, frame('2026-01-25T12:00:00Z')), 5)).toEqual(['not-applicable', 'not-applicable', 'met', 'met', 'future']);
  expect(statuses(alone(shown(2, 2), rows, frame('2026-01-10T12:00:00Z')), 2)).toEqual(['not-applicable', 'met']);
  const after = alone(shown(...weeks.map(() => 2)), rows, frame('2026-03-02T12:00:00Z'));
  expect(after.verdict).toMatchObject({ eligible: false, refusals: ['not-declared'] });
  expect(after.weeks[7]).toMatchObject({ status: 'not-applicable', why: 'withdrawn' });
});

test('[AGR-04] [PART-02] slots shown by a vendor in the week are visibility', () => {
  const uploaded = weeks.map((_, index) => index === 1);
  const standing = standingOf(always, ownShown([], uploaded, weeks), new Map(), frame('2026-01-20T12:00:00Z'));
  expect(statuses(standing as ReturnType<typeof alone>, 3)).toEqual(['missing', 'met', 'missing']);
});

test('[PART-11] the tolerance of the SAS says how many weeks may be missing, no more', () => {
  const spans = shown(...weeks.map((_, index) => (index < 2 ? 0 : 2)));
  const over = (tolerance: number) => alone(spans, always, frame('2027-02-01T12:00:00Z', { tolerance })).verdict.eligible;
  expect([over(0), over(1), over(2)]).toEqual([false, false, true]);
});

const doctor = (etp = 1, more: Partial<StructureDoctor> = {}): StructureDoctor => ({
  within: [{ start: at('2025-01-01T00:00:00Z'), end: Infinity }], etp: [{ from: '2025-01-01', etp }], uploaded: none, ...more,
});

test('[STR-02] SOS Médecins: 3.5 full-time equivalents owe 7 h a week, 6.5 owe 13 h, whoever shows them', () => {
  const owed = (...etps: number[]) => structureShown([], etps.map((etp) => doctor(etp)), none, weeks).due[0]! / HOUR;
  expect(owed(1, 1, 1, 0.5)).toBe(7);
  expect(owed(1, 1, 1, 1, 1, 1, 0.5)).toBe(13);
  const sos = (hours: number): Map<string, Shown> => new Map([['sos', structureShown([shown(hours - 3), shown(3)], [doctor(), doctor(), doctor(), doctor(0.5)], none, weeks)]]);
  const member = [declared('2025-06-01T00:00:00Z', null, { via: 'sos', viaStructureId: 'sos' })];
  const standing = (hours: number) => standingOf(member, ownShown([], none, weeks), sos(hours), frame('2026-01-05T12:00:00Z')).weeks[0];
  expect(standing(7)).toMatchObject({ status: 'met', dueMinutes: 420, shownMinutes: 420 });
  expect(standing(6.5)).toMatchObject({ status: 'missing' });
});

test('[STR-02] an equivalent changed from a Monday on counts from that week; the past keeps its own', () => {
  const part = doctor(1, { etp: [{ from: '2026-01-12', etp: 0.5 }, { from: '2025-01-01', etp: 1 }] });
  expect(structureShown([], [part], none, weeks).due.slice(0, 4).map((due) => due / HOUR)).toEqual([2, 2, 1, 1]);
});

test('[STR-05] a centre owes 2 h for each of its doctors, on a shared agenda or not; who is shown by a vendor owes nothing more', () => {
  const shared = structureShown([shown(4)], [doctor(), doctor()], none, weeks);
  expect([shared.due[0]! / HOUR, shared.shown[0]! / HOUR]).toEqual([4, 4]);
  expect(structureShown([], [doctor(), doctor(1, { uploaded: weeks.map(() => true) })], none, weeks).due[0]! / HOUR).toBe(2);
  expect(structureShown([], [doctor(1, { uploaded: weeks.map(() => true) })], none, weeks).uploaded[0]).toBe(true);
});

test('[STR-02] what is owed grows with the equivalents, to the minute, whatever their order', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 30 }), (hundredths) => {
    const total = (list: readonly number[]) => structureShown([], list.map((part) => doctor(part / 100)), none, weeks).due[0]!;
    expect(total(hundredths)).toBe(total(hundredths.toReversed()));
    expect(Math.abs(total(hundredths) - dutyOf(hundredths.reduce((sum, part) => sum + part, 0) / 100))).toBeLessThanOrEqual(60_000);
    expect(total([...hundredths, 100])).toBeGreaterThanOrEqual(total(hundredths));
  }));
});

test('[STR-07] an MSP is valued with all its doctors, half of them, or when it takes every request', () => {
  const level = (doctors: number, participating: number, takesAll = false) => {
    const { level: told, valued } = mspRatio({ doctors, participating, takesAll });
    return [told, valued];
  };
  expect(level(4, 4)).toEqual(['all', true]);
  expect(level(5, 3)).toEqual(['half', true]);
  expect(level(4, 2)).toEqual(['half', true]);
  expect(level(5, 2)).toEqual(['less', false]);
  expect(level(5, 0, true)).toEqual(['less', true]);
  expect(level(0, 0)).toEqual(['less', false]);
});
