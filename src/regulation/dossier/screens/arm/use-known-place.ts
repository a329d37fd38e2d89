import { useApi } from '../../../../ui/query.ts';
import { routes as territory } from '../../../../territory/contract.ts';
import type { Call } from '../../../telephony/contract.ts';
import type { Dossier } from '../../contract.ts';
import { knownPlace, nearestCommune, type Place } from './place.ts';

/** The commune near which a phone is; empty while unknown. */
export function useCityNear(territoryCode: string, position: Call['position']): string {
  const { data } = useApi(territory.communes, { params: { code: territoryCode } }, { staleMs: Infinity, enabled: position !== null });
  return (data && position && nearestCommune(data.communes, position)?.name) ?? '';
}

/** The place of a dossier, else that of the caller's phone. */
export function useKnownPlace({ location, territory: code }: Dossier, call: Call | null): Place | null {
  const position = call?.position ?? null;
  const city = useCityNear(code, position);
  return knownPlace(location, position, city);
}
