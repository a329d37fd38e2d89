import type { BackgroundTask } from '../../../foundation/background.ts';
import { stopwatch } from '../../../foundation/clock.ts';
import type { Transaction } from '../../../foundation/db/database.ts';
import type { Actor } from '../../../identity/contract.ts';
import type { PhoneEvent } from '../contract.ts';
import { createActions } from './actions.ts';
import { agentOf, moveAgent, setMyState } from './agents.ts';
import { endWrapUps } from './agents-states.ts';
import { createBoard } from './board.ts';
import { closeCallback, listCallbacks } from './callbacks.ts';
import { createCalls } from './calls.ts';
import { coalesced } from './coalesced.ts';
import { sendCommands } from './commands.ts';
import { configure, isBilevelOpen, readConfiguration } from './configuration.ts';
import { distributeOnce, readAgenda } from './distributor.ts';
import { type EndedCall, createIntake } from './intake.ts';
import { createLink } from './link.ts';
import { requireRoom, type Room, type TelephonyDependencies } from './room.ts';

const DISTRIBUTION_EVERY_MS = 200;
const LINK_RETRIED_EVERY_MS = 500;
const LINK_VERIFIED_EVERY_MS = 20_000;
const ALERTS_EVERY_MS = 2_000;

/** Builds the telephony of a room. Start its `tasks`; call `close` before stopping them. */
export function createTelephony(dependencies: TelephonyDependencies) {
  const room: Room = { ...dependencies, db: dependencies.database.for('telephony') };
  const { port } = room;
  const listeners: ((tx: Transaction, ended: EndedCall) => Promise<void>)[] = [];
  const intake = createIntake(room, {
    async onCallEnded(tx, ended) {
      for (const listener of listeners) await listener(tx, ended);
    },
  });
  let sending = false;
  const send = coalesced(async () => {
    if (!port) return;
    sending = true;
    await sendCommands(room, port).finally(() => (sending = false));
  });
  const late = (error: unknown) => room.log.warn({ err: error }, 'distribution failed, will try again');
  const sendSoon = () => void send().catch(late);
  // Decisions do not wait for the phone system: what it answers, and when, is the business of `send`.
  const distribute = coalesced(async () => {
    for (let more = true; more;) {
      const { decided, wrapUps, commandsPending } = await takeTurn(room);
      // Commands seen while others are being sent are most often those.
      if (decided || (commandsPending && !sending)) sendSoon();
      more = decided || wrapUps;
    }
  });
  // Waking is only haste: the background turn does the same work, and tells of its failures.
  const look = () => void distribute().catch(late);
  const wake = () => {
    sendSoon();
    look();
  };
  const link = port && createLink(room, port, intake, look);
  const board = createBoard(room);
  const calls = createCalls(room);
  const actions = createActions(room, send);

  const waking = <Args extends unknown[], Result>(use: (...args: Args) => Promise<Result>) => async (...args: Args): Promise<Result> => {
    const result = await use(...args);
    wake();
    return result;
  };

  const tasks: BackgroundTask[] = [
    { name: 'call-distribution', everyMs: DISTRIBUTION_EVERY_MS, work: distribute },
    { name: 'room-alerts', everyMs: ALERTS_EVERY_MS, work: () => board.watch() },
    ...(link
      ? [
          { name: 'phone-link', everyMs: LINK_RETRIED_EVERY_MS, work: () => link.follow() },
          { name: 'phone-link-check', everyMs: LINK_VERIFIED_EVERY_MS, work: () => link.verify() },
        ]
      : []),
  ];

  return {
    ...calls,
    tasks,
    /** Records an event pushed to the API, once. */
    async receive(actor: Actor, event: PhoneEvent) {
      requireRoom(room, actor);
      const receipt = await intake.receive(event);
      look();
      return receipt;
    },
    act: actions.act,
    callOut: actions.callOut,
    passOn: actions.passOn,
    pullIn: actions.pullIn,
    /** My post and my call. */
    me: async (accountId: string) => {
      const agent = await agentOf(room, accountId);
      return { agent, call: agent?.callId ? await calls.callOf(agent.callId) : null };
    },
    setMyState: waking((...args: Tail<typeof setMyState>) => setMyState(room, ...args)),
    moveAgent: waking((...args: Tail<typeof moveAgent>) => moveAgent(room, ...args)),
    callbacks: (...args: Tail<typeof listCallbacks>) => listCallbacks(room, ...args),
    closeCallback: (...args: Tail<typeof closeCallback>) => closeCallback(room, ...args),
    board: board.board,
    configuration: async (...[actor]: Tail<typeof requireRoom>) => {
      requireRoom(room, actor);
      return readConfiguration(room);
    },
    /** Whether the two answering levels are open at that instant (TEL-06), seen from the caller's transaction. */
    bilevelOpenAt: async (tx: Transaction, at: Temporal.Instant) => isBilevelOpen(room, await readConfiguration(room, tx.for('telephony')), at),
    configure: (...args: Tail<typeof configure>) => configure(room, ...args),
    /** Registers what another context does, in the same transaction, when a call of a dossier is over. */
    onCallEnded: (listener: (tx: Transaction, ended: EndedCall) => Promise<void>) => void listeners.push(listener),
    wake,
    /** Lets go of the phone system, so that the background work can end. */
    close: () => link?.stop(),
  };
}

/** One turn of the distribution, measured. Where it changed something, another turn may find more to do. */
async function takeTurn(room: Room) {
  const elapsed = stopwatch();
  const agenda = await readAgenda(room);
  const { length } = await distributeOnce(room, agenda);
  if (length > 0) room.onDecision?.(elapsed(), length);
  // What was decided is sent before anything else.
  if (length === 0 && agenda.wrapUpsDue) await endWrapUps(room);
  return { decided: length > 0, wrapUps: agenda.wrapUpsDue, commandsPending: agenda.commandsPending };
}

type Tail<F> = F extends (room: Room, ...args: infer Args) => unknown ? Args : never;
