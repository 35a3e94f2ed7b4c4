import type { Database } from "../client.ts";
import { EVENT_CHANNEL } from "./channels.ts";
import { listen } from "./listen.ts";

/** Says when runs have new events. One per process; any number of readers. */
export interface EventFeed {
  /** Number of the newest notice about any of these runs, or about any run at all. */
  readonly version: (runIds?: readonly string[]) => number;
  /** Resolves once that number exceeds `seen`, or the signal aborts. */
  readonly changed: (
    seen: number,
    runIds: readonly string[] | undefined,
    signal: AbortSignal,
  ) => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function openEventFeed(db: Database): Promise<EventFeed> {
  const versions = new Map<string, number>();
  const waiting = new Set<() => void>();
  let newest = 0;
  /** Every run counts as changed up to here: notices were lost with the connection. */
  let floor = 0;
  const wake = (): void => {
    for (const check of [...waiting]) check();
  };
  const listener = await listen(db, {
    channel: EVENT_CHANNEL,
    onNotice: (runId) => {
      newest += 1;
      versions.set(runId, newest);
      wake();
    },
    onReconnect: () => {
      newest += 1;
      floor = newest;
      wake();
    },
  });

  const version = (runIds?: readonly string[]): number =>
    runIds ? Math.max(floor, ...runIds.map((id) => versions.get(id) ?? 0)) : newest;
  return {
    version,
    changed: (seen, runIds, signal) =>
      new Promise((resolve) => {
        const check = (): void => {
          if (!signal.aborted && version(runIds) <= seen) return;
          waiting.delete(check);
          signal.removeEventListener("abort", check);
          resolve();
        };
        waiting.add(check);
        signal.addEventListener("abort", check, { once: true });
        check();
      }),
    close: () => listener.close(),
  };
}
