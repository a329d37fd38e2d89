import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../../../foundation/clock.ts';
import type { Database } from '../../../foundation/db/database.ts';
import type { Logger } from '../../../foundation/log.ts';
import type { Actor } from '../../../identity/contract.ts';
import type { Territories } from '../../../territory/server/index.ts';
import type { EditorState, SlotView } from '../../availability/contract.ts';
import type { Availability, SourceAnswer } from '../../availability/server/index.ts';
import type { Directory } from '../../directory/server/index.ts';
import type { Participations } from '../../participation/server/index.ts';
import type { SearchAnswer, SearchQuery, SlotsEvent } from '../contract.ts';
import { type Placed, writeCursor } from '../domain/session.ts';
import { createCharters } from './charter.ts';
import { unmetNeeds } from './needs.ts';
import { proofOf } from './proof.ts';
import { recordEvents, refused, type SearchEvent } from './search-log.ts';
import { SearchPage } from './search-page.ts';
import { createPreparation, type Prepared } from './search-preparation.ts';

export interface SearchDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly territories: Territories;
  readonly directory: Directory;
  readonly participations: Participations;
  readonly availability: Availability;
}

/** Told of a search as it goes: the candidates first, then each source, the platform's own agenda before any vendor. */
export interface SearchListener {
  candidates(answer: SearchAnswer): void;
  slots(event: SlotsEvent): void;
  editor(state: EditorState): void;
}

/** The search session: candidates in a provable order, and their free slots as the sources answer. */
export function createSearch(deps: SearchDependencies) {
  const { availability, clock } = deps;
  const db = deps.database.for('orientation');
  const newIds = { searchId: randomUUID, seed: () => randomBytes(12).toString('base64url') };
  const prepare = createPreparation(deps, newIds);

  async function find(query: SearchQuery, actor: Actor, listener: SearchListener, signal: AbortSignal): Promise<SearchAnswer> {
    const [prepared, vendors] = await Promise.all([prepare(query, actor), availability.vendorNames()]);
    const stop = new AbortController();
    const question = { ...ownersOf(prepared.page), ...prepared.window };
    const early: SourceAnswer[] = [];
    let ownShown: Shown | null = null;
    const onVendor = (answer: SourceAnswer) => {
      if (!ownShown) return void early.push(answer);
      listener.slots(ownShown.add(answer));
      listener.editor(answer.state);
    };
    let logged: Promise<void> = Promise.resolve();
    const opened = Promise.all([prepared.cards, prepared.recorded]).then(([cards]) => {
      const shown = new Shown(prepared, new SearchPage({ ...prepared.content, cards }), vendors);
      listener.candidates(shown.answer());
      return shown;
    });
    const own = Promise.all([opened, availability.ownSlots(question)]).then(([shown, answer]) => {
      listener.slots(shown.add(answer));
      ownShown = shown;
      if (vendors.length > 0) {
        logged = recordEvents(db, prepared.session.id, clock.now(), shown.takeEvents(), null);
        logged.catch(() => undefined); // awaited below
      }
      early.forEach(onVendor);
      return shown;
    });
    try {
      const [shown] = await Promise.all([own, availability.askVendors(question, onVendor, AbortSignal.any([signal, stop.signal]))]);
      await logged;
      return await conclude(prepared, shown, signal);
    } catch (error) {
      stop.abort();
      throw error;
    }
  }

  async function conclude({ session }: Prepared, shown: Shown, signal: AbortSignal): Promise<SearchAnswer> {
    const { results, slotCount: slots } = shown.page;
    const counted = signal.aborted ? null : { results: results.length, slots };
    await recordEvents(db, session.id, clock.now(), shown.takeEvents(), counted);
    deps.log.debug({ search: session.id, ...counted, gone: signal.aborted }, 'search done');
    signal.throwIfAborted();
    return shown.finalAnswer();
  }

  return {
    /**
     * Runs a search, or gives its next page. Resolves when every vendor has answered or the deadline has passed.
     * @throws invalid `place-missing`, `place-incomplete`, `window-…`, `cursor-invalid`; not-found `place-not-found`,
     * `search-not-found`; forbidden `territory-not-covered`; the signal's reason when the caller went away.
     */
    find,
    /** Notes a refusal at a rank. See `refused`. */
    refuse: (searchId: string, rank: number, reason: string, actor: Actor) =>
      refused(db, { searchId, rank, reason, at: clock.now() }, actor),
    /** The proof of neutrality of a search. See `proofOf`. */
    proof: (searchId: string, actor: Actor) => proofOf(db, searchId, actor),
    /** Searches by commune and specialty, those without any slot apart. See `unmetNeeds`. */
    needs: (question: { territory: string; from: string; to: string }, actor: Actor) =>
      unmetNeeds(db, deps.territories, question, actor),
    charters: createCharters(deps),
  };
}

export type Search = ReturnType<typeof createSearch>;

/** All sources tell instants in UTC, in the same form: their texts come in the order of time. */
const byStart = (a: SlotView, b: SlotView): number => (a.start < b.start ? -1 : a.start > b.start ? 1 : a.id < b.id ? -1 : 1);

/** The name the platform's own agenda answers under; every other source is a vendor. */
const OWN_AGENDA = 'platform';

/** Whose slots are asked for: the professionals and structures of the page. */
function ownersOf(page: readonly Placed[]): { professionals: string[]; structures: string[] } {
  return {
    professionals: [...new Set(page.flatMap(({ input }) => input.nationalId ?? []))],
    structures: [...new Set(page.flatMap(({ input }) => input.structureId ?? []))],
  };
}

/** What has been shown of a page so far, and what is to be logged of it. */
class Shown {
  readonly page: SearchPage;
  readonly #prepared: Prepared;
  readonly #pending: Set<string>;
  readonly #editors: EditorState[] = [];
  #events: SearchEvent[] = [];
  #counts: [number, number][] = [];
  #extrasLogged = 0;

  constructor(prepared: Prepared, page: SearchPage, vendors: readonly string[]) {
    this.#prepared = prepared;
    this.page = page;
    this.#pending = new Set(vendors);
  }

  /** Gives the slots of a source to their results. */
  add(answer: SourceAnswer): SlotsEvent {
    const { name: source, status, latencyMs } = answer.state;
    if (source !== OWN_AGENDA) {
      this.#pending.delete(source);
      this.#editors.push(answer.state);
    }
    const { event, counts } = this.page.add(answer);
    const slots = counts.reduce((sum, [, count]) => sum + count, 0);
    this.#events.push({ kind: 'source', payload: { source, status, latencyMs, slots } });
    this.#counts.push(...counts);
    return event;
  }

  /** The events since the last call. */
  takeEvents(): SearchEvent[] {
    const { first, limit, order } = this.#prepared.content;
    const last = Math.min(first + limit, order.length);
    const extras = this.page.extras.slice(this.#extrasLogged);
    const events: SearchEvent[] = [...this.#events, { kind: 'proposed', payload: { first: first + 1, last, slots: this.#counts, extras } }];
    this.#extrasLogged = this.page.extras.length;
    this.#events = [];
    this.#counts = [];
    return events;
  }

  answer(): SearchAnswer {
    const { session, content, view } = this.#prepared;
    const next = content.first + content.limit;
    return {
      searchId: session.id,
      seed: session.seed,
      ranking: session.ranking,
      ...view,
      territory: session.placeTerritory,
      total: content.order.length,
      complete: false,
      editors: this.#editors,
      pending: [...this.#pending],
      results: this.page.results,
      nextCursor: next < content.order.length ? writeCursor({ searchId: session.id, offset: next }) : null,
    };
  }

  finalAnswer(): SearchAnswer {
    const answer = this.answer();
    for (const { slots } of answer.results) slots.sort(byStart);
    const complete = answer.pending.length === 0 && answer.editors.every(({ status }) => status === 'ok');
    const notices = [...answer.notices];
    if (this.page.slotCount === 0 && !this.#prepared.session.criteria.enSus) {
      notices.push({ code: 'no-slot', text: "Aucun créneau dans ces délais. Cherchez les professionnels qui acceptent un patient en sus de leurs disponibilités." });
    }
    return { ...answer, complete, notices };
  }
}
