import type { Clock } from '../foundation/clock.ts';
import type { Database } from '../foundation/db/database.ts';
import type { Directory } from '../platform/directory/server/index.ts';
import { createCareMap, type CareMap } from '../platform/directory/server/care-map.ts';
import { viaLabels } from '../platform/participation/contract.ts';
import type { Participations } from '../platform/participation/server/index.ts';
import type { Territories } from '../territory/server/index.ts';

interface CareMapParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly territories: Territories;
  readonly directory: Directory;
  readonly participations: Participations;
  readonly onCallOf: (structureIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;
}

/** The map of who organises unscheduled care, told by the participations who takes part and how. */
export function assembleCareMap({ participations, clock, ...parts }: CareMapParts): CareMap {
  const centres = async () => (await parts.directory.findStructures({ kind: 'CDS', limit: 200 })).map(({ id }) => id);
  return createCareMap({
    ...parts, clock,
    async participants() {
      const structures = new Set(await centres());
      const found = await participations.of([...(await participations.professionals(clock.now())), ...structures], clock.now());
      return [...found].flatMap(([id, { via, viaStructureId, enSus }]) => (via ? [{ id, structure: structures.has(id), mode: viaLabels[via], viaStructureId, enSus }] : []));
    },
  });
}
