import { describe, expect, test } from 'vitest';
import type { TreeProtocol } from '../../../protocol/contract.ts';
import { letterOf, meansChoices, toggled } from './p0.ts';
import { nextStatuses } from './means.ts';
import { motives, motivesLike } from './motives.ts';
import { answeredCall } from './answered-call.ts';
import { back, pressed, standing, startOf } from './walk.ts';

const protocol = {
  id: 'p', version: 2, title: 'Chute',
  tree: {
    first: 'awake',
    questions: [
      { id: 'awake', text: 'Répond-il ?', help: '', answers: [{ key: 'o', label: 'oui', next: { outcome: 'calm' } }, { key: 'n', label: 'non', next: { outcome: 'vital' } }] },
    ],
    outcomes: [
      { id: 'calm', priority: 'P3', filiere: 'SNP', motive: { code: 'M02.06', label: 'Traumatisme bénin' }, reason: 'Conscient', means: [], advice: [] },
      { id: 'vital', priority: 'P0', filiere: 'AMU', motive: { code: 'M01.02', label: 'Altération de la conscience' }, reason: 'Ne répond pas', means: ['SMUR.VLM'], advice: [] },
    ],
  },
} as unknown as TreeProtocol;
const press = (key: string, more = {}) => ({ key, code: '', ctrlKey: false, metaKey: false, altKey: false, ...more });

describe('questions of the protocol by keys', () => {
  test('[PROT-02] a digit chooses the protocol, a key answers, Entrée keeps what comes out', () => {
    const start = pressed(press('&', { code: 'Digit1' }), [protocol], null);
    expect(start).toEqual(startOf(protocol));
    const answered = pressed(press('O'), [protocol], startOf(protocol));
    expect(answered).toMatchObject({ answers: [{ question: 'awake', answer: 'o' }] });
    expect(standing([protocol], answered as never)?.outcome).toMatchObject({ priority: 'P3', filiere: 'SNP' });
    expect(pressed(press('Enter'), [protocol], answered as never)).toBe('keep');
  });

  test('[PROT-02] Retour goes one answer back, then out of the protocol; other keys do nothing', () => {
    const walk = { ...startOf(protocol), answers: [{ question: 'awake', answer: 'n' }] };
    expect(pressed(press('Backspace'), [protocol], walk)).toEqual(startOf(protocol));
    expect(back(startOf(protocol))).toBe('none');
    expect(pressed(press('Backspace'), [protocol], null)).toBeNull();
    expect(pressed(press('x'), [protocol], startOf(protocol))).toBeNull();
    expect(pressed(press('o', { ctrlKey: true }), [protocol], startOf(protocol))).toBeNull();
    expect(pressed(press('Enter'), [protocol], startOf(protocol))).toBeNull();
  });

  test('[PROT-01] a protocol replaced meanwhile is no longer followed', () => {
    expect(standing([{ ...protocol, version: 3 }], startOf(protocol))).toBeNull();
  });
});

describe('what an assistant chooses among', () => {
  test('[PROT-05] reflex means come first, each once; a digit adds or removes one', () => {
    expect(meansChoices(['SIS.VSAV'], ['SMUR.VLM', 'SIS.VSAV']).slice(0, 2)).toEqual(['SIS.VSAV', 'SMUR.VLM']);
    expect(new Set(meansChoices([], [])).size).toBe(meansChoices([], []).length);
    expect(toggled(['A.B'], 'C.D')).toEqual(['A.B', 'C.D']);
    expect(toggled(['A.B', 'C.D'], 'A.B')).toEqual(['C.D']);
    expect(letterOf(2)).toBe('c');
  });

  test('[REG-11] a means is offered its next two steps, never a former one', () => {
    expect(nextStatuses('DECISION')).toEqual(['DECLENCHE', 'DEPART']);
    expect(nextStatuses('PEC')).toEqual(['BILAN', 'TRANSP']);
    expect(nextStatuses('REN-BASE')).toEqual([]);
    expect(nextStatuses('ANNULE')).toEqual([]);
  });

  test('[REG-05] motives are found by the beginnings of their words, without accents', () => {
    expect(motivesLike('thorac')[0]?.code).toBe('M03.06');
    expect(motivesLike('fievre infect').map(({ code }) => code)).toEqual(['M03.14']);
    expect(motivesLike('m06.02')).toHaveLength(1);
    expect(motivesLike('zzz')).toEqual([]);
    expect(new Set(motives.map(({ code }) => code)).size).toBe(motives.length);
  });

  test('[TEL-07] the desk opens the dossier of the call that is answered, not of one that rings or is over', () => {
    const call = { id: 'c' } as never;
    expect(answeredCall({ state: 'in-call', callId: 'c' } as never, call)).toBe(call);
    expect(answeredCall({ state: 'ringing', callId: 'c' } as never, call)).toBeNull();
    expect(answeredCall({ state: 'wrap-up', callId: null } as never, call)).toBeNull();
    expect(answeredCall(null, null)).toBeNull();
  });
});
