import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Actor } from '../../src/identity/contract.ts';
import { buildAppointmentMessage } from '../../src/interop/hub-sante/appointment.ts';
import { until } from '../../src/interop/hub-sante/exchange.fixture.ts';
import { facts, parties } from '../../src/interop/hub-sante/testing.ts';
import type { AppointmentFacts } from '../../src/platform/orientation/server/orientations-record.ts';
import { openAssembledRoom } from './assembled-room.ts';

/** The assembled room with the staff of the scripted day: 3 ARM N1, 4 ARM N2, 2 OSNP, 2 MRU, 2 MRG, and those who come and go. */
export async function openDayRoom(phoneState: string) {
  const room = await openAssembledRoom({ start: '07:55', phoneState });
  const people = new Map<string, Actor>();
  const hire = async (...args: Parameters<typeof room.person>): Promise<Actor> => {
    const actor = await room.person(...args);
    people.set(actor.accountId, actor);
    return actor;
  };
  const staff = {
    n1: [await hire('arm', 'Camille Aubert'), await hire('arm', 'Sacha Belin'), await hire('arm', 'Andrea Chauvin')],
    n2: [await hire('arm', 'Charlie Denis'), await hire('arm', 'Jo Evrard'), await hire('arm', 'Max Fabre'), await hire('arm', 'Robin Gilet')],
    os: [await hire('osnp', 'Zoé Régulateur', { nationalId: '3990000001/TEST01', email: 'zoe@sas.example' }), await hire('osnp', 'Dominique Henry')],
    mru: [await hire('mru', 'Noa Imbert'), await hire('mru', 'Gaby Joly')],
    mrg: [await hire('mrg', 'Lou Keller'), await hire('mrg', 'Ange Leroy')],
    psy: await hire('medecin-specialise', 'Eden Marin'), dac: await hire('medecin-specialise', 'Ariel Nicol'), sv: await hire('superviseur', 'Maé Olivier'),
    head: await hire('responsable-sas', 'Alix Perrot'), night: await hire('mrg', 'Sam Quentin'), ars: await hire('ars', 'Agence Régionale'),
  };

  /** Who speaks with this caller. */
  const onLine = async (callId: string): Promise<Actor> => people.get((await room.callOf(callId)).agent ?? '')!;

  /** Lets whoever is wanted answer: within the second, unless the link to the phone network has just been made again. */
  async function taken(callId: string): Promise<Actor> {
    for (let seconds = 0; seconds < 5; seconds++) {
      const { agent, waiting } = await room.callOf(callId);
      if (agent && !waiting) break;
      await room.pass(1);
    }
    return onLine(callId);
  }

  return {
    ...room, staff, onLine,
    // Read when asked: a room that starts again replaces them.
    get telephony() {
      return room.telephony;
    },
    get dossiers() {
      return room.dossiers;
    },
    get protocols() {
      return room.protocols;
    },
    get network() {
      return room.network;
    },
    /** Somebody calls, N1 answers and opens the dossier. */
    async answered(more: Parameters<typeof room.call>[0] = {}): Promise<{ callId: string; id: string; n1: Actor }> {
      const callId = await room.call(more);
      const n1 = await taken(callId);
      expect(staff.n1).toContain(n1);
      return { callId, id: (await room.dossiers.open(n1, { callId })).id, n1 };
    },
    /** Time for the phone of whoever is wanted to ring and answer; gives who did. */
    passedTo: taken,
    /** Whoever is on the line ends the call; his time to write passes. */
    async over(callId: string): Promise<void> {
      await room.telephony.act(await onLine(callId), callId, { op: 'hang-up' });
      await room.pass(11);
    },
    /** What somebody is told by the screens of a topic. */
    announced: (topic: string) => room.rows<{ ids: Record<string, string>; audience: { roles?: string[] } }>('select ids, audience from foundation.event where topic = $1 order by id', topic),
    /** The platform tells of an appointment booked by the first OSNP; back once the room has kept it. */
    async appointment(appointment: Partial<AppointmentFacts> & { appointmentId: string }): Promise<void> {
      const message = buildAppointmentMessage(
        { senderId: room.environment.HUB_PLATFORM_ID, recipientId: room.environment.HUB_ROOM_ID, uniqueId: randomUUID(), at: room.clock.now(), zone: 'Europe/Paris' },
        { ...facts, created: room.clock.now().toString(), end: null, ...appointment }, parties,
      );
      await room.platform.publish(message);
      await until(async () => (await room.rows('select 1 as one from dossier.appointment_message where distribution_id = $1', message.distributionID)).length === 1);
      await room.settle();
    },
  };
}

/** Dossiers that later events of the day come back to. */
export interface Kept {
  fever?: string;
  noShow?: string;
  deferred?: string;
}

export type DayRoom = Awaited<ReturnType<typeof openDayRoom>>;
