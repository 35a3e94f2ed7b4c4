import type { StageName } from "@seedmask/core/contract";
import { sql } from "drizzle-orm";
import type { Transaction } from "../client.ts";
import { type EventData, runEvent } from "../schema/index.ts";
import { EVENT_CHANNEL } from "./channels.ts";

export interface NewEvent {
  readonly stage: StageName | null;
  readonly type: (typeof runEvent.$inferInsert)["type"];
  readonly level?: (typeof runEvent.$inferInsert)["level"];
  readonly message?: string;
  readonly data?: EventData;
}

const EVENT_LOCK = 7_230_116;

/**
 * Writes events and wakes their readers at commit.
 *
 * Ids are given under one lock that lasts until commit, so they become visible in ascending order and
 * "everything after id n" is a complete question. Call it last in a transaction.
 */
export async function appendEvents(
  tx: Transaction,
  runId: string,
  events: readonly NewEvent[],
): Promise<void> {
  if (events.length === 0) return;
  await tx.execute(sql`select pg_advisory_xact_lock(${EVENT_LOCK})`);
  await tx.insert(runEvent).values(events.map((event) => ({ run: runId, ...event })));
  await tx.execute(sql`select pg_notify(${EVENT_CHANNEL}, ${runId})`);
}
