import type { Handlers } from '../../foundation/http/register.ts';
import type { Actor } from '../../identity/contract.ts';
import type { routes } from '../contract.ts';
import type { Messages } from './messages.ts';

export function messageHandlers({ preferences }: Pick<Messages, 'preferences'>): Handlers<typeof routes, Actor> {
  return {
    messagePreferences: async ({ actor }) => ({ preferences: await preferences.of(actor) }),
    async saveMessagePreference({ actor, params, body }) {
      await preferences.save(actor, params.template, body.wanted);
      return { preferences: await preferences.of(actor) };
    },
  };
}
