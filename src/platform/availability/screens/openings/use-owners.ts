import { useApi } from '../../../../ui/query.ts';
import { subjectsOf } from '../../../../identity/contract.ts';
import { mayOpen, useAccount } from '../../../../ui/session.ts';
import type { ApiProblem } from '../../../../ui/api.ts';
import { routes as directory, type Candidate } from '../../../directory/contract.ts';
import { bareName } from './week.ts';

/** Whose agenda the person keeps, and where patients may be received. */
export interface Owner {
  readonly key: string;
  readonly label: string;
  readonly nationalId: string | null;
  readonly structureId: string | null;
  readonly places: readonly { readonly id: string; readonly label: string }[];
}

const addressOf = ({ name, address, city }: Candidate['place']): string => [name, address, city].filter(Boolean).join(', ');

/** The agendas that the person keeps: his own, those of the structures he manages. Undefined while they are looked for. */
export function useOwners(): { owners: readonly Owner[] | undefined; problem: ApiProblem | null; retry: () => void } {
  const account = useAccount();
  const nationalId = mayOpen(account, ['effecteur']) ? account.nationalId : null;
  const managed = subjectsOf(account, 'agenda').structures;
  const territory = account.territories.find((code) => code !== '*');
  const self = useApi(directory.findProfessionals, { query: { q: bareName(account.displayName), limit: '100' } }, { enabled: nationalId !== null, topics: ['directory'] });
  const structures = useApi(directory.findStructures, { query: { territory, limit: '200' } }, { enabled: managed.length > 0, topics: ['directory'] });

  const problem = self.error ?? structures.error;
  const retry = () => void Promise.all([self.refetch(), structures.refetch()]);
  if ((nationalId && !self.data) || (managed.length > 0 && !structures.data)) return { owners: undefined, problem, retry };

  const own = self.data?.professionals.filter((one) => one.nationalId === nationalId).map(({ place }) => ({ id: place.id, label: addressOf(place) })) ?? [];
  const kept = structures.data?.structures.filter(({ id }) => managed.includes(id)) ?? [];
  return {
    problem: null,
    retry,
    owners: [
      ...(own.length > 0 ? [{ key: nationalId!, label: account.displayName, nationalId, structureId: null, places: own }] : []),
      ...kept.map(({ id, name, address, city, places }): Owner => ({
        key: id, label: name, nationalId: null, structureId: id,
        places: places.length > 0 ? places.map((place) => ({ id: place.id, label: addressOf(place) })) : [{ id, label: [name, address, city].filter(Boolean).join(', ') }],
      })),
    ],
  };
}
