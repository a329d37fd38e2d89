/** A CPTS and the communes that it answers for. */
export interface DeclaredArea {
  readonly id: string;
  readonly name: string;
  readonly contactChannel: string | null;
  readonly hours: readonly { day: number; from: string; to: string }[];
  readonly communes: readonly string[];
}

/** Somebody who takes part, or a centre that does for its own. */
export interface Participant {
  readonly id: string;
  /** How he takes part, in words. */
  readonly mode: string;
  readonly viaStructureId: string | null;
  readonly enSus: boolean;
  /** Commune where he practises; null when it is not known. */
  readonly insee: string | null;
}

export interface Area extends Omit<DeclaredArea, 'communes' | 'hours'> {
  readonly communes: string[];
  readonly hours: { day: number; from: string; to: string }[];
  /** Who organises: a CPTS, the sector of the out-of-hours service, or nobody. */
  readonly kind: 'cpts' | 'pdsa' | 'none';
  readonly participants: { mode: string; count: number; enSus: number }[];
}

interface Declared {
  readonly communes: readonly string[];
  readonly cpts: readonly DeclaredArea[];
  readonly sectors: readonly { name: string; communes: readonly string[] }[];
  readonly participants: readonly Participant[];
}

/**
 * Shares the communes of a territory between those who organise unscheduled care: the CPTS that answers for it (the first by
 * name where several do), else its sector of the out-of-hours service, else nobody. Each participant counts once, in the area of
 * the structure through which he takes part, else where he practises.
 */
export function areasOf({ communes, cpts, sectors, participants }: Declared): Area[] {
  const own = new Set(communes);
  const taken = new Set<string>();
  const take = (wanted: readonly string[]) => wanted.filter((insee) => own.has(insee) && !taken.has(insee) && taken.add(insee));
  const declared = [
    ...cpts.map((area) => ({ ...area, kind: 'cpts' as const, hours: [...area.hours], communes: take(area.communes) })),
    ...sectors.map(({ name, communes: zone }) => ({ id: `pdsa:${name}`, name, kind: 'pdsa' as const, contactChannel: null, hours: [], communes: take(zone) })).filter((area) => area.communes.length > 0),
  ];
  const left = take(communes);
  const areas = left.length === 0 ? declared : [...declared, { id: 'none', name: 'Sans CPTS ni secteur', kind: 'none' as const, contactChannel: null, hours: [], communes: left }];
  const areaOfCommune = new Map(areas.flatMap(({ id, communes: zone }) => zone.map((insee) => [insee, id] as const)));
  const ids = new Set(areas.map(({ id }) => id));
  const areaOf = ({ viaStructureId, insee }: Participant) => (viaStructureId && ids.has(viaStructureId) ? viaStructureId : insee && areaOfCommune.get(insee));
  const inArea = Map.groupBy(participants, areaOf);
  return areas.map((area) => ({ ...area, participants: countedByMode(inArea.get(area.id) ?? []) }));
}

function countedByMode(participants: readonly Participant[]): Area['participants'] {
  return [...Map.groupBy(participants, ({ mode }) => mode)]
    .map(([mode, those]) => ({ mode, count: those.length, enSus: those.filter(({ enSus }) => enSus).length }))
    .sort((a, b) => b.count - a.count || a.mode.localeCompare(b.mode, 'fr'));
}
