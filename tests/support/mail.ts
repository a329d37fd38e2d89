import type { Received } from '../../simulators/mail-server/mailbox.ts';
import type { Installation } from './installation.ts';

/** What the demonstration's mail server received for this address, the latest first. */
export async function lettersTo(sas: Installation, address: string): Promise<Received[]> {
  const server = /courriels, SMS\s+(\S+)/.exec(sas.output)![1]!;
  const answer = await fetch(`${server}/messages?to=${encodeURIComponent(address)}`);
  return ((await answer.json()) as { messages: Received[] }).messages;
}
