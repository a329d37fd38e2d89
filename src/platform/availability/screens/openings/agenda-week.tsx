import { useState } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { SelectField } from '../../../../ui/field.tsx';
import { Section } from '../../../../ui/frame.tsx';
import { useCommand } from '../../../../ui/commands.ts';
import { useNow } from '../../../../ui/moments.tsx';
import { useApi } from '../../../../ui/query.ts';
import { Loading, ProblemState } from '../../../../ui/states.tsx';
import { useZone } from '../../../../ui/moments.tsx';
import { type KeptAgenda, routes } from '../../contract.ts';
import { AgendaDialogs, type Doing } from './agenda-dialogs.tsx';
import { DayView } from './day-view.tsx';
import type { Chosen } from './grid-model.ts';
import { LeavesList } from './leaves-list.tsx';
import { agendaKey } from './use-agendas.ts';
import { useNarrow } from './use-narrow.ts';
import { useResize } from './use-resize.ts';
import { durationInWords, mondayOf, weekInWords } from './week.ts';
import { WeekGrid } from './week-grid.tsx';
import css from './openings.module.css';

/** One agenda, week by week: what is offered, and everything that can be done with it. */
export function AgendaWeek({ agenda, agendas, chosenDay, onDay, onAgenda }: {
  agenda: KeptAgenda; agendas: readonly KeptAgenda[]; chosenDay: string | undefined; onDay: (day: string) => void; onAgenda: (agenda: KeptAgenda) => void;
}) {
  const today = useNow(60_000).toZonedDateTimeISO(useZone()).toPlainDate();
  const day = chosenDay ? Temporal.PlainDate.from(chosenDay) : today;
  const monday = mondayOf(day);
  const narrow = useNarrow();
  const [doing, setDoing] = useState<Doing | null>(null);
  // The agenda on which something was begun: should it be taken away meanwhile, nothing is written in the next one.
  const [begun, setBegun] = useState(agenda);
  const begin = (what: Doing) => {
    setBegun(agenda);
    setDoing(what);
  };
  const { nationalId, structureId } = agenda;
  const week = useApi(routes.agenda, {
    query: { from: monday.toString(), to: monday.add({ days: 6 }).toString(), ...(nationalId ? { nationalId } : {}), ...(structureId ? { structureId } : {}) },
  }, { topics: ['opening', 'slot', 'orientation'], keepPrevious: true });
  const resize = useResize();
  const create = (chosen: Chosen | null = null) => begin({ kind: 'create', chosen });
  const go = (date: Temporal.PlainDate) => onDay(date.toString());
  useCommand({ id: 'openings:previous', label: 'Semaine précédente', group: 'Disponibilités', keys: 'p', run: () => go(monday.subtract({ days: 7 })) });
  useCommand({ id: 'openings:next', label: 'Semaine suivante', group: 'Disponibilités', keys: 's', run: () => go(monday.add({ days: 7 })) });
  useCommand({ id: 'openings:create', label: 'Créer des disponibilités', group: 'Disponibilités', keys: 'c', run: () => create() });

  if (week.error && !week.data) return <ProblemState problem={week.error} onRetry={() => void week.refetch()} />;
  const openings = week.data?.openings ?? [];
  const chooser = agendas.length > 1 && (
    <SelectField label="Agenda" choices={agendas.map((one) => ({ value: agendaKey(one), label: one.within ? `${one.label} (${one.within})` : one.label }))} value={agendaKey(agenda)} onChange={(key) => onAgenda(agendas.find((one) => agendaKey(one) === key)!)} />
  );
  const tools = (
    <div className={css.actions}>
      {!narrow && <Button look="main" keys="C" onPress={() => create()}>Créer des disponibilités</Button>}
      <Button onPress={() => begin({ kind: 'choose', to: 'edit' })}>Modifier vos disponibilités</Button>
      <Button onPress={() => begin({ kind: 'choose', to: 'remove' })}>Supprimer vos disponibilités</Button>
      <Button onPress={() => begin({ kind: 'leave' })}>Déclarer une indisponibilité</Button>
      <Button look="quiet" onPress={() => begin({ kind: 'copy' })}>Copier…</Button>
      <Button look="quiet" onPress={() => begin({ kind: 'calendar' })}>Calendrier…</Button>
    </div>
  );
  return (
    <>
      {chooser}
      {!narrow && tools}
      <Section
        title={weekInWords(monday)}
        actions={
          <div className={css.weeks}>
            {week.data && <span className={css.total}><strong>{durationInWords(week.data.offeredMinutes)}</strong> offertes cette semaine</span>}
            <Button small onPress={() => go(monday.subtract({ days: 7 }))} aria-label="Semaine précédente" keys="P">Précédente</Button>
            <Button small isDisabled={mondayOf(today).equals(monday)} onPress={() => go(today)}>Cette semaine</Button>
            <Button small onPress={() => go(monday.add({ days: 7 }))} aria-label="Semaine suivante" keys="S">Suivante</Button>
          </div>
        }
      >
        {week.data ? (
          <>
            <LeavesList leaves={week.data.leaves} />
            {narrow
              ? <DayView monday={monday} day={day} openings={openings} holidays={week.data.holidays} onDay={go} onOpen={(opening) => begin({ kind: 'open', opening })} onCreate={() => create({ day: day.dayOfWeek - 1, from: 9 * 60, to: 9 * 60 + 30 })} />
              : <WeekGrid
                  key={monday.toString()} monday={monday} today={today} openings={openings} holidays={week.data.holidays} onCreate={create}
                  onOpen={(opening) => begin({ kind: 'open', opening })} onRemove={(opening) => begin({ kind: 'remove', opening })} onResize={resize}
                />}
            {!narrow && <p className={css.soft}>Tracez à la souris pour créer, tirez le bas d’une disponibilité pour l’allonger. Au clavier : Tab jusqu’à la semaine, flèches, Maj et flèches pour étendre, Entrée pour créer, Espace pour ouvrir, Suppr pour retirer. ↻ : chaque semaine.</p>}
          </>
        ) : <Loading lines={12} />}
      </Section>
      {narrow && tools}
      {doing && week.data && <AgendaDialogs key={JSON.stringify(doing)} doing={doing} agenda={begun} agendas={agendas} monday={monday} day={day} today={today} openings={openings} series={week.data.series} onDo={setDoing} />}
    </>
  );
}
