import type { Handlers } from '../../foundation/http/register.ts';
import type { accountRoutes, Actor, delegationRoutes, personRoutes } from '../contract.ts';
import { keptTerritories } from '../domain/granting.ts';
import type { AccountRequests } from './account-requests.ts';
import type { Delegating } from './delegating.ts';
import type { Keeping } from './keeping.ts';
import type { People } from './people.ts';

/** Delegations that end sooner are shown to the account managers. */
const ENDING_DAYS = 30;

export interface AccountServices {
  readonly keeping: Keeping;
  readonly requests: AccountRequests;
  readonly delegating: Delegating;
  readonly people: People;
}

/** Handlers of the accounts, as the account managers keep them. */
export function accountHandlers({ keeping, requests, delegating }: AccountServices): Handlers<typeof accountRoutes, Actor> {
  return {
    accounts: async ({ actor, query }) => ({ accounts: await keeping.list(actor, query.territory) }),
    async toTreat({ actor }) {
      const territories = keptTerritories(await keeping.heldBy(actor));
      const accounts = await keeping.list(actor);
      return {
        requests: await requests.waiting(territories),
        pending: accounts.filter(({ state }) => state === 'pending'),
        unanswered: accounts.filter(({ state }) => state === 'invited'),
        withoutEmail: accounts.filter(({ email, state }) => email === null && state !== 'suspended'),
        endingDelegations: await delegating.endingWithin(actor, territories, ENDING_DAYS),
      };
    },
    mayGrant: async ({ actor }) => ({ territories: await keeping.grantable(actor) }),
    createAccount: ({ actor, body }) => keeping.create(actor, body),
    account: ({ actor, params }) => keeping.read(actor, params.id),
    changeAccount: ({ actor, params, body }) => keeping.change(actor, params.id, body),
    actOnAccount: ({ actor, params, body }) => keeping.act(actor, params.id, params.event, body.grants),
    grantRole: ({ actor, params, body }) => keeping.grant(actor, params.id, body),
    revokeRole: ({ actor, params }) => keeping.revoke(actor, params.id, params.grantId),
    acceptRequest: async ({ actor, params }) => (await keeping.read(actor, await requests.accept(actor, params.id))).account,
    async refuseRequest({ actor, params, body }) {
      await requests.refuse(actor, params.id, body.reason);
      return { refused: true };
    },
  };
}

/** Handlers of the delegations, for those who give and receive them. */
export function delegationHandlers({ delegating }: AccountServices): Handlers<typeof delegationRoutes, Actor> {
  return {
    delegations: ({ actor }) => delegating.list(actor),
    delegate: ({ actor, body }) => delegating.delegate(actor, body),
    revokeDelegation: ({ actor, params }) => delegating.revoke(actor, params.id),
  };
}

/** Handlers of one's own account, and of the list of actors. */
export function personHandlers({ people }: AccountServices): Handlers<typeof personRoutes, Actor> {
  return {
    myAccount: ({ actor }) => people.mine(actor),
    async changeMyDetails({ actor, body }) {
      await people.changeMine(actor, body);
      return { saved: true };
    },
    async acceptTerms({ actor }) {
      await people.acceptTerms(actor);
      return { accepted: true };
    },
    actors: async ({ actor }) => ({ actors: await people.actors(actor) }),
  };
}
