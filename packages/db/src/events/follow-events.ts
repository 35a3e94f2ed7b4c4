import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "../client.ts";
import type { EventFeed } from "./event-feed.ts";
import { listEventsAfter, type RunEvent } from "./list-events.ts";

export interface FollowEventsInput {
  /** Id of the last event the reader has; it gets all later ones, none twice. */
  readonly after: number;
  readonly runIds?: readonly string[];
  readonly signal: AbortSignal;
}

const PAGE = 500;

/** Past and coming events in order, until the signal aborts. Waits out a database that is away. */
export async function* followEvents(
  db: Database,
  feed: EventFeed,
  { after, runIds, signal }: FollowEventsInput,
): AsyncGenerator<RunEvent> {
  let last = after;
  while (!signal.aborted) {
    const seen = feed.version(runIds);
    const filter = runIds ? { runIds } : {};
    const events = await listEventsAfter(db, { after: last, limit: PAGE, ...filter }).catch(
      () => null,
    );
    if (events === null) {
      await sleep(500, undefined, { signal }).catch(() => undefined);
      continue;
    }
    for (const event of events) {
      if (signal.aborted) return;
      yield event;
      last = event.id;
    }
    if (events.length < PAGE) await feed.changed(seen, runIds, signal);
  }
}
