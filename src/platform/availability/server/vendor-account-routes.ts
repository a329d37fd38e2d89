import type { Handlers } from '../../../foundation/http/register.ts';
import type { Actor } from '../../../identity/contract.ts';
import type { routes } from '../contract.ts';
import type { VendorAccounts } from './vendor-accounts.ts';

type VendorAccountRoutes = Pick<typeof routes, 'vendorAccounts' | 'ownVendorAccounts' | 'retryVendorAccount'>;

/** The handlers of the routes about regulators' accounts at the vendors. */
export const vendorAccountHandlers = (vendorAccounts: VendorAccounts): Handlers<VendorAccountRoutes, Actor> => ({
  vendorAccounts: ({ actor }) => vendorAccounts.list(actor),
  ownVendorAccounts: ({ actor }) => vendorAccounts.own(actor),
  async retryVendorAccount({ params, body, actor }) {
    await vendorAccounts.retry(params.accountId, body.editor, actor);
    return { due: true };
  },
});
