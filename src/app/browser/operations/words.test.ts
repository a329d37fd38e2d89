import { expect, test } from 'vitest';
import { channelInWords, mayGoAgain, nextOf, situationLabels, situationOf, type Message } from './words.ts';

const message: Message = {
  id: 'm', channel: 'sms', recipient: '86', state: 'pending', attempts: 0, createdAt: '2026-11-21T08:00:00Z', nextAttemptAt: '2026-11-21T08:00:01Z',
  sentAt: null, lastError: null, template: null, unserved: false, erased: false,
};

test('[INT-11] what comes next for a message is said: the next attempt, or that a person must act', () => {
  expect(nextOf(message)).toEqual({ words: 'premier essai', at: '2026-11-21T08:00:01Z' });
  expect(nextOf({ ...message, attempts: 2 }).words).toBe('essai n° 3');
  expect(nextOf({ ...message, state: 'dead', attempts: 7, nextAttemptAt: null })).toEqual({ words: 'abandonné après 7 essais', at: null });
  expect(nextOf({ ...message, state: 'acknowledged', attempts: 1, sentAt: '2026-11-21T08:00:02Z' }).at).toBe('2026-11-21T08:00:02Z');
  expect([channelInWords('lrm-appointment'), channelInWords('fax')]).toEqual(['Rendez-vous vers le logiciel de régulation', 'fax']);
});

test('[INT-08] a message kept for want of a server reads "non envoyé"; one whose recipient was erased cannot go again', () => {
  const kept = { ...message, unserved: true };
  expect([situationLabels[situationOf(kept)].label, nextOf(kept).words]).toEqual(['non envoyé', 'partira quand un serveur sera réglé']);
  const dead: Message = { ...message, state: 'dead' };
  expect([mayGoAgain(dead), mayGoAgain({ ...dead, erased: true }), mayGoAgain(kept)]).toEqual([true, false, false]);
});
