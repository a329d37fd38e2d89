import { FhirRefusal, refuse } from './outcome.ts';

const EXPECTED = 'Indiquez le rendez-vous par ?identifier=système|valeur.';

/**
 * The `system|value` that a conditional update names. The parameter's case is free (the guide prints both).
 * @throws FhirRefusal 400 without it, 412 when it names several appointments
 */
export function conditionOf(query: Record<string, unknown>): string {
  const values = Object.keys(query)
    .filter((name) => name.toLowerCase() === 'identifier')
    .flatMap((name) => query[name])
    .flatMap((value) => String(value).split(/(?<!\\),/))
    .map((value) => value.trim().replaceAll('\\,', ','));
  const keys = [...new Set(values)];
  if (keys.length > 1) {
    throw new FhirRefusal(412, [{ code: 'multiple-matches', text: `Plusieurs identifiants sont donnés : la mise à jour doit désigner un seul rendez-vous. ${EXPECTED}` }]);
  }
  const [key] = keys;
  const separator = key?.indexOf('|') ?? -1;
  if (!key || separator < 1 || separator === key.length - 1) {
    throw refuse(400, 'required', `Le paramètre identifier manque ou est incomplet. ${EXPECTED}`);
  }
  return key;
}
