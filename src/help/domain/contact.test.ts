import { expect, test } from 'vitest';
import { after, contactActs, contactStates } from './contact.ts';

test('[FORM-10] whoever asked may only close, whoever helps takes, answers and closes; what is closed stays so', () => {
  const can = (side: 'author' | 'support') =>
    contactStates.map((state) => [state, contactActs.filter((act) => after(state, act, side) !== null)]);
  expect(can('author')).toEqual([['received', ['close']], ['taken', ['close']], ['answered', ['close']], ['closed', []]]);
  expect(can('support')).toEqual([
    ['received', ['take', 'answer', 'close']], ['taken', ['take', 'answer', 'close']], ['answered', ['answer', 'close']], ['closed', []],
  ]);
});
