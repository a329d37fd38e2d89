/** Who says that somebody takes unscheduled care (ANN-04). `ANNUAIRE`: the national directory alone knows him. */
export const inventorySources = ['URPS', 'CDOM', 'AM', 'ARS', 'DECLARATION'] as const;
export type InventorySource = (typeof inventorySources)[number];

/** The lists that can be imported: a declaration is not one. */
export const listSources = ['URPS', 'CDOM', 'AM', 'ARS'] as const satisfies readonly InventorySource[];

/** The four models of agenda (ANN-08). */
export const agendaModels = ['papier', 'lgc', 'en-ligne', 'lgc-connecte'] as const;
export type AgendaModel = (typeof agendaModels)[number];

export const conventionStatuses = ['a-proposer', 'proposee', 'signee', 'refusee', 'terminee'] as const;
export type ConventionStatus = (typeof conventionStatuses)[number];

export const opinionStatuses = ['demandee', 'favorable', 'reservee', 'defavorable', 'autorisee', 'retiree'] as const;
export type OpinionStatus = (typeof opinionStatuses)[number];

export const sourceLabels: Record<InventorySource | 'ANNUAIRE', string> = {
  URPS: 'URPS', CDOM: 'CDOM', AM: 'Assurance maladie', ARS: 'ARS', DECLARATION: 'déclaration', ANNUAIRE: 'annuaire',
};
export const agendaLabels: Record<AgendaModel, string> = {
  papier: 'agenda papier',
  lgc: 'agenda numérique lié au logiciel de gestion de cabinet',
  'en-ligne': 'agenda en ligne d’un opérateur de rendez-vous',
  'lgc-connecte': 'logiciel de gestion de cabinet connecté à une plateforme de rendez-vous',
};
export const conventionLabels: Record<ConventionStatus, string> = {
  'a-proposer': 'à proposer', proposee: 'proposée', signee: 'signée', refusee: 'refusée', terminee: 'terminée',
};
export const opinionLabels: Record<OpinionStatus, string> = {
  demandee: 'avis demandé', favorable: 'avis favorable', reservee: 'avis réservé', defavorable: 'avis défavorable', autorisee: 'autorisation', retiree: 'autorisation retirée',
};

/** A centre is coordinated when it shares its agenda and keeps slots for the SAS: both are needed (ANN-12). */
export const isCoordinated = ({ sharedAgenda, dedicatedSlots }: { sharedAgenda: boolean; dedicatedSlots: boolean }): boolean => sharedAgenda && dedicatedSlots;

/** A line of a list of effectors, once read. */
export interface ListedEffector {
  readonly nationalId: string;
  readonly name: string | null;
  readonly city: string | null;
  readonly agenda: AgendaModel | null;
  readonly software: string | null;
  readonly convention: ConventionStatus | null;
  readonly conventionSince: string | null;
}

/** Columns of a list; only the first is needed. */
export const listColumns = ['identifiant', 'nom', 'prenom', 'commune', 'modele', 'logiciel', 'convention', 'date_convention'] as const;
type Column = (typeof listColumns)[number];

/** Reads one line of a list. Gives what is wrong with it in words, when something is. */
export function readListLine(cells: Readonly<Partial<Record<Column, string>>>): ListedEffector | { readonly problem: string } {
  const text = (column: Column): string | null => cells[column]?.trim() || null;
  const nationalId = readNationalId(text('identifiant') ?? '');
  if (!nationalId) return { problem: `identifiant « ${text('identifiant') ?? ''} » : un RPPS (11 chiffres) ou un ADELI (9 caractères) est attendu` };
  const agenda = oneOf(agendaModels, agendaLabels, text('modele'));
  if (agenda === 'wrong') return { problem: `modèle d'agenda « ${text('modele')} » inconnu : ${agendaModels.join(', ')}` };
  const convention = oneOf(conventionStatuses, conventionLabels, text('convention'));
  if (convention === 'wrong') return { problem: `convention « ${text('convention')} » inconnue : ${conventionStatuses.join(', ')}` };
  const since = text('date_convention');
  const conventionSince = since === null ? null : readDay(since);
  if (since !== null && conventionSince === null) return { problem: `date « ${since} » : attendue comme 2026-01-31 ou 31/01/2026` };
  const software = text('logiciel');
  if (software && !SOFTWARE.test(software)) return { problem: `logiciel « ${software.slice(0, 30)} » : un nom de 60 caractères au plus` };
  const name = [text('nom'), text('prenom')].filter(Boolean).join(' ').slice(0, 120) || null;
  return { nationalId, name, city: text('commune')?.slice(0, 80) ?? null, agenda, software, convention, conventionSince };
}

/** The name of a software: no sentence can be written there. */
export const SOFTWARE = /^[\p{L}\p{N}][\p{L}\p{N} .,'’+&/()-]{0,59}$/u;

function readNationalId(value: string): string | null {
  const id = value.replace(/\s/g, '').toUpperCase();
  if (/^(8\d{11}|0\d[\dAB]\d{7})$/.test(id)) return id;
  if (/^\d{11}$/.test(id)) return `8${id}`;
  return /^\d[\dAB]\d{7}$/.test(id) ? `0${id}` : null;
}

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[\s_]+/g, '-');

function oneOf<Code extends string>(codes: readonly Code[], labels: Record<Code, string>, value: string | null): Code | null | 'wrong' {
  if (value === null) return null;
  return codes.find((code) => code === plain(value) || plain(labels[code]) === plain(value)) ?? 'wrong';
}

function readDay(value: string): string | null {
  const [, day, month, year] = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(value) ?? [];
  try {
    return Temporal.PlainDate.from(year ? `${year}-${month}-${day}` : value, { overflow: 'reject' }).toString();
  } catch {
    return null;
  }
}

/** What the figures of the inventory need of each effector. */
export interface Counted {
  readonly sources: readonly InventorySource[];
  readonly agenda: AgendaModel | null;
  readonly software: string | null;
  readonly seen: { readonly source: string } | null;
  readonly taking: boolean;
}

export interface Share {
  readonly label: string;
  readonly count: number;
}

/** By software, by source, and how many of those who take part are interfaced. The largest first. */
export function inventoryFigures(effectors: readonly Counted[]): { softwares: Share[]; sources: Share[]; taking: number; interfaced: number } {
  const taking = effectors.filter((one) => one.taking);
  return {
    softwares: counted(effectors.map(({ software, agenda }) => software ?? (agenda === 'papier' ? agendaLabels.papier : 'non renseigné'))),
    sources: counted(effectors.flatMap(({ sources }) => (sources.length > 0 ? sources.map((source) => sourceLabels[source]) : [sourceLabels.ANNUAIRE]))),
    taking: taking.length,
    interfaced: taking.filter(({ seen }) => seen !== null).length,
  };
}

function counted(labels: readonly string[]): Share[] {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].map(([label, count]) => ({ label, count })).sort((a, b) => b.count - a.count || a.label.localeCompare(b.label, 'fr'));
}
