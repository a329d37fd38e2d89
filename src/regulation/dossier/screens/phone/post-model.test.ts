import { describe, expect, test } from 'vitest';
import type { Agent, Call } from '../../../telephony/contract.ts';
import { digitOf } from './digits.ts';
import { isAtPost, levelsOf, loadWords, peopleOn, positionOf, toggleOf, transferLevels } from './post-model.ts';

const leg = (number: number, more: Partial<Call['legs'][number]>): Call['legs'][number] => ({
  leg: number, agent: null, agentName: null, level: null, party: 'agent', queuedAt: null, rangAt: null, answeredAt: '2026-01-13T08:00:05Z', endedAt: null,
  heldSeconds: 0, endCause: null, held: false, ...more,
});

describe('phone bar', () => {
  test('[TEL-03] an ARM may hold N1 and N2 AMU, never the post of another trade', () => {
    expect(levelsOf(['arm'])).toEqual(['N1', 'AMU']);
    expect(levelsOf(['osnp'])).toEqual(['SNP']);
    expect(levelsOf(['superviseur'])).toEqual([]);
  });

  test('[ACT-08] an OSNP sits in N2-SNP or in N4; nobody else has a position', () => {
    expect(positionOf({ level: 'SNP', skills: [] })).toBe('N2-SNP');
    expect(positionOf({ level: 'SNP', skills: ['N4'] })).toBe('N4');
    expect(positionOf({ level: 'AMU', skills: ['N4'] })).toBeNull();
  });

  test('[TEL-08] who is on the line beside the caller: colleagues by name, services by what they are, nobody who left or rings', () => {
    const call = { legs: [
      leg(1, { agent: 'me', agentName: 'Léa', level: 'N1' }), leg(2, { agent: 'dr', agentName: 'Dr Roy', level: 'MRU' }), leg(3, { party: 'sis' }),
      leg(4, { party: 'cap', endedAt: '2026-01-13T08:01:00Z' }), leg(5, { agent: 'x', answeredAt: null }),
    ] } as unknown as Call;
    expect(peopleOn(call, 'me')).toEqual([
      { leg: 1, label: 'Léa, N1', mine: true, mayDrop: false }, { leg: 2, label: 'Dr Roy, MRU', mine: false, mayDrop: false },
      { leg: 3, label: 'SIS', mine: false, mayDrop: true },
    ]);
  });

  test('[TEL-07] one key turns the post on and off; during a call the pause comes after it', () => {
    expect(toggleOf('available')).toEqual({ to: 'pause', label: 'Pause' });
    expect(toggleOf('in-call')).toEqual({ to: 'pause', label: 'Pause après l’appel' });
    expect(toggleOf('wrap-up').to).toBe('available');
    expect(toggleOf('pause').to).toBe('available');
    expect(isAtPost(null)).toBe(false);
    expect(isAtPost({ state: 'offline' } as Agent)).toBe(false);
  });

  test('[TEL-14] a call is never transferred to the level it is on', () => {
    expect(transferLevels('AMU')).toEqual(['SNP', 'MRU', 'MRG', 'SPE', 'N1']);
  });

  test('[TEL-05] how long a queue is, in words', () => {
    expect(loadWords({ waiting: 0, longestWaitSeconds: 0, ready: [] })).toBe('personne n’attend, aucun prêt');
    expect(loadWords({ waiting: 3, longestWaitSeconds: 80, ready: [{ accountId: 'a', name: 'A' }] })).toBe('3 attendent, 1:20, 1 prêt');
  });

  test('[NFR-02] digits are those of the keyboard, whatever they write on it', () => {
    const press = (key: string, code: string, more = {}) => digitOf({ key, code, ctrlKey: false, metaKey: false, ...more });
    expect(press('&', 'Digit1')).toBe(1);
    expect(press('3', 'Numpad3')).toBe(3);
    expect(press('7', '')).toBe(7);
    expect(press('a', 'KeyQ')).toBeNull();
    expect(press('1', 'Digit1', { ctrlKey: true })).toBeNull();
  });
});
