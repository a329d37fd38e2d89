import { describe, expect, test } from 'vitest';
import type { Agent } from '../../../telephony/contract.ts';
import { inQueues, keepers, type Line, mine, nextChange, QUEUES, receivers, writtenComments } from './handover-model.ts';

const line = (id: string, owner: string | null) => ({ id, owner: owner && { accountId: owner, name: `Nom ${owner}` } }) as Line;
const agent = (accountId: string, level: Agent['level'], state: Agent['state'] = 'available') => ({ accountId, name: `Nom ${accountId}`, level, state }) as Agent;

describe('handover', () => {
  test('[PDSA-05] what I have in hand is mine to pass on; what waits in a queue is nobody’s to sign', () => {
    const dossiers = [line('1', 'a'), line('2', null), line('3', 'b'), line('4', 'a')];
    expect(mine(dossiers, 'a').map(({ id }) => id)).toEqual(['1', '4']);
    expect(inQueues(dossiers)).toBe(1);
    const signedBy = [{ name: 'Nom b', at: '2026-01-13T19:00:00Z', to: 'x', count: 2, comment: '' }];
    expect(keepers({ dossiers, signedBy })).toEqual([{ name: 'Nom a', count: 2, signedAt: null }, { name: 'Nom b', count: 1, signedAt: '2026-01-13T19:00:00Z' }]);
  });

  test('[PDSA-05] the receiver is somebody at his post, of my level first, never me; else the queues', () => {
    const agents = [agent('z', 'MRG'), agent('me', 'MRG'), agent('arm', 'AMU'), agent('gone', 'MRG', 'offline')];
    expect(receivers(agents, 'me').map(({ value }) => value)).toEqual(['z', 'arm', QUEUES]);
    expect(receivers([], 'me').map(({ value }) => value)).toEqual([QUEUES]);
  });

  test('[PDSA-05] the next passage from SAS to PDSA hours is told', () => {
    const period = (from: string, to: string, local: 'SAS' | 'PDSA') => ({ from: `2026-01-13T${from}:00Z`, to: `2026-01-13T${to}:00Z`, local, regulatory: local, reason: null });
    const periods = [period('19:00', '23:00', 'PDSA'), period('07:00', '12:00', 'SAS'), period('12:00', '19:00', 'SAS')];
    expect(nextChange(periods, Temporal.Instant.from('2026-01-13T09:00:00Z'))).toEqual({ at: '2026-01-13T19:00:00Z', to: 'PDSA' });
    expect(nextChange(periods, Temporal.Instant.from('2026-01-13T20:00:00Z'))).toBeNull();
    expect(nextChange([], Temporal.Instant.from('2026-01-13T20:00:00Z'))).toBeNull();
  });

  test('[REG-03] only comments that say something, on dossiers still in hand, are sent', () => {
    expect(writtenComments({ 1: ' rappeler ', 2: '  ', 9: 'parti' }, [line('1', 'a'), line('2', 'a')])).toEqual({ 1: 'rappeler' });
  });
});
