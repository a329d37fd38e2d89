import type { Logger } from './log.ts';

/** Work repeated every `everyMs`, never twice at once in this process; it must claim what it treats (SKIP LOCKED). */
export interface BackgroundTask {
  readonly name: string;
  readonly everyMs: number;
  readonly work: () => Promise<unknown>;
}

export interface Background {
  readonly running: boolean;
  /** Names of the tasks whose last run failed, with the error's message. */
  readonly failing: ReadonlyMap<string, string>;
  /** Waits for the runs under way and starts no other. */
  stop(): Promise<void>;
}

/** Rare work that failed does not wait for its turn: what made it fail may be over, and until then the process says it is not ready. */
const RETRIED_AFTER_MS = 5_000;

/** Starts the background work of this process. A run that fails is logged and tried again within five seconds. */
export function startBackground(tasks: readonly BackgroundTask[], log: Logger): Background {
  const failing = new Map<string, string>();
  let running = true;
  const ends = tasks.map((task) => repeat(task));

  function repeat(task: BackgroundTask): () => Promise<void> {
    let current: Promise<void> = Promise.resolve();
    let timer = setTimeout(turn, 0).unref();
    function turn() {
      current = task
        .work()
        .then(() => void failing.delete(task.name))
        .catch((error: Error) => {
          failing.set(task.name, error.message);
          log.warn({ err: error, task: task.name }, 'background work failed, will try again');
        })
        .finally(() => {
          const wait = failing.has(task.name) ? Math.min(task.everyMs, RETRIED_AFTER_MS) : task.everyMs;
          if (running) timer = setTimeout(turn, wait).unref();
        });
    }
    return async () => {
      clearTimeout(timer);
      await current;
    };
  }

  return {
    get running() {
      return running;
    },
    failing,
    async stop() {
      running = false;
      await Promise.all(ends.map((end) => end()));
    },
  };
}
