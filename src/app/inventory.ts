import type { Clock } from '../foundation/clock.ts';
import type { Database } from '../foundation/db/database.ts';
import type { Availability } from '../platform/availability/server/index.ts';
import { lastSeenSlots } from '../platform/availability/server/last-seen.ts';
import type { Directory } from '../platform/directory/server/index.ts';
import { createInventory, type Inventory } from '../platform/directory/server/inventory.ts';
import { viaLabels } from '../platform/participation/contract.ts';
import type { Participations } from '../platform/participation/server/index.ts';
import type { Territories } from '../territory/server/index.ts';

interface InventoryParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly territories: Territories;
  readonly directory: Directory;
  readonly participations: Participations;
  readonly vendorNames: Availability['vendorNames'];
}

/** The inventory, told by the other contexts how each effector takes part and where his slots are seen. */
export function assembleInventory({ database, clock, territories, directory, participations, vendorNames }: InventoryParts): Inventory {
  return createInventory({
    database, clock, territories, directory, vendorNames,
    async participationOf(ids) {
      const found = await participations.of(ids, clock.now());
      return new Map([...found].flatMap(([id, { via }]) => (via ? [[id, viaLabels[via]] as const] : [])));
    },
    lastSeen: (ids) => lastSeenSlots({ database, clock }, ids),
  });
}
