import { rm } from "node:fs/promises";
import { join } from "node:path";
import { artifactHashSchema, artifactKey, FINAL_RUN_STATUSES } from "@seedmask/core/contract";
import { notInArray, sql } from "drizzle-orm";
import { type Actor, requireRole } from "../../actor.ts";
import type { Database } from "../../client.ts";
import { PreconditionError } from "../../errors.ts";
import { writeAudit } from "../../people/audit.ts";
import { artifact, evaluation, run } from "../../schema/index.ts";
import { artifactSizes } from "./measure.ts";

/**
 * Removes artefacts that no run has, with the results they were scored to. An equal run makes them
 * again.
 * @throws {PreconditionError} while a run is under way: it may be about to take one over
 */
export async function pruneArtifacts(
  db: Database,
  { actor, home }: { actor: Actor; home: string },
): Promise<{ count: number; bytes: number }> {
  requireRole(actor, "admin", "prune storage");
  const sizes = await artifactSizes(home);
  const loose = await db.drizzle.transaction(async (tx) => {
    // Runs are created and advanced by inserts and updates of this table: none begins meanwhile.
    await tx.execute(sql`lock table ${run} in share row exclusive mode`);
    const live = await tx
      .select({ name: run.name })
      .from(run)
      .where(notInArray(run.status, [...FINAL_RUN_STATUSES]))
      .limit(1);
    if (live[0]) {
      throw new PreconditionError(
        `prune storage: ${live[0].name} is under way. Wait for it to end, or cancel it.`,
      );
    }
    await tx.execute(sql`delete from ${evaluation} where not exists (
      select 1 from stage_evaluation as link where link.evaluation_id = ${evaluation.id})`);
    await tx.execute(sql`delete from ${artifact} where not exists (
      select 1 from stage_artifact as link where link.artifact = ${artifact.hash})
      and not exists (select 1 from evaluation where evaluation.artifact = ${artifact.hash})`);
    const kept = new Set(
      (await tx.select({ hash: artifact.hash }).from(artifact)).map((row) => row.hash),
    );
    const gone = [...sizes.keys()].filter(
      (hash) => !kept.has(hash) && artifactHashSchema.safeParse(hash).success,
    );
    const result = {
      count: gone.length,
      bytes: gone.reduce((sum, hash) => sum + sizes.get(hash)!, 0),
    };
    const target = { type: "storage", id: "artifacts" };
    await writeAudit(tx, { actor, action: "storage.prune", target, details: result });
    // Inside the transaction: the lock keeps runs from taking over what is being removed.
    for (const hash of gone) {
      await rm(join(home, artifactKey(hash, "")), { recursive: true, force: true });
    }
    return result;
  });
  return loose;
}
