import type { ProgressEvent } from "@seedmask/core/contract";

export interface ProgressReporter {
  add(event: ProgressEvent): void;
  /** Writes what is left; call before the stage's end is recorded. */
  finish(): Promise<void>;
}

/** Longest list kept while the database is away; the oldest curve points go first. */
const MOST_EVENTS = 10_000;

/**
 * Gathers what a stage says and writes it at most once a second. While the database is away the events
 * wait; only when the stage has been taken over is what is left dropped.
 */
export function createProgressReporter({
  write,
  onError,
  milliseconds = 1000,
}: {
  write: (events: readonly ProgressEvent[]) => Promise<void>;
  onError: (error: unknown) => void;
  milliseconds?: number;
}): ProgressReporter {
  let waiting: ProgressEvent[] = [];
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();

  async function flush(): Promise<void> {
    const events = waiting;
    waiting = [];
    if (events.length === 0) return;
    try {
      await write(events);
    } catch (error) {
      waiting = [...events, ...waiting].slice(-MOST_EVENTS);
      onError(error);
    }
  }

  const schedule = (): void => {
    timer ??= setTimeout(() => {
      timer = null;
      writing = writing.then(flush).then(() => {
        if (waiting.length > 0) schedule();
      });
    }, milliseconds);
  };

  return {
    add(event) {
      waiting.push(event);
      schedule();
    },
    async finish() {
      if (timer) clearTimeout(timer);
      timer = null;
      await writing;
      await flush();
      if (timer) clearTimeout(timer);
      waiting = [];
    },
  };
}
