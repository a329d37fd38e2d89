import type { DemoCommune } from './communes.ts';
import { Geography } from './geography.ts';
import { nationalId, phone, rpps, siret } from './identifiers.ts';
import type { DemoActivity, DemoMember, DemoPlace, DemoProfessional, DemoStructure, World } from './model.ts';
import { createNames, type PersonName } from './names.ts';
import { createRandom, type Random } from './random.ts';
import { addressId } from './structures.ts';

/** A trade: its codes in the national nomenclatures, how many of them, how many share an office at most. */
interface Trade {
  readonly professionCode: string;
  readonly profession: string;
  readonly specialty: string;
  readonly specialtyLabel: string;
  readonly civility: 'DR' | null;
  readonly office: string;
  readonly count: number;
  readonly together: number;
}

const doctor = { professionCode: '10', profession: 'Médecin', civility: 'DR', office: 'Cabinet médical' } as const;

const generalPractitioner: Trade = { ...doctor, specialty: 'SM54', specialtyLabel: 'Médecine Générale', count: 380, together: 4 };

const otherTrades: readonly Trade[] = [
  { ...doctor, specialty: 'SM40', specialtyLabel: 'Pédiatrie', count: 14, together: 2 },
  { ...doctor, specialty: 'SM42', specialtyLabel: 'Psychiatrie', count: 16, together: 2 },
  { professionCode: '40', profession: 'Chirurgien-Dentiste', specialty: 'PRO:40', specialtyLabel: 'Chirurgien-Dentiste', civility: 'DR', office: 'Cabinet dentaire', count: 60, together: 3 },
  { professionCode: '50', profession: 'Sage-Femme', specialty: 'PRO:50', specialtyLabel: 'Sage-Femme', civility: null, office: 'Cabinet de sages-femmes', count: 24, together: 2 },
  { professionCode: '60', profession: 'Infirmier', specialty: 'PRO:60', specialtyLabel: 'Infirmier', civility: null, office: 'Cabinet infirmier', count: 90, together: 4 },
  { professionCode: '70', profession: 'Masseur-Kinésithérapeute', specialty: 'PRO:70', specialtyLabel: 'Masseur-Kinésithérapeute', civility: null, office: 'Cabinet de kinésithérapie', count: 70, together: 3 },
];

type Professionals = Pick<World, 'professionals' | 'places' | 'activities' | 'members'>;

/** Numbers below are those of the structures. */
const FIRST_PHONE = 500;
const GP_IN_MSP = 4;
const SALARIED_GPS = [3, 3, 3, 2];
const SOS_DOCTORS = 8;

class Builder {
  readonly professionals: DemoProfessional[] = [];
  readonly places: DemoPlace[] = [];
  readonly activities: DemoActivity[] = [];
  readonly members: DemoMember[] = [];
  readonly #geography: Geography;
  readonly #random: Random;
  readonly #name: () => PersonName;

  constructor(seed: number, communes: readonly DemoCommune[]) {
    this.#geography = new Geography(communes);
    this.#random = createRandom(seed, 'professionals');
    this.#name = createNames(createRandom(seed, 'names'));
  }

  person(trade: Trade): DemoProfessional {
    const civility = trade.civility ?? this.#random.pick(['MME', 'M']);
    const { professionCode, profession } = trade;
    const professional = { nationalId: nationalId(this.professionals.length + 1), civility, ...this.#name(), professionCode, profession };
    this.professionals.push(professional);
    return professional;
  }

  practises(person: DemoProfessional, trade: Trade, placeId: string, mode: 'L' | 'S' = 'L'): void {
    const { specialty, specialtyLabel } = trade;
    this.activities.push({ nationalId: person.nationalId, placeId, specialty, specialtyLabel, mode });
  }

  /** People of the trade who work in a structure and belong to it. */
  staff(structure: DemoStructure, placeIds: readonly string[], count: number, mode: 'L' | 'S'): void {
    for (let index = 0; index < count; index++) {
      const person = this.person(generalPractitioner);
      for (const placeId of placeIds) this.practises(person, generalPractitioner, placeId, mode);
      this.members.push({ structureId: structure.id, nationalId: person.nationalId });
    }
  }

  /** `count` people of the trade in offices of their own; one in twelve also works in a second one. */
  offices(trade: Trade, count: number): void {
    const places: DemoPlace[] = [];
    for (let left = count; left > 0; ) {
      const size = Math.min(left, this.#random.int(1, trade.together));
      const people = Array.from({ length: size }, () => this.person(trade));
      const place = this.#office(trade, people);
      places.push(place);
      for (const person of people) {
        this.practises(person, trade, place.id);
        const second = this.#random.pick(places);
        if (second !== place && this.#random.chance(1 / 12)) this.practises(person, trade, second.id);
      }
      left -= size;
    }
    this.places.push(...places);
  }

  #office(trade: Trade, people: readonly DemoProfessional[]): DemoPlace {
    const [first] = people;
    const number = this.places.length + this.professionals.length;
    const where = this.#geography.address(this.#random, this.#geography.someTown(this.#random));
    const company = siret(number);
    // Published directories know a liberal office by its SIRET, by the rank of a doctor's practice, or not at all.
    const id = this.#random.pick([`3${company}`, `3${company}`, `4${rpps(number)}001`, addressId(where)]);
    return {
      id,
      name: people.length === 1 ? `Cabinet de ${first!.firstName} ${first!.lastName}` : `${trade.office} ${where.address.replace(/^\d+ /, '')}`,
      ...where,
      phone: phone(FIRST_PHONE + number),
      finess: null,
      siret: id === `3${company}` ? company : null,
    };
  }
}

/** 380 general practitioners (MSP, salaried, SOS Médecins, offices), and other professions. CPTS members come with participation. */
export function generateProfessionals(
  seed: number,
  communes: readonly DemoCommune[],
  { structures, structurePlaces }: Pick<World, 'structures' | 'structurePlaces'>,
): Professionals {
  const build = new Builder(seed, communes);
  const placesOf = (structure: DemoStructure) =>
    structurePlaces.filter(({ structureId }) => structureId === structure.id).map(({ placeId }) => placeId);
  const ofKind = (kind: string) => structures.filter((structure) => structure.kind === kind);

  const [sos] = ofKind('SOS');
  build.staff(sos!, placesOf(sos!), SOS_DOCTORS, 'L');
  ofKind('CDS').forEach((centre, index) => build.staff(centre, placesOf(centre), SALARIED_GPS[index]!, 'S'));
  for (const msp of ofKind('MSP')) build.staff(msp, placesOf(msp), GP_IN_MSP, 'L');
  build.offices(generalPractitioner, generalPractitioner.count - build.professionals.length);
  for (const trade of otherTrades) build.offices(trade, trade.count);
  return { professionals: build.professionals, places: build.places, activities: build.activities, members: build.members };
}
