import { roleLabels } from '../../../../identity/contract.ts';
import { urlOf } from '../../../../ui/api.ts';
import { ButtonLink } from '../../../../ui/button.tsx';
import { Page } from '../../../../ui/frame.tsx';
import { DownloadIcon } from '../../../../ui/icons.tsx';
import { useNow, useZone } from '../../../../ui/moments.tsx';
import { useApi } from '../../../../ui/query.ts';
import { mayCall, useAccount } from '../../../../ui/session.ts';
import { Loading, ProblemState } from '../../../../ui/states.tsx';
import { Tabs } from '../../../../ui/tabs.tsx';
import { useUrlState } from '../../../../ui/url.ts';
import { routes } from '../../contract-outcomes.ts';
import { AbsenceView } from './absence-view.tsx';
import { FiguresView, type Summary } from './figures-view.tsx';
import { boundsOf, filterSchema, questionOf, type Filters } from './filters.ts';
import { FiltersBar } from './filters-bar.tsx';
import { ListView } from './list-view.tsx';

/** Supervision of the orientations: figures, absences, and the list, under the same filters kept in the address. */
export default function FollowUpScreen() {
  const account = useAccount();
  const today = useNow(60_000).toZonedDateTimeISO(useZone()).toPlainDate();
  const [filters, write] = useUrlState(filterSchema);
  const question = questionOf(filters, today);
  const summary = useApi(routes.followUpSummary, { query: question }, { topics: ['orientation'], keepPrevious: true });
  const change = (next: Partial<Filters>) => write({ cursor: undefined, ...next }, { replace: true });
  const shown = (draw: (data: Summary) => React.ReactNode) => {
    if (summary.data) return draw(summary.data);
    return summary.error ? <ProblemState problem={summary.error} roleNames={roleLabels} onRetry={() => void summary.refetch()} /> : <Loading lines={8} />;
  };
  const views = [
    { id: 'figures', label: 'Chiffres', content: shown((data) => <FiguresView summary={data} />) },
    { id: 'absence', label: 'Absences', content: shown((data) => <AbsenceView summary={data} />) },
    ...(mayCall(account, routes.followUp)
      ? [{ id: 'list', label: 'Liste', content: <ListView question={question} cursor={filters.cursor} onCursor={(cursor) => write({ cursor })} /> }]
      : []),
  ];
  return (
    <Page
      title="Suivi des orientations"
      intro="Délais, distances, niveaux de la charte et suites. Les rappels dans les 72 heures ne sont connus que de la salle de régulation : son extraction d’étude les donne sous les mêmes pseudonymes."
      actions={mayCall(account, routes.appointmentStudy) && (
        <ButtonLink href={urlOf(routes.appointmentStudy, { query: boundsOf(filters, today) })} download><DownloadIcon />Extraction d’étude</ButtonLink>
      )}
    >
      <FiltersBar filters={filters} territory={account.territories.find((code) => code !== '*')} onChange={change} />
      <Tabs label="Suivi des orientations" items={views} value={views.some(({ id }) => id === filters.view) ? filters.view : 'figures'} onChange={(view) => change({ view: view as Filters['view'] })} />
    </Page>
  );
}
