import { type CallState, isTalkingAgent, type LegState } from './calls.ts';
import type { PhoneNetwork } from './network.ts';
import type { Command, Level } from './protocol.ts';

/** Why a command is not done; nothing was changed. */
export class Refused extends Error {
  readonly reason: string;

  constructor(reason: string) {
    super(reason);
    this.reason = reason;
  }
}

/** Begins what a command asks. @throws Refused */
export function execute(network: PhoneNetwork, command: Command): void {
  if (command.expires && Date.parse(command.expires) < network.now) throw new Refused('expired');
  if (command.op === 'agent.set') return;
  if (command.op === 'call.originate') return originate(network, command);
  const call = liveCall(network, command.callId);
  if (command.expect && command.expect.version !== call.version) throw new Refused('stale');
  switch (command.op) {
    case 'call.route': {
      if (command.target.kind !== 'agent') throw new Refused('target-not-supported');
      if (!call.queue) throw new Refused('call-not-waiting');
      if (call.legs.some(({ state, party }) => state === 'ringing' && party === 'agent')) throw new Refused('call-already-ringing');
      return ring(network, call, command.target.agent, command.target.level);
    }
    case 'call.transfer': return transfer(network, call, command);
    case 'call.add-party':
      if (command.target.kind !== 'external') throw new Refused('target-not-supported');
      network.tell(call.callId, { type: 'ringing', leg: nextLeg(call), party: command.target.party, target: command.target.number });
      return;
    case 'call.drop-party': {
      const leg = openLeg(call, command.leg);
      network.tell(call.callId, { type: 'party-left', leg: leg.leg, party: leg.party, ...(leg.agent && { agent: leg.agent }), cause: 'dropped' });
      return;
    }
    case 'call.hold': {
      const leg = openLeg(call, command.leg);
      network.tell(call.callId, { type: command.on ? 'held' : 'resumed', leg: leg.leg, ...(leg.agent && { agent: leg.agent }) });
      return;
    }
    case 'call.hang-up':
      network.tell(call.callId, { type: 'ended', cause: command.reason });
  }
}

function liveCall(network: PhoneNetwork, callId: string): CallState {
  const call = network.book.get(callId);
  if (!call) throw new Refused(network.book.hasEnded(callId) ? 'call-ended' : 'call-unknown');
  return call;
}

function openLeg(call: CallState, number: number): LegState {
  const leg = call.legs.find((one) => one.leg === number && one.state !== 'over');
  if (!leg) throw new Refused('leg-unknown');
  return leg;
}

const nextLeg = (call: CallState): number => call.legs.length + 1;

function ring(network: PhoneNetwork, call: CallState, agent: string, level: Level): void {
  if (network.book.callOfAgent(agent)) throw new Refused('agent-busy');
  network.tell(call.callId, { type: 'ringing', leg: nextLeg(call), agent, level });
}

function transfer(network: PhoneNetwork, call: CallState, { from, target, mode }: Extract<Command, { op: 'call.transfer' }>): void {
  const leg = call.legs.find((one) => isTalkingAgent(one) && one.agent === from);
  if (call.queue) throw new Refused('transfer-in-progress');
  if (!leg) throw new Refused('agent-not-in-call');
  if (target.kind === 'external') throw new Refused('target-not-supported');
  const wanted = target.kind === 'queue' ? { target: target.agent, skill: target.skill } : { target: target.agent };
  network.tell(call.callId, {
    type: 'transferred', leg: leg.leg, agent: from, level: target.level, mode, ...(wanted.target && { target: wanted.target }),
    ...('skill' in wanted && wanted.skill && { skill: wanted.skill }),
  });
}

function originate(network: PhoneNetwork, { callId, agent, level, number }: Extract<Command, { op: 'call.originate' }>): void {
  if (network.book.get(callId) || network.book.hasEnded(callId)) throw new Refused('call-known');
  if (network.book.callOfAgent(agent)) throw new Refused('agent-busy');
  network.tell(callId, { type: 'presented', direction: 'out', caller: number });
  network.tell(callId, { type: 'ringing', leg: 1, agent, level });
}
