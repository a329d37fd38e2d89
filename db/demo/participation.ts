import type { StructureKind } from '../../src/platform/directory/contract.ts';
import type { Via } from '../../src/platform/participation/contract.ts';
import type { AgendaSource, DemoDeclaration, DemoMember, DemoParticipation, DemoStructure, World } from './model.ts';
import { createRandom, type Random } from './random.ts';

type Known = Pick<World, 'structures' | 'places' | 'zones' | 'activities' | 'members'>;

const VIA_CPTS = 41;
const MSP_TAKING_PART = 3;
const VIA_EACH_MSP = 3;
const INDIVIDUAL = 88;

/** Everything about the general practitioners that participation depends on. */
class Doctors {
  readonly ids: string[];
  readonly #known: Known;

  constructor(known: Known) {
    this.#known = known;
    this.ids = [...new Set(known.activities.filter(({ specialty }) => specialty === 'SM54').map(({ nationalId }) => nationalId))];
  }

  ofKind(kind: StructureKind): DemoStructure[] {
    return this.#known.structures.filter((structure) => structure.kind === kind);
  }

  membersOf(structure: DemoStructure): string[] {
    return this.#known.members.filter(({ structureId }) => structureId === structure.id).map((member) => member.nationalId);
  }

  placeOf(nationalId: string) {
    const { placeId } = this.#known.activities.find((activity) => activity.nationalId === nationalId)!;
    return this.#known.places.find(({ id }) => id === placeId)!;
  }

  cptsOf(nationalId: string): DemoStructure {
    const { insee } = this.placeOf(nationalId);
    const zone = this.#known.zones.find((one) => one.insee === insee)!;
    return this.#known.structures.find(({ id }) => id === zone.structureId)!;
  }
}

/** Six liberal doctors in ten belong to the CPTS of their commune. */
function joinCpts(random: Random, doctors: Doctors, liberal: readonly string[]): DemoMember[] {
  return liberal
    .filter(() => random.chance(0.6))
    .map((nationalId) => ({ nationalId, structureId: doctors.cptsOf(nationalId).id }));
}

/** Who takes part, and how: 88 alone, 41 via a CPTS, 9 via an MSP, 8 via SOS Médecins, the association and the 4 centres de santé for their own. */
export function generateParticipation(seed: number, known: Known): Pick<World, 'participations' | 'members'> {
  const random = createRandom(seed, 'participation');
  const doctors = new Doctors(known);
  const participations: DemoParticipation[] = [];
  const through = (via: Via, structure: DemoStructure, nationalId: string, enSus: boolean) =>
    participations.push({ nationalId, structureId: null, via, viaStructureId: structure.id, enSus, contact: structure.phone });

  const [sos] = doctors.ofKind('SOS');
  for (const nationalId of doctors.membersOf(sos!)) through('sos', sos!, nationalId, true);
  for (const centre of doctors.ofKind('CDS')) {
    participations.push({ nationalId: null, structureId: centre.id, via: 'cds', viaStructureId: centre.id, enSus: true, contact: centre.phone });
  }
  for (const msp of doctors.ofKind('MSP').slice(0, MSP_TAKING_PART)) {
    for (const nationalId of doctors.membersOf(msp).slice(0, VIA_EACH_MSP)) through('msp', msp, nationalId, true);
  }

  const salaried = new Set(doctors.ofKind('CDS').flatMap((centre) => doctors.membersOf(centre)));
  const engaged = new Set(participations.map(({ nationalId }) => nationalId));
  const free = doctors.ids.filter((id) => !salaried.has(id) && !engaged.has(id));
  const members = joinCpts(random, doctors, free);
  const viaCpts = random.shuffle(members).slice(0, VIA_CPTS).map(({ nationalId }) => nationalId);
  for (const nationalId of viaCpts) through('cpts', doctors.cptsOf(nationalId), nationalId, random.chance(0.8));
  const alone = random.shuffle(free.filter((id) => !viaCpts.includes(id))).slice(0, INDIVIDUAL);
  for (const nationalId of alone) {
    const contact = doctors.placeOf(nationalId).phone;
    participations.push({ nationalId, structureId: null, via: 'individual', viaStructureId: null, enSus: random.chance(0.6), contact });
  }
  participations.push({ nationalId: null, structureId: sos!.id, via: 'sos', viaStructureId: sos!.id, enSus: true, contact: sos!.phone });
  return { participations, members };
}

const YOUNG_ASSOCIATION = 3;

/** The doctors of the second association: they practise in its town, and have declared nothing nor shown any slot. */
export function youngAssociation({ agendas, participations, ...known }: Known & Pick<World, 'agendas' | 'participations'>): DemoMember[] {
  const doctors = new Doctors(known);
  const association = doctors.ofKind('SOS')[1]!;
  const taken = new Set([...agendas.keys(), ...[...participations, ...known.members].map(({ nationalId }) => nationalId)]);
  return doctors.ids
    .filter((id) => !taken.has(id) && doctors.placeOf(id).city === association.city)
    .slice(0, YOUNG_ASSOCIATION)
    .map((nationalId) => ({ nationalId, structureId: association.id }));
}

const notes = ['Sonner deux fois, cabinet au fond de la cour', 'Parking derrière la pharmacie, entrée de plain-pied', '2e étage avec ascenseur, porte B'];

/** What each one declared besides: his software, his own phone, his places with a CPTS, sworn statement, limits. */
export function declarationsOf({ seed, participations, agendas, activities, places, professionals }: World): DemoDeclaration[] {
  const random = createRandom(seed, 'declarations');
  return participations.map((one) => {
    const own = activities.filter(({ nationalId }) => nationalId === one.nationalId).map(({ placeId }) => placeId);
    const usesEditor = (agendas.get(one.nationalId ?? one.structureId!) ?? 'platform') !== 'platform';
    const statement = usesEditor || one.via === 'sos' ? null : one.structureId ? 'cds-1' : 'individuel-1';
    const person = professionals.find(({ nationalId }) => nationalId === one.nationalId);
    const name = person ? `Dr ${person.firstName} ${person.lastName}` : 'Gestionnaire';
    return {
      ...one, usesEditor, statement, statementBy: statement && name, authorName: name,
      contact: places.find(({ id }) => id === own[0])?.phone ?? one.contact,
      placeIds: one.via === 'cpts' ? own : [],
      note: random.chance(0.3) ? random.pick(notes) : null,
      halfDayCap: random.chance(0.4) ? random.int(1, 3) : null,
      weekCap: random.chance(0.3) ? random.int(3, 10) : null,
    };
  });
}

/** How many people have each agenda, in the order of the shares; the others have none that the SAS can see. */
const shares: Record<'participants' | 'otherDoctors' | 'otherProfessions', Partial<Record<AgendaSource, number>>> = {
  participants: { platform: 46, AgendaRapide: 36, DoucLent: 24, RdvInstable: 18, PlanNegligent: 14 },
  otherDoctors: { AgendaRapide: 30, DoucLent: 24, RdvInstable: 20, PlanNegligent: 16 },
  otherProfessions: { platform: 8, AgendaRapide: 24, DoucLent: 16, RdvInstable: 12, PlanNegligent: 8 },
};

/**
 * Where everyone's free slots are found. SOS Médecins has a vendor's agenda, the centres de santé the platform's; their
 * doctors have none of their own.
 */
export function assignAgendas(
  seed: number,
  { activities, structures, participations, members }: Pick<World, 'activities' | 'structures' | 'participations' | 'members'>,
): Map<string, AgendaSource> {
  const random = createRandom(seed, 'agendas');
  const agendas = new Map<string, AgendaSource>();
  const engaged = new Set(participations.map(({ structureId }) => structureId));
  const structured = structures.filter(({ id }) => engaged.has(id));
  for (const { id, kind } of structured) agendas.set(id, kind === 'SOS' ? 'AgendaRapide' : 'platform');
  const theirs = new Set(members.filter(({ structureId }) => agendas.has(structureId)).map(({ nationalId }) => nationalId));

  const participants = new Set(participations.map(({ nationalId }) => nationalId));
  const groupOf = (nationalId: string, specialty: string): keyof typeof shares =>
    participants.has(nationalId) ? 'participants' : specialty === 'SM54' ? 'otherDoctors' : 'otherProfessions';
  const groups = Map.groupBy(
    activities.filter(({ nationalId }) => !theirs.has(nationalId)),
    ({ nationalId, specialty }) => groupOf(nationalId, specialty),
  );
  for (const [group, inGroup] of groups) {
    const people = random.shuffle([...new Set(inGroup.map(({ nationalId }) => nationalId))]);
    for (const [source, count] of Object.entries(shares[group])) {
      for (const nationalId of people.splice(0, count)) agendas.set(nationalId, source as AgendaSource);
    }
  }
  return agendas;
}
