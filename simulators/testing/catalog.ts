import type { CatalogInput } from '../editors/catalog.ts';

const place = (internalId: string, id: string | null, phone: string | null = '05 49 00 00 01') => ({
  id, internalId, name: `Cabinet ${internalId}`, line: '1 rue des Essais', city: 'Poitiers', postcode: '86000', phone, lat: 46.58, lon: 0.34,
});
const generalist = [{ code: 'SM54', label: 'Médecine générale' }];
const person = (nationalId: string, lastName: string) => ({ nationalId, lastName, firstName: 'Ada', specialties: generalist, cpts: [] });
const slot = (start: string, where = 'a', more: object = {}) => ({
  place: where, start: `2026-10-14T${start}:00+02:00`, minutes: 20, types: ['PUBLIC' as const, 'SNP' as const], modalities: ['AMB' as const], ...more,
});
const cptsNord = { finess: '860000101', name: 'CPTS du Nord Vienne', phone: '05 49 00 00 11' };
const cptsSud = { finess: '1860000102', name: 'CPTS du Sud Vienne', phone: null };

/** The instant of the tests, a Wednesday in summer time, 08:00 in Poitiers. */
export const testNow = '2026-10-14T08:00:00+02:00';
/** The end of the window that the platform asks for at that instant. */
export const testEnd = '2026-10-16T23:59:59+02:00';

/** Practitioners made for the checks of the national guide, one by one. */
export const testCatalog: CatalogInput = {
  practitioners: [
    { ...person('810000000011', 'Unlieu'), places: [place('a', '1860000001')], slots: [slot('09:00'), slot('09:20'), slot('14:00')] },
    { ...person('810000000022', 'Deuxlieux'), places: [place('a', '1860000001'), place('b', null)], slots: [slot('09:00'), slot('15:00', 'b')] },
    { ...person('810000000033', 'Trois'), places: [place('a', '1860000001')], slots: [slot('10:00')] },
    { ...person('810000000044', 'Quatre'), places: [place('a', '1860000001')], slots: [slot('10:20')] },
    { ...person('810000000055', 'Sanscreneau'), places: [place('a', '1860000001')], slots: [] },
    // Stored without prefixes, with a phone as people write it, then without any phone.
    { ...person('10000000066', 'Brut'), places: [place('a', '860000002', '01 02 03 04 05'), place('c', '12345678900017', '0033102030405')], slots: [slot('09:00'), slot('11:00', 'c')] },
    { ...person('810000000077', 'Muet'), places: [place('a', null, null)], slots: [slot('09:00')] },
    {
      ...person('810000000088', 'Riche'),
      specialties: [...generalist, { code: null, label: 'Médecine du sport' }],
      places: [place('a', '1860000001')],
      slots: [slot('09:00', 'a', { types: ['PUBLIC', 'PRO'], modalities: ['AMB', 'VR'], reasons: ['Suivi', 'Renouvellement'] })],
    },
    {
      ...person('810000000099', 'Reserve'), places: [place('a', '1860000001')],
      slots: [slot('07:00'), slot('09:00', 'a', { state: 'own-patients' }), slot('09:20', 'a', { state: 'busy' }), slot('09:40')],
    },
    {
      ...person('810000000110', 'Territoire'), cpts: [cptsNord, cptsSud], places: [place('a', '1860000001')],
      slots: [slot('09:00', 'a', { types: ['CPTS'] }), slot('09:20', 'a', { types: ['CPTS'], cpts: ['860000101'] })],
    },
    {
      ...person('810000000121', 'Mixte'), cpts: [cptsNord], places: [place('a', '1860000001')],
      slots: [slot('09:00', 'a', { types: ['PUBLIC', 'CPTS'] }), slot('09:20')],
    },
  ],
  associations: [
    {
      siret: '12345678900025', name: 'SOS Médecins de la Vienne',
      places: [
        { internalId: 'pfg-1', name: 'Centre de consultation nord', line: '2 rue des Essais', city: 'Poitiers', postcode: '86000', phone: '05 49 00 00 21', hours: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], opens: '08:00', closes: '23:00' }] },
        { internalId: 'pfg-2', name: 'Centre de consultation sud', line: '3 rue des Essais', city: 'Vivonne', postcode: '86370', phone: null, hours: [{ days: ['wed', 'thu', 'fri'], opens: '10:00', closes: '20:00' }] },
      ],
      doctors: [{ nationalId: '810000000132', lastName: 'Garde', firstName: 'Lou' }],
    },
  ],
};
