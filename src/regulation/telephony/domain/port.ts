import type { Level } from '../contract.ts';

/**
 * The phone system as the room sees it, whatever stands behind: the simulator, a SIP stack, the national Bandeau.
 * A *pilot* system is routed by us; a *follower* only tells what happens.
 */
export interface TelephonyPort {
  capabilities(): Promise<Capabilities>;
  /**
   * Idempotent on `commandId`, kept at least 24 h: a repeated command gives the first outcome. Accepted is not done: events
   * tell. Throws when the link is lost; the same command may then be sent again.
   */
  execute(command: Command): Promise<CommandAck>;
  /** Those after `fromOffset`, ordered, at least once. Ends when `signal` aborts; throws when the link is lost. */
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
  /** Events already told can be asked again; without it, only `snapshot` tells what was missed. */
  readonly replay: boolean;
}

export type Target =
  | { readonly kind: 'agent'; readonly agent: string; readonly level: Level }
  | { readonly kind: 'queue'; readonly level: Level; readonly agent?: string; readonly skill?: string }
  | { readonly kind: 'external'; readonly number: string; readonly party: string };

interface CommandBase {
  readonly commandId: string;
  readonly issuedAt: string;
  /** Refused as `expired` after this instant. */
  readonly expires?: string;
  /** Refused as `stale` when the call's version is not this one. */
  readonly expect?: { readonly version: number };
}

export type CommandBody =
  | { readonly op: 'call.route'; readonly callId: string; readonly target: Target; readonly priority: number }
  /** To a queue: a blind transfer leaves the conversation at once, a warm one when somebody of that queue answers. */
  | { readonly op: 'call.transfer'; readonly callId: string; readonly from: string; readonly target: Target; readonly mode: 'blind' | 'warm' }
  | { readonly op: 'call.add-party'; readonly callId: string; readonly target: Target }
  | { readonly op: 'call.drop-party'; readonly callId: string; readonly leg: number }
  | { readonly op: 'call.hold'; readonly callId: string; readonly leg: number; readonly on: boolean }
  | { readonly op: 'call.originate'; readonly callId: string; readonly agent: string; readonly level: Level; readonly number: string }
  | { readonly op: 'call.hang-up'; readonly callId: string; readonly reason: string }
  | { readonly op: 'agent.set'; readonly agent: string; readonly state: 'available' | 'pause' | 'offline' };

export type Command = CommandBase & CommandBody;

/** `reason`: `stale`, `expired`, `call-unknown`, `call-ended`, `call-not-waiting`, `transfer-in-progress`, `agent-busy`, `leg-unknown`… */
export type CommandAck =
  | { readonly outcome: 'accepted' }
  | { readonly outcome: 'duplicate'; readonly first: 'accepted' | 'rejected'; readonly reason?: string }
  | { readonly outcome: 'rejected'; readonly reason: string };

export type PortEventType =
  | 'presented' | 'queued' | 'ringing' | 'answered' | 'agent-failed' | 'transferred' | 'held' | 'resumed' | 'party-added' | 'party-left'
  | 'conference' | 'overflowed' | 'abandoned' | 'ended' | 'agent-lost' | 'agent-back';

export interface Position {
  readonly lat: number;
  readonly lon: number;
  readonly radiusM: number | null;
  readonly source: 'AML' | 'cellule' | 'declaree';
}

/** What an event of the phone system tells, by its type. */
export interface EventDetails {
  /** Number of the leg in its call, minted by the phone system. */
  readonly leg?: number;
  readonly direction?: 'in' | 'out';
  readonly dnis?: string;
  readonly caller?: string;
  readonly position?: Position;
  readonly agent?: string;
  readonly level?: Level;
  readonly party?: string;
  readonly mode?: 'blind' | 'warm';
  readonly skill?: string;
  /** The agent aimed at by a transfer, the number of a party. */
  readonly target?: string;
  /** `agent`, `caller`, `no-answer`, `busy`, `offline`, `lost`, `failure`, `transferred`… */
  readonly cause?: string;
}

/**
 * What the phone system tells. `version` grows by one per call: an event already known is dropped, a gap is asked again.
 * `agent-lost` and `agent-back` concern no call: their `callId` is empty and their version 0.
 */
export interface PortEvent extends EventDetails {
  readonly offset: number;
  readonly eventId: string;
  readonly callId: string;
  readonly version: number;
  /** The switch's own instant. */
  readonly at: string;
  readonly type: PortEventType;
}

export interface SnapshotCall {
  readonly callId: string;
  readonly version: number;
  readonly state: 'queued' | 'ringing' | 'talking' | 'ended';
  readonly direction: 'in' | 'out';
  readonly dnis: string;
  readonly caller: string | null;
  readonly presentedAt: string;
  readonly level: Level | null;
  readonly agent: string | null;
}

export interface Snapshot {
  readonly offset: number;
  /** The switch's present instant. */
  readonly at: string;
  /** At least those that are not ended. */
  readonly calls: readonly SnapshotCall[];
  readonly agents: readonly { readonly agent: string; readonly state: string; readonly callId: string | null }[];
}
