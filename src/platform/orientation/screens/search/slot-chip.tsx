import { cx } from '../../../../ui/class-names.ts';
import { formatTime } from '../../../../ui/time.ts';
import { useZone } from '../../../../ui/moments.tsx';
import { modalityLabels, type SlotView } from '../../../availability/contract.ts';
import { modalityIcons, modalityWords } from './modality.tsx';
import css from './slot-chip.module.css';

/** What a source is called: the platform's own agenda, or the vendor's name. */
export const sourceName = (source: string): string => (source === 'platform' ? 'agenda SAS' : source);

/** The hour of a slot; a range without appointment says its bounds. */
export const slotHours = (slot: SlotView, zone: string): string =>
  slot.withAppointment ? formatTime(slot.start, zone) : `${formatTime(slot.start, zone)}–${formatTime(slot.end, zone)}`;

export interface SlotChipProps {
  readonly slot: SlotView;
  /** The digit that picks it, when its card is the selected one. */
  readonly digit: number | null;
  readonly reachable: boolean;
  readonly taken: boolean;
  readonly onBook: () => void;
}

/** A free slot: hour, how, source. Pressing it starts the booking. */
export function SlotChip({ slot, digit, reachable, taken, onBook }: SlotChipProps) {
  const zone = useZone();
  const how = slot.modalities.map((modality) => modalityWords[modality]).join(', ');
  const several = slot.remaining !== null && slot.remaining > 1 ? slot.remaining : null;
  const spoken = [
    slotHours(slot, zone), slot.modalities.map((modality) => modalityLabels[modality]).join(' ou '), sourceName(slot.source), several && `${several} places`, slot.withAppointment ? null : 'sans rendez-vous', taken ? 'vient d’être pris' : null,
  ].filter(Boolean).join(', ');
  return (
    <button type="button" className={cx(css.chip, taken && css.taken)} data-slot={slot.id} tabIndex={reachable ? 0 : -1} aria-disabled={taken} aria-label={spoken} onClick={() => !taken && onBook()}>
      <span className={css.top}>
        <span className={css.hour}>{slotHours(slot, zone)}</span>
        <span className={css.how}>
          {slot.modalities.map((modality) => <span key={modality} className={css.icon}>{modalityIcons[modality]}</span>)}
          {slot.modalities.length === 1 && how}
        </span>
      </span>
      <span className={css.bottom}>
        <span className={css.source}>{taken ? 'pris' : [several && `${several} pl.`, sourceName(slot.source), slot.modalities.length > 1 && how].filter(Boolean).join(' · ')}</span>
        {digit !== null && digit <= 9 && <kbd>{digit}</kbd>}
      </span>
    </button>
  );
}
