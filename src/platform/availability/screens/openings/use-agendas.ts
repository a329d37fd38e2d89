import { useApi } from '../../../../ui/query.ts';
import { type KeptAgenda, routes } from '../../contract.ts';

/** Names an agenda in a list. */
export const agendaKey = ({ nationalId, structureId }: Pick<KeptAgenda, 'nationalId' | 'structureId'>): string => `${nationalId ?? ''}/${structureId ?? ''}`;

/** The agendas that the person keeps, and the one that the address chooses: `?professionnel=` and `?structure=`. */
export function useAgendas(wanted: { professionnel?: string | undefined; structure?: string | undefined }) {
  const query = useApi(routes.agendas, {}, { topics: ['directory', 'account'] });
  const agendas = query.data?.agendas;
  const matches = ({ nationalId, structureId }: KeptAgenda) =>
    (wanted.professionnel === undefined || nationalId === wanted.professionnel) && (wanted.structure === undefined || structureId === wanted.structure)
    && (wanted.professionnel !== undefined || wanted.structure === undefined || nationalId === null);
  return { query, agendas, agenda: agendas && (agendas.find(matches) ?? agendas[0]) };
}
