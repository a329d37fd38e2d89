import type { z } from 'zod';
import type { Queryable } from '../../../foundation/db/database.ts';
import type { Actor } from '../../../identity/contract.ts';
import type { proofSchema } from '../contract.ts';
import { rank, type RankingRule, reasonsAt } from '../domain/ranking.ts';
import { readCharter } from './charter.ts';
import { openSession, readEvents } from './search-log.ts';

/**
 * The order a search showed, and the one that the documented function gives now from the inputs it kept (distances, charter
 * version, seed), with everything that happened in the session.
 * @throws not-found `search-not-found`, forbidden `territory-not-covered`
 */
export async function proofOf(db: Queryable, searchId: string, actor: Actor): Promise<z.input<typeof proofSchema>> {
  const session = await openSession(db, searchId, actor);
  const { placed, seed, ranking, charterVersion, placeTerritory } = session;
  const charter = placeTerritory === null || charterVersion === null ? null : await readCharter(db, placeTerritory, charterVersion);
  const rule: RankingRule = { seed, ranking, levels: charter?.levels ?? null, at: session.at };
  const shown = placed.map(({ input }, index) => ({
    rank: index + 1,
    key: input.key,
    why: reasonsAt(placed, index, rule).map(({ text }) => text),
  }));
  // Given in another order than the one shown, so that the replay owes nothing to it.
  const inputs = placed.map(({ input }) => input).sort((a, b) => (a.key < b.key ? -1 : 1));
  const replayed = rank(inputs, rule).map(({ input }, index) => ({ rank: index + 1, key: input.key }));
  const events = await readEvents(db, searchId);
  return {
    searchId,
    at: session.at.toString(),
    territory: session.territory,
    criteria: { ...session.criteria },
    seed,
    ranking,
    charterVersion,
    shown,
    replayed,
    identical: replayed.every(({ key }, index) => key === shown[index]!.key),
    events: events.map(({ at, kind, payload }) => ({ at: at.toString(), kind, payload })),
  };
}
