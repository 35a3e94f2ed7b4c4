import { FINAL_RUN_STATUSES, type StageName } from "@seedmask/core/contract";
import { and, eq, gte, inArray } from "drizzle-orm";
import { type Actor, requireOwner } from "../actor.ts";
import type { Database, Transaction } from "../client.ts";
import { NotFoundError, PreconditionError } from "../errors.ts";
import { appendEvents } from "../events/append-events.ts";
import { writeAudit } from "../people/audit.ts";
import { run, stageArtifact, stageDiagnostic, stageEvaluation, stageRun } from "../schema/index.ts";
import { enqueueNextStage } from "./enqueue-stage.ts";
import { lockRun } from "./lock-run.ts";

/** Goes on with a run that failed, was cancelled or lost: at its first unfinished stage. */
export async function retryRun(
  db: Database,
  { actor, runId }: { actor: Actor; runId: string },
): Promise<void> {
  await restart(db, actor, runId, async () => undefined);
}

/** Runs a stage and all after it anew; what earlier stages made stays. */
export async function retryStage(
  db: Database,
  { actor, runId, stage }: { actor: Actor; runId: string; stage: StageName },
): Promise<void> {
  await restart(db, actor, runId, async (tx) => {
    const ofStage = and(eq(stageRun.run, runId), eq(stageRun.stage, stage));
    const [first] = await tx.select({ at: stageRun.position }).from(stageRun).where(ofStage);
    if (!first) {
      throw new NotFoundError(`retry: run ${runId} has no stage ${stage}. Choose one of its own.`);
    }
    const reset = await tx
      .update(stageRun)
      .set({ status: "waiting", cached: false, cacheKey: null, seconds: null, metrics: {} })
      .where(and(eq(stageRun.run, runId), gte(stageRun.position, first.at)))
      .returning({ stage: stageRun.stage });
    const stages = reset.map((row) => row.stage);
    for (const table of [stageArtifact, stageDiagnostic, stageEvaluation]) {
      await tx.delete(table).where(and(eq(table.run, runId), inArray(table.stage, stages)));
    }
  });
}

async function restart(
  db: Database,
  actor: Actor,
  runId: string,
  prepare: (tx: Transaction) => Promise<void>,
): Promise<void> {
  await db.drizzle.transaction(async (tx) => {
    const row = await lockRun(tx, runId);
    requireOwner(actor, row.owner, "retry run");
    if (!FINAL_RUN_STATUSES.includes(row.status)) {
      throw new PreconditionError(
        `retry: expected a run that has ended, got ${row.status}. Cancel it first, or wait.`,
      );
    }
    await prepare(tx);
    const stage = await enqueueNextStage(db, tx, row);
    if (stage === null) {
      throw new PreconditionError(
        "retry: every stage of this run is done. Choose a stage to redo.",
      );
    }
    await tx
      .update(run)
      .set({ status: "queued", error: null, finishedAt: null, duration: null })
      .where(eq(run.id, runId));
    await writeAudit(tx, {
      actor,
      action: "run.retry",
      target: { type: "run", id: runId },
      details: {
        name: row.name,
        stage,
        before: { status: row.status },
        after: { status: "queued" },
      },
    });
    await appendEvents(tx, runId, [{ stage, type: "status", data: { status: "queued" } }]);
  });
}
