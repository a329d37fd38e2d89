import { roleLabels, type AccountView, type NewGrant } from '../../contract.ts';
import { accountStateLabels, type AccountState } from '../../domain/account-state.ts';
import { Badge, type Tone } from '../../../ui/badge.tsx';

const tones: Record<AccountState, Tone> = { pending: 'warn', invited: 'accent', active: 'ok', suspended: 'bad' };

/** The state of an account: the word first. */
export const StateBadge = ({ state }: { state: AccountState }) => <Badge tone={tones[state]}>{accountStateLabels[state]}</Badge>;

/** Roles with their place, e.g. `Effecteur (86)`. */
export const rolesInWords = (grants: AccountView['grants']): string =>
  grants.map(({ role, territory, structureName }) => `${roleLabels[role]} (${structureName ?? (territory === '*' ? 'partout' : territory)})`).join(', ');

/** What happened to an account, for its history. */
export const eventLabels: Readonly<Record<string, string>> = {
  opened: 'Compte ouvert', 'card-linked': 'Carte liée', 'follow-invitation': 'Invitation suivie', validate: 'Compte validé', invite: 'Invitation envoyée', suspend: 'Compte suspendu',
  reopen: 'Compte rouvert', 'role-granted': 'Rôle donné', 'role-revoked': 'Rôle retiré', 'details-changed': 'Coordonnées modifiées', 'password-forgotten': 'Mot de passe oublié : lien envoyé',
  'password-changed': 'Mot de passe changé', 'recovery-code-used': 'Code de secours utilisé', 'terms-accepted': 'Conditions acceptées',
};

export const availableInWords = (available: AccountView['available']): string | null =>
  available && (available.unit === 'percent' ? `${available.amount} %` : `${available.amount} demi-journée${available.amount > 1 ? 's' : ''} par semaine`);

/** A role about to be given. */
export interface DraftGrant {
  readonly territory: string;
  readonly role: NewGrant['role'] | null;
  readonly structureId: string | null;
  readonly validUntil: string;
}
