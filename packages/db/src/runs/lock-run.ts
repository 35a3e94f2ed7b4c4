import { eq } from "drizzle-orm";
import type { Transaction } from "../client.ts";
import { NotFoundError } from "../errors.ts";
import { run } from "../schema/index.ts";

export type RunRow = typeof run.$inferSelect;

/** The run, held for this transaction: every change of status begins here, so none interleave. */
export async function lockRun(tx: Transaction, runId: string): Promise<RunRow> {
  const [row] = await tx.select().from(run).where(eq(run.id, runId)).for("update");
  if (row) return row;
  throw new NotFoundError(`run ${runId}: expected a run, found none. It may have been deleted.`);
}
