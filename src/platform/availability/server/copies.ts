import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import type { z } from 'zod';
import { AppError } from '../../../foundation/errors.ts';
import { writeJournal } from '../../../foundation/journal.ts';
import type { Actor } from '../../../identity/contract.ts';
import type { Copy } from '../contract.ts';
import type { copiedSchema } from '../domain/agenda-shapes.ts';
import { instantOf } from '../domain/opening.ts';
import type { Piece } from '../domain/recurrence.ts';
import { announceAgenda, guardAgenda } from './agenda-guard.ts';
import { writeOccurrences } from './occurrences.ts';
import { type Opening, openingColumns, type OpeningDependencies } from './openings.ts';
import { findPlace, territoryOf } from './openings-place.ts';
import { announceSlots } from './seats.ts';

type Result = z.output<typeof copiedSchema>['results'][number];
type Target = Copy['targets'][number];

const offerOf = ({ placeId, kind, modalities, slotTypes, withAppointment, capacity }: Opening) => ({ placeId, kind, modalities, slotTypes, withAppointment, capacity });

/** Copies of a day or of a week, to other dates or to other agendas: one transaction for each agenda, told one by one. */
export function createCopies(deps: OpeningDependencies) {
  const { database, clock, territories } = deps;
  const db = database.for('availability');

  /** Writes what the target does not have yet. */
  async function copyTo(actor: Actor, { nationalId, structureId, placeId }: Target, source: readonly Opening[], { shift, sameAgenda }: { shift: number; sameAgenda: boolean }): Promise<Result> {
    const now = clock.now();
    const owner = { nationalId, structureId };
    // Within one person's agenda, what is offered inside a structure stays there.
    const targetOf = (one: Opening) => ({ ...offerOf(one), nationalId, structureId: sameAgenda ? one.structureId : structureId, placeId: placeId ?? one.placeId });
    const groups = [...Map.groupBy(source, (one) => JSON.stringify(targetOf(one))).values()];
    const territory = await territoryOf(deps, owner);
    await guardAgenda({ database, clock }, actor, { ...owner, territory });
    for (const [one] of groups) await findPlace(deps, targetOf(one!));
    const { timeZone } = await territories.get(territory);
    return db.transaction(async (tx) => {
      // One copy of an agenda at a time: asked twice at once, the second finds what the first wrote.
      await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`agenda ${nationalId ?? ''} ${structureId ?? ''}`}, 0))`);
      let created = 0;
      let asked = 0;
      for (const group of groups) {
        const offer = targetOf(group[0]!);
        const pieces = group.map((one) => movedBy(one, shift, timeZone, now)).filter((one) => one !== null);
        const there = await tx.query<{ key: string }>(sql`
          select day || to_char(starts, ' HH24:MI') || to_char(ends, '-HH24:MI') as key from availability.opening
          where removed_at is null and national_id is not distinct from ${nationalId} and structure_id is not distinct from ${offer.structureId}
            and place_id = ${offer.placeId} and modalities = ${offer.modalities}::text[] and day = any(${pieces.map(({ day }) => day)}::date[])`);
        const known = new Set(there.map(({ key }) => key));
        const wanted = pieces.filter(({ day, starts, ends }) => !known.has(`${day} ${starts}-${ends}`));
        const written = await writeOccurrences(tx, { ...offer, territory, timeZone, createdBy: actor.accountId }, wanted.map((piece) => ({ id: randomUUID(), piece })), now);
        await announceSlots(tx, written.soon);
        created += written.created;
        asked += pieces.length;
      }
      if (created > 0) {
        await writeJournal(tx, {
          at: now, territory, actor: actor.accountId, role: actor.roles[0], objectType: 'agenda', objectId: nationalId ?? structureId ?? '', event: 'copied', payload: { structureId, created },
        });
        await announceAgenda(tx, { ...owner, territory });
      }
      return { ...owner, created, already: asked - created, refused: asked === 0 ? 'Rien à copier : ces moments sont passés, ou n’existent pas ce jour-là.' : null };
    });
  }

  return {
    /** @throws forbidden `opening-not-yours` for the agenda copied; what is refused for a target is told in its result. */
    async copy(actor: Actor, { from, fromDay, days, toDay, targets }: Copy): Promise<z.output<typeof copiedSchema>> {
      await guardAgenda({ database, clock }, actor, { ...from, territory: await territoryOf(deps, from) });
      const source = await db.query<Opening>(sql`
        select ${openingColumns} from availability.opening o
        where o.removed_at is null and o.closed_at is null and o.national_id is not distinct from ${from.nationalId}
          and (${from.structureId}::text is null or o.structure_id = ${from.structureId}) and o.day between ${fromDay}::date and ${fromDay}::date + ${days - 1}::int
        order by o.day, o.starts`);
      const shift = Temporal.PlainDate.from(fromDay).until(toDay).days;
      const results: Result[] = [];
      for (const target of targets) {
        results.push(await copyTo(actor, target, source, { shift, sameAgenda: target.nationalId === from.nationalId && target.structureId === from.structureId }).catch((error: unknown): Result => {
          if (!(error instanceof AppError) || error.family === 'unavailable') throw error;
          return { nationalId: target.nationalId, structureId: target.structureId, created: 0, already: 0, refused: error.message };
        }));
      }
      return { results };
    },
  };
}

function movedBy({ day, starts, ends }: Opening, days: number, timeZone: string, now: Temporal.Instant): Piece | null {
  const moved = Temporal.PlainDate.from(day).add({ days }).toString();
  const [start, end] = [instantOf(moved, starts, timeZone), instantOf(moved, ends, timeZone)];
  return start && end && Temporal.Instant.compare(start, now) > 0 ? { day: moved, starts, ends, start, end } : null;
}
