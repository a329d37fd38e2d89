import { useState } from 'react';
import { z } from 'zod';
import type { AnswerOf } from '../../../ui/api.ts';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { SidePanel } from '../../../ui/dialog.tsx';
import { ApiForm, SubmitBar } from '../../../ui/form.tsx';
import { Page } from '../../../ui/frame.tsx';
import { formatPhone } from '../../../ui/phone.ts';
import { useAction, useApi } from '../../../ui/query.ts';
import { QueryView } from '../../../ui/states.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import { useUrlState } from '../../../ui/url.ts';
import { accountRoutes, personRoutes, roleLabels } from '../../contract.ts';
import { levelLabels } from '../../domain/team.ts';
import { DetailsFields, detailsOf, draftOf } from '../accounts/details-fields.tsx';
import { availableInWords } from '../accounts/words.tsx';
import { Organigramme } from './organigramme.tsx';
import css from './actors.module.css';

export type ActorOfSas = AnswerOf<typeof personRoutes.actors>['actors'][number];

const viewSchema = z.object({ tab: z.enum(['map', 'chart']).catch('map') });

const columns: readonly Column<ActorOfSas>[] = [
  { id: 'level', label: 'Département', value: ({ level }) => levelLabels[level] },
  { id: 'role', label: 'Rôle', value: ({ roles }) => roles.map((role) => roleLabels[role]).join(', ') },
  { id: 'name', label: 'Nom / Prénom', value: ({ lastName, firstName }) => `${lastName} ${firstName}` },
  { id: 'email', label: 'Contact mail', value: ({ email }) => email },
  { id: 'phone', label: 'Téléphone', value: ({ phone }) => phone, render: ({ phone }) => phone && formatPhone(phone) },
  { id: 'available', label: 'Temps disponible', value: ({ available }) => availableInWords(available) },
  { id: 'department', label: 'Dép. (n°)', value: ({ department, territories }) => department ?? territories.join(', ') },
];

/** « Première cartographie des acteurs du SAS », live, and the organigramme drawn from the same accounts (ACT-13, ACT-14). */
export default function ActorsScreen() {
  const [view, write] = useUrlState(viewSchema);
  const [open, setOpen] = useState<string | null>(null);
  const query = useApi(personRoutes.actors, {}, { topics: ['accounts'] });
  const actors = query.data?.actors;
  const opened = actors?.find(({ id, editable }) => id === open && editable);
  const map = (
    <DataTable
      label="Première cartographie des acteurs du SAS" rows={actors} columns={columns} rowKey={({ id }) => id} filterLabel="Filtrer" exportName="acteurs-du-sas"
      initialSort={{ column: 'level', descending: false }} selectedKey={open}
      {...(actors?.some(({ editable }) => editable) ? { onOpen: ({ id }: ActorOfSas) => setOpen(id) } : {})}
    />
  );
  return (
    <Page title="Acteurs du SAS" intro="Qui fait quoi, et comment le joindre. La liste vient des comptes : elle est toujours à jour.">
      <Tabs
        label="Acteurs du SAS" value={view.tab} onChange={(tab) => write({ tab }, { replace: true })}
        items={[
          { id: 'map', label: 'Cartographie', content: query.error && !actors ? <QueryView query={query}>{() => null}</QueryView> : map },
          { id: 'chart', label: 'Organigramme', content: <QueryView query={query}>{(data) => <Organigramme actors={data.actors} />}</QueryView> },
        ]}
      />
      {opened && <EditActor key={opened.id} actor={opened} onClose={() => setOpen(null)} />}
    </Page>
  );
}

function EditActor({ actor, onClose }: { actor: ActorOfSas; onClose: () => void }) {
  const [details, setDetails] = useState(draftOf(actor));
  const save = useAction(accountRoutes.changeAccount, { onSuccess: onClose });
  return (
    <SidePanel open onClose={onClose} over={actor.roles.map((role) => roleLabels[role]).join(', ')} title={actor.displayName}>
      <ApiForm label={`Fiche de ${actor.displayName}`} problem={save.error} onSubmit={() => save.mutate({ params: { id: actor.id }, body: detailsOf(details) })}>
        <div className={css.panel}>
          <DetailsFields details={details} onChange={setDetails} />
          <SubmitBar label="Enregistrer" pending={save.isPending} onCancel={onClose} />
        </div>
      </ApiForm>
    </SidePanel>
  );
}
