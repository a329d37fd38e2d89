/** The port as this program speaks it; it shares no code with the software it serves. */
export type Level = 'N1' | 'AMU' | 'SNP' | 'MRU' | 'MRG' | 'SPE';

export type Target =
  | { kind: 'agent'; agent: string; level: Level }
  | { kind: 'queue'; level: Level; agent?: string; skill?: string }
  | { kind: 'external'; number: string; party: string };

export type Command = { commandId: string; issuedAt: string; expires?: string; expect?: { version: number } } & (
  | { op: 'call.route'; callId: string; target: Target; priority: number }
  | { op: 'call.transfer'; callId: string; from: string; target: Target; mode: 'blind' | 'warm' }
  | { op: 'call.add-party'; callId: string; target: Target }
  | { op: 'call.drop-party'; callId: string; leg: number }
  | { op: 'call.hold'; callId: string; leg: number; on: boolean }
  | { op: 'call.originate'; callId: string; agent: string; level: Level; number: string }
  | { op: 'call.hang-up'; callId: string; reason: string }
  | { op: 'agent.set'; agent: string; state: 'available' | 'pause' | 'offline' }
);

export type Ack =
  | { outcome: 'accepted' }
  | { outcome: 'duplicate'; first: 'accepted' | 'rejected'; reason?: string }
  | { outcome: 'rejected'; reason: string };

export interface Position {
  lat: number;
  lon: number;
  radiusM: number | null;
  source: 'AML' | 'cellule';
}

export interface NetworkEvent {
  offset: number;
  eventId: string;
  callId: string;
  version: number;
  at: string;
  type:
    | 'presented' | 'ringing' | 'answered' | 'agent-failed' | 'transferred' | 'held' | 'resumed' | 'party-added' | 'party-left' | 'abandoned'
    | 'ended' | 'agent-lost' | 'agent-back';
  leg?: number;
  direction?: 'in' | 'out';
  dnis?: string;
  caller?: string;
  position?: Position;
  agent?: string;
  level?: Level;
  party?: string;
  mode?: 'blind' | 'warm';
  skill?: string;
  target?: string;
  cause?: string;
}

/** What an event says besides its place in the stream. */
export type Told = Omit<NetworkEvent, 'offset' | 'eventId' | 'version' | 'at' | 'callId'>;
