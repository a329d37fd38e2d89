import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareOrders, criteriaInWords, dateInWords, distanceInWords, eventInWords, whoOf } from './words.ts';

const ranked = (keys: readonly string[]) => keys.map((key, index) => ({ rank: index + 1, key, why: ['Tirage neutre'] }));

test('[RDV-07] an order compared with itself is the same at every rank, with another it shows where it differs', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 2 }), (keys) => {
      expect(compareOrders(ranked(keys), ranked(keys)).every(({ same }) => same)).toBe(true);
      const swapped = [keys[1]!, keys[0]!, ...keys.slice(2)];
      expect(compareOrders(ranked(keys), ranked(swapped)).filter(({ same }) => !same).map(({ rank }) => rank)).toEqual([1, 2]);
    }),
  );
  expect(compareOrders(ranked(['a']), ranked(['a', 'b']))[1]).toEqual({ rank: 2, shown: null, replayed: 'b', why: [], same: false });
});

test('[RDV-07] a key reads as a national identifier at a place', () => {
  expect(whoOf('810100000342@adr:7')).toEqual({ kind: 'professional', label: 'RPPS 10100000342', place: 'adr:7' });
  expect(whoOf('1860000001@fin:3')).toEqual({ kind: 'structure', label: 'FINESS 860000001', place: 'fin:3' });
});

test('[ANN-13] criteria are read without any patient: a commune, a rounded point, choices', () => {
  const criteria = {
    city: 'Poitiers', lat: 46.58, lon: 0.34, radiusKm: 25, specialty: 'SM54', modalities: null, from: 'a', to: 'b', enSus: false,
    participating: true, usualDoctor: 'not-given', later: 3,
  };
  expect(Object.fromEntries(criteriaInWords(criteria, (instant) => `<${instant}>`))).toEqual({
    Commune: 'Poitiers', 'Point de départ': '46.58, 0.34 (arrondi au kilomètre)', Rayon: '25 km', 'Spécialité': 'SM54', 'Modalités': 'toutes',
    'Période': '<a> → <b>', 'En sus des disponibilités': 'non', 'Participants au SAS seulement': 'oui', 'Médecin traitant': 'non donné', later: '3',
  });
});

test('[RDV-06] what happened in a search is said in words', () => {
  const words = (kind: string, payload: Record<string, unknown>) => Object.values(eventInWords({ kind, payload })).join(' | ');
  expect(words('source', { source: 'platform', status: 'ok', latencyMs: 9, slots: 1 })).toBe('L’agenda du SAS a répondu | 1 créneau en 9 ms');
  expect(words('proposed', { first: 1, last: 34, slots: [[1, 3], [2, 5]], extras: [] })).toBe('Rangs 1 à 34 proposés | 8 créneaux montrés');
  expect(words('refused', { rank: 1, key: 'k', reason: 'too-far', by: 'a' })).toBe('Candidat écarté, rang 1 | Trop loin pour le patient');
  expect(words('chosen', { rank: null, key: 'k', level: null, distanceM: null })).toBe('Candidat choisi, hors du classement | ');
  expect(words('level-skipped', { chosen: 3, levels: [1, 2] })).toBe('Niveaux passés : 1, 2 | choix au niveau 3');
  expect(words('not-proposed', { nationalId: '810100000342', structureId: null, why: 'half-day' })).toBe('Non proposé : RPPS 10100000342 | Plafond de la demi-journée atteint');
  expect(words('other', { a: 1 })).toBe('other | {"a":1}');
  expect(dateInWords('2026-11-21T22:59:00Z', 'Europe/Paris')).toBe('21 novembre 2026 à 23:59');
  expect([distanceInWords(850), distanceInWords(1_249)]).toEqual(['850 m', '1,2 km']);
});
