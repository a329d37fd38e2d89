import { Link } from '@tanstack/react-router';
import { Button } from '../../../../ui/button.tsx';
import { cx } from '../../../../ui/class-names.ts';
import { CheckIcon, CrossIcon } from '../../../../ui/icons.tsx';
import { Moment } from '../../../../ui/moments.tsx';
import { modalityLabels } from '../../../availability/contract.ts';
import type { Received } from '../../contract-outcomes.ts';
import { StatusBadge } from '../orientations/status-badge.tsx';
import { modalityIcons } from '../search/modality.tsx';
import type { Told } from './use-tell.ts';
import { tellingOf } from './words.ts';
import css from './outcomes.module.css';

export interface AppointmentRowProps {
  readonly appointment: Received;
  /** Who receives is said to somebody else than himself. */
  readonly named: boolean;
  readonly dated?: boolean;
  readonly pending?: boolean;
  readonly onTell?: (told: Told) => void;
}

/** One patient addressed by the SAS: when, where, how; and the two gestures once he was expected. */
export function AppointmentRow({ appointment, named, dated = false, pending = false, onTell }: AppointmentRowProps) {
  const { id, start, label, placeLabel, modality, territory, status, editor } = appointment;
  const telling = tellingOf(appointment);
  return (
    <div className={css.card}>
      <div className={css.head}>
        <strong className={css.hour}>{start ? <Moment at={start} day={dated} /> : 'heure à convenir'}</strong>
        <StatusBadge status={status} />
        <Link to={`/orientations?period=all&open=${id}` as string} className={css.more}>Détail<span className={css.hidden}> du rendez-vous{start && <> de <Moment at={start} day /></>}</span></Link>
      </div>
      <div className={css.where}>
        {named && <strong>{label}</strong>}
        <span className={css.modality}>{modality && modalityIcons[modality]}{modality ? modalityLabels[modality] : 'modalité à convenir'}</span>
        <span>{placeLabel}</span>
        <span className={css.soft}>adressé par le SAS {territory}</span>
      </div>
      {telling === 'here' && onTell && (
        <div className={cx(css.gestures, pending && css.pending)}>
          <Button look="main" className={css.gesture!} isDisabled={pending} onPress={() => onTell('honoured')}><CheckIcon />Vu</Button>
          <Button className={css.gesture!} isDisabled={pending} onPress={() => onTell('no-show')}><CrossIcon size={14} />Pas venu</Button>
        </div>
      )}
      {telling === 'vendor' && <p className={css.soft}>La suite se dit dans le logiciel {editor} : il la transmet au SAS.</p>}
    </div>
  );
}
