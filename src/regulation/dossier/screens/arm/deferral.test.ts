import { expect, test } from 'vitest';
import { deferralOf, toDoctors } from './deferral.ts';

const held = { priority: 'P3', step: 'EN_COURS_N2', possible: ['send-to-doctor'] } as const;

test('[REG-26] a call-back is agreed for a P3 only; a dossier in hand joins the doctors first, once the caller has hung up', () => {
  expect(deferralOf({ ...held, possible: [...held.possible] }, false)).toBe('possible');
  expect(deferralOf({ ...held, possible: [...held.possible] }, true)).toBe('on-line');
  expect(toDoctors({ ...held, possible: [...held.possible] })).toEqual([{ kind: 'act', action: 'send-to-doctor', body: {} }]);
  const waiting = { priority: 'P3' as const, step: 'ATTENTE_MR' as const, possible: ['defer'] };
  expect([deferralOf(waiting, true), toDoctors(waiting)]).toEqual(['possible', []]);
  expect(deferralOf({ ...waiting, priority: 'P2' }, false)).toBeNull();
  expect(deferralOf({ ...held, priority: 'P2', possible: ['send-to-doctor'] }, false)).toBeNull();
});
