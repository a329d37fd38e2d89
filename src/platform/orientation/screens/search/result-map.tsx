import { lazy, memo, Suspense, useCallback, useMemo } from 'react';
import { Boundary } from '../../../../ui/boundary.tsx';
import type { Pin } from '../../../../ui/outline-map.tsx';
import { ringOf } from '../../../../ui/outline-style.ts';
import { useApi } from '../../../../ui/query.ts';
import { EmptyState, Loading } from '../../../../ui/states.tsx';
import { routes as territory } from '../../../../territory/contract.ts';
import type { SearchAnswer, SearchResult } from '../../contract.ts';
import { titleOf } from './run.ts';
import css from './result-map.module.css';

const OutlineMap = lazy(() => import('../../../../ui/outline-map.tsx'));

export interface ResultMapProps {
  readonly answer: SearchAnswer | null;
  /** All those of the search, shown or not: they frame the map once for all. */
  readonly all: readonly SearchResult[];
  readonly results: readonly SearchResult[];
  readonly selected: number | null;
  readonly onSelect: (rank: number) => void;
}

/** The same results on a map, with their ranks. Several at one place share a pin. */
export const ResultMap = memo(function ResultMap({ answer, all, results, selected, onSelect }: ResultMapProps) {
  const code = answer?.territory ?? null;
  const { data } = useApi(territory.communes, { params: { code: code ?? '' } }, { enabled: code !== null, staleMs: Infinity });
  const places = useMemo(() => placesOf(results), [results]);
  const pins = useMemo(() => places.map(pinOf), [places]);
  const chosen = places.find((place) => place.some(({ rank }) => rank === selected));
  const select = useCallback((id: string) => onSelect(Number(id)), [onSelect]);

  if (!answer) return <div className={css.blank}><p>La carte montrera les résultats.</p></div>;
  const { lat, lon, radiusKm, label } = answer.location;
  return (
    <Boundary fallback={<MapFailure />}>
      <Suspense fallback={<Loading lines={6} label="Chargement de la carte" />}>
        <OutlineMap
          label={`Carte des ${results.length} résultats autour de ${label}. Tout ce qu’elle montre est dans la liste.`}
          outlines={data?.communes ?? none}
          center={{ lat, lon, radiusKm }}
          pins={pins}
          bounds={boundsOf(all, answer.location)}
          selected={chosen ? String(chosen[0]!.rank) : null}
          onSelect={select}
        />
      </Suspense>
    </Boundary>
  );
});

const none: readonly never[] = [];

function MapFailure() {
  return (
    <EmptyState title="La carte ne peut pas s’afficher sur ce poste">
      <p>Le dessin accéléré (WebGL) est absent ou désactivé. La liste est complète sans la carte.</p>
    </EmptyState>
  );
}

/** Results with coordinates, those of one place together, in rank order. */
function placesOf(results: readonly SearchResult[]): readonly SearchResult[][] {
  const places = new Map<string, SearchResult[]>();
  for (const result of results) {
    const { lat, lon } = result.place;
    if (lat === null || lon === null) continue;
    const key = `${lat.toFixed(4)},${lon.toFixed(4)}`;
    places.set(key, [...(places.get(key) ?? []), result]);
  }
  return [...places.values()];
}

/** The box of all results and of the place searched; the circle searched when there is none. */
function boundsOf(results: readonly SearchResult[], { lat, lon, radiusKm }: SearchAnswer['location']): [number, number, number, number] {
  const points = results.map(({ place }) => place).filter((place): place is typeof place & { lat: number; lon: number } => place.lat !== null && place.lon !== null);
  if (points.length === 0) return ringOf({ lat, lon, radiusKm }).bounds;
  const lats = [lat, ...points.map((point) => point.lat)];
  const lons = [lon, ...points.map((point) => point.lon)];
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

function pinOf(place: readonly SearchResult[]): Pin {
  const [first] = place as [SearchResult, ...SearchResult[]];
  const slots = place.reduce((sum, { slots: own }) => sum + own.length, 0);
  return {
    id: String(first.rank), lat: first.place.lat!, lon: first.place.lon!,
    text: slots === 0 ? '' : place.length === 1 ? String(first.rank) : `${first.rank} +${place.length - 1}`,
    title: place.map((result) => `${result.rank}. ${titleOf(result)}`).join('\n'),
  };
}
