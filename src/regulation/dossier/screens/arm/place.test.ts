import { describe, expect, test } from 'vitest';
import type { Location } from '../../../../territory/contract.ts';
import type { Call } from '../../../telephony/contract.ts';
import { isElsewhere, kmBetween, knownPlace, nearestCommune, placeAsTyped, placeFrom, placeText, positionWords, streetOf } from './place.ts';

const poitiers: Location = {
  lat: 46.58, lon: 0.34, label: 'Poitiers (86000)', kind: 'commune', insee: '86194', city: 'Poitiers', postcode: '86000', department: '86', territory: '86', radiusKm: 20,
  source: 'gazetteer',
};
const phone: NonNullable<Call['position']> = { lat: 46.6, lon: 0.35, radiusM: 12, source: 'AML' };

describe('place of a call', () => {
  test('[REG-05] the street is what was typed, without the commune and the postcode that end it', () => {
    expect(streetOf('12 rue Gambetta Poitiers', 'Poitiers')).toBe('12 rue Gambetta');
    expect(streetOf('12 rue Gambetta, 86000 Poitiers', 'Poitiers')).toBe('12 rue Gambetta');
    expect(streetOf('3 allée des Prés, saint benoit', 'Saint-Benoît')).toBe('3 allée des Prés');
    expect(streetOf('12 rue de Poitiers', 'Chauvigny')).toBe('12 rue de Poitiers');
    expect(streetOf('Poitiers 86000', 'Poitiers')).toBe('');
    expect(streetOf('', 'Poitiers')).toBe('');
  });

  test('[TEL-08] [REG-05] known to its commune only, an address stands where the phone of the caller is', () => {
    expect(placeFrom(poitiers, '12 rue Gambetta poitiers', phone)).toMatchObject({ address: '12 rue Gambetta', city: 'Poitiers', insee: '86194', lat: 46.6, lon: 0.35 });
    expect(placeFrom(poitiers, '12 rue Gambetta poitiers', { ...phone, lat: 47.01 }), 'the caller is elsewhere than the patient').toMatchObject({ lat: 46.58, lon: 0.34 });
    expect(placeFrom(poitiers, 'poitiers', null)).toMatchObject({ address: '', city: 'Poitiers', lat: 46.58, lon: 0.34 });
  });

  test('[REG-05] a precise address keeps its own position', () => {
    const found: Location = { ...poitiers, kind: 'address', label: '12 Rue Gambetta 86000 Poitiers', lat: 46.581, lon: 0.341, source: 'address-service' };
    const place = placeFrom(found, '12 gambetta', phone);
    expect(place).toMatchObject({ address: '12 Rue Gambetta', city: 'Poitiers', lat: 46.581 });
    expect(placeText(place)).toBe('12 Rue Gambetta, Poitiers');
  });

  test('[REG-05] words that no list knows are kept', () => {
    expect(placeAsTyped('  derrière la grange du Breuil ', phone)).toMatchObject({ address: 'derrière la grange du Breuil', city: '', lat: 46.6 });
  });

  test('[REG-07] nothing said: the phone tells where to send, with how precisely', () => {
    expect(knownPlace(null, phone, 'Poitiers')).toMatchObject({ address: 'Position du téléphone (AML), à 12 m près', city: 'Poitiers', lat: 46.6 });
    expect(knownPlace(null, null, '')).toBeNull();
    expect(positionWords({ ...phone, source: 'cellule', radiusM: 2_140 })).toBe('cellule du réseau, à 2,1 km près');
    expect(positionWords({ ...phone, source: 'declaree', radiusM: null })).toBe('position déclarée');
  });

  test('[TEL-08] how far the phone is from the place that is said', () => {
    expect(kmBetween({ lat: 46.58, lon: 0.34 }, { lat: 46.817, lon: 0.545 })).toBeCloseTo(30.6, 0);
    expect(isElsewhere(poitiers, phone)).toBe(false);
    expect(isElsewhere(poitiers, { lat: 47.01, lon: 0.08 })).toBe(true);
  });

  test('[TEL-08] the nearest commune; the most populous of those at one place', () => {
    const at = (name: string, lat: number, lon: number, population: number | null) => ({ name, lat, lon, population });
    const communes = [at('Arçay', 47.01, 0.08, 300), at('Loudun', 47.01, 0.08, 6_000), at('Poitiers', 46.58, 0.34, 90_000)];
    expect(nearestCommune(communes, { lat: 47.02, lon: 0.09 })?.name).toBe('Loudun');
    expect(nearestCommune([], { lat: 47, lon: 0 })).toBeNull();
  });
});
