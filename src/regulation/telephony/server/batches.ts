/** Groups what has already come: one alone when the stream is slow, up to `largest` when the reader is behind. */
export async function* batches<T>(source: AsyncIterable<T>, largest: number): AsyncGenerator<T[]> {
  const iterator = source[Symbol.asyncIterator]();
  const read = () => iterator.next();
  let next = read();
  // A failure is thrown where it is awaited, not before.
  next.catch(() => undefined);
  try {
    for (;;) {
      const first = await next;
      if (first.done) return;
      const batch = [first.value];
      next = read();
      next.catch(() => undefined);
      while (batch.length < largest) {
        const ready = await Promise.race([next, later()]);
        if (ready === null || ready.done) break;
        batch.push(ready.value);
        next = read();
        next.catch(() => undefined);
      }
      yield batch;
    }
  } finally {
    // Not awaited: a source that waits for its next value cannot end before; whoever reads aborts it.
    void iterator.return?.();
  }
}

/** null once what is already there had its chance. */
const later = (): Promise<null> => new Promise((resolve) => void setImmediate(() => resolve(null)));
