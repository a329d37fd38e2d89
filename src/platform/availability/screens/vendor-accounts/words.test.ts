import { expect, test } from 'vitest';
import type { VendorAccountView } from '../../contract.ts';
import { adviceOf, countsAt, stateWords } from './words.ts';

const view = (change: Partial<VendorAccountView>): VendorAccountView => ({
  editor: 'A', state: 'ready', pending: null, attempts: 0, nextAttemptAt: null, lastAttemptAt: null, synchronisedAt: null, lastStatus: null, lastError: null, ...change,
});

test('[INT-03] each state is said in words, and each refusal comes with what to do', () => {
  expect(stateWords(undefined).label).toBe('à sa première connexion');
  expect(stateWords(view({ state: 'retrying', pending: 'deactivate' })).label).toBe('fermeture : nouvel essai prévu');
  const refused = (lastStatus: number | null, lastError = '') => adviceOf(view({ state: 'refused', pending: 'create', lastStatus, lastError }));
  expect(refused(412)).toContain('ne garder qu’un compte');
  expect(refused(422)).toContain('Vérifiez l’identifiant');
  expect(refused(403)).toContain('certificat');
  expect(refused(null, 'Il manque une adresse')).toContain('Complétez');
  expect(refused(null, 'Pas de réponse')).toContain('son serveur répond');
  expect(adviceOf(view({}))).toBeNull();
});

test('[INT-03] the accounts at one vendor are counted by state, the most frequent first', () => {
  const at = (...vendors: VendorAccountView[]) => ({ accountId: 'x', displayName: 'x', roles: [], vendors });
  expect(countsAt('A', [at(view({})), at(view({ state: 'refused', pending: 'create' })), at(view({})), at(view({ editor: 'B' }))]).map(({ words, count }) => [words.label, count])).toEqual([
    ['prêt', 2], ['création refusée', 1], ['à sa première connexion', 1],
  ]);
});
