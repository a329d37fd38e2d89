import { fstatSync } from 'node:fs';

/** A terminal or /dev/null says nothing of the parent. */
function isPipe(): boolean {
  const stdin = fstatSync(0);
  return stdin.isFIFO() || stdin.isSocket();
}

/**
 * Life of a simulator started as its own process: one JSON line on stdout when ready, a clean stop on SIGTERM or SIGINT, and no
 * orphan: the parent's death closes stdin (a pipe) or the IPC channel.
 */
export async function runSimulator(start: () => Promise<{ readonly url: string; close(): Promise<void> }>): Promise<void> {
  try {
    const { url, close } = await start();
    let closing = false;
    const stop = async (): Promise<void> => {
      if (closing) return;
      closing = true;
      setTimeout(() => process.exit(0), 2_000).unref();
      await close();
      process.exit(0);
    };
    process.on('SIGTERM', stop);
    process.on('SIGINT', stop);
    process.on('disconnect', stop);
    if (isPipe()) process.stdin.on('end', stop).on('error', stop).resume();
    process.stdout.write(`${JSON.stringify({ ready: true, url })}\n`);
  } catch (error) {
    process.stderr.write(`Le simulateur n'a pas pu démarrer : ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}
