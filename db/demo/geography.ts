import { type DemoCommune, isLocated, type LocatedCommune } from './communes.ts';
import type { DemoAddress } from './model.ts';
import { streetAddress } from './names.ts';
import type { Random } from './random.ts';

const KM_PER_DEGREE = 111.2;

/** Chooses towns in proportion to their population, and addresses inside them. */
export class Geography {
  readonly #towns: readonly LocatedCommune[];
  readonly #population: number;

  constructor(communes: readonly DemoCommune[]) {
    this.#towns = communes.filter(isLocated);
    this.#population = this.#towns.reduce((total, town) => total + town.population, 0);
  }

  /** A town, the more likely the more people live there. */
  someTown(random: Random): LocatedCommune {
    let left = random.next() * this.#population;
    return this.#towns.find((town) => (left -= town.population) < 0) ?? this.#towns[0]!;
  }

  /** @throws when no located commune has that name. */
  town(name: string): LocatedCommune {
    const town = this.#towns.find((one) => one.name === name);
    if (!town) throw new Error(`no located commune named ${name}`);
    return town;
  }

  /** The n largest towns. */
  largest(n: number): LocatedCommune[] {
    return [...this.#towns].sort((a, b) => b.population - a.population).slice(0, n);
  }

  /** An address of the town, denser near its centre: Poitiers spreads over 2.7 km, a village over some 400 m. */
  address(random: Random, town: LocatedCommune): DemoAddress {
    const reachKm = 0.15 + Math.sqrt(town.population) / 118;
    const distance = (reachKm * random.next()) / KM_PER_DEGREE;
    const angle = 2 * Math.PI * random.next();
    const round = (degrees: number) => Math.round(degrees * 1e5) / 1e5;
    return {
      address: streetAddress(random),
      postcode: town.postcode,
      city: town.name,
      insee: town.insee,
      lat: round(town.lat + distance * Math.sin(angle)),
      lon: round(town.lon + (distance * Math.cos(angle)) / Math.cos((town.lat * Math.PI) / 180)),
    };
  }
}

interface Point {
  readonly lat: number;
  readonly lon: number;
}

/** Kilometres between two near points. */
const apart = (a: Point, b: Point): number =>
  KM_PER_DEGREE * Math.hypot(a.lat - b.lat, (a.lon - b.lon) * Math.cos((a.lat * Math.PI) / 180));

const middle = (points: readonly Point[]): Point => ({
  lat: points.reduce((total, point) => total + point.lat, 0) / points.length,
  lon: points.reduce((total, point) => total + point.lon, 0) / points.length,
});

/**
 * Every commune with the index of its nearest centre. A commune without coordinates is taken where the communes of its
 * postcode are, else in the middle of its arrondissement.
 */
export function nearestCentre(communes: readonly DemoCommune[], centres: readonly Point[]): { insee: string; centre: number }[] {
  const located = communes.filter(isLocated);
  const where = (commune: DemoCommune): Point => {
    if (isLocated(commune)) return commune;
    const neighbours = located.filter((other) => other.postcode === commune.postcode);
    return middle(neighbours.length > 0 ? neighbours : located.filter((other) => other.arrondissement === commune.arrondissement));
  };
  return communes.map((commune) => {
    const distances = centres.map((centre) => apart(where(commune), centre));
    return { insee: commune.insee, centre: distances.indexOf(Math.min(...distances)) };
  });
}
