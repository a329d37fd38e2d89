import type { Handlers } from '../../foundation/http/register.ts';
import type { Actor } from '../../identity/contract.ts';
import type { routes } from '../contract.ts';
import type { Contacts } from './contacts.ts';

/** A film about the software, somewhere else. */
export interface Video {
  readonly title: string;
  readonly url: string;
}

/** Handlers of the help. */
export function helpHandlers({ contacts, videos }: { contacts: Contacts; videos: readonly Video[] }): Handlers<typeof routes, Actor> {
  return {
    videos: async () => ({ videos: [...videos] }),
    myContacts: async ({ actor }) => ({ contacts: await contacts.mine(actor) }),
    contact: ({ body, actor }) => contacts.ask(body, actor),
    contacts: async ({ actor }) => ({ contacts: await contacts.inbox(actor) }),
    takeContact: ({ params, actor }) => contacts.take(params.id, actor),
    answerContact: ({ params, body, actor }) => contacts.answer(params.id, body.answer, actor),
    closeContact: ({ params, actor }) => contacts.close(params.id, actor),
  };
}
