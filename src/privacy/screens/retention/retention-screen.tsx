import { useState } from 'react';
import { roleLabels } from '../../../identity/contract.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { Page } from '../../../ui/frame.tsx';
import { CheckIcon, PersonIcon, WaitIcon } from '../../../ui/icons.tsx';
import { Moment } from '../../../ui/moments.tsx';
import { useApi } from '../../../ui/query.ts';
import { ProblemState } from '../../../ui/states.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import { categories, inWords, routes, type Rule } from '../../contract.ts';
import { useTerritory } from '../territory.tsx';
import { CategoryPanel } from './category-panel.tsx';
import { HoldPanel } from './hold-panel.tsx';
import { Holds } from './holds.tsx';
import { Runs } from './runs.tsx';
import css from './retention.module.css';

const durationOf = ({ category, days }: Rule) => (categories[category].ending === 'none' ? '—' : inWords(days));
const endings = {
  purge: <Badge tone="ok" icon={<CheckIcon size={12} />}>Effacée d’elle-même</Badge>, decision: <Badge tone="warn" icon={<PersonIcon size={12} />}>Sur décision</Badge>,
  none: <Badge>Rien n’est gardé</Badge>,
};
const endingWords = { purge: 'Effacée d’elle-même', decision: 'Sur décision', none: 'Rien n’est gardé' };

const columns: readonly Column<Rule>[] = [
  { id: 'label', label: 'Données', value: ({ category }) => categories[category].label, render: ({ category }) => <strong>{categories[category].label}</strong> },
  { id: 'duration', label: 'Durée', value: ({ days }) => days, render: (rule) => <span className={css.whole}>{durationOf(rule)}</span> },
  { id: 'since', label: 'Depuis', value: ({ category }) => categories[category].since },
  { id: 'scope', label: 'Réglée pour', value: ({ category }) => (categories[category].scope === 'installation' ? 'l’installation' : 'ce territoire') },
  { id: 'ending', label: 'Fin', value: ({ category }) => endingWords[categories[category].ending], render: ({ category }) => endings[categories[category].ending] },
  {
    id: 'last', label: 'Dernier effacement', value: ({ lastRun }) => lastRun?.startedAt ?? null,
    render: ({ lastRun, category }) => (lastRun ? <span className={css.whole}><Moment at={lastRun.startedAt} day />{lastRun.purged > 0 && ` · ${lastRun.purged} effacés`}</span> : categories[category].ending === 'purge' ? <span><WaitIcon size={12} /> pas encore</span> : '—'),
  },
];

/** How long each kind of data is kept, what holds it, and the proof that it was erased. */
export default function RetentionScreen() {
  const { code, field } = useTerritory();
  const [open, setOpen] = useState<Rule['category'] | null>(null);
  const [placing, setPlacing] = useState(false);
  const { data, error, refetch } = useApi(routes.retention, { params: { territory: code ?? '' } }, { enabled: code !== null, topics: ['retention'], keepPrevious: true });
  const rule = data?.rules.find(({ category }) => category === open);
  const mayHold = data?.rules.some(({ editable }) => editable) ?? false;
  return (
    <Page
      title="Conservation des données"
      intro="Chaque jour, ce qui a dépassé sa durée est effacé, sauf ce qu’un gel retient ; chaque effacement laisse sa preuve. Ouvrez une ligne pour voir ce qui serait effacé ou changer la durée."
      actions={<>{field}{mayHold && <Button onPress={() => setPlacing(true)}>Geler des données</Button>}</>}
    >
      {error && !data && <ProblemState problem={error} roleNames={roleLabels} onRetry={() => void refetch()} />}
      <Tabs
        label="Conservation"
        items={[
          { id: 'rules', label: 'Durées', content: <DataTable label="Durées de conservation" rows={error ? [] : data?.rules} columns={columns} rowKey={({ category }) => category} onOpen={({ category }) => setOpen(category)} selectedKey={open} filterLabel="Filtrer" exportName={`durees-${code}`} /> },
          { id: 'holds', label: 'Gels', count: data?.holds.filter(({ liftedAt }) => liftedAt === null).length ?? 0, content: <Holds holds={data?.holds} territory={code ?? ''} mayLift={mayHold} /> },
          { id: 'runs', label: 'Preuves d’effacement', content: <Runs runs={data?.runs} territory={code ?? ''} /> },
        ]}
      />
      {rule && code && <CategoryPanel key={rule.category} rule={rule} territory={code} onClose={() => setOpen(null)} />}
      {placing && code && <HoldPanel territory={code} rules={data?.rules ?? []} onClose={() => setPlacing(false)} />}
    </Page>
  );
}
