import { useEffect, useRef } from 'react';
import { Note } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { WarnIcon } from '../../../../ui/icons.tsx';
import { useNow, useZone } from '../../../../ui/moments.tsx';
import { formatMoment } from '../../../../ui/time.ts';
import { titleOf, type Run } from '../search/run.ts';
import { sourceName } from '../search/slot-chip.tsx';
import { nextOffers } from './booking-model.ts';
import type { Booking } from './booking-panel.tsx';
import css from './lost-slot.module.css';

const OFFERS = 6;

/** The place went to somebody else, or was refused: said so, with the next ones under the hand. */
export function LostSlot({ title, words, run, booking, onChange }: { title: string; words: string; run: Run; booking: Booking; onChange: (booking: Booking) => void }) {
  const zone = useZone();
  const present = useNow();
  const first = useRef<HTMLLIElement>(null);
  const offers = nextOffers(run.results, { rank: booking.result.rank, slotId: booking.slot?.id ?? '' }, run.taken, OFFERS);
  useEffect(() => first.current?.querySelector('button')?.focus(), []);
  return (
    <div className={css.lost}>
      <Note tone="bad" live icon={<WarnIcon />} title={title}>{words}</Note>
      <h3>{offers.length > 0 ? 'Les créneaux suivants' : 'Aucun autre créneau dans cette recherche'}</h3>
      <ul>
        {offers.map((offer, at) => (
          <li key={offer.slot.id} ref={at === 0 ? first : undefined}>
            <Button wide className={css.offer!} onPress={() => onChange(offer)}>
              <strong>{formatMoment(offer.slot.start, zone, present)}</strong>
              <span>{titleOf(offer.result)} · {sourceName(offer.slot.source)}</span>
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
