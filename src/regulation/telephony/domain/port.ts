import type { Level } from '../contract.ts';

/**
 * The phone system as the room sees it, whatever stands behind: the simulator, a SIP stack, the national Bandeau.
 * A *pilot* system is routed by us; a *follower* only tells what happens.
 */
export interface TelephonyPort {
  capabilities(): Promise<Capabilities>;
  /** Idempotent on `commandId`: a repeated command gives the first outcome. Accepted is not done: events tell. */
  execute(command: Command): Promise<CommandAck>;
  /** Ordered by offset, at least once, resumable after `fromOffset`. Ends when `signal` aborts; throws when the link is lost. */
  events(fromOffset: number, signal: AbortSignal): AsyncIterable<PortEvent>;
  snapshot(): Promise<Snapshot>;
}

export interface Capabilities {
  readonly mode: 'pilot' | 'follower';
  readonly routing: boolean;
  readonly autoAnswer: boolean;
  readonly warmTransfer: boolean;
  readonly conference: boolean;
  readonly hold: boolean;
  readonly replay: boolean;
}

export type Target =
  | { readonly kind: 'agent'; readonly agent: string; readonly level: Level }
  | { readonly kind: 'queue'; readonly level: Level }
  | { readonly kind: 'external'; readonly number: string; readonly party: string };

interface CommandBase {
  readonly commandId: string;
  readonly issuedAt: string;
  /** Refused as stale when the call's version is not this one. */
  readonly expect?: { readonly version: number };
}

export type Command = CommandBase &
  (
    | { readonly op: 'call.route'; readonly callId: string; readonly target: Target; readonly priority: number }
    | { readonly op: 'call.transfer'; readonly callId: string; readonly from: string; readonly target: Target; readonly mode: 'blind' | 'warm' }
    | { readonly op: 'call.add-party'; readonly callId: string; readonly target: Target }
    | { readonly op: 'call.drop-party'; readonly callId: string; readonly leg: number }
    | { readonly op: 'call.hold'; readonly callId: string; readonly leg: number; readonly on: boolean }
    | { readonly op: 'call.originate'; readonly callId: string; readonly agent: string; readonly level: Level; readonly number: string }
    | { readonly op: 'call.hang-up'; readonly callId: string; readonly reason: string }
    | { readonly op: 'agent.set'; readonly agent: string; readonly state: 'available' | 'pause' | 'offline' }
  );

export type CommandAck =
  | { readonly outcome: 'accepted' }
  | { readonly outcome: 'duplicate'; readonly first: 'accepted' | 'rejected' }
  | { readonly outcome: 'rejected'; readonly reason: string };

/** What the phone system tells. `version` grows by one per call: an event already known is dropped, a gap asks a snapshot. */
export interface PortEvent {
  readonly offset: number;
  readonly eventId: string;
  readonly callId: string;
  readonly version: number;
  /** The switch's own instant. */
  readonly at: string;
  readonly type:
    | 'presented' | 'queued' | 'ringing' | 'answered' | 'agent-failed' | 'transferred' | 'held' | 'resumed' | 'party-added' | 'party-left'
    | 'conference' | 'overflowed' | 'abandoned' | 'ended';
  readonly leg?: number;
  readonly dnis?: string;
  readonly caller?: string;
  readonly position?: { readonly lat: number; readonly lon: number; readonly radiusM: number | null; readonly source: 'AML' | 'cellule' | 'declaree' };
  readonly agent?: string;
  readonly level?: Level;
  readonly party?: string;
  readonly cause?: string;
}

export interface Snapshot {
  readonly offset: number;
  readonly calls: readonly { readonly callId: string; readonly version: number; readonly state: 'offered' | 'queued' | 'ringing' | 'talking' | 'ended'; readonly agent: string | null }[];
  readonly agents: readonly { readonly agent: string; readonly state: string }[];
}
