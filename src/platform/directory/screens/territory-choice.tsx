import type { ReactNode } from 'react';
import { roleLabels } from '../../../identity/contract.ts';
import { routes as territory } from '../../../territory/contract.ts';
import { SelectField } from '../../../ui/field.tsx';
import { useApi } from '../../../ui/query.ts';
import { covers, useAccount } from '../../../ui/session.ts';
import { EmptyState, Loading, ProblemState } from '../../../ui/states.tsx';

export interface TerritoryChoice {
  /** The territory looked at; undefined while it is not known, or when the person has none. */
  readonly code: string | undefined;
  /** What to show instead of the page, when there is no territory to look at. */
  readonly instead: ReactNode;
  /** Lets a person of several territories choose; nothing for the others. */
  readonly field: ReactNode;
}

/** The territory that a page is about, among those of the person signed in. */
export function useTerritoryChoice(wanted: string | undefined, onChange: (code: string) => void): TerritoryChoice {
  const account = useAccount();
  const { data, error, refetch } = useApi(territory.listTerritories, {}, { topics: ['territory'] });
  const own = data?.territories.filter(({ code }) => covers(account, code)) ?? [];
  const code = own.find((one) => one.code === wanted)?.code ?? own[0]?.code;
  const instead = error && !data ? <ProblemState problem={error} roleNames={roleLabels} onRetry={() => void refetch()} />
    : !data ? <Loading lines={8} />
    : !code ? <EmptyState title="Vos droits ne couvrent aucun territoire"><p>Un administrateur national peut vous en ouvrir un.</p></EmptyState>
    : null;
  const field = code && own.length > 1 && <SelectField label="Territoire" choices={own.map((one) => ({ value: one.code, label: `${one.code} · ${one.name}` }))} value={code} onChange={onChange} />;
  return { code, instead, field };
}
