import type { Client } from './client.ts';

interface Item {
  readonly orientationId: string;
  readonly status: string;
  readonly structureId: string | null;
}

const FIRST_ANSWER_MS = 20_000;
const LAST_ANSWER_MS = 60_000;
const REFUSED = 0.25;

/** Somebody who answers, for structures that nobody else holds, the requests en sus of the SAS, and names the doctor afterwards. */
export class StructureManager {
  readonly #client: Pick<Client, 'ask'>;
  readonly #random: () => number;
  readonly #haste: number;
  /** When each thing to do will be done. */
  readonly #due = new Map<string, number>();

  constructor(client: Pick<Client, 'ask'>, { random, haste }: { random: () => number; haste: number }) {
    this.#client = client;
    this.#random = random;
    this.#haste = haste;
  }

  /** Does what has waited long enough. */
  async look(now: number): Promise<void> {
    const { items } = await this.#client.ask<{ items: Item[] }>('GET', '/api/v1/requests/inbox');
    for (const item of items) {
      if (item.status !== 'DEMANDE' && item.status !== 'ACCEPTE_SANS_NOM') continue;
      const thing = `${item.orientationId} ${item.status}`;
      const due = this.#due.get(thing) ?? now + (FIRST_ANSWER_MS + this.#random() * (LAST_ANSWER_MS - FIRST_ANSWER_MS)) / this.#haste;
      this.#due.set(thing, due);
      if (now < due) continue;
      this.#due.delete(thing);
      await (item.status === 'DEMANDE' ? this.#answer(item) : this.#name(item));
    }
  }

  async #answer({ orientationId, structureId }: Item): Promise<void> {
    const canName = (await this.#members(structureId)).length > 0;
    if (!canName || this.#random() < REFUSED) return this.#act(orientationId, 'refuse', { reason: 'no-doctor' });
    return this.#act(orientationId, 'accept', {});
  }

  async #name({ orientationId, structureId }: Item): Promise<void> {
    const members = await this.#members(structureId);
    const member = members[Math.floor(this.#random() * members.length)];
    if (member) await this.#act(orientationId, 'name', { nationalId: member.nationalId });
  }

  async #members(structureId: string | null): Promise<readonly { readonly nationalId: string }[]> {
    return structureId ? (await this.#client.ask<{ members: { nationalId: string }[] }>('GET', `/api/v1/requests/members/${structureId}`)).members : [];
  }

  async #act(orientationId: string, action: string, body: object): Promise<void> {
    await this.#client.ask('POST', `/api/v1/orientations/${orientationId}/${action}`, body);
  }
}
