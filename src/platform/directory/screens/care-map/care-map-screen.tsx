import { lazy, Suspense, useMemo, useState } from 'react';
import { z } from 'zod';
import { roleLabels } from '../../../../identity/contract.ts';
import { routes as territoryRoutes } from '../../../../territory/contract.ts';
import { Boundary } from '../../../../ui/boundary.tsx';
import { Page } from '../../../../ui/frame.tsx';
import type { Pin } from '../../../../ui/outline-map.tsx';
import { GROUPS } from '../../../../ui/outline-style.ts';
import { useApi } from '../../../../ui/query.ts';
import { EmptyState, Loading, ProblemState } from '../../../../ui/states.tsx';
import { useUrlState } from '../../../../ui/url.ts';
import { careMapRoutes, type OrganisedArea } from '../../contract.ts';
import { useTerritoryChoice } from '../territory-choice.tsx';
import { AreaList } from './area-list.tsx';
import css from './care-map.module.css';

const OutlineMap = lazy(() => import('../../../../ui/outline-map.tsx'));
const viewSchema = z.object({ territory: z.string().max(8).optional().catch(undefined) });
const TITLE = 'Organisation des soins non programmés';

/** Who organises unscheduled care where, and how: a map, and the same thing as a list. */
export default function CareMapScreen() {
  const [view, write] = useUrlState(viewSchema);
  const { code, instead, field } = useTerritoryChoice(view.territory, (territory) => write({ territory }, { replace: true }));
  const { data, error, refetch } = useApi(careMapRoutes.careMap, { query: { territory: code ?? '' } }, { enabled: code !== undefined, topics: ['participation', 'directory'], keepPrevious: true });
  const communes = useApi(territoryRoutes.communes, { params: { code: code ?? '' } }, { enabled: code !== undefined, staleMs: Infinity }).data?.communes;
  const [selected, setSelected] = useState<string | null>(null);
  const outlines = useMemo(() => outlinesOf(communes ?? [], data?.areas ?? []), [communes, data]);
  const pins = useMemo(() => (data?.areas ?? []).flatMap((area) => pinOf(area, communes ?? [])), [communes, data]);

  if (instead) return <Page title={TITLE}>{instead}</Page>;
  if (!data) return <Page title={TITLE}>{error ? <ProblemState problem={error} roleNames={roleLabels} onRetry={() => void refetch()} /> : <Loading lines={10} />}</Page>;
  return (
    <Page title={TITLE} intro="Par CPTS, et par secteur de permanence des soins là où aucune ne répond : qui participe, comment on sollicite, quand.">
      {field && <div className={css.choice}>{field}</div>}
      <div className={css.both}>
        <AreaList areas={data.areas} communes={communes ?? []} selected={selected} onSelect={setSelected} />
        <div className={css.map}>
          {communes && communes.length > 0 && (
            <Boundary fallback={<EmptyState title="La carte ne peut pas s’afficher sur ce poste"><p>La liste est complète sans elle.</p></EmptyState>}>
              <Suspense fallback={<Loading lines={6} label="Chargement de la carte" />}>
                <OutlineMap
                  label="Carte des communes, par CPTS ou secteur. Tout ce qu’elle montre est dans la liste."
                  outlines={outlines} center={null} pins={pins} selected={selected} onSelect={setSelected}
                  bounds={boundsOf(communes, data.areas.find(({ id }) => id === selected))}
                />
              </Suspense>
            </Boundary>
          )}
        </div>
      </div>
    </Page>
  );
}

type Commune = Parameters<typeof AreaList>[0]['communes'][number];

/** Each commune with the group of its area; those that nobody organises stay plain. */
function outlinesOf(communes: readonly Commune[], areas: readonly OrganisedArea[]) {
  const groupOf = new Map(areas.flatMap(({ kind, communes: zone }, at) => (kind === 'none' ? [] : zone.map((insee) => [insee, at % GROUPS] as const))));
  return communes.map((commune) => {
    const group = groupOf.get(commune.insee);
    return group === undefined ? commune : { ...commune, group };
  });
}

/** The name of an area, in the middle of its communes. */
function pinOf({ id, kind, name, communes: zone }: OrganisedArea, communes: readonly Commune[]): Pin[] {
  const own = communes.filter(({ insee }) => zone.includes(insee));
  if (kind === 'none' || own.length === 0) return [];
  const middle = (of: 'lat' | 'lon') => own.reduce((sum, commune) => sum + commune[of], 0) / own.length;
  return [{ id, lat: middle('lat'), lon: middle('lon'), text: name, title: name }];
}

/** The box of the communes of the area chosen, or of all. */
function boundsOf(communes: readonly Commune[], area: OrganisedArea | undefined): [number, number, number, number] {
  const shown = area ? communes.filter(({ insee }) => area.communes.includes(insee)) : communes;
  const [lats, lons] = [shown.map(({ lat }) => lat), shown.map(({ lon }) => lon)];
  return shown.length === 0 ? boundsOf(communes, undefined) : [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}
