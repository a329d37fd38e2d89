import { useState } from 'react';
import { Badge } from '../../../../ui/badge.tsx';
import { DataTable, type Column } from '../../../../ui/data-table.tsx';
import { SidePanel } from '../../../../ui/dialog.tsx';
import { CheckboxField, SelectField, TextField } from '../../../../ui/field.tsx';
import { ApiForm, SubmitBar } from '../../../../ui/form.tsx';
import { CheckIcon, CrossIcon } from '../../../../ui/icons.tsx';
import { useAction, useRefresh } from '../../../../ui/query.ts';
import { EmptyState } from '../../../../ui/states.tsx';
import { toast } from '../../../../ui/toast.tsx';
import { inventoryRoutes, type InventoryCentre, opinionLabels } from '../../contract.ts';
import css from './inventory.module.css';

type Opinion = InventoryCentre['opinions'][number];
type Status = Opinion['status'];
const UNSAID = 'non-dit';
const statusChoices = [{ value: UNSAID, label: 'aucun à ajouter' }, ...(Object.keys(opinionLabels) as Status[]).map((value) => ({ value, label: opinionLabels[value] }))];
const dayInWords = (day: string) => Temporal.PlainDate.from(day).toLocaleString('fr-FR', { dateStyle: 'long' });
const inWords = ({ status, givenOn }: Opinion) => `${opinionLabels[status]}, ${dayInWords(givenOn)}`;

function whyNot({ sharedAgenda, dedicatedSlots }: InventoryCentre): string {
  if (!sharedAgenda && !dedicatedSlots) return 'ni agenda partagé ni créneaux dédiés';
  return sharedAgenda ? 'sans créneaux dédiés' : 'sans agenda partagé';
}

const columns: readonly Column<InventoryCentre>[] = [
  { id: 'name', label: 'Centre', value: ({ name }) => name, render: ({ name, city }) => <div className={css.two}><strong>{name}</strong><span>{city}</span></div> },
  { id: 'opinion', label: 'Commission départementale', value: ({ opinions: [last] }) => (last ? inWords(last) : 'pas d’avis') },
  {
    id: 'coordinated', label: 'Coordonné avec le SAS', value: (centre) => (centre.coordinated ? 'oui' : `non : ${whyNot(centre)}`),
    render: (centre) => (centre.coordinated ? <Badge tone="ok" icon={<CheckIcon size={12} />}>agenda partagé et créneaux dédiés</Badge> : <Badge icon={<CrossIcon size={12} />}>non : {whyNot(centre)}</Badge>),
  },
];

/** The centres of unscheduled care: what the commission said, and whether they work with the SAS. */
export function Centres({ centres, writes }: { centres: readonly InventoryCentre[] | undefined; writes: boolean }) {
  const [open, setOpen] = useState<string | null>(null);
  const opened = centres?.find(({ id }) => id === open);
  return (
    <>
      <DataTable
        label="Centres de soins non programmés" rows={centres} columns={columns} rowKey={({ id }) => id} exportName="centres-snp" selectedKey={open}
        {...(writes ? { onOpen: ({ id }: InventoryCentre) => setOpen(id) } : {})}
        empty={<EmptyState title="Aucun centre de soins non programmés dans ce territoire" />}
      />
      {opened && <CentrePanel key={opened.id} centre={opened} onClose={() => setOpen(null)} />}
    </>
  );
}

function CentrePanel({ centre, onClose }: { centre: InventoryCentre; onClose: () => void }) {
  const { id, name, opinions } = centre;
  const [sharedAgenda, setShared] = useState(centre.sharedAgenda);
  const [dedicatedSlots, setDedicated] = useState(centre.dedicatedSlots);
  const [status, setStatus] = useState<Status | null>(null);
  const [givenOn, setGivenOn] = useState('');
  const refresh = useRefresh();
  const save = useAction(inventoryRoutes.saveCentre, {
    onSuccess: () => {
      toast({ tone: 'ok', words: `${name} est enregistré.` });
      void refresh(inventoryRoutes.inventory);
      onClose();
    },
  });
  const undated = status !== null && givenOn === '';
  return (
    <SidePanel open onClose={onClose} over="Centre de soins non programmés" title={name}>
      <div className={css.panel}>
        <ApiForm label="Centre" problem={save.error} onSubmit={() => !undated && save.mutate({ params: { id }, body: { sharedAgenda, dedicatedSlots, opinion: status ? { status, givenOn } : null } })}>
          <CheckboxField label="Son agenda est partagé avec le SAS" isSelected={sharedAgenda} onChange={setShared} />
          <CheckboxField label="Il garde des créneaux dédiés au SAS" isSelected={dedicatedSlots} onChange={setDedicated} help="Les deux sont nécessaires pour qu’il soit dit coordonné." />
          <SelectField label="Nouvel avis de la commission" choices={statusChoices} value={status ?? UNSAID} onChange={(value) => setStatus(value === UNSAID ? null : (value as Status))} />
          {status && <TextField name="opinion.givenOn" label="Rendu le" type="date" isRequired value={givenOn} onChange={setGivenOn} />}
          <SubmitBar label="Enregistrer" pending={save.isPending} isDisabled={undated} onCancel={onClose} />
        </ApiForm>
        <section>
          <h3>Avis rendus</h3>
          {opinions.length === 0 ? <p className={css.soft}>Aucun pour l’instant.</p> : <ul className={css.opinions}>{opinions.map((opinion) => <li key={`${opinion.givenOn}${opinion.status}`}>{inWords(opinion)}</li>)}</ul>}
        </section>
      </div>
    </SidePanel>
  );
}
