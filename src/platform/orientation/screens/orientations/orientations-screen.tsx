import { roleLabels, searchRoles } from '../../../../identity/contract.ts';
import { ApiProblem, urlOf } from '../../../../ui/api.ts';
import { Button } from '../../../../ui/button.tsx';
import { useCommand } from '../../../../ui/commands.ts';
import { DataTable } from '../../../../ui/data-table.tsx';
import { Page } from '../../../../ui/frame.tsx';
import { useNow, useZone } from '../../../../ui/moments.tsx';
import { useApi } from '../../../../ui/query.ts';
import { mayOpen, useAccount } from '../../../../ui/session.ts';
import { EmptyState, ProblemState } from '../../../../ui/states.tsx';
import type { SortState } from '../../../../ui/table-model.ts';
import { useMemory, useUrlState } from '../../../../ui/url.ts';
import { routes } from '../../contract.ts';
import { columns } from './columns.tsx';
import { DetailPanel } from './detail-panel.tsx';
import { FiltersBar } from './filters-bar.tsx';
import { filterSchema, isUnfiltered, questionOf, type Filters } from './filters.ts';
import { useHeldRows } from './held-rows.ts';
import css from './orientations.module.css';

const PAGE = 50;
const everything: Partial<Filters> = { status: 'all', period: 'all', q: undefined, editor: undefined, mine: undefined, from: undefined, to: undefined, cursor: undefined };

/** Every orientation made, with its state: the dashboard of the regulation and of those who receive. */
export default function OrientationsScreen() {
  const account = useAccount();
  const zone = useZone();
  const today = useNow(60_000).toZonedDateTimeISO(zone).toPlainDate();
  const [filters, write] = useUrlState(filterSchema);
  const trail = (useMemory().trail as readonly string[] | undefined) ?? [];

  const question = questionOf(filters, today);
  const list = useApi(routes.orientations, { query: { ...question, limit: String(PAGE) } }, { topics: ['orientation'], keepPrevious: true });
  const answer = list.isPlaceholderData ? undefined : list.data;
  const { rows, fresh, show } = useHeldRows(urlOf(routes.orientations, { query: question }), answer?.orientations);
  useCommand({ id: 'orientations:fresh', label: 'Afficher les nouvelles orientations', group: 'Orientations', keys: 'n', run: show, enabled: fresh > 0 });

  const change = (next: Partial<Filters>) => write({ cursor: undefined, ...next }, { replace: true });
  const sorted = ({ column, descending }: SortState) => change({ sort: column as Filters['sort'], order: descending ? 'desc' : 'asc' });
  const turn = (cursor: string | undefined, next: readonly string[]) => write({ cursor }, { memory: { trail: next } });

  if (list.error instanceof ApiProblem && !list.data) {
    return <Page title="Orientations"><ProblemState problem={list.error} roleNames={roleLabels} onRetry={() => void list.refetch()} /></Page>;
  }
  const first = trail.length * PAGE + 1;
  const total = list.data?.total ?? 0;
  return (
    <Page title="Orientations">
      <DataTable
        label="Orientations"
        rows={rows}
        columns={columns}
        rowKey={({ id }) => id}
        selectedKey={filters.open ?? null}
        onOpen={({ id }) => write({ open: id }, { memory: { trail } })}
        sort={{ column: filters.sort, descending: filters.order === 'desc' }}
        onSort={sorted}
        exportHref={urlOf(routes.orientations, { query: { ...question, cursor: undefined, format: 'csv' } })}
        tools={<FiltersBar filters={filters} mine={mayOpen(account, searchRoles)} onChange={change} />}
        empty={isUnfiltered(filters) ? <NothingYet /> : <NoMatch onClear={() => change(everything)} />}
        footer={
          rows && rows.length > 0 && (
            <nav aria-label="Pages de la liste" className={css.pages}>
              <span>{filters.cursor && trail.length === 0 ? `Suite de la liste, ${total} en tout` : `${first} à ${first + rows.length - 1} sur ${Math.max(total, rows.length)}`}</span>
              {filters.cursor && <Button small onPress={() => turn(trail.at(-2), trail.slice(0, -1))}>{trail.length > 0 ? 'Page précédente' : 'Revenir au début'}</Button>}
              {answer?.nextCursor && <Button small onPress={() => turn(answer.nextCursor!, [...trail, answer.nextCursor!])}>Page suivante</Button>}
            </nav>
          )
        }
      />
      <div className={css.fresh} role="status">
        {fresh > 0 && <Button look="main" onPress={show} keys="N">{fresh === 1 ? '1 nouvelle orientation' : `${fresh} nouvelles orientations`}</Button>}
      </div>
      {filters.open && <DetailPanel id={filters.open} onClose={() => write({ open: undefined }, { replace: true, memory: { trail } })} />}
    </Page>
  );
}

const NothingYet = () => (
  <EmptyState title="Aucune orientation pour l’instant">
    <p>Les orientations faites depuis la recherche, ou annoncées par les éditeurs, apparaissent ici dès qu’elles existent.</p>
  </EmptyState>
);

const NoMatch = ({ onClear }: { onClear: () => void }) => (
  <EmptyState title="Aucune orientation ne correspond à ces filtres" action={<Button onPress={onClear}>Tout montrer</Button>}>
    <p>Élargissez la période ou l’état cherché.</p>
  </EmptyState>
);
