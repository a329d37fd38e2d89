import type { ReactNode } from 'react';
import { Badge } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { cx } from '../../../../ui/class-names.ts';
import { CabinetIcon, CheckIcon, CrossIcon, HomeIcon, VideoIcon } from '../../../../ui/icons.tsx';
import { useAction, useRefresh } from '../../../../ui/query.ts';
import { toast } from '../../../../ui/toast.tsx';
import { modalityLabels, routes, type Modality } from '../../contract.ts';
import type { Owner } from './use-owners.ts';
import { byDay, daysOf, takenInWords, type Opening } from './week.ts';
import css from './openings.module.css';

const icons: Record<Modality, ReactNode> = { AMB: <CabinetIcon size={14} />, HH: <HomeIcon size={14} />, VR: <VideoIcon size={14} /> };

/** The availabilities of a week, under their day. Removing one can be undone. */
export function OpeningList({ monday, today, chosen, openings, owners, onDay }: {
  monday: Temporal.PlainDate; today: Temporal.PlainDate; chosen: Temporal.PlainDate; openings: readonly Opening[]; owners: readonly Owner[]; onDay: (day: Temporal.PlainDate) => void;
}) {
  const remove = useRemoval();
  return (
    <>
      {openings.length === 0 && <p className={css.soft}>Rien n’est déclaré cette semaine : la régulation ne peut pas vous adresser de patient sur l’agenda du SAS.</p>}
      <ol className={css.week}>
        {byDay(daysOf(monday), openings).map(({ day, openings: own }) => (
          <li key={day.toString()} className={cx(css.day, day.equals(chosen) && css.chosen, Temporal.PlainDate.compare(day, today) < 0 && css.past)}>
            <button type="button" className={css.dayName} aria-pressed={day.equals(chosen)} onClick={() => onDay(day)}>
              <strong>{day.toLocaleString('fr-FR', { weekday: 'long' })}</strong>
              <span>{day.equals(today) ? 'aujourd’hui' : day.toLocaleString('fr-FR', { day: 'numeric', month: 'short' })}</span>
            </button>
            <ul className={css.openings}>
              {own.length === 0 && <li className={css.none}>—</li>}
              {own.map((opening) => <Row key={opening.id} opening={opening} owners={owners} past={Temporal.PlainDate.compare(day, today) < 0} pending={remove.isPending && remove.variables.params.id === opening.id} onRemove={() => remove.go(opening)} />)}
            </ul>
          </li>
        ))}
      </ol>
    </>
  );
}

function Row({ opening, owners, past, pending, onRemove }: { opening: Opening; owners: readonly Owner[]; past: boolean; pending: boolean; onRemove: () => void }) {
  const { starts, ends, modalities, withAppointment, taken, capacity } = opening;
  const owner = owners.find(({ nationalId, structureId }) => (structureId ? structureId === opening.structureId : nationalId === opening.nationalId));
  const place = owners.flatMap(({ places }) => places).find(({ id }) => id === opening.placeId)?.label;
  return (
    <li className={css.opening}>
      <strong>{starts}–{ends}</strong>
      <span className={css.modalities}>{modalities.map((one) => <span key={one} role="img" aria-label={modalityLabels[one]} title={modalityLabels[one]}>{icons[one]}</span>)}</span>
      <span className={css.where}>
        {place && <span>{place}</span>}
        <span className={css.soft}>{[owners.length > 1 && owner?.label, !withAppointment && 'sans rendez-vous'].filter(Boolean).join(' · ')}</span>
      </span>
      <Badge tone={taken === 0 ? 'neutral' : 'ok'} icon={taken > 0 && <CheckIcon size={12} />}>{takenInWords({ taken, capacity })}</Badge>
      {taken === 0 && !past
        ? <Button small look="quiet" isPending={pending} aria-label={`Retirer ${starts}–${ends}`} onPress={onRemove}><CrossIcon size={14} /></Button>
        : <span title={past ? undefined : 'Un patient y est orienté : annulez d’abord son rendez-vous dans Orientations.'} />}
    </li>
  );
}

function useRemoval() {
  const refresh = useRefresh();
  const read = () => void refresh(routes.openings);
  const fail = (problem: { message: string }) => toast({ tone: 'bad', words: problem.message });
  const again = useAction(routes.open, { onSuccess: read, onError: fail });
  const remove = useAction(routes.removeOpening, { onError: fail });
  function go(opening: Opening) {
    const { nationalId, structureId, placeId, kind, day, starts, ends, modalities, withAppointment, capacity } = opening;
    remove.mutate({ params: { id: opening.id } }, {
      onSuccess: () => {
        read();
        toast({
          tone: 'ok', words: `${starts}–${ends} retiré.`,
          action: { label: 'Remettre', run: () => again.mutate({ body: { nationalId, structureId, placeId, kind, day, starts, ends, modalities, withAppointment, capacity } }) },
        });
      },
    });
  }
  return { isPending: remove.isPending, variables: remove.variables!, go };
}
