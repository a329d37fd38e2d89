import type { AccountMessages } from '../identity/server/outside.ts';
import type { AppMessages } from './messages.ts';

/** The e-mails about accounts. They go to the address given: whoever is invited has no account that is open yet. */
export function accountMessages(messages: AppMessages): AccountMessages {
  return {
    async sendConfirmation(tx, { to, name, path, key }) {
      await messages.sendConfirmation(tx, { to: { email: to }, key, values: { person: name, link: path } });
    },
    async sendInvitation(tx, { to, by, what, path, key }) {
      await messages.sendInvitation(tx, { to: { email: to }, key, values: { by, structure: what, link: path } });
    },
    async sendPasswordReset(tx, { to, name, path, key }) {
      await messages.sendPasswordReset(tx, { to: { email: to }, key, values: { person: name, link: path } });
    },
    async tellOpened(tx, { to, name, path, key }) {
      await messages.tellAccountOpened(tx, { to: { email: to }, key, values: { person: name, link: path } });
    },
    async tellDelegation(tx, { to, giver, until, path, key }) {
      await messages.tellDelegationGranted(tx, { to: { email: to }, key, values: { giver, until, link: path } });
    },
    async tellDelegationRevoked(tx, { to, giver, moment, key }) {
      await messages.tellDelegationRevoked(tx, { to: { email: to }, key, values: { giver, moment } });
    },
    async tellRefusal(tx, { to, structure, reason, key }) {
      await messages.tellManagerRefused(tx, { to: { email: to }, key, values: { structure, reason } });
    },
  };
}
