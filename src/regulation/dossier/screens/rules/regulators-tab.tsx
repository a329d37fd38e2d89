import { useState } from 'react';
import { type Role, roleLabels } from '../../../../identity/contract.ts';
import type { AnswerOf } from '../../../../ui/api.ts';
import { Badge } from '../../../../ui/badge.tsx';
import { type Column, DataTable } from '../../../../ui/data-table.tsx';
import { SidePanel } from '../../../../ui/dialog.tsx';
import { ChoicesField, SelectField } from '../../../../ui/field.tsx';
import { ApiForm, SubmitBar } from '../../../../ui/form.tsx';
import { useAction, useApi, useRefresh } from '../../../../ui/query.ts';
import { mayCall, useAccount } from '../../../../ui/session.ts';
import { EmptyState, ProblemState } from '../../../../ui/states.tsx';
import { toast } from '../../../../ui/toast.tsx';
import { doctorStatusLabels, doctorStatusSchema, type Filiere, routes } from '../../contract.ts';
import { filiereWords } from '../file/words.ts';
import { type FiliereState, settingsOf, specialised } from './rules-draft.ts';
import css from './rules.module.css';

type Regulator = AnswerOf<typeof routes.regulators>['regulators'][number];
const statuses = doctorStatusSchema.options.map((value) => ({ value, label: doctorStatusLabels[value] }));

const columns: Column<Regulator>[] = [
  { id: 'name', label: 'Médecin', value: (one) => one.name },
  { id: 'roles', label: 'Rôle', value: (one) => one.roles.map((role) => roleLabels[role as Role]).join(', ') },
  { id: 'status', label: 'Statut', value: (one) => one.status && doctorStatusLabels[one.status], render: (one) => (one.status ? doctorStatusLabels[one.status] : <Badge tone="warn">à renseigner</Badge>) },
  { id: 'filieres', label: 'Filières spécialisées', value: (one) => one.filieres.map((filiere) => filiereWords[filiere]).join(', ') || null },
];

/** The regulating doctors (ACT-15): their status counts in the indicators, their filières decide what reaches them. */
export function RegulatorsTab({ territory, filieres }: { territory: string; filieres: readonly FiliereState[] }) {
  const account = useAccount();
  const { data, error, refetch } = useApi(routes.regulators, {}, { topics: ['regulation-settings'] });
  const [open, setOpen] = useState<string | null>(null);
  const shown = data?.regulators.find(({ accountId }) => accountId === open);
  const mayWrite = mayCall(account, routes.saveRegulator);
  if (error && !data) return <ProblemState problem={error} roleNames={roleLabels} onRetry={() => void refetch()} />;
  return (
    <div className={css.tab}>
      <DataTable
        label="Médecins régulateurs" rows={data?.regulators} columns={columns} rowKey={(one) => one.accountId} filterLabel="Filtrer" exportName="medecins-regulateurs" selectedKey={open}
        {...(mayWrite ? { onOpen: (one: Regulator) => setOpen(one.accountId) } : {})}
        empty={<EmptyState title="Aucun médecin régulateur"><p>Le gestionnaire de comptes ouvre les comptes des médecins ; ils apparaissent ici aussitôt.</p></EmptyState>}
      />
      {shown && <RegulatorPanel key={shown.accountId} territory={territory} regulator={shown} filieres={filieres} onClose={() => setOpen(null)} />}
    </div>
  );
}

function RegulatorPanel({ territory, regulator, filieres, onClose }: { territory: string; regulator: Regulator; filieres: readonly FiliereState[]; onClose: () => void }) {
  const [status, setStatus] = useState(regulator.status);
  const [taken, setTaken] = useState<Filiere[]>(regulator.filieres);
  const refresh = useRefresh();
  const save = useAction(routes.saveRegulator, {
    onSuccess: () => {
      toast({ tone: 'ok', words: `${regulator.name} : enregistré.` });
      void refresh(routes.regulators);
      onClose();
    },
  });
  const choices = specialised.filter((one) => taken.includes(one) || settingsOf(filieres, one, '').active).map((value) => ({ value, label: settingsOf(filieres, value, filiereWords[value]).label }));
  return (
    <SidePanel title={regulator.name} over={regulator.roles.map((role) => roleLabels[role as Role]).join(', ')} open onClose={onClose}>
      <ApiForm label={`Réglages de ${regulator.name}`} problem={save.error} onSubmit={() => save.mutate({ params: { accountId: regulator.accountId }, body: { territory, status, filieres: taken } })}>
        <SelectField label="Statut" name="status" value={status} choices={statuses} onChange={setStatus} placeholder="À renseigner" />
        {choices.length > 0
          ? <ChoicesField label="Filières spécialisées qu’il régule" choices={choices} value={taken} onChange={setTaken} />
          : <p className={css.soft}>Aucune filière spécialisée n’est ouverte.</p>}
        <SubmitBar label="Enregistrer" pending={save.isPending} onCancel={onClose} />
      </ApiForm>
    </SidePanel>
  );
}
