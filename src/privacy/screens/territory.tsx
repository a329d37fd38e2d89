import { useState } from 'react';
import { routes as territory } from '../../territory/contract.ts';
import { SelectField } from '../../ui/field.tsx';
import { useApi } from '../../ui/query.ts';
import { covers, useAccount } from '../../ui/session.ts';

/** The territory looked at, and the field that changes it for whoever has several. */
export function useTerritory() {
  const account = useAccount();
  const { data } = useApi(territory.listTerritories, {}, { topics: ['territory'], staleMs: 300_000 });
  const own = (data?.territories ?? []).filter(({ code }) => covers(account, code));
  const [chosen, setChosen] = useState<string | null>(null);
  const code = chosen ?? own[0]?.code ?? null;
  const field = own.length > 1 && (
    <SelectField label="Territoire" choices={own.map((one) => ({ value: one.code, label: `${one.name} (${one.code})` }))} value={code} onChange={setChosen} />
  );
  return { code, field };
}
