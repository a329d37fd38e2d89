import { z } from 'zod';
import { roleLabels } from '../../../../identity/contract.ts';
import { Button } from '../../../../ui/button.tsx';
import { useCommand } from '../../../../ui/commands.ts';
import { Page, Section } from '../../../../ui/frame.tsx';
import { useNow, useZone } from '../../../../ui/moments.tsx';
import { useApi } from '../../../../ui/query.ts';
import { EmptyState, Loading, ProblemState } from '../../../../ui/states.tsx';
import { useUrlState } from '../../../../ui/url.ts';
import { routes } from '../../contract.ts';
import { OpeningForm } from './opening-form.tsx';
import { OpeningList } from './opening-list.tsx';
import { useOwners } from './use-owners.ts';
import { mondayOf, weekInWords } from './week.ts';
import css from './openings.module.css';

const viewSchema = z.object({ day: z.iso.date().optional().catch(undefined) });

/** The availabilities that somebody who receives patients declares to the SAS, week by week. */
export default function OpeningsScreen() {
  const zone = useZone();
  const today = useNow(60_000).toZonedDateTimeISO(zone).toPlainDate();
  const [view, write] = useUrlState(viewSchema);
  const day = view.day ? Temporal.PlainDate.from(view.day) : today;
  const monday = mondayOf(day);
  const go = (next: Temporal.PlainDate | string) => write({ day: next.toString() }, { replace: true });
  const { owners, problem, retry } = useOwners();
  const list = useApi(routes.openings, { query: { from: monday.toString(), to: monday.add({ days: 6 }).toString() } }, { topics: ['slot', 'orientation'], keepPrevious: true });
  useCommand({ id: 'openings:previous', label: 'Semaine précédente', group: 'Disponibilités', keys: 'p', run: () => go(monday.subtract({ days: 7 })) });
  useCommand({ id: 'openings:next', label: 'Semaine suivante', group: 'Disponibilités', keys: 's', run: () => go(monday.add({ days: 7 })) });

  const error = problem ?? (list.data ? null : list.error);
  if (error) return <Page title="Mes disponibilités"><ProblemState problem={error} roleNames={roleLabels} onRetry={() => { retry(); void list.refetch(); }} /></Page>;
  return (
    <Page title="Mes disponibilités" intro="Ce que vous pouvez recevoir des patients du SAS. Votre agenda lui-même n’est jamais montré : seulement ces créneaux, à la régulation.">
      <div className={css.columns}>
        <div className={css.card}>
          <h2>Déclarer</h2>
          {!owners ? <Loading lines={6} /> : owners.length === 0 ? <NoAgenda /> : <OpeningForm owners={owners} day={day.toString()} onDay={go} />}
        </div>
        <Section
          title={weekInWords(monday)}
          actions={
            <div className={css.weeks}>
              <Button small onPress={() => go(monday.subtract({ days: 7 }))} aria-label="Semaine précédente" keys="P">Précédente</Button>
              <Button small isDisabled={mondayOf(today).equals(monday)} onPress={() => go(today)}>Cette semaine</Button>
              <Button small onPress={() => go(monday.add({ days: 7 }))} aria-label="Semaine suivante" keys="S">Suivante</Button>
            </div>
          }
        >
          {list.data ? <OpeningList monday={monday} today={today} chosen={day} openings={list.data.openings} owners={owners ?? []} onDay={go} /> : <Loading lines={10} />}
        </Section>
      </div>
    </Page>
  );
}

const NoAgenda = () => (
  <EmptyState title="Aucun lieu ne vous est connu">
    <p>L’annuaire ne donne pas de lieu d’exercice à votre compte, ou aucune structure ne vous est confiée. L’administrateur de votre territoire peut le corriger.</p>
  </EmptyState>
);
