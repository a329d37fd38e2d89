import { expect, test } from 'vitest';
import { type Settings, statements } from '../contract.ts';
import { declarationProblems, type DeclarationContext, effectOf, mustSwear, statementFor } from './declaration.ts';

const settings: Settings = {
  participates: true, via: 'individual', viaStructureId: null, placeIds: [], enSus: true, usesEditor: true, upload: true, contact: '0549000011', note: null,
  preferredHours: [], caps: { halfDay: null, week: null }, shown: ['contact', 'note', 'hours'], reorientation: false, takesAll: false, statement: null,
};
const context: DeclarationContext = {
  subject: 'professional', kind: null, salariedOnly: false, placeIds: ['p1', 'p2'],
  choices: [{ id: 'cpts-1', via: 'cpts' }, { id: 'sos-1', via: 'sos' }, { id: 'msp-1', via: 'msp' }], findPatientWords: () => null,
};
const wrong = (change: Partial<Settings>, around: Partial<DeclarationContext> = {}) =>
  declarationProblems({ ...settings, ...change }, { ...context, ...around }).map(({ path }) => path);

test('[PART-01] [PART-05] a doctor takes part alone, or through a structure that he selects; the centre declares for its own', () => {
  expect(wrong({})).toEqual([]);
  expect(wrong({ via: 'sos', viaStructureId: 'sos-1' })).toEqual([]);
  expect(wrong({ via: 'sos', viaStructureId: 'msp-1' })).toEqual(['viaStructureId']);
  expect(wrong({ via: 'sos', viaStructureId: null })).toEqual(['viaStructureId']);
  expect(wrong({ viaStructureId: 'msp-1' })).toEqual(['viaStructureId']);
  expect(wrong({ via: 'cds' })).toEqual(['via']);
  expect(wrong({}, { salariedOnly: true })).toEqual(['via']);
  expect(wrong({ participates: false, contact: null }), 'a draft may lack everything').toEqual([]);
});

test('[PART-04] through a CPTS: the CPTS, a contact and at least one of his places', () => {
  expect(wrong({ via: 'cpts', viaStructureId: 'cpts-1', placeIds: ['p1'] })).toEqual([]);
  expect(wrong({ via: 'cpts', viaStructureId: 'cpts-1', placeIds: [], contact: null })).toEqual(['contact', 'placeIds']);
  expect(wrong({ via: 'cpts', viaStructureId: 'cpts-1', placeIds: ['elsewhere'] })).toEqual(['placeIds']);
});

test("[PART-06] the 2 h are sworn wherever no vendor's slots stand for them, in the words of each one's version", () => {
  expect(mustSwear(settings, 'professional')).toBe(false);
  expect(wrong({ upload: false })).toEqual(['statement']);
  expect(wrong({ usesEditor: false, statement: 'individuel-1' })).toEqual([]);
  expect(wrong({ usesEditor: false, statement: 'sos-1' })).toEqual(['statement']);
  expect(mustSwear({ via: 'sos', usesEditor: false, upload: true }, 'professional'), 'the association commits').toBe(false);
  expect([statementFor('sos', 'structure'), statementFor('cds', 'structure'), statementFor('msp', 'structure')]).toEqual(['sos-1', 'cds-1', null]);
  expect(statements['sos-1']).toBe(
    "Je déclare sur l'honneur mettre en visibilité à minima 2 heures de disponibilité par semaine pour chaque médecin généraliste de mon association SOS Médecins sur mon agenda de la plateforme numérique SAS",
  );
});

test('[STR-03] a structure takes part for itself, in its own way, and swears for its doctors', () => {
  const structure = { subject: 'structure' as const, kind: 'sos' as const, choices: [] };
  expect(wrong({ via: 'sos', usesEditor: false, statement: 'sos-1' }, structure)).toEqual([]);
  expect(wrong({ via: 'sos', usesEditor: false }, structure)).toEqual(['statement']);
  expect(wrong({ via: 'cds', usesEditor: true }, structure)).toEqual(['via']);
});

test('[PART-13] [SEC-04] the phone is a phone, the note is checked by the function handed in', () => {
  expect(wrong({ contact: 'appelez-moi' })).toEqual(['contact']);
  expect(wrong({ contact: null })).toEqual(['contact']);
  expect(wrong({ note: 'Mme Durand' }, { findPatientWords: (text) => (text.includes('Durand') ? 'elle nomme quelqu’un' : null) })).toEqual(['note']);
  expect(wrong({ preferredHours: [{ day: 1, from: '12:00', to: '09:00' }] })).toEqual(['preferredHours']);
});

test('[PART-07] a change takes effect now or on a day to come of the territory, never in the past', () => {
  const now = Temporal.Instant.from('2026-01-13T23:30:00Z');
  const told = (from: string | null, zone = 'Europe/Paris') => {
    const effect = effectOf(from, now, zone);
    return effect === null ? null : Temporal.Instant.fromEpochMilliseconds(effect).toString();
  };
  expect(told(null)).toBe('2026-01-13T23:30:00Z');
  expect(told('2026-01-14'), 'today in Paris').toBe('2026-01-13T23:30:00Z');
  expect(told('2026-01-13'), 'yesterday in Paris').toBeNull();
  expect(told('2026-01-13', 'America/Guadeloupe'), 'still today there').toBe('2026-01-13T23:30:00Z');
  expect(told('2026-02-01')).toBe('2026-01-31T23:00:00Z');
});
