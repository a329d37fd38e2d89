import type { Modality, SlotView } from '../../availability/contract.ts';
import type { FoundSlot, SourceAnswer } from '../../availability/server/index.ts';
import type { SearchResult, SlotsEvent } from '../contract.ts';
import { levelOf } from '../domain/charter.ts';
import { type Attachable, byOwner, match, normalize, type OfferedPlace, placeInArea, type SearchArea } from '../domain/matching.ts';
import { sha256 } from '../domain/ranking-draw.ts';
import { reasonsAt, type RankingRule } from '../domain/ranking.ts';
import { keyOf, type Placed, type RankingInput } from '../domain/session.ts';
import type { Card } from './search-candidates.ts';
import type { ProposedExtra } from './search-log.ts';

/** What a page of results is made of. */
export interface PageContent {
  /** Everybody eligible in the session, in the order shown. */
  readonly order: readonly Placed[];
  /** What is shown of the page's candidates and of their other places, by key. */
  readonly cards: ReadonlyMap<string, Card>;
  readonly rule: RankingRule;
  readonly first: number;
  readonly limit: number;
  readonly center: SearchArea['center'];
  readonly radiusM: number;
  readonly city: string;
  readonly modalities: readonly Modality[] | null;
  /** Rank of the first place that only a vendor knows: after all ranked candidates and the places found on other pages. */
  readonly extraRank: number;
}

interface Line extends Attachable {
  readonly input: RankingInput;
  readonly card: Card;
  /** Null for a candidate of another page: his slots are not shown here. */
  readonly result: SearchResult | null;
}

type Slots = [rank: number, count: number][];

/** One page of results, filled source after source. */
export class SearchPage {
  readonly results: SearchResult[] = [];
  readonly extras: ProposedExtra[] = [];
  slotCount = 0;
  readonly #content: PageContent;
  readonly #area: SearchArea;
  readonly #lines = new Map<string, Line>();
  readonly #owners: Map<string, Line[]>;

  constructor(content: PageContent) {
    this.#content = content;
    const postcodes = new Set([...content.cards.values()].map(({ place }) => place.postcode));
    this.#area = { center: content.center, radiusM: content.radiusM, postcodes };
    const last = content.first + content.limit;
    content.order.forEach((placed, index) => {
      const { input } = placed;
      const card = content.cards.get(input.key);
      if (!card) return;
      const shown = index >= content.first && index < last;
      const result = shown ? resultOf(card, placed, index + 1, reasonsAt(content.order, index, content.rule)) : null;
      if (result) this.results.push(result);
      this.#lines.set(input.key, lineOf(input, card, result));
    });
    this.#owners = byOwner(this.#lines.values());
  }

  /** Gives each slot of a source to its result. What was added, and how many slots at each rank. */
  add({ state, slots }: SourceAnswer): { event: SlotsEvent; counts: Slots } {
    const additions = new Map<number, SlotView[]>();
    const fresh: SearchResult[] = [];
    const counts = new Map<number, number>();
    for (const found of slots) {
      if (!this.#wanted(found.slot)) continue;
      const [result, isNew] = this.#resultFor(found, state.name);
      if (!result) continue;
      result.slots.push(found.slot);
      counts.set(result.rank, (counts.get(result.rank) ?? 0) + 1);
      this.slotCount++;
      if (isNew) fresh.push(result);
      if (fresh.includes(result)) continue;
      const list = additions.get(result.rank);
      if (list) list.push(found.slot);
      else additions.set(result.rank, [found.slot]);
    }
    this.results.push(...fresh);
    return {
      event: {
        source: state.name,
        additions: [...additions].map(([rank, added]) => ({ rank, slots: added })),
        // A copy: the result goes on receiving the slots of the next sources.
        results: fresh.map((result) => ({ ...result, slots: [...result.slots] })),
      },
      counts: [...counts],
    };
  }

  #wanted(slot: SlotView): boolean {
    const { modalities } = this.#content;
    return modalities === null || slot.modalities.some((modality) => modalities.includes(modality));
  }

  #resultFor(found: FoundSlot, source: string): [result: SearchResult | null, isNew: boolean] {
    const matched = match(found, this.#owners);
    if (matched.kind === 'attached') return [this.#lines.get(matched.key)!.result, false];
    if (matched.kind === 'stranger' || !found.place) return [null, false];
    const line = this.#extraPlace(this.#owners.get(matched.owner)!, found.place, source);
    return [line?.result ?? null, line !== null];
  }

  /** A place of one of our candidates that the directory does not know: shown once, on the page of his first place. */
  #extraPlace(known: Line[], place: OfferedPlace & { phone: string | null }, source: string): Line | null {
    const owner = known[0]!;
    if (!owner.result) return null;
    const inArea = placeInArea(place, this.#area) ?? (owner.input.usualDoctor ? { distanceM: null } : null);
    if (!inArea) return null;
    const placeId = place.id ?? addressId(place);
    const input: RankingInput = {
      ...owner.input,
      key: keyOf(owner.nationalId, owner.structureId, placeId),
      placeId,
      distanceM: inArea.distanceM,
      sameCommune: normalize(place.city) === normalize(this.#content.city),
    };
    const card: Card = {
      ...owner.card,
      place: {
        id: placeId, name: place.name ?? place.address, address: place.address, postcode: place.postcode, city: place.city, insee: '',
        lat: place.lat, lon: place.lon, phone: place.phone,
      },
      distanceM: inArea.distanceM,
    };
    const placed = { input, level: levelOf(input, this.#content.rule.levels) };
    const rank = this.#content.extraRank + this.extras.length;
    const why = reasonsAt([placed], 0, { ...this.#content.rule, ranking: 'distance' });
    const absent = { code: 'vendor-place', text: `Lieu donné par ${source}, absent de l'annuaire : après les lieux classés` };
    const line = lineOf(input, card, resultOf(card, placed, rank, [...why, absent]));
    this.#lines.set(input.key, line);
    known.push(line);
    this.extras.push({
      rank, key: input.key, nationalId: input.nationalId, structureId: input.structureId, placeId, level: placed.level,
      distanceM: input.distanceM,
    });
    return line;
  }
}

const lineOf = (input: RankingInput, card: Card, result: SearchResult | null): Line => ({
  key: input.key, nationalId: input.nationalId, structureId: input.structureId, place: card.place, input, card, result,
});

const resultOf = (card: Card, placed: Placed, rank: number, why: readonly { text: string }[]): SearchResult => ({
  rank,
  professional: card.professional,
  structure: card.structure,
  place: card.place,
  // The distance ranked with, not one computed again.
  distanceM: placed.input.distanceM,
  participation: card.participation,
  level: placed.level,
  why: why.map(({ text }) => text),
  slots: [],
});

const addressId = (place: OfferedPlace): string => {
  const [a, b] = sha256(`${normalize(place.address)}|${place.postcode}|${normalize(place.city)}`);
  return `adr:${[a!, b!].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('')}`;
};
