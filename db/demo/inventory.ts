import type { AgendaModel, InventorySource } from '../../src/platform/directory/contract.ts';
import type { World } from './model.ts';
import { createRandom, type Random, uuidOf } from './random.ts';

/** Softwares of a practice that no vendor of the demonstration stands for. Invented. */
const practiceSoftwares = ['CabinetPlus', 'MédiLog', 'AxiSoins'];
const listSources = ['URPS', 'CDOM', 'AM', 'ARS'] as const;
const UPDATED_BY = 'demonstration';

/** What the lists say of the general practitioners: three in four are on one, one participant in two has signed. */
export function demoInventory(world: World, stamp: string): object[] {
  const random = createRandom(world.seed, 'inventory');
  const taking = new Set(world.participations.map(({ nationalId }) => nationalId));
  const doctors = [...new Set(world.activities.filter(({ specialty }) => specialty === 'SM54').map(({ nationalId }) => nationalId))];
  return doctors.filter((nationalId) => taking.has(nationalId) || random.chance(0.7)).map((nationalId) => {
    const participates = taking.has(nationalId);
    const signed = participates && random.chance(0.55);
    return {
      territory: '86', nationalId, sources: sourcesOf(random), ...softwareOf(world, random, nationalId),
      convention: signed ? 'signee' : participates ? 'proposee' : null, conventionSince: signed ? '2023-06-01' : null, updatedAt: stamp, updatedBy: UPDATED_BY,
    };
  });
}

function sourcesOf(random: Random): InventorySource[] {
  const sources = listSources.filter((source) => random.chance(source === 'URPS' ? 0.6 : 0.3));
  return sources.length > 0 ? sources : ['URPS'];
}

function softwareOf(world: World, random: Random, nationalId: string): { agenda: AgendaModel | null; software: string | null } {
  const source = world.agendas.get(nationalId);
  if (source && source !== 'platform') return { agenda: random.chance(0.3) ? 'lgc-connecte' : 'en-ligne', software: source };
  if (random.chance(0.3)) return { agenda: 'papier', software: null };
  return random.chance(0.8) ? { agenda: 'lgc', software: practiceSoftwares[random.int(0, practiceSoftwares.length - 1)]! } : { agenda: null, software: null };
}

/** What the departmental commission said of the two centres. */
export function demoOpinions(world: World, stamp: string): object[] {
  const [first, second] = world.structures.filter(({ kind }) => kind === 'CSNP');
  return [
    { structureId: first!.id, status: 'favorable', givenOn: '2024-11-14', author: UPDATED_BY, at: stamp },
    { structureId: first!.id, status: 'autorisee', givenOn: '2025-01-20', author: UPDATED_BY, at: stamp },
    { structureId: second!.id, status: 'demandee', givenOn: '2025-09-30', author: UPDATED_BY, at: stamp },
  ];
}

/** Tools of a profession used here that do not speak with the platform (AGR-17): one due soon, one late, one that complied. */
export function demoLocalTools(world: World, now: Temporal.Instant): object[] {
  const today = now.toZonedDateTimeISO('Europe/Paris').toPlainDate();
  const tool = (name: string, usedBy: string, registeredMonthsAgo: number, complied = false) => {
    const registered = today.subtract({ months: registeredMonthsAgo });
    return {
      id: uuidOf(world.seed, `local-tool/${name}`), territory: '86', name, usedBy, registeredOn: registered.toString(), dueOn: registered.add({ months: 24 }).toString(),
      compliantOn: complied ? today.subtract({ months: 1 }).toString() : null, author: UPDATED_BY,
    };
  };
  return [tool('PlanningGarde', 'médecins de garde du Nord-Vienne', 22), tool('AgendaSage', 'sages-femmes libérales', 26), tool('KinéRendez-vous', 'kinésithérapeutes', 18, true)];
}
