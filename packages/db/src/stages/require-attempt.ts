import type { StageName } from "@seedmask/core/contract";
import { and, eq } from "drizzle-orm";
import type { Transaction } from "../client.ts";
import { ConflictError } from "../errors.ts";
import { stageRun } from "../schema/index.ts";

export interface StageAttempt {
  readonly runId: string;
  readonly stage: StageName;
  readonly attempt: number;
}

/**
 * Lets only the newest holder of a stage write.
 * @throws {ConflictError} when another attempt has taken over, or the stage has ended
 */
export async function requireAttempt(
  tx: Transaction,
  { runId, stage, attempt }: StageAttempt,
): Promise<void> {
  const [row] = await tx
    .select({ attempt: stageRun.attempt, status: stageRun.status })
    .from(stageRun)
    .where(and(eq(stageRun.run, runId), eq(stageRun.stage, stage)))
    .for("no key update");
  if (row?.attempt === attempt && row.status === "running") return;
  throw new ConflictError(
    `stage ${stage} of run ${runId}: expected attempt ${attempt} to hold it, ` +
      `got ${row ? `attempt ${row.attempt}, ${row.status}` : "no such stage"}. ` +
      "Drop this result: another worker has it.",
  );
}
