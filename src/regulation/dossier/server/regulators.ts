import type { ResponseInputOf } from '../../../foundation/http/route.ts';
import type { Actor } from '../../../identity/contract.ts';
import { doctorRoles, type routes } from '../contract.ts';
import type { Room } from './room.ts';

/** The doctors who may regulate in the actor's territories, with what is recorded of each (ACT-15). */
export async function listRegulators({ accounts, settings }: Room, actor: Actor): Promise<ResponseInputOf<typeof routes.regulators>['regulators']> {
  const recorded = new Map((await settings.regulators(actor.territories)).map((one) => [one.accountId, one]));
  const doctors = await accounts.holders(doctorRoles, actor.territories);
  return doctors.map(({ id, displayName, roles }) => ({ accountId: id, name: displayName, roles, status: null, filieres: [], ...recorded.get(id) }));
}
