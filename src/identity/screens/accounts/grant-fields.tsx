import { SelectField, TextField } from '../../../ui/field.tsx';
import { useApi } from '../../../ui/query.ts';
import { accountRoutes, roleLabels, routes, type NewGrant } from '../../contract.ts';
import css from './accounts.module.css';
import type { DraftGrant } from './words.tsx';

export const emptyGrant: DraftGrant = { territory: '', role: null, structureId: null, validUntil: '' };

/** The grant as the API takes it, or null while something is missing. */
export function grantOf({ territory, role, structureId, validUntil }: DraftGrant): NewGrant | null {
  if (!territory || !role || (role === 'gestionnaire-structure' && !structureId)) return null;
  return { territory, role, structureId: role === 'gestionnaire-structure' ? structureId : null, validUntil: validUntil || null };
}

/** A role on a territory, among those that the person signed in may give. */
export function GrantFields({ grant, onChange }: { grant: DraftGrant; onChange: (grant: DraftGrant) => void }) {
  const grantable = useApi(accountRoutes.mayGrant, {}, { staleMs: 60_000 });
  const structures = useApi(routes.requestChoices, { query: { territory: grant.territory } }, { enabled: grant.role === 'gestionnaire-structure' && grant.territory !== '' });
  const territories = grantable.data?.territories ?? [];
  const here = territories.find(({ territory }) => territory === grant.territory);
  const set = (change: Partial<DraftGrant>) => onChange({ ...grant, ...change });
  return (
    <>
      <div className={css.pair}>
        <SelectField
          label="Territoire" name="territory" value={grant.territory || null} onChange={(territory) => set({ territory, role: null, structureId: null })}
          choices={territories.map(({ territory }) => ({ value: territory, label: territory === '*' ? 'Tous les territoires' : territory }))}
        />
        <SelectField
          label="Rôle" name="role" isDisabled={!here} value={grant.role} onChange={(role) => set({ role, structureId: null })}
          choices={(here?.roles ?? []).map((role) => ({ value: role, label: roleLabels[role] }))}
        />
      </div>
      {grant.role === 'gestionnaire-structure' && (
        <SelectField
          label="Structure gérée" name="structureId" value={grant.structureId} onChange={(structureId) => set({ structureId })}
          choices={(structures.data?.structures ?? []).map(({ id, name, city }) => ({ value: id, label: `${name}, ${city}` }))}
        />
      )}
      <TextField label="Jusqu’au (facultatif)" name="validUntil" type="date" value={grant.validUntil} onChange={(validUntil) => set({ validUntil })} />
    </>
  );
}
