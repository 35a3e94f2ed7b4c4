import type { ProgressEvent, StageName } from "@seedmask/core/contract";
import { and, eq, sql } from "drizzle-orm";
import type { Database, Transaction } from "../client.ts";
import { metricPoint, stageRun } from "../schema/index.ts";
import { requireAttempt } from "../stages/require-attempt.ts";
import { appendEvents, type NewEvent } from "./append-events.ts";

export interface RecordProgressInput {
  readonly runId: string;
  readonly stage: StageName;
  readonly attempt: number;
  readonly events: readonly ProgressEvent[];
}

/**
 * Writes what a stage said since the last call: one transaction, one notification. Of several
 * progress reports the newest is kept.
 *
 * @throws {ConflictError} when a newer attempt has taken the stage over
 */
export async function recordProgress(db: Database, input: RecordProgressInput): Promise<void> {
  const { runId, stage, attempt, events } = input;
  if (events.length === 0) return;
  await db.drizzle.transaction(async (tx) => {
    await requireAttempt(tx, { runId, stage, attempt });
    await writeMetrics(tx, input);
    const latest = events.findLast((event) => event.type === "progress");
    if (latest) {
      const { done, total, unit, throughput, etaSeconds } = latest;
      await tx
        .update(stageRun)
        .set({ progress: { done, total, unit, throughput, etaSeconds } })
        .where(and(eq(stageRun.run, runId), eq(stageRun.stage, stage)));
    }
    const kept = events.filter((event) => event.type !== "progress" || event === latest);
    await appendEvents(
      tx,
      runId,
      kept.map((event) => toRow(event)),
    );
  });
}

function toRow(event: ProgressEvent): NewEvent {
  const { stage, type } = event;
  if (type === "progress") return { stage, type, data: { progress: event } };
  if (type === "log") {
    // PostgreSQL text cannot hold NUL.
    return { stage, type, level: event.level, message: event.message.replaceAll("\0", "") };
  }
  const { name, step, value } = event;
  return { stage, type, data: { metric: { name, step, value } } };
}

async function writeMetrics(tx: Transaction, input: RecordProgressInput): Promise<void> {
  const points = new Map<string, typeof metricPoint.$inferInsert>();
  for (const event of input.events) {
    if (event.type !== "metric") continue;
    const { name, step, value } = event;
    points.set(`${name}\n${step}`, { run: input.runId, stage: input.stage, name, step, value });
  }
  if (points.size === 0) return;
  await tx
    .insert(metricPoint)
    .values([...points.values()])
    .onConflictDoUpdate({
      target: [metricPoint.run, metricPoint.stage, metricPoint.name, metricPoint.step],
      set: { value: sql`excluded.value`, at: sql`now()` },
    });
}
