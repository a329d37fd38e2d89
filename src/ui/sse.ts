export interface ServerEvent {
  readonly id: string | null;
  /** Name of the event, `message` when the server gave none. */
  readonly event: string;
  readonly data: string;
}

/**
 * Reads a `text/event-stream` body as it comes. Ends when the body ends; throws what reading throws (abort, lost connection).
 * `onActivity` is called for everything received, heartbeats included.
 */
export async function* readEvents(body: ReadableStream<Uint8Array>, onActivity?: () => void): AsyncGenerator<ServerEvent> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  const parse = createParser();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      onActivity?.();
      yield* parse(value);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** A parser fed piece by piece: each call gives the events that the piece completes, wherever the cut falls. */
export function createParser(): (piece: string) => ServerEvent[] {
  let rest = '';
  let fields: { id: string | null; event: string; data: string[] } = { id: null, event: 'message', data: [] };

  return (piece) => {
    const events: ServerEvent[] = [];
    // A lone CR at the end may be the first half of a CRLF: wait for what follows.
    const text = rest + piece;
    const cut = text.endsWith('\r') ? text.length - 1 : text.length;
    const lines = text.slice(0, cut).split(/\r\n|\n|\r/);
    rest = lines.pop()! + text.slice(cut);
    for (const line of lines) {
      if (line === '') {
        if (fields.data.length > 0) events.push({ id: fields.id, event: fields.event, data: fields.data.join('\n') });
        fields = { id: null, event: 'message', data: [] };
        continue;
      }
      const colon = line.indexOf(':');
      const name = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
      if (name === 'data') fields.data.push(value);
      else if (name === 'event') fields.event = value;
      else if (name === 'id') fields.id = value;
    }
    return events;
  };
}
