import { z } from 'zod';
import { roleLabels } from '../../../../identity/contract.ts';
import { Note } from '../../../../ui/badge.tsx';
import { Page } from '../../../../ui/frame.tsx';
import { EmptyState, Loading, ProblemState } from '../../../../ui/states.tsx';
import { useUrlState } from '../../../../ui/url.ts';
import { AgendaWeek } from './agenda-week.tsx';
import { useAgendas } from './use-agendas.ts';
import { REMINDER } from './week.ts';

const viewSchema = z.object({
  day: z.iso.date().optional().catch(undefined), professionnel: z.string().max(20).optional().catch(undefined), structure: z.string().max(20).optional().catch(undefined),
});

/** The availabilities that somebody who receives patients declares to the SAS, week by week. */
export default function OpeningsScreen() {
  const [view, write] = useUrlState(viewSchema);
  const { query, agendas, agenda } = useAgendas(view);
  return (
    <Page title="Ajouter ou modifier vos disponibilités" intro="Ce que vous pouvez recevoir des patients du SAS. Votre agenda lui-même n’est jamais montré : seulement ces disponibilités, à la régulation.">
      <Note>{REMINDER}</Note>
      {!agendas && query.error ? <ProblemState problem={query.error} roleNames={roleLabels} onRetry={() => void query.refetch()} />
        : !agendas ? <Loading lines={10} />
        : !agenda ? <NoAgenda />
        : <AgendaWeek agenda={agenda} agendas={agendas} chosenDay={view.day} onDay={(day) => write({ day }, { replace: true })} onAgenda={({ nationalId, structureId }) => write({ professionnel: nationalId ?? undefined, structure: structureId ?? undefined })} />}
    </Page>
  );
}

const NoAgenda = () => (
  <EmptyState title="Aucun agenda ne vous est confié">
    <p>L’annuaire ne donne pas de lieu d’exercice à votre compte, ou aucune structure ne vous est confiée. L’administrateur de votre territoire peut le corriger.</p>
  </EmptyState>
);
