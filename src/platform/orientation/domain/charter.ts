import type { CharterLevel } from '../contract.ts';
import type { RankingInput } from './session.ts';

/** Levels of the charter start at 1; the usual doctor comes before all of them. */
export const USUAL_DOCTOR_LEVEL = 0;

/** True when every criterion given holds; a level without criterion takes everybody. */
export function fits(input: RankingInput, { match }: CharterLevel): boolean {
  if (match.via && (input.via === null || !match.via.includes(input.via))) return false;
  if (match.structureKinds && !match.structureKinds.some((kind) => input.structureKinds.includes(kind))) return false;
  if (match.sameCommune !== undefined && match.sameCommune !== input.sameCommune) return false;
  if (match.withinKm !== undefined && !(input.distanceM !== null && input.distanceM <= match.withinKm * 1_000)) return false;
  if (match.participating !== undefined && match.participating !== (input.via !== null)) return false;
  return true;
}

/**
 * The level of a candidate: 0 for the usual doctor, else the first level of the charter that fits, else one more than the
 * last ("outside the charter"); null when the territory has no charter.
 */
export function levelOf(input: RankingInput, levels: readonly CharterLevel[] | null): number | null {
  if (input.usualDoctor) return USUAL_DOCTOR_LEVEL;
  if (levels === null) return null;
  const index = levels.findIndex((level) => fits(input, level));
  return index === -1 ? levels.length + 1 : index + 1;
}

/** What keeps a charter from being put in force, by path: levels that could never serve. */
export function charterProblems(levels: readonly CharterLevel[]): { path: string; message: string }[] {
  const problems: { path: string; message: string }[] = [];
  levels.forEach((level, index) => {
    const shadow = levels.slice(0, index).findIndex((earlier) => covers(earlier.match, level.match));
    if (shadow === -1) return;
    problems.push({
      path: `levels.${index}`,
      message: `le niveau ${index + 1} « ${level.name} » ne servirait jamais : le niveau ${shadow + 1} « ${levels[shadow]!.name} » prend déjà les mêmes effecteurs`,
    });
  });
  return problems;
}

/** True when whoever satisfies `narrow` certainly satisfies `wide`. */
function covers(wide: CharterLevel['match'], narrow: CharterLevel['match']): boolean {
  const includesAll = <T>(all: readonly T[] | undefined, some: readonly T[] | undefined) =>
    !all || (!!some && some.every((one) => all.includes(one)));
  return (
    includesAll(wide.via, narrow.via) &&
    includesAll(wide.structureKinds, narrow.structureKinds) &&
    (wide.sameCommune === undefined || wide.sameCommune === narrow.sameCommune) &&
    (wide.withinKm === undefined || (narrow.withinKm !== undefined && narrow.withinKm <= wide.withinKm)) &&
    (wide.participating === undefined || wide.participating === narrow.participating)
  );
}
