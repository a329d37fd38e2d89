import { type AgendaModel, type InventoryEffector, agendaLabels, sourceLabels } from '../../contract.ts';

/** The four models in a few words, for tables. */
export const shortAgendaLabels: Record<AgendaModel, string> = {
  papier: 'papier', lgc: 'agenda du logiciel de cabinet', 'en-ligne': 'agenda en ligne', 'lgc-connecte': 'logiciel de cabinet connecté',
};

export const agendaChoices = (Object.keys(agendaLabels) as AgendaModel[]).map((value) => ({ value, label: agendaLabels[value] }));

/** Who listed him; the directory alone when nobody did. */
export const sourcesInWords = ({ sources }: Pick<InventoryEffector, 'sources'>): string =>
  sources.length > 0 ? sources.map((source) => sourceLabels[source]).join(', ') : sourceLabels.ANNUAIRE;
