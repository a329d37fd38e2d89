import type { Handlers } from '../../../foundation/http/register.ts';
import type { Actor } from '../../../identity/contract.ts';
import type { inventoryRoutes } from '../contract.ts';
import type { Inventory } from './inventory.ts';

/** What answers the routes of the inventory. */
export function inventoryHandlers(inventory: Inventory): Handlers<typeof inventoryRoutes, Actor> {
  return {
    inventory: ({ query, actor }) => inventory.read(query.territory, actor),
    async saveEffector({ params, body, actor }) {
      await inventory.save(params.nationalId, body, actor);
      return { saved: true };
    },
    importList: ({ body, actor }) => inventory.importList(body, actor),
    async saveCentre({ params, body, actor }) {
      await inventory.saveCentre(params.id, body, actor);
      return { saved: true };
    },
    ownSoftware: ({ actor }) => inventory.own(actor),
    async declareSoftware({ body, actor }) {
      await inventory.declare(body, actor);
      return { saved: true };
    },
  };
}
