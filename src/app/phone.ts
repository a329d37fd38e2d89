import { type Filiere, filiereSchema } from '../regulation/dossier/contract.ts';
import type { DossierDependencies } from '../regulation/dossier/server/index.ts';
import { type Level, levelSchema } from '../regulation/telephony/contract.ts';
import type { TelephonyRoom, TransferWish } from '../regulation/telephony/server/index.ts';

const PRIORITIES = { P0: 0, P1: 1, P2: 2, P3: 3, NR: 3 } as const;

/** Whom a dossier of this queue waits for on the phone; null when nobody has to take the caller. */
export function transferFor(queue: string | null): TransferWish | null {
  // I5: whoever is on the line stays until the doctor answers.
  if (queue === 'P0') return { level: 'MRU', mode: 'warm' };
  const level = levelSchema.safeParse(queue);
  if (level.success && level.data !== 'N1') return { level: level.data satisfies Level, mode: 'blind' };
  const filiere = filiereSchema.safeParse(queue);
  return filiere.success ? { level: 'SPE', skill: filiere.data satisfies Filiere, mode: 'blind' } : null;
}

/** The telephone of the room as dossiers see it. */
export function phoneOf(room: TelephonyRoom, territory: string): DossierDependencies['telephony'] {
  const wake = () => room.wake();
  return {
    async call(tx, callId) {
      const call = await room.callOf(callId, tx);
      return call && {
        id: call.id, territory, presentedAt: Temporal.Instant.from(call.presentedAt), answered: call.answeredAt !== null, ended: call.endedAt !== null, caller: call.caller,
      };
    },
    link: (tx, actor, callId, dossierId) => room.linkDossier(tx, callId, dossierId, actor),
    async follow(tx, actor, callId, { priority, queue, taken }) {
      await room.setPriority(tx, callId, PRIORITIES[priority], actor);
      if (taken) await room.pullIn(tx, actor, callId);
      const wish = transferFor(queue);
      if (wish) await room.passOn(tx, actor, callId, wish);
      tx.afterCommit(wake);
    },
    bilevelOpen: (tx, _territory, at) => room.bilevelOpenAt(tx, at),
  };
}
