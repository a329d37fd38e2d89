import { describe, expect, test } from 'vitest';
import { alertsOf, occupancy, qs30, type RoomView, staffing, tauxAccueil } from './board.ts';
import { second } from './call.fixture.ts';
import { foldCall } from './call.ts';
import { bilevelOpen, configurationProblems, defaultConfiguration, entryOf, targetLevel } from './configuration.ts';
import type { Snapshot } from './port.ts';
import { mayHold, ratioRespected, usualLevel } from './posts.ts';
import { resyncEvents } from './resync.ts';

describe('numbers and hours', () => {
  test('[TEL-02] each access number has its flow and its queue, however it is written', () => {
    expect(entryOf(defaultConfiguration, '15')).toMatchObject({ flow: 'populationnel', entryLevel: 'N1', origin: '15' });
    expect(entryOf(defaultConfiguration, '+33536490102')).toMatchObject({ flow: 'ligne-mru', entryLevel: 'MRU' });
    expect(entryOf(defaultConfiguration, '05 36 49 01 02')).toMatchObject({ entryLevel: 'MRU' });
    expect(entryOf(defaultConfiguration, '0999')).toMatchObject({ flow: 'populationnel', entryLevel: 'N1' });
  });

  test('[TEL-03] [TEL-04] calls of the population enter at N1, whatever one tries to configure', () => {
    const [samu, ...others] = defaultConfiguration.numbers;
    const problems = configurationProblems({ ...defaultConfiguration, numbers: [{ ...samu!, entryLevel: 'MRG' }, ...others] });
    expect(problems).toMatchObject([{ path: 'numbers.0.entryLevel' }]);
    expect(configurationProblems(defaultConfiguration)).toEqual([]);
  });

  test('[TEL-02] a number declared twice, or hours that end before they begin, are refused', () => {
    const { numbers } = defaultConfiguration;
    expect(configurationProblems({ ...defaultConfiguration, numbers: [...numbers, { ...numbers[3]!, number: '+33536490101' }] })).toMatchObject([{ path: `numbers.${defaultConfiguration.numbers.length}` }]);
    expect(configurationProblems({ ...defaultConfiguration, bilevelHours: [{ day: 1, from: '20:00', to: '08:00' }] })).toMatchObject([{ path: 'bilevelHours.0' }]);
  });

  test('[TEL-06] two levels at chosen hours; outside, N1 passes straight to the doctor of the filière', () => {
    const configuration = { ...defaultConfiguration, bilevelHours: [{ day: 2, from: '08:00', to: '20:00' }] };
    const at = (text: string) => Temporal.ZonedDateTime.from(`${text}[Europe/Paris]`);
    const cases = { '2026-01-13T07:59:59': false, '2026-01-13T08:00': true, '2026-01-13T19:59:59': true, '2026-01-13T20:00': false, '2026-01-14T10:00': false };
    for (const [instant, open] of Object.entries(cases)) expect([instant, bilevelOpen(configuration, at(instant))]).toEqual([instant, open]);
    expect([targetLevel('AMU', false), targetLevel('SNP', false), targetLevel('MRG', false)]).toEqual(['MRU', 'MRG', 'MRG']);
    expect([targetLevel('AMU', true), targetLevel('SNP', true)]).toEqual(['AMU', 'SNP']);
    expect(bilevelOpen(defaultConfiguration, at('2026-01-13T23:59:59'))).toBe(true);
  });
});

describe('posts', () => {
  test('[TEL-03] N1 is held by an ARM only; an ARM never fills an OSNP post', () => {
    expect(mayHold(['arm'], 'N1')).toBe(true);
    for (const role of ['osnp', 'mru', 'mrg', 'superviseur', 'administrateur']) expect([role, mayHold([role], 'N1')]).toEqual([role, false]);
    expect(mayHold(['arm'], 'SNP')).toBe(false);
    expect([usualLevel(['mrg']), usualLevel(['arm']), usualLevel(['superviseur'])]).toEqual(['MRG', 'N1', null]);
  });

  test('[TEL-22] one N1 for two N2, to the nearest person', () => {
    const cases = [[3, 6, true], [3, 5, true], [3, 7, true], [4, 5, false], [1, 6, false], [0, 0, true], [0, 3, false]] as const;
    for (const [n1, n2, respected] of cases) expect([n1, n2, ratioRespected(n1, n2)]).toEqual([n1, n2, respected]);
  });
});

describe('indicators', () => {
  test('[TEL-17] the vector of the definitions: 97.00 % and 91.96 %', () => {
    const counts = { presented: 520, answered: 485, answeredUnder30: 446, abandonedLt10: 20, abandonedGe10: 15 };
    expect((100 * tauxAccueil(counts)!).toFixed(2)).toBe('97.00');
    expect((100 * qs30(counts)!).toFixed(2)).toBe('91.96');
  });

  test('[TEL-17] nothing to divide by gives no figure, not a good one', () => {
    expect(qs30({ answered: 0, answeredUnder30: 0 })).toBeNull();
    expect(tauxAccueil({ presented: 3, answered: 0, answeredUnder30: 0, abandonedLt10: 3, abandonedGe10: 0 })).toBeNull();
    expect(occupancy([{ state: 'offline' }])).toBeNull();
  });

  const agents = (...states: ('available' | 'in-call' | 'pause' | 'wrap-up')[]) => states.map((state) => ({ state }));
  const level = (code: RoomView['levels'][number]['level'], more: Partial<RoomView['levels'][number]> = {}) =>
    ({ level: code, waiting: 0, longestWaitSeconds: 0, qs30Hour: null, agents: agents('available'), ...more });
  const calm: RoomView = {
    levels: [level('N1'), level('AMU'), level('SNP'), level('MRU'), level('MRG')],
    thresholds: { waiting: 5, qs30: 0.9, occupancyN1: 0.9 }, sasHours: true, bilevel: true, linkUp: true,
  };
  const codes = (room: RoomView) => alertsOf(room).map(({ code }) => code);
  const changed = (index: number, more: Parameters<typeof level>[1]): RoomView => ({ ...calm, levels: calm.levels.map((one, at) => (at === index ? { ...one, ...more } : one)) });

  test('[TEL-18] thresholds alert when they are passed, not when they are reached', () => {
    expect(codes(calm)).toEqual([]);
    expect(codes(changed(0, { waiting: 5 }))).toEqual([]);
    expect(codes(changed(0, { waiting: 6 }))).toEqual(['waiting']);
    expect(codes(changed(0, { qs30Hour: 0.9 }))).toEqual([]);
    expect(codes(changed(0, { qs30Hour: 0.89 }))).toEqual(['qs30']);
    expect(codes(changed(0, { agents: agents('in-call') }))).toEqual(['occupancy']);
    expect(codes({ ...calm, linkUp: false })).toEqual(['link-down']);
  });

  test('[TEL-18] no MRU is always told; no MRG in SAS hours only', () => {
    expect(codes(changed(3, { agents: [] }))).toEqual(['no-mru']);
    expect(codes(changed(4, { agents: [] }))).toEqual(['no-mrg']);
    expect(codes({ ...changed(4, { agents: [] }), sasHours: false })).toEqual([]);
  });

  test('[TEL-22] the ratio alerts while the second level is open', () => {
    const short = changed(0, { agents: agents('available', 'available', 'pause') });
    expect(staffing(short.levels)).toEqual({ n1: 3, n2: 2, respected: false });
    expect(codes(short)).toEqual(['ratio']);
    expect(codes({ ...short, bilevel: false })).toEqual([]);
  });
});

describe('a phone system that cannot tell its past', () => {
  const snapshot: Snapshot = {
    offset: 40, at: second(100).toString(), agents: [],
    calls: [
      { callId: 'new', version: 3, state: 'talking', direction: 'in', dnis: '15', caller: '0639980002', presentedAt: second(80).toString(), level: 'N1', agent: 'arm' },
      { callId: 'same', version: 1, state: 'queued', direction: 'in', dnis: '15', caller: null, presentedAt: second(0).toString(), level: 'N1', agent: null },
    ],
  };
  const waiting = foldCall([{ eventId: 'p', at: second(0), version: 1, type: 'presented', details: { dnis: '15' } }], 'N1')!;

  test('[TEL-26] what ended meanwhile is ended, what began is begun, what did not move is left alone', () => {
    const inferred = resyncEvents([{ callId: 'gone', facts: waiting }, { callId: 'same', facts: waiting }], snapshot);
    expect(inferred.map(({ callId, event }) => [callId, event.type])).toEqual([['gone', 'ended'], ['new', 'presented'], ['new', 'answered']]);
    const fresh = foldCall(inferred.filter(({ callId }) => callId === 'new').map(({ event }) => event), 'N1')!;
    expect(fresh).toMatchObject({ state: 'DECROCHE_N1', presentedAt: second(80), caller: '0639980002' });
  });

  test('[TEL-26] compared twice with the same snapshot, the same ids: nothing is doubled', () => {
    const known = [{ callId: 'gone', facts: waiting }];
    expect(resyncEvents(known, snapshot)).toEqual(resyncEvents(known, snapshot));
  });
});
