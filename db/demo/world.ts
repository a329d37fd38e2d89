import { type DemoCommune, readCommunes } from './communes.ts';
import type { World } from './model.ts';
import { assignAgendas, generateParticipation, youngAssociation } from './participation.ts';
import { generateProfessionals } from './professionals.ts';
import { generateStructures } from './structures.ts';
import { charter, territories, territoryCommunes } from './territories.ts';

/** The seed of the demonstration when none is given. */
export const DEFAULT_SEED = 86;

/** The real communes on which the fictional world stands: the Vienne, and the Pyrénées-Atlantiques for 64A and 64B. */
export const demoCommunes = (): DemoCommune[] => readCommunes(['86', '64']);

/**
 * The fictional SAS 86 of the requirements' §8.1, and the other territories. Pure: the same seed and communes give the same
 * world. Every person, number and structure is invented; only the communes are real.
 */
export function generateWorld({ seed, communes }: { seed: number; communes: readonly DemoCommune[] }): World {
  const vienne = communes.filter(({ department }) => department === '86');
  const structured = generateStructures(seed, vienne);
  const people = generateProfessionals(seed, vienne, structured);
  const places = [...structured.places, ...people.places];
  const { participations, members: cptsMembers } = generateParticipation(seed, { ...structured, ...people, places });
  const agendas = assignAgendas(seed, { ...structured, ...people, participations, members: people.members });
  const known = [...people.members, ...cptsMembers];
  const members = [...known, ...youngAssociation({ ...structured, ...people, places, members: known, agendas, participations })];
  return {
    seed,
    communes: vienne,
    territories,
    territoryCommunes: territoryCommunes(communes),
    charter,
    ...structured,
    ...people,
    places,
    members,
    participations,
    agendas,
    sosFullTimeEquivalents: 6.5,
  };
}
