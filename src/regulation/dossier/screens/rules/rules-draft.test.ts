import { describe, expect, test } from 'vitest';
import { defaultRules, isSpecialised } from '../../domain/rules.ts';
import { filieres } from '../../domain/codes.ts';
import { changesInWords, filiereProblem, settingsOf, specialised } from './rules-draft.ts';

describe('règlement intérieur and filières', () => {
  test('[FIL-01] every specialised filière can be set, the base services cannot', () => {
    expect([...specialised].sort()).toEqual(filieres.filter(isSpecialised).toSorted());
    expect(settingsOf([], 'PSY', 'Psychiatrie')).toEqual({ filiere: 'PSY', active: false, label: 'Psychiatrie', scheme: '', hours: [], open: false });
  });

  test('[FIL-01, FIL-02] a filière opens with its scheme only, and is written down closed without one', () => {
    const filiere = { active: false, label: 'Psychiatrie', scheme: '', hours: [] };
    expect(filiereProblem(filiere)).toBeNull();
    expect(filiereProblem({ ...filiere, active: true })).toMatch(/schéma/);
    expect(filiereProblem({ ...filiere, active: true, scheme: 'Un IDE de 8 h à 20 h, un psychiatre d’astreinte' })).toBeNull();
    expect(filiereProblem({ ...filiere, hours: [{ day: 1, from: '08:00', to: '' }] })).toMatch(/heures/);
    expect(filiereProblem({ ...filiere, label: ' ' })).toMatch(/nom/);
  });

  test('[REG-26] whoever approves reads what changes, and nothing else', () => {
    expect(changesInWords(defaultRules, defaultRules)).toEqual([]);
    expect(changesInWords(defaultRules, { ...defaultRules, quietMinutes: 20, p0: { ...defaultRules.p0, alertSeconds: 15 } })).toEqual(['Alerte d’un P0 sans médecin : 10 s → 15 s', 'Dossier achevé de lui-même : 10 min → 20 min']);
  });
});
