import type { Clock } from '../foundation/clock.ts';
import type { Database } from '../foundation/db/database.ts';
import type { Directory } from '../platform/directory/server/index.ts';
import { createCareMap, type CareMap } from '../platform/directory/server/care-map.ts';
import { dutyModeLabels } from '../platform/orientation/contract.ts';
import { type DutyAt, dutyAt } from '../platform/orientation/server/request-duty.ts';
import { viaLabels } from '../platform/participation/contract.ts';
import type { Participations } from '../platform/participation/server/index.ts';
import type { Territories } from '../territory/server/index.ts';

interface CareMapParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly territories: Territories;
  readonly directory: Directory;
  readonly participations: Participations;
}

/** The map of who organises unscheduled care, told by the participations who takes part and how. */
export function assembleCareMap({ participations, clock, ...parts }: CareMapParts): CareMap {
  const centres = async () => (await parts.directory.findStructures({ kind: 'CDS', limit: 200 })).map(({ id }) => id);
  return createCareMap({
    ...parts, clock,
    async onCallOf(structureIds, territory) {
      const { timeZone } = await parts.territories.get(territory);
      const duties = await Promise.all(structureIds.map(async (id) => ({ id, duty: await dutyAt(parts.database.for('orientation'), id, clock.now(), timeZone) })));
      const names = await parts.directory.names(duties.flatMap(({ duty }) => duty.doctors.map(({ nationalId }) => nationalId)));
      return new Map(duties.flatMap(({ id, duty }) => (duty.mode === 'none' ? [] : [[id, onDutyInWords(duty, names)] as const])));
    },
    async participants() {
      const structures = new Set(await centres());
      const found = await participations.of([...(await participations.professionals(clock.now())), ...structures], clock.now());
      return [...found].flatMap(([id, { via, viaStructureId, enSus }]) => (via ? [{ id, structure: structures.has(id), mode: viaLabels[via], viaStructureId, enSus }] : []));
    },
  });
}

/** How the structure answers, and who does now. */
function onDutyInWords({ mode, doctors }: DutyAt, names: Awaited<ReturnType<Directory['names']>>): string {
  const now = doctors.flatMap(({ nationalId }) => names.get(nationalId) ?? []).map(({ firstName, lastName }) => `Dr ${firstName} ${lastName}`);
  return `${dutyModeLabels[mode]} (en ce moment : ${now.join(', ') || 'personne'})`;
}
