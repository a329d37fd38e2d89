import { createHash } from 'node:crypto';
import type { StructureKind } from '../../src/platform/directory/contract.ts';
import { normaliseName } from '../../src/territory/server/index.ts';
import type { DemoCommune } from './communes.ts';
import { Geography, nearestCentre } from './geography.ts';
import { finess, phone, siret } from './identifiers.ts';
import type { DemoAddress, DemoPlace, DemoStructure, OpenHours, World } from './model.ts';
import { createRandom, type Random } from './random.ts';

const hours = (days: readonly number[], from: string, to: string): OpenHours[] => days.map((day) => ({ day, from, to }));
const weekdays = hours([1, 2, 3, 4, 5], '08:00', '20:00');
const always = hours([1, 2, 3, 4, 5, 6, 7], '00:00', '23:59');
const outOfOffice = [...hours([1, 2, 3, 4, 5], '20:00', '23:59'), ...hours([6], '12:00', '23:59'), ...hours([7], '08:00', '23:59')];

/** They answer requests en sus in their web inbox; the others are phoned. */
const asksByWeb: ReadonlySet<StructureKind> = new Set(['CPTS', 'MSP', 'CDS']);

/** When the structures were identified to the SAS (ANN-11). */
const IDENTIFIED_AT = '2022-09-05T08:00:00Z';

const mspNames = ['du Clain', 'des Deux Rivières', 'de la Plaine', 'du Bois Joli', 'des Trois Moulins', 'de la Vallée', 'du Grand Chêne',
  'des Coteaux', 'de la Forêt', 'du Vieux Château', 'des Sources', 'du Pas de Saint-Jacques', 'de la Gartempe', 'des Terres Blanches'];
const pharmacyNames = ['du Marché', 'de la Gare', 'des Halles', 'du Pont', 'Centrale', 'de la Mairie', 'des Tilleuls', 'du Centre',
  'du Château', 'de la Place', 'des Remparts', 'de l’Hôtel de Ville', 'du Beffroi', 'des Jardins', 'de la Fontaine', 'du Lavoir', 'des Écoles'];

type Structures = Pick<World, 'structures' | 'places' | 'structurePlaces' | 'zones'>;

/** An address without national id is known by its own words, as the import of the directory does. */
export const addressId = ({ address, postcode, insee }: DemoAddress): string =>
  `adr:${createHash('sha256').update([normaliseName(address), postcode, insee].join('|')).digest('base64url').slice(0, 22)}`;

class Builder {
  readonly structures: DemoStructure[] = [];
  readonly places: DemoPlace[] = [];
  readonly structurePlaces: { structureId: string; placeId: string; name: string }[] = [];
  readonly #random: Random;
  readonly #geography: Geography;

  constructor(random: Random, geography: Geography) {
    this.#random = random;
    this.#geography = geography;
  }

  /** Adds a structure keyed by its FINESS, or by the id given. Structures solicited by the SAS are identified to it. */
  add(kind: StructureKind, name: string, town: string, more: Partial<DemoStructure> = {}): DemoStructure {
    const number = phone(this.structures.length);
    const structure: DemoStructure = {
      id: `1${finess(this.structures.length)}`,
      kind,
      name,
      ...this.#geography.address(this.#random, this.#geography.town(town)),
      phone: number,
      contactChannel: asksByWeb.has(kind) ? 'web' : 'phone',
      contact: number,
      hours: weekdays,
      identifiedAt: IDENTIFIED_AT,
      coordinated: null,
      ...more,
    };
    this.structures.push(structure);
    return structure;
  }

  /** Makes the structure's own address a place of practice. */
  receives(structure: DemoStructure): void {
    const { id, name, address, postcode, city, insee, lat, lon } = structure;
    this.addPlace(structure, { id, name, address, postcode, city, insee, lat, lon, phone: structure.phone, finess: id.slice(1), siret: null });
  }

  addPlace(structure: DemoStructure, place: DemoPlace): void {
    this.places.push(place);
    this.structurePlaces.push({ structureId: structure.id, placeId: place.id, name: place.name });
  }
}

/** The structures of §8.1: 5 CPTS, 14 MSP, 4 CDS, SOS Médecins and a young association that has declared nothing yet, 2 CSNP, 3 SU, the CHU, MMG and 34 pharmacies. */
export function generateStructures(seed: number, communes: readonly DemoCommune[]): Structures {
  const random = createRandom(seed, 'structures');
  const geography = new Geography(communes);
  const build = new Builder(random, geography);
  const towns = geography.largest(40).map((town) => town.name);

  const cpts = ['Poitiers', 'Châtellerault', 'Loudun', 'Montmorillon', 'Civray'].map((town) => build.add('CPTS', `CPTS fictive de ${town}`, town, { hours: always }));
  const zones = nearestCentre(communes, cpts).map(({ insee, centre }) => ({ structureId: cpts[centre]!.id, insee }));

  mspNames.forEach((name, index) => {
    // The last one is not identified to the SAS yet: it may not be solicited.
    const unknown = index === mspNames.length - 1 ? { contactChannel: null, contact: null, identifiedAt: null } : {};
    build.receives(build.add('MSP', `MSP ${name}`, towns[2 * index + 1]!, unknown));
  });
  for (const [town, name] of [['Poitiers', 'des Couronnes'], ['Poitiers', 'du Pont Neuf'], ['Châtellerault', 'de la Manufacture'], ['Montmorillon', 'des Tanneries']] as const) {
    build.receives(build.add('CDS', `Centre de santé ${name}`, town));
  }
  addSos(build, geography, random, { rank: 0, name: 'SOS Médecins de la Vienne (fictif)', town: 'Poitiers', places: ['Point fixe Poitiers Centre', 'Point fixe Poitiers Sud'] });
  build.add('CSNP', 'Centre de soins non programmés du Clain', 'Poitiers', { coordinated: true });
  build.add('CSNP', 'Centre de soins non programmés des Remparts', 'Châtellerault', { coordinated: false, contactChannel: null, contact: null, identifiedAt: null });
  build.add('ES', 'CHU Aliénor', 'Poitiers', { hours: always });
  for (const [town, name] of [['Poitiers', 'Urgences du CHU Aliénor'], ['Châtellerault', 'Urgences du centre hospitalier du Nord-Vienne'], ['Montmorillon', 'Urgences du centre hospitalier du Sud-Est']] as const) {
    build.add('SU', name, town, { hours: always });
  }
  for (const town of ['Poitiers', 'Châtellerault', 'Loudun']) build.add('MMG', `Maison médicale de garde de ${town}`, town, { hours: outOfOffice });
  for (let index = 0; index < 34; index++) {
    const town = towns[index % 30]!;
    build.add('PHARMACIE', `Pharmacie ${pharmacyNames[index % pharmacyNames.length]} – ${town}`, town);
  }
  addSos(build, geography, random, { rank: 1, name: 'SOS Médecins de Châtellerault (fictif)', town: 'Châtellerault', places: ['Point fixe de Châtellerault'] });
  return { structures: build.structures, places: build.places, structurePlaces: build.structurePlaces, zones };
}

interface Association {
  /** Of its SIRET. */
  readonly rank: number;
  readonly name: string;
  readonly town: string;
  readonly places: readonly string[];
}

/** An association is keyed by its SIRET, its fixed points by their own. */
function addSos(build: Builder, geography: Geography, random: Random, { rank, name, town, places }: Association): void {
  const sos = build.add('SOS', name, town, { id: `3${siret(rank)}`, hours: always });
  places.forEach((place, index) => {
    const number = siret(rank, index + 2);
    build.addPlace(sos, { id: `3${number}`, name: place, ...geography.address(random, geography.town(town)), phone: sos.phone, finess: null, siret: number });
  });
}
