import { and, asc, gt, inArray, max } from "drizzle-orm";
import type { Database } from "../client.ts";
import { runEvent } from "../schema/index.ts";

export interface ListEventsInput {
  readonly after: number;
  /** All runs where absent. */
  readonly runIds?: readonly string[];
  readonly limit?: number;
}

const columns = {
  id: runEvent.id,
  runId: runEvent.run,
  stage: runEvent.stage,
  at: runEvent.at,
  type: runEvent.type,
  level: runEvent.level,
  message: runEvent.message,
  data: runEvent.data,
};

export type RunEvent = Awaited<ReturnType<typeof listEventsAfter>>[number];

/** Events with an id above `after`, in the order they were committed. */
export async function listEventsAfter(db: Database, input: ListEventsInput) {
  const { after, runIds, limit = 500 } = input;
  return db.drizzle
    .select(columns)
    .from(runEvent)
    .where(and(gt(runEvent.id, after), runIds ? inArray(runEvent.run, [...runIds]) : undefined))
    .orderBy(asc(runEvent.id))
    .limit(limit);
}

/** Where a reader that wants only what is new begins. */
export async function latestEventId(db: Database): Promise<number> {
  const [row] = await db.drizzle.select({ id: max(runEvent.id) }).from(runEvent);
  return row?.id ?? 0;
}
