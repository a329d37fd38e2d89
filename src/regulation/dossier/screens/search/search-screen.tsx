import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { AnswerOf } from '../../../../ui/api.ts';
import { DataTable, type Column } from '../../../../ui/data-table.tsx';
import { TextField } from '../../../../ui/field.tsx';
import { ApiForm, SubmitBar } from '../../../../ui/form.tsx';
import { Page } from '../../../../ui/frame.tsx';
import { Moment } from '../../../../ui/moments.tsx';
import { useAction } from '../../../../ui/query.ts';
import { EmptyState } from '../../../../ui/states.tsx';
import { routes } from '../../contract.ts';
import { useKept } from '../arm/use-kept.ts';
import { PriorityMark } from '../file/priority-mark.tsx';
import { filiereWords, placeWords } from '../file/words.ts';
import { readWords } from './criteria.ts';

type Line = AnswerOf<typeof routes.searchDossiers>['dossiers'][number];

const columns: readonly Column<Line>[] = [
  { id: 'priority', label: 'Priorité', value: ({ priority }) => priority, render: ({ priority }) => <PriorityMark priority={priority} /> },
  { id: 'motive', label: 'Motif', value: ({ motive }) => motive?.label ?? 'à préciser' },
  { id: 'who', label: 'Patient', value: ({ summary, city }) => [summary, city].filter(Boolean).join(', ') || 'à préciser' },
  { id: 'opened', label: 'Ouvert', value: ({ openedAt }) => openedAt, render: ({ openedAt }) => <Moment at={openedAt} day /> },
  { id: 'place', label: 'Où il en est', value: placeWords },
  { id: 'filiere', label: 'Filière', value: ({ filiere }) => (filiere ? filiereWords[filiere] : '') },
  { id: 'owner', label: 'Entre les mains de', value: ({ owner }) => owner?.name ?? '' },
  { id: 'number', label: 'Numéro', value: ({ number }) => number },
];

/** Finds a dossier. Words stay out of the address: they may name a patient. */
export default function SearchScreen() {
  const navigate = useNavigate();
  const [words, setWords] = useKept('dossier search', '');
  const [found, setFound] = useKept<readonly Line[] | null>('dossiers found', null);
  const [tooShort, setTooShort] = useState(false);
  const open = (id: string) => void navigate({ to: '/dossiers/$id', params: { id } as never });
  const search = useAction(routes.searchDossiers, { onSuccess: ({ dossiers }) => (dossiers.length === 1 ? open(dossiers[0]!.id) : setFound(dossiers)) });

  function ask() {
    const asked = readWords(words);
    setTooShort(asked === null);
    if (asked) search.mutate({ query: asked });
  }

  return (
    <Page title="Dossiers" intro="Chaque recherche est gardée dans le journal.">
      <ApiForm label="Chercher un dossier" problem={search.error} onSubmit={ask}>
        <TextField
          label="Numéro de dossier, nom du patient, téléphone ou date de naissance" value={words} onChange={setWords} autoFocus
          help={tooShort ? 'Tapez au moins deux lettres, ou une date comme 12/03/1956.' : 'DRFR…, Dupont Marie, 06 39 98 12 34, 12/03/1956'}
        />
        <SubmitBar label="Chercher" keys="Entrée" pending={search.isPending} />
      </ApiForm>
      {found && (
        <DataTable
          label="Dossiers trouvés" rows={found} columns={columns} rowKey={({ id }) => id} onOpen={({ id }) => open(id)}
          empty={<EmptyState title="Aucun dossier trouvé"><p>Vérifiez l’orthographe du nom, ou cherchez par le téléphone de l’appelant.</p></EmptyState>}
        />
      )}
    </Page>
  );
}
