import { z } from 'zod';
import { roleLabels } from '../../../../identity/contract.ts';
import { routes as territory } from '../../../../territory/contract.ts';
import { SelectField } from '../../../../ui/field.tsx';
import { Page } from '../../../../ui/frame.tsx';
import { useApi } from '../../../../ui/query.ts';
import { covers, useAccount } from '../../../../ui/session.ts';
import { EmptyState, Loading, ProblemState } from '../../../../ui/states.tsx';
import { Tabs } from '../../../../ui/tabs.tsx';
import { useUrlState } from '../../../../ui/url.ts';
import { routes } from '../../contract.ts';
import { FilieresTab } from './filieres-tab.tsx';
import { RegulatorsTab } from './regulators-tab.tsx';
import { RulesTab } from './rules-tab.tsx';
import css from './rules.module.css';

const viewSchema = z.object({ territoire: z.string().max(8).optional().catch(undefined), onglet: z.enum(['reglement', 'filieres', 'medecins']).catch('reglement') });

/** What the governance decided and the software applies: règlement intérieur, specialised filières, regulating doctors. */
export default function RulesScreen() {
  const account = useAccount();
  const [view, write] = useUrlState(viewSchema);
  const { data } = useApi(territory.listTerritories, {}, { topics: ['territory'] });
  const own = data?.territories.filter(({ code }) => covers(account, code)) ?? [];
  const code = own.find((one) => one.code === view.territoire)?.code ?? own[0]?.code;
  return (
    <Page
      title="Règlement intérieur"
      intro="Ce que la gouvernance du SAS a décidé et que le logiciel applique. Chaque modification est datée, signée et gardée au journal."
      actions={own.length > 1 && code && (
        <div className={css.choice}><SelectField label="Territoire" value={code} choices={own.map((one) => ({ value: one.code, label: `${one.code} · ${one.name}` }))} onChange={(territoire) => write({ territoire }, { replace: true })} /></div>
      )}
    >
      {!data && <Loading lines={8} />}
      {data && !code && <EmptyState title="Vos droits ne couvrent aucun territoire" />}
      {code && <Territory key={code} code={code} tab={view.onglet} onTab={(onglet) => write({ onglet }, { replace: true })} />}
    </Page>
  );
}

function Territory({ code, tab, onTab }: { code: string; tab: string; onTab: (tab: string) => void }) {
  const { data, error, refetch } = useApi(routes.regulationRules, { query: { territory: code } }, { topics: ['regulation-settings'] });
  if (error && !data) return <ProblemState problem={error} roleNames={roleLabels} onRetry={() => void refetch()} />;
  if (!data) return <Loading lines={8} />;
  return (
    <Tabs
      label="Réglages de la régulation" value={tab} onChange={onTab}
      items={[
        { id: 'reglement', label: 'Règlement intérieur', content: <RulesTab key={data.version} territory={code} version={data.version} rules={data.rules} /> },
        { id: 'filieres', label: 'Filières', count: data.filieres.filter(({ active }) => active).length, content: <FilieresTab territory={code} filieres={data.filieres} /> },
        { id: 'medecins', label: 'Médecins régulateurs', content: <RegulatorsTab territory={code} filieres={data.filieres} /> },
      ]}
    />
  );
}
