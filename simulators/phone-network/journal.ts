import { closeSync, existsSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { PlannedCall } from './callers.ts';
import type { Anchor } from './clock.ts';
import type { Ack, NetworkEvent } from './protocol.ts';

export type Phone = 'auto' | 'silent' | 'busy' | 'lost';

/** What happened at once: all of it is written, or nothing. */
export interface Entry {
  readonly anchor?: Anchor;
  readonly plan?: PlannedCall;
  /** The plan comes from the day's calls, not from a hand. */
  readonly arrival?: true;
  readonly events?: readonly NetworkEvent[];
  readonly command?: { readonly id: string; readonly ack: Ack };
  readonly agent?: { readonly agent: string; readonly state?: 'available' | 'pause' | 'offline'; readonly phone?: Phone };
}

export interface Journal {
  readonly entries: readonly Entry[];
  /** Written before anything of it is seen outside. */
  append(entry: Entry): void;
  close(): void;
}

/** The memory of the network, one line an entry. Without a file, it lives as long as the process. */
export function openJournal(file: string | null): Journal {
  if (!file) return { entries: [], append: () => undefined, close: () => undefined };
  const { entries, length } = readEntries(file);
  const descriptor = openSync(file, existsSync(file) ? 'r+' : 'w');
  // A line cut by a kill was never seen outside: it did not happen.
  ftruncateSync(descriptor, length);
  let position = length;
  return {
    entries,
    append(entry) {
      position += writeSync(descriptor, `${JSON.stringify(entry)}\n`, position);
    },
    close: () => closeSync(descriptor),
  };
}

function readEntries(file: string): { entries: Entry[]; length: number } {
  if (!existsSync(file)) return { entries: [], length: 0 };
  const content = readFileSync(file, 'utf8');
  const whole = content.slice(0, content.lastIndexOf('\n') + 1);
  return { entries: whole.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Entry), length: Buffer.byteLength(whole) };
}
