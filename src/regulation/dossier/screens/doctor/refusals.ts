import { ApiProblem } from '../../../../ui/api.ts';
import type { Refusal } from '../../domain/situation.ts';

/** Refusals of the rules, as the server would have said them: each goes to its field. */
export const incomplete = (refusals: readonly Refusal[]): ApiProblem => new ApiProblem({
  status: 422, code: 'incomplete', title: 'Acte à compléter', detail: refusals.map(({ message }) => message).join(' ; '), errors: refusals.map(({ path, message }) => ({ path, message })),
});

/** Fields that say their own refusal where they are. */
const toFill = /^decisions\.\d+\.(?!careLevel$|type$)/;

/** What refuses an act, in few words: reasons first, then how many fields of the decisions are to be filled in. */
export function refusalWords(refusals: readonly Refusal[]): string {
  const count = refusals.filter(({ path }) => toFill.test(path)).length;
  const reasons = refusals.filter(({ path }) => !toFill.test(path)).map(({ message }) => message);
  return [...new Set(reasons), ...(count > 0 ? [`${count} champ${count > 1 ? 's' : ''} à remplir`] : [])].join(' ; ');
}

/** What the level of care refuses, in the words of the rules; null when it refuses nothing. */
export const levelRefusal = (problem: ApiProblem | null): string | null =>
  problem?.fields.find(({ path }) => /^(decisions\.\d+\.)?careLevel$/.test(path))?.message ?? null;
