import { useState } from 'react';
import { Badge, type Tone } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { DataTable, type Column } from '../../../../ui/data-table.tsx';
import { Page } from '../../../../ui/frame.tsx';
import { useApi } from '../../../../ui/query.ts';
import { EmptyState, ProblemState } from '../../../../ui/states.tsx';
import { mayCall, useAccount } from '../../../../ui/session.ts';
import { type Convention, conventionKindLabels, type ConventionStatus, conventionStatusLabels, routes } from '../../contract.ts';
import { dateOf } from '../words.ts';
import { ConventionForm } from './convention-form.tsx';
import { ConventionPanel } from './convention-panel.tsx';

const conventionTones: Record<ConventionStatus, Tone> = {
  BROUILLON: 'neutral', RELU_AMU: 'accent', RELU_MG: 'accent', RELU: 'accent', VALIDE_GOUVERNANCE: 'warn', ACTIF: 'ok', REMPLACE: 'neutral',
};

const signed = ({ signatories }: Convention): string => `${signatories.filter(({ signedOn }) => signedOn !== null).length} sur ${signatories.length}`;

const columns: Column<Convention>[] = [
  { id: 'structure', label: 'Structure', value: ({ structureName }) => structureName },
  { id: 'kind', label: 'Sorte', value: ({ kind }) => conventionKindLabels[kind] },
  { id: 'subject', label: 'Objet', value: ({ subject }) => subject },
  { id: 'status', label: 'État', value: ({ status }) => conventionStatusLabels[status], render: ({ status }) => <Badge tone={conventionTones[status]}>{conventionStatusLabels[status]}</Badge> },
  { id: 'starts', label: 'Du', value: ({ startsOn }) => startsOn, render: ({ startsOn }) => dateOf(startsOn) },
  { id: 'ends', label: 'Au', value: ({ endsOn }) => endsOn ?? 'sans fin', render: ({ endsOn }) => (endsOn ? dateOf(endsOn) : 'sans fin') },
  { id: 'signed', label: 'Signatures', value: signed },
];

/** Conventions between the SAS and the structures (STR-09, STR-10). A structure's manager reads his own. */
export default function ConventionsScreen() {
  const query = useApi(routes.conventions, {}, { topics: ['convention'] });
  const leads = mayCall(useAccount(), routes.createConvention);
  const [open, setOpen] = useState<string | null>(null);
  const [creating, setCreating] = useState(false);
  const opened = query.data?.conventions.find(({ id }) => id === open);
  if (query.error && !query.data) return <Page title="Conventions"><ProblemState problem={query.error} onRetry={() => void query.refetch()} /></Page>;
  return (
    <Page title="Conventions" intro="Ce que le SAS et les structures ont signé : où en est chaque convention, jusqu’à quand, par qui."
      actions={leads && <Button look="main" onPress={() => setCreating(true)}>Nouvelle convention</Button>}>
      <DataTable label="Conventions" rows={query.data?.conventions} columns={columns} rowKey={({ id }) => id} onOpen={({ id }) => setOpen(id)} selectedKey={open}
        filterLabel="Filtrer" exportName="conventions" initialSort={{ column: 'structure', descending: false }}
        empty={<EmptyState title="Aucune convention"><p>{leads ? 'Enregistrez celles que le SAS signe avec ses structures.' : 'Aucune convention n’est enregistrée avec votre structure.'}</p></EmptyState>} />
      {opened && <ConventionPanel key={`${opened.id}/${opened.version}`} convention={opened} onClose={() => setOpen(null)} />}
      {creating && <ConventionForm convention={null} onClose={() => setCreating(false)} />}
    </Page>
  );
}
