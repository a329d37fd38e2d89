import { useState } from 'react';
import { Note } from '../../../../ui/badge.tsx';
import { SidePanel } from '../../../../ui/dialog.tsx';
import { Facts } from '../../../../ui/facts.tsx';
import { SelectField, TextField } from '../../../../ui/field.tsx';
import { ApiForm, SubmitBar } from '../../../../ui/form.tsx';
import { Moment } from '../../../../ui/moments.tsx';
import { useAction, useApi, useRefresh } from '../../../../ui/query.ts';
import { toast } from '../../../../ui/toast.tsx';
import { conventionLabels, inventoryRoutes, type InventoryEffector } from '../../contract.ts';
import { SoftwareFields, type SoftwareDraft } from './software-fields.tsx';
import { sourcesInWords } from './words.ts';
import css from './inventory.module.css';

type Convention = NonNullable<InventoryEffector['convention']>;
const UNSAID = 'non-dit';
const conventionChoices = [{ value: UNSAID, label: 'non renseignée' }, ...(Object.keys(conventionLabels) as Convention[]).map((value) => ({ value, label: conventionLabels[value] }))];

/** One effector: what is known elsewhere, and what the inventory adds. */
export function EffectorPanel({ territory, effector, onClose }: { territory: string; effector: InventoryEffector; onClose: () => void }) {
  const { nationalId, name, city, structures, participation, seen, declaredAt } = effector;
  const [software, setSoftware] = useState<SoftwareDraft>({ agenda: effector.agenda, software: effector.software });
  const [convention, setConvention] = useState<Convention | null>(effector.convention);
  const [since, setSince] = useState(effector.conventionSince ?? '');
  const refresh = useRefresh();
  const known = useApi(inventoryRoutes.inventory, { query: { territory } }).data?.effectors.flatMap((one) => one.software ?? []) ?? [];
  const save = useAction(inventoryRoutes.saveEffector, {
    onSuccess: () => {
      toast({ tone: 'ok', words: `${name} est enregistré.` });
      void refresh(inventoryRoutes.inventory);
      onClose();
    },
  });
  const body = { territory, ...software, convention, conventionSince: convention && since ? since : null };
  return (
    <SidePanel open onClose={onClose} over="Effecteur" title={name}>
      <div className={css.panel}>
        <Facts
          items={[
            ['Identifiant', <code key="id">{nationalId}</code>], ['Commune', city], ['Recensé par', sourcesInWords(effector)],
            ['Structure', structures.join(', ')], ['Participation', participation ?? 'ne participe pas'],
            ['Créneaux vus', seen ? <span key="seen">{seen.source}, <Moment at={seen.at} day /></span> : 'jamais'],
          ]}
        />
        {declaredAt && <Note title="Dit par l’effecteur lui-même">Son agenda et son logiciel, <Moment at={declaredAt} day />. Une liste importée ne les change pas.</Note>}
        <ApiForm label="Fiche de l’effecteur" problem={save.error} onSubmit={() => save.mutate({ params: { nationalId }, body })}>
          <SoftwareFields draft={software} onChange={setSoftware} known={[...new Set(known)].sort()} />
          <SelectField label="Convention avec le SAS" choices={conventionChoices} value={convention ?? UNSAID} onChange={(value) => setConvention(value === UNSAID ? null : (value as Convention))} />
          {convention && <TextField name="conventionSince" label="Depuis le" type="date" value={since} onChange={setSince} />}
          <SubmitBar label="Enregistrer" pending={save.isPending} onCancel={onClose} />
        </ApiForm>
      </div>
    </SidePanel>
  );
}
