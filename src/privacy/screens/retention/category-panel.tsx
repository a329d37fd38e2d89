import { useState } from 'react';
import { Note } from '../../../ui/badge.tsx';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { SidePanel } from '../../../ui/dialog.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { NumberField } from '../../../ui/field.tsx';
import { ApiForm, SubmitBar } from '../../../ui/form.tsx';
import { Moment, useZone } from '../../../ui/moments.tsx';
import { useAction, useApi, useRefresh } from '../../../ui/query.ts';
import { EmptyState, QueryView } from '../../../ui/states.tsx';
import { toast } from '../../../ui/toast.tsx';
import { categories, inWords, routes, type Rule } from '../../contract.ts';
import { dayOf } from '../words.ts';
import css from './retention.module.css';

interface Due { readonly id: string; readonly at: string }
const columns: readonly Column<Due>[] = [
  { id: 'id', label: 'Identifiant', value: ({ id }) => id, render: ({ id }) => <code className={css.id}>{id}</code> },
  { id: 'at', label: 'Terminé le', value: ({ at }) => at, render: ({ at }) => <Moment at={at} day /> },
];

/** One category: why this duration, another one, and what would go. */
export function CategoryPanel({ rule, territory, onClose }: { rule: Rule; territory: string; onClose: () => void }) {
  const category = categories[rule.category];
  const [days, setDays] = useState(rule.days);
  const { least, most } = category.days;
  const fits = days >= least && days <= most;
  return (
    <SidePanel open onClose={onClose} over="Conservation" title={category.label}>
      <div className={css.panel}>
        <Facts
          items={[
            ['Contient', category.holds], ['Depuis', category.since],
            category.ending === 'none' ? null : ['Durée', `${inWords(rule.days)}${rule.version === 0 ? ' (durée d’usage)' : ''}`],
            rule.at ? ['Changée', <span key="by">par {rule.author}, <Moment at={rule.at} day /></span>] : null,
            category.ending === 'purge' ? ['Bornes', `de ${inWords(least)} à ${inWords(most)}`] : null,
            ['Source', category.source],
          ]}
        />
        {rule.editable && <DurationForm rule={rule} territory={territory} days={days} onDays={setDays} />}
        {!rule.editable && category.ending === 'purge' && <p className={css.soft}>{category.scope === 'installation' ? 'Cette durée vaut pour toute l’installation : l’administrateur national la règle.' : 'Un administrateur du territoire règle cette durée.'}</p>}
        {category.ending === 'decision' && <Note title="Le logiciel n’efface pas ces données">Il compte celles qui ont dépassé leur durée : le directeur décide de leur élimination, avec le visa des archives.</Note>}
        {category.ending !== 'none' && fits && <Forecast category={rule.category} territory={territory} days={days} decided={category.ending === 'decision'} />}
      </div>
    </SidePanel>
  );
}

function DurationForm({ rule, territory, days, onDays }: { rule: Rule; territory: string; days: number; onDays: (days: number) => void }) {
  const { least, most } = categories[rule.category].days;
  const refresh = useRefresh();
  const save = useAction(routes.saveRetentionRule, {
    onSuccess: (saved) => {
      toast({ tone: 'ok', words: `Durée enregistrée : ${inWords(saved.days)}. Le prochain effacement la suit.` });
      void refresh(routes.retention);
    },
  });
  return (
    <ApiForm label="Durée" problem={save.error} onSubmit={() => save.mutate({ params: { territory, category: rule.category }, body: { days } })}>
      <NumberField name="days" label="Durée en jours" unit="jours" minValue={least} maxValue={most} value={days} onChange={(value) => onDays(Number.isFinite(value) ? value : rule.days)} help={`Soit ${inWords(days)}. Voyez ci-dessous ce qui serait effacé avant d’enregistrer.`} />
      <SubmitBar label="Enregistrer la durée" pending={save.isPending} isDisabled={days === rule.days} />
    </ApiForm>
  );
}

function Forecast({ category, territory, days, decided }: { category: Rule['category']; territory: string; days: number; decided: boolean }) {
  const zone = useZone();
  const forecast = useApi(routes.retentionForecast, { params: { territory, category }, query: { days: String(days) } }, { keepPrevious: true });
  return (
    <section className={css.part}>
      <h3>{decided ? 'Ce qui a dépassé sa durée' : 'Ce qui serait effacé'}</h3>
      <QueryView query={forecast}>
        {({ cutOff, kept, due, held, records }) => (
          <>
            <p>{due === 0 ? 'Rien' : <strong>{due}</strong>} sur {kept} : terminé avant le {dayOf(cutOff, zone)}.{held > 0 && ` ${held} de plus retenus (gel, ou durée plus longue d’une partie).`}</p>
            {due > 0 && records.length > 0 && <DataTable label="Ce qui serait effacé" rows={records} columns={columns} rowKey={({ id }) => id} exportName={`a-effacer-${category}`} footer={due > records.length && <span>Les {records.length} plus anciens sont montrés.</span>} />}
            {due > 0 && records.length === 0 && <EmptyState title="Identifiants non montrés"><p>Ils concernent toute l’installation.</p></EmptyState>}
          </>
        )}
      </QueryView>
    </section>
  );
}
