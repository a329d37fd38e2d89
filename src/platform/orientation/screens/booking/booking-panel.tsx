import { SidePanel } from '../../../../ui/dialog.tsx';
import { useNow, useZone } from '../../../../ui/moments.tsx';
import { formatDay } from '../../../../ui/time.ts';
import type { SlotView } from '../../../availability/contract.ts';
import type { SearchResult } from '../../contract.ts';
import { RequestChain } from '../ensus/request-chain.tsx';
import { titleOf, type Run } from '../search/run.ts';
import { slotHours } from '../search/slot-chip.tsx';
import { BookingForm } from './booking-form.tsx';
import { BookingOutcome } from './booking-outcome.tsx';
import { LostSlot } from './lost-slot.tsx';
import { PlaceLines } from './place-lines.tsx';
import { useBooking } from './use-booking.ts';

/** What is being booked: a slot, or (`slot` null) a request beyond the declared slots. */
export interface Booking {
  readonly result: SearchResult;
  readonly slot: SlotView | null;
  /** SUR-02: the slot search that came back empty just before. */
  readonly emptySearchId?: string | null;
}

export interface BookingPanelProps {
  readonly booking: Booking;
  readonly run: Run;
  /** Another slot instead of this one. */
  readonly onChange: (booking: Booking) => void;
  readonly onClose: () => void;
}

/** The booking, beside the search: one thing, one button, then what became of it. */
export const BookingPanel = (props: BookingPanelProps) => <Panel key={`${props.booking.result.rank} ${props.booking.slot?.id ?? ''}`} {...props} />;

function Panel({ booking, run, onChange, onClose }: BookingPanelProps) {
  const { result, slot } = booking;
  const zone = useZone();
  const present = useNow();
  const state = useBooking(booking, run.answer?.searchId ?? null);
  const { orientation, lost } = state;
  const distance = run.answer && { metres: result.distanceM, from: run.answer.location.label };
  return (
    <SidePanel
      open
      onClose={onClose}
      over={orientation ? 'Orientation' : slot ? (slot.source === 'platform' ? 'Réserver' : `Réserver chez ${slot.source}`) : 'Demander en sus des disponibilités'}
      title={slot ? `${capital(formatDay(slot.start, zone, present))} ${slotHours(slot, zone)} · ${titleOf(result)}` : titleOf(result)}
    >
      <PlaceLines result={result} slot={slot} distance={distance} />
      {orientation?.requestId
        ? <RequestChain requestId={orientation.requestId} onClose={onClose} />
        : orientation
        ? <BookingOutcome orientation={orientation} run={run} booking={booking} onChange={onChange} onClose={onClose} />
        : lost
          ? <LostSlot title={lost.title} words={lost.message} run={run} booking={booking} onChange={onChange} />
          : <BookingForm booking={booking} state={state} onClose={onClose} />}
    </SidePanel>
  );
}

const capital = (text: string): string => text.charAt(0).toLocaleUpperCase('fr') + text.slice(1);
