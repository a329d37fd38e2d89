import { lazy, Suspense, useMemo } from 'react';
import { Boundary } from '../../../../ui/boundary.tsx';
import type { Pin } from '../../../../ui/outline-map.tsx';
import { ringOf } from '../../../../ui/outline-style.ts';
import { useApi } from '../../../../ui/query.ts';
import { Loading } from '../../../../ui/states.tsx';
import { routes as territory } from '../../../../territory/contract.ts';
import type { Call } from '../../../telephony/contract.ts';
import type { Dossier } from '../../contract.ts';
import { placeText } from './place.ts';
import css from './desk-map.module.css';

const OutlineMap = lazy(() => import('../../../../ui/outline-map.tsx'));
const none: readonly never[] = [];
const nothing = () => undefined;
const AROUND_KM = 6;

/** Where the patient is said to be, and where the caller's phone is. It repeats what the fields say. */
export function DeskMap({ dossier: { location, territory: code }, position }: { dossier: Pick<Dossier, 'location' | 'territory'>; position: Call['position'] }) {
  const { data } = useApi(territory.communes, { params: { code } }, { staleMs: Infinity });
  const said = location?.lat != null && location.lon != null ? { lat: location.lat, lon: location.lon } : null;
  const phone = position && { lat: position.lat, lon: position.lon };
  const text = location ? placeText(location) : '';
  const pins = useMemo((): Pin[] => [
    ...(said ? [{ id: 'said', ...said, text: 'Patient', title: text }] : []), ...(phone ? [{ id: 'phone', ...phone, text: said ? '' : 'Téléphone', title: 'Téléphone de l’appelant' }] : []),
  ], [said?.lat, said?.lon, phone?.lat, phone?.lon, text]);
  const center = said ?? phone;
  if (!center) return <div className={css.blank}><p>La carte montrera le lieu.</p></div>;
  const radiusKm = Math.max(position?.radiusM ?? 0, 100) / 1_000;
  return (
    <div className={css.map}>
      <Boundary fallback={<div className={css.blank}><p>La carte ne peut pas s’afficher sur ce poste ; l’adresse suffit.</p></div>}>
        <Suspense fallback={<Loading lines={3} label="Chargement de la carte" />}>
          <OutlineMap
            label={`Carte autour de ${text || 'la position du téléphone'}`} outlines={data?.communes ?? none} center={{ ...(phone ?? center), radiusKm }} pins={pins}
            bounds={ringOf({ ...center, radiusKm: Math.max(AROUND_KM, radiusKm * 1.3) }).bounds} selected={said ? 'said' : null} onSelect={nothing}
          />
        </Suspense>
      </Boundary>
    </div>
  );
}
