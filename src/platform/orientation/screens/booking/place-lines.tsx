import type { ReactNode } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { CopyIcon, PhoneIcon, PinIcon, RouteIcon } from '../../../../ui/icons.tsx';
import { useNow, useZone } from '../../../../ui/moments.tsx';
import { formatPhone } from '../../../../ui/phone.ts';
import { formatMoment } from '../../../../ui/time.ts';
import { toast } from '../../../../ui/toast.tsx';
import { modalityLabels, type SlotView } from '../../../availability/contract.ts';
import type { SearchResult } from '../../contract.ts';
import { formatDistance, titleOf } from '../search/run.ts';
import { modalityIcons } from '../search/modality.tsx';
import { sourceName } from '../search/slot-chip.tsx';
import css from './place-lines.module.css';

/** How, where, which number, which way: what is read to the patient on the line. */
export function PlaceLines({ result, slot, distance }: { result: SearchResult; slot: SlotView | null; distance: { metres: number | null; from: string } | null }) {
  const zone = useZone();
  const present = useNow(60_000);
  const { place } = result;
  const address = [place.name, place.address, `${place.postcode} ${place.city}`.trim()].filter(Boolean).join(', ');
  const words = [titleOf(result), slot && formatMoment(slot.start, zone, present), address, place.phone && formatPhone(place.phone)].filter(Boolean).join('\n');
  return (
    <div className={css.lines}>
      <dl>
      {slot && (
        <Line icon={modalityIcons[slot.modalities[0] ?? 'AMB']} label="Consultation">
          {slot.modalities.map((modality) => modalityLabels[modality]).join(' ou ')}{slot.withAppointment ? '' : ', sans rendez-vous'} · {sourceName(slot.source)}
        </Line>
      )}
      <Line icon={<PinIcon />} label="Lieu">{address}</Line>
      {place.phone && <Line icon={<PhoneIcon />} label="Téléphone"><a href={`tel:${place.phone.replaceAll(' ', '')}`}>{formatPhone(place.phone)}</a></Line>}
      {place.lat !== null && place.lon !== null && (
        <Line icon={<RouteIcon />} label="Trajet">
          {distance?.metres != null && `à ${formatDistance(distance.metres)} de ${distance.from} · `}
          {/* Only the arrival is told: the departure could be a patient's home. */}
          <a href={`https://www.openstreetmap.org/directions?to=${place.lat},${place.lon}`} target="_blank" rel="noreferrer">itinéraire</a>
        </Line>
      )}
      </dl>
      <Button small onPress={() => void navigator.clipboard.writeText(words).then(() => toast({ tone: 'ok', words: 'Coordonnées copiées' }))}><CopyIcon /> Copier les coordonnées</Button>
    </div>
  );
}

function Line({ icon, label, children }: { icon: ReactNode; label: string; children: ReactNode }) {
  return <div className={css.line}><dt>{icon}<span>{label}</span></dt><dd>{children}</dd></div>;
}
