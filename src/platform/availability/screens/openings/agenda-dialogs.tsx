import type { KeptAgenda, Series } from '../../contract.ts';
import { AvailabilityForm } from './availability-form.tsx';
import { CalendarDialog } from './calendar-dialog.tsx';
import { ChooseDialog } from './choose-dialog.tsx';
import { CopyDialog } from './copy-dialog.tsx';
import { draftOf, newDraft } from './draft.ts';
import type { Chosen } from './grid-model.ts';
import { LeaveDialog } from './leave-dialog.tsx';
import { OpeningPanel } from './opening-panel.tsx';
import { RemoveDialog } from './remove-dialog.tsx';
import type { Opening } from './week.ts';

/** What the person is doing over the week. */
export type Doing =
  | { readonly kind: 'create'; readonly chosen: Chosen | null }
  | { readonly kind: 'open' | 'edit' | 'remove'; readonly opening: Opening }
  | { readonly kind: 'choose'; readonly to: 'edit' | 'remove' }
  | { readonly kind: 'leave' | 'copy' | 'calendar' };

interface AgendaDialogsProps {
  readonly doing: Doing;
  readonly agenda: KeptAgenda;
  readonly agendas: readonly KeptAgenda[];
  readonly monday: Temporal.PlainDate;
  readonly day: Temporal.PlainDate;
  readonly today: Temporal.PlainDate;
  readonly openings: readonly Opening[];
  readonly series: readonly Series[];
  readonly onDo: (next: Doing | null) => void;
}

/** The window of what is being done. */
export function AgendaDialogs({ doing, agenda, agendas, monday, day, today, openings, series, onDo }: AgendaDialogsProps) {
  const close = () => onDo(null);
  const seriesOf = (opening: Opening) => series.find(({ id }) => id === opening.seriesId) ?? null;
  const isPast = (opening: Opening) => opening.day < today.toString();
  switch (doing.kind) {
    case 'create': {
      const chosen = doing.chosen ?? { day: day.dayOfWeek - 1, from: 9 * 60, to: 9 * 60 + 30 };
      return <AvailabilityForm agenda={agenda} start={newDraft(agenda, monday, chosen)} editing={null} onClose={close} />;
    }
    case 'open':
      return <OpeningPanel opening={doing.opening} series={seriesOf(doing.opening)} agenda={agenda} past={isPast(doing.opening)} onEdit={() => onDo({ ...doing, kind: 'edit' })} onRemove={() => onDo({ ...doing, kind: 'remove' })} onClose={close} />;
    case 'edit':
      return <AvailabilityForm agenda={agenda} start={draftOf(doing.opening)} editing={{ opening: doing.opening, series: seriesOf(doing.opening) }} onClose={close} />;
    case 'remove':
      return <RemoveDialog opening={doing.opening} series={seriesOf(doing.opening)} onClose={close} />;
    case 'choose': {
      const { to } = doing;
      return (
        <ChooseDialog
          title={to === 'edit' ? 'Modifier vos disponibilités' : 'Supprimer vos disponibilités'} action={to === 'edit' ? 'Modifier' : 'Supprimer'}
          openings={openings.filter((one) => !isPast(one))} onChoose={(opening) => onDo({ kind: to, opening })} onClose={close}
        />
      );
    }
    case 'leave': return <LeaveDialog agenda={agenda} day={day.toString()} onClose={close} />;
    case 'copy': return <CopyDialog agenda={agenda} agendas={agendas} day={day} onClose={close} />;
    case 'calendar': return <CalendarDialog agenda={agenda} onClose={close} />;
  }
}
