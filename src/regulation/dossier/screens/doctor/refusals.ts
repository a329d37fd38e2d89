import { ApiProblem } from '../../../../ui/api.ts';
import type { Refusal } from '../../domain/situation.ts';

/** Refusals of the rules, as the server would have said them: each goes to its field. */
export const incomplete = (refusals: readonly Refusal[]): ApiProblem => new ApiProblem({
  status: 422, code: 'incomplete', title: 'Acte à compléter', detail: refusals.map(({ message }) => message).join(' ; '), errors: refusals.map(({ path, message }) => ({ path, message })),
});
