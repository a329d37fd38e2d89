import type { CharterLevel } from '../../src/platform/orientation/contract.ts';
import type { Territory } from '../../src/territory/contract.ts';
import type { DemoCommune } from './communes.ts';

const metropole = { timeZone: 'Europe/Paris', holidaySet: 'metropole', launchedOn: null, status: 'LANCE' } as const;

/**
 * SAS 86 and what shows that territories differ (NFR-04): neighbours, a département in two, two départements in one,
 * other holidays, another time zone. Radii are those of the national table.
 */
export const territories: readonly Territory[] = [
  { ...metropole, code: '86', name: 'SAS 86 – Vienne', departments: ['86'], radiusKm: 20, launchedOn: '2021-03-01', status: 'NOMINAL' },
  { ...metropole, code: '79', name: 'SAS 79 – Deux-Sèvres', departments: ['79'], radiusKm: 30 },
  { ...metropole, code: '16', name: 'SAS 16 – Charente', departments: ['16'], radiusKm: 30 },
  { ...metropole, code: '64A', name: 'SAS 64A – Pays basque', departments: ['64'], radiusKm: 20 },
  { ...metropole, code: '64B', name: 'SAS 64B – Béarn', departments: ['64'], radiusKm: 20 },
  { ...metropole, code: '21-58', name: 'SAS 21-58 – Côte-d’Or et Nièvre', departments: ['21', '58'], radiusKm: 20 },
  { ...metropole, code: '67', name: 'SAS 67 – Bas-Rhin', departments: ['67'], holidaySet: 'alsace-moselle', radiusKm: 10 },
  {
    ...metropole, code: '971', name: 'SAS 971 – Guadeloupe', departments: ['971'], timeZone: 'America/Guadeloupe',
    holidaySet: 'guadeloupe', radiusKm: 10,
  },
];

/** The arrondissement of Bayonne is 64A; those of Oloron and Pau are 64B. */
export const territoryCommunes = (communes: readonly DemoCommune[]) =>
  communes
    .filter((commune) => commune.department === '64')
    .map(({ insee, arrondissement }) => ({ territory: arrondissement === '641' ? '64A' : '64B', insee }));

/** Charte d'adressage of SAS 86. */
export const charter: readonly CharterLevel[] = [
  { name: 'Effecteurs participants de la commune', match: { participating: true, sameCommune: true, via: ['individual', 'cpts', 'msp', 'cds'] } },
  { name: 'MSP et centres de santé proches', match: { structureKinds: ['MSP', 'CDS'], withinKm: 15 } },
  { name: 'Effecteurs via leur CPTS', match: { via: ['cpts'] } },
  { name: 'SOS Médecins', match: { structureKinds: ['SOS'] } },
  { name: 'Autres effecteurs participants', match: { participating: true } },
  { name: 'Autres professionnels', match: {} },
];
