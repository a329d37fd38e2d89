import { describe, expect, test } from 'vitest';
import type { Agent } from '../../contract.ts';
import type { Board } from '../words.ts';
import { firstAlert, freeAgents, isStale, rowState } from './wallboard-model.ts';

const agents = (...states: Agent['state'][]) => states.map((state) => ({ state })) as Agent[];
const alert = (code: string, since: string) => ({ code, since, level: null, message: code }) as Board['alerts'][number];

describe('wallboard', () => {
  test('[DASH-07] says that it is out of date, cut off or simply old', () => {
    expect([isStale(3, true), isStale(16, true), isStale(0, false)]).toEqual([false, true, true]);
  });

  test('[DASH-07] a row stands out when somebody waits too long, or when nobody is there', () => {
    expect(rowState({ waiting: 1, agents: agents('in-call') }, 30)).toBe('late');
    expect(rowState({ waiting: 1, agents: agents('in-call') }, 29)).toBe('calm');
    expect(rowState({ waiting: 0, agents: agents('offline') }, 0)).toBe('alone');
    expect(freeAgents({ agents: agents('available', 'pause', 'available', 'in-call') })).toBe(2);
  });

  test('[TEL-18] the gravest alert is on the wall: link, then P0, then the oldest', () => {
    expect(firstAlert({ alerts: [] })).toBeNull();
    expect(firstAlert({ alerts: [alert('qs30', '1'), alert('p0', '3'), alert('waiting', '0')] })).toMatchObject({ alert: { code: 'p0' }, more: 2 });
    expect(firstAlert({ alerts: [alert('qs30', '2'), alert('waiting', '1')] })?.alert.code).toBe('waiting');
    expect(firstAlert({ alerts: [alert('p0', '1'), alert('link-down', '2')] })?.alert.code).toBe('link-down');
  });
});
