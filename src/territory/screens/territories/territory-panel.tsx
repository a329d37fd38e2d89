import { useState } from 'react';
import { SidePanel } from '../../../ui/dialog.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { NumberField, SelectField, TextField } from '../../../ui/field.tsx';
import { ApiForm, SubmitBar } from '../../../ui/form.tsx';
import { useAction, useRefresh } from '../../../ui/query.ts';
import { toast } from '../../../ui/toast.tsx';
import { holidaySets, routes, type Territory } from '../../contract.ts';
import { departmentsOf, holidayLabels, statusLabels, zoneChoices } from './words.ts';
import css from './territories.module.css';

const blank: Territory = {
  code: '', name: '', departments: [], timeZone: 'Europe/Paris', holidaySet: 'metropole', radiusKm: 20, launchedOn: null, status: 'EN_PROJET',
};
const holidayChoices = holidaySets.map((value) => ({ value, label: holidayLabels[value] }));
const statusChoices = (Object.keys(statusLabels) as Territory['status'][]).map((value) => ({ value, label: statusLabels[value] }));

/** One territory: read, modified or declared. */
export function TerritoryPanel({ territory, taken, mayEdit, onClose }: { territory: Territory | null; taken: readonly string[]; mayEdit: boolean; onClose: () => void }) {
  return (
    <SidePanel open onClose={onClose} over={territory ? `Territoire ${territory.code}` : undefined} title={territory?.name ?? 'Déclarer un territoire'}>
      {mayEdit ? <TerritoryForm territory={territory} taken={taken} onClose={onClose} /> : <Reading territory={territory!} />}
    </SidePanel>
  );
}

function Reading({ territory }: { territory: Territory }) {
  return (
    <div className={css.reading}>
      <Facts
        items={[
          ['Avancement', statusLabels[territory.status]],
          ['Départements', territory.departments.join(', ')],
          ['Rayon', `${territory.radiusKm} km`],
          ['Fuseau', territory.timeZone],
          ['Jours fériés', holidayLabels[territory.holidaySet]],
        ]}
      />
      <p>Vos droits ne couvrent pas ce territoire : il se modifie par ses administrateurs.</p>
    </div>
  );
}

function TerritoryForm({ territory, taken, onClose }: { territory: Territory | null; taken: readonly string[]; onClose: () => void }) {
  const [draft, setDraft] = useState<Territory>(territory ?? blank);
  const [departments, setDepartments] = useState(draft.departments.join(', '));
  const refresh = useRefresh();
  const save = useAction(routes.saveTerritory, {
    onSuccess: ({ name }) => {
      toast({ tone: 'ok', words: `${name} est enregistré.` });
      void refresh(routes.listTerritories);
      onClose();
    },
  });
  const set = (next: Partial<Territory>) => setDraft({ ...draft, ...next });
  const exists = territory === null && taken.includes(draft.code);
  const ready = draft.code !== '' && draft.name.trim() !== '' && departmentsOf(departments).length > 0 && !exists;

  function submit() {
    if (!ready) return;
    const { code, ...body } = draft;
    save.mutate({ params: { code }, body: { ...body, departments: departmentsOf(departments) } });
  }

  return (
    <ApiForm label="Territoire" problem={save.error} onSubmit={submit}>
      {territory === null && (
        <TextField
          name="code" label="Code" isRequired autoFocus value={draft.code} onChange={(code) => set({ code: code.trim().toUpperCase() })}
          help={exists ? '⚠ Ce territoire existe déjà : ouvrez-le dans la liste.' : 'Le département, avec une lettre s’il a plusieurs SAS : 86, 64A. Il ne change plus ensuite.'}
        />
      )}
      <TextField name="name" label="Nom" isRequired value={draft.name} onChange={(name) => set({ name })} placeholder="SAS de la Vienne" />
      <TextField name="departments" label="Départements" isRequired value={departments} onChange={setDepartments} help="Codes séparés par des virgules : 86, 2A." />
      <NumberField name="radiusKm" label="Rayon de recherche proposé" unit="km" minValue={1} maxValue={200} value={draft.radiusKm} onChange={(radiusKm) => set({ radiusKm })} />
      <SelectField name="timeZone" label="Fuseau horaire" choices={zoneChoices(draft.timeZone)} value={draft.timeZone} onChange={(timeZone) => set({ timeZone })} />
      <SelectField name="holidaySet" label="Jours fériés" choices={holidayChoices} value={draft.holidaySet} onChange={(holidaySet) => set({ holidaySet })} help="Ils comptent en heures de permanence des soins (PDSA)." />
      <SelectField name="status" label="Avancement" choices={statusChoices} value={draft.status} onChange={(status) => set({ status })} />
      <TextField name="launchedOn" label="Date de lancement" type="date" value={draft.launchedOn ?? ''} onChange={(date) => set({ launchedOn: date || null })} />
      <SubmitBar label={territory ? 'Enregistrer' : 'Déclarer le territoire'} pending={save.isPending} isDisabled={!ready} onCancel={onClose} />
    </ApiForm>
  );
}
