import type { Handlers } from '../../../foundation/http/register.ts';
import type { Actor } from '../../../identity/contract.ts';
import type { routes } from '../contract.ts';
import type { TelephonyRoom } from './index.ts';

/** Handlers of the telephony of a room. */
export function telephonyHandlers(room: TelephonyRoom): Handlers<typeof routes, Actor> {
  return {
    async phoneEvents({ actor, body }) {
      return { accepted: true, ...(await room.receive(actor, body)) };
    },
    calls: async ({ actor, query }) => ({ calls: await room.listCalls(actor, query) }),
    call: ({ actor, params }) => room.readCall(actor, params.id),
    callCommand: ({ actor, params, body }) => room.act(actor, params.id, body),
    callOut: ({ actor, body }) => room.callOut(actor, body),
    me: ({ actor }) => room.me(actor.accountId),
    setMyState: ({ actor, body }) => room.setMyState(actor, body),
    moveAgent: ({ actor, params, body }) => room.moveAgent(actor, params.accountId, body),
    callbacks: async ({ actor }) => ({ callbacks: await room.callbacks(actor) }),
    async closeCallback({ actor, params, body }) {
      await room.closeCallback(actor, params.id, body.outcome);
      return { closed: true };
    },
    board: ({ actor }) => room.board(actor),
    async configuration({ actor }) {
      const { numbers, bilevelHours, thresholds } = await room.configuration(actor);
      return { numbers: [...numbers], bilevelHours: [...bilevelHours], thresholds };
    },
    async configure({ actor, body }) {
      await room.configure(actor, body);
      return { saved: true };
    },
  };
}
