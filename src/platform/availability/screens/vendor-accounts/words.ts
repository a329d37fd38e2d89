import type { Tone } from '../../../../ui/badge.tsx';
import type { RegulatorAtVendors, VendorAccountView } from '../../contract.ts';

export type Mark = 'ok' | 'wait' | 'again' | 'warn' | 'off';
export interface StateWords {
  readonly label: string;
  readonly tone: Tone;
  readonly mark: Mark;
}

/** A regulator whom a vendor was never told of. */
const UNTOLD: StateWords = { label: 'à sa première connexion', tone: 'neutral', mark: 'wait' };
const doing = { create: 'création', update: 'modification', deactivate: 'fermeture' } as const;

/** How an account stands at a vendor, in words. */
export function stateWords(view: VendorAccountView | undefined): StateWords {
  if (!view || view.state === 'none') return UNTOLD;
  const what = view.pending ? doing[view.pending] : '';
  switch (view.state) {
    case 'ready': return { label: 'prêt', tone: 'ok', mark: 'ok' };
    case 'deactivated': return { label: 'fermé', tone: 'neutral', mark: 'off' };
    case 'waiting-sign-in': return { label: `${what} à sa prochaine connexion`, tone: 'neutral', mark: 'wait' };
    case 'sending': return { label: `${what} en cours`, tone: 'accent', mark: 'wait' };
    case 'retrying': return { label: `${what} : nouvel essai prévu`, tone: 'warn', mark: 'again' };
    case 'refused': return { label: `${what} refusée`, tone: 'bad', mark: 'warn' };
  }
}

/** Whether somebody has to look at it. */
export const needsCare = ({ state }: VendorAccountView): boolean => state === 'refused' || state === 'retrying';

/** Those who need care somewhere. */
export const inTrouble = (accounts: readonly RegulatorAtVendors[]): readonly RegulatorAtVendors[] => accounts.filter(({ vendors }) => vendors.some(needsCare));

/** Those who need care first, then those whom vendors know, then the others; by name within each. */
export const byConcern = (accounts: readonly RegulatorAtVendors[]): readonly RegulatorAtVendors[] =>
  accounts.toSorted((a, b) => concern(a) - concern(b));

const concern = ({ vendors }: RegulatorAtVendors): number => (vendors.some(needsCare) ? 0 : vendors.length > 0 ? 1 : 2);

const REFUSED_RIGHTS = [401, 403];
const NO_SERVICE = [404, 405, 501];

/** What to do about what is not done; null when nothing has to be. */
export function adviceOf({ state, pending, lastStatus, lastError }: VendorAccountView): string | null {
  if (state === 'retrying') return pending === 'deactivate' ? 'Rien à faire : l’essai recommence jusqu’à ce que l’éditeur confirme la fermeture.' : 'Rien à faire : l’essai recommence tout seul, puis à la prochaine connexion du régulateur.';
  if (state !== 'refused') return null;
  if (lastStatus === null) return lastError?.startsWith('Il manque') ? 'Complétez le compte du régulateur, puis renvoyez.' : 'Vérifiez avec l’éditeur que son serveur répond, puis renvoyez. Sinon, l’essai recommence à la prochaine connexion.';
  if (lastStatus === 412) return 'Demandez à l’éditeur de ne garder qu’un compte pour ce régulateur, puis renvoyez.';
  if (lastStatus === 409 || lastStatus === 422) return 'Vérifiez l’identifiant, le nom et l’adresse du régulateur ; si un autre compte les porte, demandez à l’éditeur de le fermer, puis renvoyez.';
  if (REFUSED_RIGHTS.includes(lastStatus)) return 'Vérifiez avec l’éditeur que notre certificat a le droit d’écrire des comptes, puis renvoyez.';
  if (NO_SERVICE.includes(lastStatus)) return 'L’éditeur doit ouvrir le flux des comptes de régulateurs (INT_R02) à l’adresse de ses créneaux.';
  return 'Transmettez ce message à l’éditeur ; renvoyez quand il l’a corrigé.';
}

/** `12 prêts, 1 refusé`: how the accounts stand at one vendor. */
export function countsAt(editor: string, accounts: readonly RegulatorAtVendors[]): readonly { readonly words: StateWords; readonly count: number }[] {
  const counts = new Map<string, { words: StateWords; count: number }>();
  for (const { vendors } of accounts) {
    const words = stateWords(vendors.find((view) => view.editor === editor));
    const known = counts.get(words.label);
    if (known) known.count += 1;
    else counts.set(words.label, { words, count: 1 });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count);
}
