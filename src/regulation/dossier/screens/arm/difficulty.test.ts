import { expect, test } from 'vitest';
import { difficultyLabels } from '../../contract.ts';
import { communicationDifficulties } from '../../domain/codes.ts';
import { callerSchema } from '../../domain/fields.ts';
import { channelOf } from './difficulty.ts';

test('[TEL-24] a difficulty is a national code, said in words; free text is refused', () => {
  expect(communicationDifficulties).toEqual(['AUCUNE', 'MUET', 'VISION', 'LANGUE', 'PANIQUE', 'HOSTILE', 'AGITE', 'AUTRE', 'IMPOSS']);
  for (const difficulty of communicationDifficulties) {
    expect(callerSchema.parse({ difficulty }).difficulty).toBe(difficulty);
    expect(difficultyLabels[difficulty]).not.toBe('');
  }
  expect(callerSchema.parse({}).difficulty).toBeNull();
  expect(callerSchema.safeParse({ difficulty: 'langue étrangère' }).success).toBe(false);
});

test('[TEL-24] the right channel: an interpreter for a language, the 114 for who cannot hear or speak, none for the others', () => {
  expect(channelOf('LANGUE')).toMatchObject({ label: 'Ajouter un interprète', start: { party: 'interprete' } });
  expect(channelOf('MUET')).toMatchObject({ label: 'Passer par le 114', start: { number: '114' } });
  expect(channelOf('MUET')!.how).toContain('SMS');
  expect([null, 'AUCUNE', 'PANIQUE', 'IMPOSS'].map((one) => channelOf(one as never))).toEqual([null, null, null, null]);
});
